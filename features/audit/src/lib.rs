//! The audit log, to read: who changed which setting or right.
//!
//! The lines are written by the commands of the other features, through `base::Tx::audit`. What must stay true: only
//! whoever may view the log sees any of it; nothing here writes. Absent: what happens in conversations, and who signed
//! in when.

/// Lines of a workspace's log, as [`base::AuditLine::from_row`] reads them.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT number, at, member_id, member_name, address, area, action, subject, subject_name, changes, hash \
             FROM audit WHERE workspace_id = $1 AND ",
            $which
        )
    };
}

mod anchor;
mod list;
mod table;
mod verify;

pub use list::{AuditPage, AuditQuery};
pub use verify::{Anchor, Fault, Verified, chains, verify};

use base::Feature;
use utoipa_axum::{router::OpenApiRouter, routes};

pub fn feature() -> Feature {
    Feature {
        name: "audit",
        routes: OpenApiRouter::new().routes(routes!(list::list_audit)).routes(routes!(table::export_audit)),
        tasks: &[anchor::run],
        ..Feature::default()
    }
}
