//! Contact profiles: what the team knows of the people outside, beside what their channels tell.
//!
//! What must stay true: a contact is visible to whoever may see a conversation of his, and to whoever holds the right to
//! see all contacts; nobody else is told that he is there (decision 52). What one member wrote is never overwritten by
//! another who had not seen it. Absent: how a name is made of what is known (`contacts`), and what conversations show.

mod access;
mod edit;
mod event;
mod field;
mod history;
mod past;
mod show;

use base::{EventKind, Feature};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    /// `field` cannot hold that: `max` characters.
    CONTACT_FIELD_INVALID = 422 "contact_field_invalid";
    /// `by` changed `field` meanwhile: it is `value` now.
    CONTACT_CHANGED = 409 "contact_changed";
}

const EVENTS: &[&EventKind] = &[&event::UPDATED];

pub fn feature() -> Feature {
    Feature {
        name: "profiles",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(show::show_contact, edit::edit_contact))
            .routes(routes!(history::list_contact_changes))
            .routes(routes!(past::list_contact_conversations)),
        events: EVENTS,
        event_shapes: event::SHAPES,
        refusals: REFUSALS,
        ..Feature::default()
    }
}
