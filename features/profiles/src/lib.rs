//! Contact profiles: what the team knows of the people outside, beside what their channels tell.
//!
//! What must stay true: a contact is visible to whoever may see a conversation of his, and to whoever holds the right to
//! see all contacts; nobody else is told that he is there (decision 52). What one member wrote is never overwritten by
//! another who had not seen it. Absent: how a name is made of what is known (`contacts`), and what conversations show.

mod access;
mod archive;
mod attribute;
mod bind;
mod catch_up;
mod columns;
mod create;
mod data_field;
mod duplicates;
mod edit;
mod erase;
mod event;
mod export;
mod export_one;
mod export_records;
mod field;
mod find;
mod history;
mod import;
mod list;
mod merge;
mod note;
mod part;
mod past;
mod records;
mod show;
mod tag;
#[cfg(test)]
mod tests;
mod timeline;
mod value;

pub use access::sees;
pub use attribute::{Attribute, AttributeKind, declared};
pub use history::FieldChange;
pub use value::{Writer, checked as checked_value};

use base::{EventKind, Feature, JobKind};
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
    /// One of the two was changed meanwhile.
    CONTACT_MERGE_STALE = 409 "contact_merge_stale";
    /// They would be of more than `parts` contacts, or have more than `conversations` conversations.
    CONTACT_MERGE_TOO_LARGE = 422 "contact_merge_too_large";
    /// More than `days` ago.
    CONTACT_MERGE_TOO_OLD = 409 "contact_merge_too_old";
    /// More than `max_bytes` of files.
    CONTACT_EXPORT_TOO_LARGE = 422 "contact_export_too_large";
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
    /// No table with a first row that names at most `max` columns, and rows below it.
    IMPORT_FILE_INVALID = 422 "contact_import_file_invalid";
    /// A workbook: it is to be saved as CSV.
    IMPORT_FILE_WORKBOOK = 422 "contact_import_file_workbook";
    /// At most `max` rows.
    IMPORT_TOO_LONG = 422 "contact_import_too_long";
    /// It does not fit the columns of the file, or names what is not there.
    IMPORT_PLAN_INVALID = 422 "contact_import_plan_invalid";
    /// Another one runs.
    IMPORT_BUSY = 409 "contact_import_busy";
    /// It is too late for that, or too early.
    IMPORT_OVER = 409 "contact_import_over";
    /// There is no tag of this `name`.
    IMPORT_TAG_UNKNOWN = 422 "contact_import_tag_unknown";
    /// The row has more cells than the `max` columns.
    IMPORT_ROW_TOO_WIDE = 422 "contact_import_row_too_wide";
    /// A quotation mark opens here and is not closed.
    IMPORT_QUOTE_OPEN = 422 "contact_import_quote_open";
    /// The row means `count` contacts.
    IMPORT_AMBIGUOUS = 422 "contact_import_ambiguous";
    /// One line of at most `max` characters.
    IMPORT_EXTERNAL_ID_INVALID = 422 "contact_import_external_id_invalid";
    /// Somebody else is called `name`, or he himself something else.
    IMPORT_EXTERNAL_ID_TAKEN = 422 "contact_import_external_id_taken";
    /// A name or a label: one line of at most `max` characters.
    DATA_FIELD_INVALID = 422 "data_field_invalid";
    /// Another one is of the same `name`.
    DATA_FIELD_TAKEN = 409 "data_field_taken";
    /// A workspace has at most `max`.
    TOO_MANY_DATA_FIELDS = 422 "too_many_data_fields";
}

const JOBS: &[&JobKind] = &[&import::RUN, &import::FORGET];
const EVENTS: &[&EventKind] = &[&event::UPDATED, &event::ATTRIBUTE_UPDATED, &event::DATA_FIELDS_CHANGED, &event::MOVED];

pub fn feature() -> Feature {
    Feature {
        name: "profiles",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(list::list_contacts, create::create_contact))
            .routes(routes!(columns::put_contact_columns))
            .routes(routes!(export::export_contacts))
            .routes(routes!(import::list_contact_imports))
            .routes(routes!(
                import::begin_contact_import,
                import::show_contact_import,
                import::take_contact_import_back
            ))
            .routes(routes!(import::plan_contact_import))
            .routes(routes!(import::run_contact_import))
            .routes(routes!(import::stop_contact_import))
            .routes(routes!(import::list_import_problems))
            .routes(routes!(import::download_import_problems))
            .routes(routes!(show::show_contact, edit::edit_contact))
            .routes(routes!(bind::bind_contact, bind::unpin_contact))
            .routes(routes!(note::put_contact_note, note::remove_contact_note))
            .routes(routes!(tag::tag_contact, tag::untag_contact))
            .routes(routes!(attribute::list_contact_attributes))
            .routes(routes!(attribute::put_contact_attribute))
            .routes(routes!(data_field::list_data_fields))
            .routes(routes!(data_field::put_data_field, data_field::remove_data_field))
            .routes(routes!(history::list_contact_changes))
            .routes(routes!(past::list_contact_conversations))
            .routes(routes!(timeline::show_contact_timeline))
            .routes(routes!(merge::preview_contact_merge, merge::merge_contacts, part::part_contacts))
            .routes(routes!(erase::preview_contact_erasure, erase::erase_contact))
            .routes(routes!(export_one::export_contact))
            .routes(routes!(duplicates::list_duplicates))
            .routes(routes!(duplicates::tell_contacts_apart, duplicates::forget_contacts_apart))
            .routes(routes!(records::list_contact_records))
            .routes(routes!(records::export_contact_records)),
        jobs: JOBS,
        events: EVENTS,
        event_shapes: event::SHAPES,
        tasks: &[catch_up::run],
        refusals: REFUSALS,
        ..Feature::default()
    }
}
