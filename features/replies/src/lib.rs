//! Quick replies: stored texts, with files, that a member inserts while he answers, found by a shortcut behind a slash.
//!
//! What must stay true: a shortcut is one within its scope (a member, an inbox, a team, the workspace); every placeholder of a
//! stored text is one that the desk can fill; who may see and change one is decided in `access` and nowhere else.
//! Absent: filling in a text. The desk does it with what it knows of the contact, so that the writer sees what goes out.

mod access;
mod change;
mod count;
mod create;
mod event;
mod export;
mod files;
mod follow_team;
mod import;
mod list;
mod placeholder;
mod quick_reply;
mod remove;
mod table;

pub use change::{ChangeQuickReply, change};
pub use count::count_use;
pub use create::{CreateQuickReply, create};
pub use event::{QuickReplyGone, QuickReplyUpdated, QuickReplyUsed};
pub use import::{ImportResult, import};
pub use quick_reply::{QuickReply, QuickReplyCan, QuickReplyItem, QuickReplyScope};

use base::{EventKind, Feature, JobKind};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    /// The client's id names something else already.
    ID_REUSED = 409 "id_reused";
    /// Another one of the same scope has this `shortcut`.
    SHORTCUT_TAKEN = 409 "shortcut_taken";
    /// Letters, digits, `-` and `_`, at most `max`.
    SHORTCUT_INVALID = 422 "shortcut_invalid";
    QUICK_REPLY_TITLE_INVALID = 422 "quick_reply_title_invalid";
    QUICK_REPLY_GROUP_INVALID = 422 "quick_reply_group_invalid";
    QUICK_REPLY_TEXT_INVALID = 422 "quick_reply_text_invalid";
    /// `placeholder` is none that the desk can fill.
    PLACEHOLDER_UNKNOWN = 422 "placeholder_unknown";
    /// A scope holds at most `max`.
    TOO_MANY_QUICK_REPLIES = 422 "too_many_quick_replies";
    /// What was sent is no table in UTF-8.
    CSV_INVALID = 422 "csv_invalid";
    /// The first line does not name the `column`.
    CSV_COLUMN_MISSING = 422 "csv_column_missing";
    /// More than `max` lines.
    CSV_TOO_LONG = 422 "csv_too_long";
    /// `scope` is none of personal, inbox, team and workspace.
    SCOPE_UNKNOWN = 422 "scope_unknown";
    /// There is no `inbox` of this name among those that the member sees.
    INBOX_UNKNOWN = 422 "inbox_unknown";
    /// There is no `team` of this name.
    TEAM_UNKNOWN = 422 "team_unknown";
}

const EVENTS: &[&EventKind] = &[&event::UPDATED, &event::USED];
const JOBS: &[&JobKind] = &[&follow_team::REMOVE_OF_TEAM];

pub fn feature() -> Feature {
    Feature {
        name: "replies",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(list::list_quick_replies, create::create_quick_reply))
            .routes(routes!(export::export_quick_replies))
            .routes(routes!(import::import_quick_replies))
            .routes(routes!(change::change_quick_reply, remove::delete_quick_reply))
            .routes(routes!(count::use_quick_reply))
            .routes(routes!(files::copy_quick_reply_files))
            .routes(routes!(files::preview_quick_reply_file)),
        events: EVENTS,
        jobs: JOBS,
        follows: &[follow_team::FOLLOW],
        event_shapes: event::SHAPES,
        refusals: REFUSALS,
        ..Feature::default()
    }
}
