//! The built web parts inside the binary: which address serves which file, for how long it may be kept, and
//! under which policy it runs.
//!
//! What must stay true: every page runs under a strict content security policy; a file whose name carries a
//! hash is kept for ever, everything else is asked for again; an unknown address of the desk is the desk's own
//! business and answers its page.
//! Absent: anything of the product. Which sites may embed a frame is asked through [`FindInbox`].
//! Without a web build the crate compiles all the same, and its pages say what is missing.

mod asset;
mod desk;
mod widget;

pub use widget::{FindInbox, PublicInbox};

use axum::Router;

/// The routes of desk and widget, with the desk's page for every address that nobody else answers.
pub fn routes<S: Clone + Send + Sync + 'static>(find_inbox: FindInbox<S>) -> Router<S> {
    widget::routes(find_inbox).merge(desk::routes())
}
