//! Who has a page of one of the websites before him now, whether he ever wrote or not, and inviting him to chat.
//!
//! What must stay true: a row is there while he is, and goes with him; it is seen by whoever sees the queue of its inbox.
//! Nothing is known of whom an inbox, his browser or a missing consent keeps out of it: the widget tells nothing, and what it
//! tells all the same is not taken (`widget`). Absent: what is kept of somebody who writes, which is his conversation's.

mod here;
mod invite;
mod list;
mod site_visitor;
mod watch;

pub use here::{ABSENCE_MS, AGAIN_MS, Here, IN_ONE_INBOX, LEAVING_MS, is_here, leaves};
pub use invite::{Fate, Invitation, answered, tell_fate};
pub use watch::Watch;

use base::Feature;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    /// At least one and at most `max` characters.
    INVITATION_INVALID = 422 "visitor_invitation_invalid";
    /// `by` invited him already.
    VISITOR_INVITED = 409 "visitor_invited";
    /// He does not want to be asked again on this visit.
    VISITOR_DECLINED = 409 "visitor_declined";
    /// He is in a chat.
    VISITOR_IN_CHAT = 409 "visitor_in_chat";
}

pub fn feature() -> Feature {
    Feature {
        name: "visitors",
        routes: OpenApiRouter::new()
            .routes(routes!(list::list_site_visitors))
            .routes(routes!(invite::invite_site_visitor)),
        tasks: &[watch::run],
        refusals: REFUSALS,
        ..Feature::default()
    }
}
