//! Contact profiles: what the team knows of the people outside, beside what their channels tell.
//!
//! What must stay true: a contact is visible to whoever may see a conversation of his, and to whoever holds the right to
//! see all contacts; nobody else is told that he is there (decision 52). What one member wrote is never overwritten by
//! another who had not seen it. Absent: how a name is made of what is known (`contacts`), and what conversations show.

mod access;
mod attribute;
mod bind;
mod catch_up;
mod columns;
mod create;
mod edit;
mod event;
mod field;
mod find;
mod history;
mod list;
mod note;
mod past;
mod show;
mod tag;
#[cfg(test)]
mod tests;
mod value;

pub use attribute::{Attribute, AttributeKind};

use base::{EventKind, Feature};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    /// `field` cannot hold that: `max` characters.
    CONTACT_FIELD_INVALID = 422 "contact_field_invalid";
    /// `by` changed `field` meanwhile: it is `value` now.
    CONTACT_CHANGED = 409 "contact_changed";
    /// He has one in this inbox already.
    CONTACT_HAS_CHAT = 409 "contact_has_chat";
    /// Nothing is said of him.
    CONTACT_EMPTY = 422 "contact_empty";
    /// `max` characters.
    CONTACT_QUERY_INVALID = 422 "contact_query_invalid";
    /// At most `max` of those that there are.
    CONTACT_COLUMNS_INVALID = 422 "contact_columns_invalid";
    /// `max` characters.
    NOTE_INVALID = 422 "contact_note_invalid";
    /// `max` about one contact.
    TOO_MANY_NOTES = 422 "too_many_contact_notes";
    /// One line of at most `max` characters.
    ATTRIBUTE_NAME_INVALID = 422 "attribute_name_invalid";
    /// Another one has this `name`, perhaps an archived one.
    ATTRIBUTE_NAME_TAKEN = 409 "attribute_name_taken";
    /// 1 to `most` different ones of at most `max` characters each, and only where there is something to choose.
    ATTRIBUTE_CHOICES_INVALID = 422 "attribute_choices_invalid";
    /// Of what kind it is never changes.
    ATTRIBUTE_KIND_FIXED = 409 "attribute_kind_fixed";
    /// A workspace has at most `max`.
    TOO_MANY_ATTRIBUTES = 422 "too_many_attributes";
    ATTRIBUTE_UNKNOWN = 422 "attribute_unknown";
    /// `name` cannot hold that.
    ATTRIBUTE_VALUE_INVALID = 422 "attribute_value_invalid";
    /// `name` is not taken away.
    ATTRIBUTE_REQUIRED = 422 "attribute_required";
    /// `name` is written by programs only.
    ATTRIBUTE_READ_ONLY = 403 "attribute_read_only";
}

const EVENTS: &[&EventKind] = &[&event::UPDATED, &event::ATTRIBUTE_UPDATED, &event::MOVED];

pub fn feature() -> Feature {
    Feature {
        name: "profiles",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(list::list_contacts, create::create_contact))
            .routes(routes!(columns::put_contact_columns))
            .routes(routes!(show::show_contact, edit::edit_contact))
            .routes(routes!(bind::bind_contact, bind::unpin_contact))
            .routes(routes!(note::put_contact_note, note::remove_contact_note))
            .routes(routes!(tag::tag_contact, tag::untag_contact))
            .routes(routes!(attribute::list_contact_attributes))
            .routes(routes!(attribute::put_contact_attribute))
            .routes(routes!(history::list_contact_changes))
            .routes(routes!(past::list_contact_conversations)),
        events: EVENTS,
        event_shapes: event::SHAPES,
        tasks: &[catch_up::run],
        refusals: REFUSALS,
        ..Feature::default()
    }
}
