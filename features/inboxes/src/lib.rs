//! Inboxes: where conversations come in, with their settings and their members.
//!
//! What must stay true: a disabled inbox takes no new visitors and keeps its conversations; the counters of waiting
//! and open conversations are moved by the transactions that change them and are never counted on a request.
//! Absent: what travels through an API inbox (`api-inbox`), a provider's channel (`messengers`) or as mail (`email`).

mod api;
mod calendar;
mod change;
mod channel;
mod counter;
mod create;
mod email;
mod event;
mod greeting;
mod hours;
mod identity_key;
mod inbox;
mod join;
mod languages;
mod mark;
mod pre_chat;
mod record_start;
mod routing;
mod time_limit;
mod token;
mod webhook;
mod website;

pub use api::{Api, ApiInbox};
pub use change::{ChangeInbox, change};
pub use channel::{Channel, ChannelLimits, Messenger, MessengerAccount, TextUnit, set_account};
pub use counter::{Counters, TeamQueue, counters, move_counters, move_team_queue, team_queues};
pub use create::{CLOSE_AFTER_MINUTES, CreateInbox, create};
pub use email::{ChangeEmail, Email, MAIL_FILE_BYTES, mail_addresses, set_address};
pub use event::{InboxUpdated, UPDATED, changed_routing, changed_times, ended_formers};
pub use greeting::Greeting;
pub use hours::{Hours, OpenSpan, Opening};
pub use identity_key::identity_keys;
pub use inbox::{
    CanManage, CanSee, ClosingNeeds, FoundInbox, Inbox, Starting, closing_needs, find, find_anywhere, formers_read,
    hours_of, ids, keep_times, outside_the_record, time_limit_of, visible, with_time_limit,
};
pub use join::join;
pub use languages::InLanguages;
pub use mark::Mark;
pub use pre_chat::{Asked, PreChat};
pub use record_start::{begins_with_record, set_begins_with_record};
pub use routing::{Absence, Claim, Reopening, Routing, RoutingOrder, automatic, routing};
pub use time_limit::{CountsFrom, DefaultTimeLimit, InboxTimeLimit, TimeLimit, Told, set_default};
pub use webhook::{Sending, StopReason, WebhookStop, note_failure, note_success, sending, stop_webhook};
pub use website::Website;

use base::{EventKind, Feature};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    /// The client's id names an inbox of somebody else.
    ID_REUSED = 409 "id_reused";
    INBOX_NAME_INVALID = 422 "inbox_name_invalid";
    /// Neither 0 nor between `min` and `max` minutes.
    CLOSE_AFTER_INVALID = 422 "close_after_invalid";
    /// Not a multiple of `step` seconds up to `max`, or the warning does not come before the end.
    TIME_LIMIT_INVALID = 422 "time_limit_invalid";
    /// `max` members told by name.
    TOO_MANY_TOLD = 422 "too_many_told";
    /// The open limit is 0 or up to `max`.
    ROUTING_INVALID = 422 "routing_invalid";
    WEBSITE_TITLE_INVALID = 422 "website_title_invalid";
    WEBSITE_GREETING_INVALID = 422 "website_greeting_invalid";
    /// `#` and six hexadecimal digits.
    WEBSITE_COLOR_INVALID = 422 "website_color_invalid";
    /// The `number`th has no words, too many, or a time that is not between 1 and 600 seconds.
    GREETING_INVALID = 422 "greeting_invalid";
    /// More than `max` characters, or a link that is no `https` address.
    CONSENT_INVALID = 422 "consent_invalid";
    /// `day` of the week, 1 is Monday, has spans that do not fit or overlap; 0: a closed day is no date.
    HOURS_INVALID = 422 "hours_invalid";
    HOURS_ZONE_UNKNOWN = 422 "hours_zone_unknown";
    /// One line of at most `max` characters.
    CALENDAR_NAME_INVALID = 422 "calendar_name_invalid";
    /// Another calendar has this `name`.
    CALENDAR_NAME_TAKEN = 409 "calendar_name_taken";
    /// So many inboxes (`count`) follow it; `inboxes` names some of them.
    CALENDAR_USED = 409 "calendar_used";
    /// The workspace has no such calendar.
    CALENDAR_UNKNOWN = 422 "calendar_unknown";
    /// A closed day's name is one line of at most `max` characters.
    CLOSED_DAY_INVALID = 422 "closed_day_invalid";
    /// A workspace has at most `max`.
    TOO_MANY_CALENDARS = 422 "too_many_calendars";
    /// `origin` is no address of a website.
    WEBSITE_ORIGIN_INVALID = 422 "website_origin_invalid";
    WEBHOOK_URL_INVALID = 422 "webhook_url_invalid";
    /// Plain HTTP, or an address that is not public, and the operator does not allow it.
    WEBHOOK_URL_PRIVATE = 422 "webhook_url_private";
    /// `max` of one inbox.
    TOO_MANY_TOKENS = 422 "too_many_tokens";
}

const EVENTS: &[&EventKind] = &[&event::UPDATED, &event::COUNTERS, &event::TEAM_QUEUE];

pub fn feature() -> Feature {
    Feature {
        name: "inboxes",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(inbox::list_inboxes, create::create_inbox))
            .routes(routes!(inbox::show_inbox, change::change_inbox))
            .routes(routes!(
                identity_key::show_identity_key,
                identity_key::replace_identity_key,
                identity_key::remove_identity_key
            ))
            .routes(routes!(calendar::list_calendars))
            .routes(routes!(calendar::save_calendar, calendar::remove_calendar))
            .routes(routes!(time_limit::show_time_limit, time_limit::set_time_limit))
            .routes(routes!(webhook::show_webhook))
            .routes(routes!(webhook::replace_webhook_secret))
            .routes(routes!(webhook::start_webhook))
            .routes(routes!(token::list_tokens, token::create_token))
            .routes(routes!(token::revoke_token)),
        authenticate: Some(|app, credentials| Box::pin(token::authenticate(app, credentials))),
        events: EVENTS,
        event_shapes: event::SHAPES,
        refusals: REFUSALS,
        ..Feature::default()
    }
}
