//! Conversations: one numbered timeline for each contact in each inbox.
//!
//! A message, an assignment, a closing is an entry with a position; lists and counters are columns kept by the
//! same transaction. What must stay true: every change goes through [`Thread`], which writes row, entries and
//! event together; who may see or do something is decided in `access` and nowhere else; positions are 1..n.
//! Absent: how a contact's message arrives (widget, later channels) and how ours reaches him (delivery).

mod absence;
mod access;
mod activity;
mod assign;
mod attachments;
mod auto_close;
mod batch;
mod block;
mod blocked;
mod card;
mod close;
mod comment;
mod consents;
mod contact;
mod conversation;
mod copy;
mod delete;
mod deleted;
mod desk;
mod draft;
mod draft_list;
mod edit;
mod elsewhere;
mod entry;
mod erase;
mod event;
mod fetch;
mod file;
mod filter;
mod former;
mod hold;
mod import;
mod join;
mod kept;
mod keys;
mod links;
mod list;
mod log;
mod log_table;
mod mail_entry;
mod mention;
mod mute;
mod next;
mod note;
mod outbox;
mod page_data;
mod person;
mod pick;
mod place;
mod presence;
mod preview;
mod priority;
mod quote;
mod range;
mod rate;
mod reached;
mod react;
mod read;
mod receive;
mod record;
mod release;
mod remove;
mod retry;
mod route;
mod saved_view;
mod schedule;
mod send;
mod session_list;
mod show;
mod snooze;
mod source;
mod start;
mod tag;
mod tag_counts;
mod thread;
mod time_limit;
mod title;
mod together;
mod typing;
mod unread;
mod upload;
mod visit;
mod waiting;

pub use access::{Can, CanRead, Facts, MayChange, answers_queue, sees_queue};
pub use activity::forget_old_alerts;
pub use assign::{Assign, assign, assignable};
pub use auto_close::{CLOSINGS_PER_MINUTE, close_silent};
pub use block::{Block, block, of_contact as block_of_contact, unblock};
pub use card::{Card, CardKind, click};
pub use close::{Close, CloseReason, close, reopen};
pub use comment::{Commented, take_comment};
pub use contact::{facts_of_contact, forget_bare, give_to, record_of_contact, seen_of_contact, show_contact};
pub use conversation::{Conversation, Counts, Holder, Preview, Status, contact_of};
pub use edit::{EditEntry, edit_as_contact};
pub use elsewhere::{Elsewhere, say_elsewhere};
pub use entry::{
    About, Assignment, Author, AuthorKind, Delivery, Entry, EntryKind, Mention, MentionId, Quote, Template, Why,
    visible_entries_before,
};
pub use event::{CHANGED, VisitorAuthorKind, VisitorConversation, VisitorEntry, VisitorEntryKind, corrected};
pub use fetch::{Remote, Source, Trouble, Whence, fetch_from};
pub use file::{
    Absent, CanFetch, File, FileKind, FoundFile, UploadQuery, Uploader, download, file_of_inbox, find_file, preview_of,
    upload,
};
pub use filter::{ListQuery, ListSort, ListView};
pub use hold::{copy_held, held, hold, let_go};
pub use import::{Told, ToldMessage, import};
pub use join::{has_met, join, meet};
pub use kept::{Kept, keep_file, put_file};
pub use keys::Place as ListPlace;
pub use list::{ConversationItem, seen, seen_among};
pub use mail_entry::{Mail, MailAddress, MailTo, takes_part};
pub use note::add_note;
pub use outbox::{
    Claim, End, Failure, NewsKind, Outgoing, TAKEN_MS, claim, put_off, set_delivery, settle, still_queued,
    wake_of_inbox,
};
pub use page_data::{PageData, checked as checked_data, put_data};
pub use person::{Said, entries_seen, erase_with, said_with};
pub use place::{Place, message_at, place_ever_of, place_of};
pub use priority::Priority;
pub use rate::{Rate, rate};
pub use reached::{UpTo, is_under_way, reach, reconcile};
pub use react::{Reaction, react_as_contact};
pub use read::mark_read;
pub use receive::{Arrival, ByMail, Received, add_to, receive, receive_mail, refuse_blocked};
pub use record::{RecordAct, RecordNews, say_of_record};
pub use remove::remove_as_contact;
pub use send::{Ack, Message, send};
pub use snooze::{snooze, wake};
pub use thread::{Thread, load, load_of_contact, lock, lock_of_contact};
pub use time_limit::tell_late;
pub use together::{Moment, TimelineEntry, Way, together};
pub use typing::contact_types;
pub use upload::{AppendQuery, BeginUpload, OwnUpload, Upload, append as append_part, begin as begin_upload};
pub use visit::{Device, Invited, Page, Trail, Visit, VisitorProfile, keep_zone, look_at};

