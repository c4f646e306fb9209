//! Tags: the workspace's coloured words, one catalogue for whatever is tagged.
//!
//! What must stay true: a name is one in its workspace, whatever its case; a tag that is archived stays where it is
//! and is put on nothing more; how many conversations have a tag is moved by the transactions that change it and is
//! never counted on a request. Absent: what a tag is put on. Conversations keep theirs.

mod access;
mod change;
mod create;
mod event;
mod list;
mod tag;

pub use change::{ChangeTag, change};
pub use create::{CreateTag, create};
pub use event::TagUpdated;
pub use list::list;
pub use tag::{Tag, TagColor, counted, find, folded_names, is_any, move_count, pinned};

use base::{EventKind, Feature};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    /// One line of at most `max` characters.
    TAG_NAME_INVALID = 422 "tag_name_invalid";
    /// Another tag has this `name`, perhaps an archived one.
    TAG_NAME_TAKEN = 409 "tag_name_taken";
    /// A workspace has at most `max`.
    TOO_MANY_TAGS = 422 "too_many_tags";
}

const EVENTS: &[&EventKind] = &[&event::UPDATED];

pub fn feature() -> Feature {
    Feature {
        name: "tags",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(list::list_tags, create::create_tag))
            .routes(routes!(change::change_tag)),
        events: EVENTS,
        event_shapes: event::SHAPES,
        refusals: REFUSALS,
        ..Feature::default()
    }
}
