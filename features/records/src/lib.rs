//! Records: orders, claims, leads, or whatever a workspace keeps of its contacts beside what is said.
//!
//! What must stay true: a record is one contact's, and belongs to the conversations that somebody said; it is visible to
//! whoever may see records and sees its contact or one of those conversations (decision 64); what one member wrote is
//! never overwritten by another who had not seen it. Absent: a shop, and what other systems do with an order.

mod access;
mod begin;
mod bind;
mod create;
mod edit;
mod event;
mod history;
mod list;
mod lookup;
mod lookup_address;
mod of_conversation;
mod record;
mod record_type;
mod show;

use base::{EventKind, Feature, Follow, JobKind};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    /// `by` changed `field` meanwhile: it is `value` now.
    RECORD_CHANGED = 409 "record_changed";
    /// Another one of its type has this `number`.
    RECORD_NUMBER_TAKEN = 409 "record_number_taken";
    /// One line of at most `max` characters.
    RECORD_NUMBER_INVALID = 422 "record_number_invalid";
    /// One line of at most `max` characters.
    RECORD_TITLE_INVALID = 422 "record_title_invalid";
    RECORD_STATE_UNKNOWN = 422 "record_state_unknown";
    RECORD_TYPE_UNKNOWN = 422 "record_type_unknown";
    /// `max` of one contact.
    TOO_MANY_RECORDS = 422 "too_many_records";
    /// It belongs to `max` conversations already.
    TOO_MANY_RECORD_CONVERSATIONS = 422 "too_many_record_conversations";
    /// One line of at most `max` characters.
    RECORD_TYPE_NAME_INVALID = 422 "record_type_name_invalid";
    /// Another one has this `name`, perhaps an archived one.
    RECORD_TYPE_NAME_TAKEN = 409 "record_type_name_taken";
    /// At most `max`, each named once.
    RECORD_TYPE_FIELDS_INVALID = 422 "record_type_fields_invalid";
    /// 1 to `most`, each a different line of at most `max` characters.
    RECORD_TYPE_STATES_INVALID = 422 "record_type_states_invalid";
    /// A record is in the state `name`.
    RECORD_STATE_USED = 409 "record_state_used";
    /// An address that begins with `https://`, with gaps only behind its host: `{number}`, or a field's name.
    RECORD_TYPE_URL_INVALID = 422 "record_type_url_invalid";
    /// An address of at most `max` characters that begins with `https://` and leads to the public network.
    RECORD_LOOKUP_URL_INVALID = 422 "record_lookup_url_invalid";
    /// A workspace has at most `max`.
    TOO_MANY_RECORD_TYPES = 422 "too_many_record_types";
}

const EVENTS: &[&EventKind] = &[&event::UPDATED, &event::TYPE_UPDATED];
const JOBS: &[&JobKind] = &[&begin::BEGIN];
const FOLLOWS: &[Follow] = &[begin::FOLLOW];

pub fn feature() -> Feature {
    Feature {
        name: "records",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(record_type::list_record_types))
            .routes(routes!(record_type::put_record_type))
            .routes(routes!(lookup_address::show_record_lookup, lookup_address::put_record_lookup))
            .routes(routes!(lookup::look_up_records))
            .routes(routes!(of_conversation::list_conversation_records))
            .routes(routes!(create::create_record))
            .routes(routes!(bind::bind_record, bind::unbind_record))
            .routes(routes!(list::list_records))
            .routes(routes!(show::show_record, edit::edit_record))
            .routes(routes!(history::list_record_changes)),
        events: EVENTS,
        event_shapes: event::SHAPES,
        jobs: JOBS,
        follows: FOLLOWS,
        refusals: REFUSALS,
        ..Feature::default()
    }
}