use base::Feature;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    TEXT_EMPTY = 422 "text_empty";
    /// `max` characters, `length` found.
    TEXT_TOO_LONG = 422 "text_too_long";
    /// `field` of the card: `url`, `title`, `text`, `price` or `picture`.
    CARD_INVALID = 422 "card_invalid";
    TOO_MANY_FILES = 422 "too_many_files";
    TOO_MANY_MENTIONS = 422 "too_many_mentions";
    /// `member_id` may not see the conversation, or is not there.
    MENTION_BLIND = 422 "mention_blind";
    /// Nobody else of the team `team_id` may see the conversation, or it is not there.
    TEAM_BLIND = 422 "team_blind";
    QUOTE_UNKNOWN = 422 "quote_unknown";
    /// `address` is none, or there is nobody, or more than `max`.
    RECIPIENTS_INVALID = 422 "recipients_invalid";
    /// Its words were removed.
    ENTRY_REMOVED = 409 "entry_removed";
    FILE_UNKNOWN = 422 "file_unknown";
    /// The contact's channel takes no such file as `name`, or none larger than `max_bytes`.
    FILE_NOT_TAKEN = 422 "file_not_taken";
    /// The contact's channel knows no such sign.
    REACTION_INVALID = 422 "reaction_invalid";
    FILE_TOO_LARGE = 413 "file_too_large";
    FILE_EMPTY = 422 "file_empty";
    FILE_INTERRUPTED = 400 "file_interrupted";
    /// Its next byte is the one at `offset`.
    UPLOAD_OFFSET = 409 "upload_offset";
    /// `by` has it now.
    CONVERSATION_TAKEN = 409 "conversation_taken";
    /// Nobody has it, and in its inbox whoever wants to answer says first that he begins.
    CONVERSATION_NOT_BEGUN = 409 "conversation_not_begun";
    ASSIGNEE_NOT_IN_INBOX = 422 "assignee_not_in_inbox";
    /// Another device saved a newer version.
    DRAFT_MOVED = 409 "draft_moved";
    /// `max` bytes.
    DRAFT_TOO_LARGE = 413 "draft_too_large";
    /// Not between a minute and 366 days from now.
    SNOOZE_TIME = 422 "snooze_time";
    /// Not between a minute and 366 days from now.
    BLOCK_TIME = 422 "block_time";
    /// Longer than `max` characters, or nothing but marks.
    TITLE_INVALID = 422 "title_invalid";
    /// Nothing is exchanged with the contact.
    CONTACT_BLOCKED = 409 "contact_blocked";
    /// Not between now and 366 days from now.
    SCHEDULE_TIME = 422 "schedule_time";
    /// `max` in one conversation.
    TOO_MANY_SCHEDULED = 422 "too_many_scheduled";
    /// It left before it was taken back.
    ALREADY_SENT = 409 "already_sent";
    /// `max` on one conversation.
    TOO_MANY_TAGS_ON_ONE = 422 "too_many_tags_on_one";
    /// It is put on nothing more: `name`.
    TAG_ARCHIVED = 409 "tag_archived";
    TAG_UNKNOWN = 422 "tag_unknown";
    /// Its inbox wants a tag on what is closed.
    TAG_NEEDED = 422 "tag_needed";
    /// Its inbox wants to know how it ended.
    NOTE_NEEDED = 422 "note_needed";
    /// Only what failed is sent again.
    NOT_FAILED = 409 "not_failed";
    /// No closed session that the contact is asked about.
    RATING_NOT_ASKED = 409 "rating_not_asked";
    /// `name` is empty or too long, or its value is; or there are more than `max`.
    PAGE_DATA_INVALID = 422 "page_data_invalid";
    /// No address of a page: `max` characters.
    PAGE_INVALID = 422 "page_invalid";
    /// Not between `min` and `max`.
    SCORE_INVALID = 422 "score_invalid";
    /// Nobody is reached by the inbox's channel who did not write, or not under an address.
    CANNOT_START = 409 "cannot_start";
    /// The contact wrote too long ago for his channel: a template can be sent.
    WINDOW_CLOSED = 409 "window_closed";
    /// He has an open session, in `conversation_id`.
    SESSION_OPEN = 409 "session_open";
    /// A colleague has his conversation.
    CONTACT_TAKEN = 409 "contact_taken";
    /// Nobody in this inbox.
    CONTACT_UNKNOWN = 422 "contact_unknown";
    /// One line of at most `max` characters.
    ADDRESS_INVALID = 422 "address_invalid";
    /// What its contact wrote since it was deleted is too much to go over into it.
    CONVERSATION_GREW = 409 "conversation_grew";
    /// What was done is taken back for a minute.
    BATCH_OVER = 409 "batch_over";
    /// `max` of one member, of one team, of the workspace.
    TOO_MANY_VIEWS = 422 "too_many_views";
    /// The client's id names something else already.
    ID_REUSED = 409 "id_reused";
}

const EVENTS: &[&base::EventKind] = &[
    &event::CHANGED,
    &event::READ_MARK,
    &event::MENTIONED,
    &event::DRAFT,
    &event::SCHEDULE_FAILED,
    &event::LIMIT_REACHED,
    &event::BATCH,
    &saved_view::UPDATED,
    &activity::ADDED,
    &activity::SEEN,
];
const JOBS: &[&base::JobKind] = &[
    &preview::PREVIEW,
    &file::SWEEP,
    &upload::SWEEP,
    &release::RELEASE,
    &release::RELEASE_OF_TEAM,
    &release::RELEASE_OF_PLACE,
    &former::REVOKE,
    &route::ROUTE,
    &route::ROUTE_TO,
    &route::ROUTE_IN,
    &absence::LEAVE,
    &absence::STAY_AWAY,
    &remove::FORGET,
    &snooze::WAKE,
    &block::UNBLOCK,
    &schedule::SEND_DUE,
    &time_limit::TIME_ANEW,
    &batch::RUN,
    &batch::FORGET,
    &erase::ERASE,
    &saved_view::REMOVE_OF_TEAM,
];
const FOLLOWS: &[base::Follow] = &[
    release::FOLLOW,
    release::FOLLOW_TEAM,
    release::FOLLOW_TEAM_PLACE,
    former::FOLLOW,
    route::FOLLOW_PRESENCE,
    route::FOLLOW_PAUSE,
    route::FOLLOW_PLACES,
    route::FOLLOW_RIGHTS,
    route::FOLLOW_INBOX,
    absence::FOLLOW,
    time_limit::FOLLOW,
    saved_view::FOLLOW_TEAM,
];
const FETCH_JOBS: &[&base::JobKind] = &[&fetch::FETCH];

pub fn feature() -> Feature {
    Feature {
        name: "conversations",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(desk::desk))
            .routes(routes!(list::list_conversations))
            .routes(routes!(show::show_conversation))
            .routes(routes!(show::list_entries))
            .routes(routes!(send::send_message))
            .routes(routes!(schedule::schedule_message, schedule::list_scheduled))
            .routes(routes!(schedule::reschedule_message, schedule::take_message_back))
            .routes(routes!(note::post_note))
            .routes(routes!(edit::edit_entry, remove::remove_entry))
            .routes(routes!(retry::retry_message))
            .routes(routes!(react::react_to_entry))
            .routes(routes!(assign::assign_conversation))
            .routes(routes!(next::take_next))
            .routes(routes!(priority::put_priority))
            .routes(routes!(close::close_conversation, close::reopen_conversation))
            .routes(routes!(delete::delete_conversation, deleted::restore_conversation))
            .routes(routes!(erase::erase_conversation))
            .routes(routes!(deleted::list_deletions))
            .routes(routes!(start::start_session))
            .routes(routes!(snooze::snooze_conversation, snooze::wake_conversation))
            .routes(routes!(title::set_title))
            .routes(routes!(tag::tag_conversation, tag::untag_conversation))
            .routes(routes!(tag_counts::count_tags))
            .routes(routes!(waiting::count_waiting))
            .routes(routes!(block::block_contact, block::unblock_contact))
            .routes(routes!(blocked::list_blocks))
            .routes(routes!(blocked::end_block))
            .routes(routes!(read::read_conversation))
            .routes(routes!(unread::flag_unread))
            .routes(routes!(mute::mute_conversation, mute::unmute_conversation))
            .routes(routes!(draft::save_draft))
            .routes(routes!(draft_list::list_drafts))
            .routes(routes!(draft::discard_draft))
            .routes(routes!(log::list_log))
            .routes(routes!(log_table::export_log))
            .routes(routes!(batch::begin_batch, batch::show_batch, batch::take_batch_back))
            .routes(routes!(batch::act_on_batch))
            .routes(routes!(attachments::list_attachments))
            .routes(routes!(links::list_links))
            .routes(routes!(consents::list_consents))
            .routes(routes!(session_list::list_sessions))
            .routes(routes!(copy::copy_file))
            .merge(file::routes())
            .merge(upload::routes())
            .merge(saved_view::routes())
            .merge(activity::routes()),
        events: EVENTS,
        event_shapes: event::SHAPES,
        jobs: JOBS,
        fetch_jobs: FETCH_JOBS,
        follows: FOLLOWS,
        tasks: &[auto_close::run, time_limit::run, activity::run],
        frames: &[typing::FRAME],
        presences: &[presence::presence],
        refusals: REFUSALS,
        ..Feature::default()
    }
}
