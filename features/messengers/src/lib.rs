//! Messengers: inboxes that reach people through a provider, such as Telegram.
//!
//! What must stay true: what a provider told is kept, with how it proved itself, before it is answered, and once; each
//! item is understood on its own, in the order of arrival, and one that is not stands in a list and can be read again;
//! what may have left is never sent again by itself. A token is sealed, and in no answer, event or log.
//! Absent: what a provider's bytes mean (`channels`), the send queue (`delivery`), groups.

mod access;
mod account;
mod ask;
mod automation;
mod comment;
mod comment_log;
mod comment_rule;
mod comment_settings;
mod connect;
mod fetch;
mod hook;
mod message;
mod pace;
mod poll;
mod press;
mod profile;
mod receipt;
mod send;
mod take;
mod template;
mod update;
mod watch;

pub use poll::{poll, poll_all};
pub use watch::watch_all;

use axum::{extract::DefaultBodyLimit, routing::post};
use base::Feature;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    /// The token may not do something: `scope`.
    CHANNEL_SCOPE_MISSING = 422 "channel_scope_missing";
    /// The token knows nothing of what was given there, or something is missing: `field`.
    CHANNEL_FIELD_REFUSED = 422 "channel_field_refused";
    /// The provider does not let it out, or no more.
    TEMPLATE_UNKNOWN = 422 "template_unknown";
    /// Nothing stands in a gap, or too much: `gap`.
    TEMPLATE_GAP = 422 "template_gap";
    /// Nobody is behind it.
    CHANNEL_TOKEN_REFUSED = 422 "channel_token_refused";
    /// No `https` address of a server, or one that is not public and not allowed.
    CHANNEL_ADDRESS_INVALID = 422 "channel_address_invalid";
    /// The provider's server did not answer: `detail`.
    CHANNEL_UNREACHABLE = 422 "channel_unreachable";
    /// The provider does not take our address: `detail`.
    CHANNEL_WEBHOOK_REFUSED = 422 "channel_webhook_refused";
    /// Updates can be pushed to a configured public address with `https` only.
    PUBLIC_ADDRESS_MISSING = 422 "public_address_missing";
    /// `field`: which part of the rule cannot be used; `max`, or a `placeholder` that nobody can fill.
    COMMENT_RULE_INVALID = 422 "comment_rule_invalid";
    /// `max`
    TOO_MANY_COMMENT_RULES = 422 "too_many_comment_rules";
    /// None of the account's newest posts has this address.
    COMMENT_POST_UNKNOWN = 422 "comment_post_unknown";
    /// `lines`: which are neither numbers nor handles; or `max`.
    AUTOMATION_LIST_INVALID = 422 "automation_list_invalid";
    /// `max`
    AUTOMATION_MESSAGE_INVALID = 422 "automation_message_invalid";
    /// Another inbox has this account: `inbox`.
    ACCOUNT_TAKEN = 409 "account_taken";
}

const JOBS: &[&base::JobKind] = &[&take::TAKE];
const OUTSIDE_JOBS: &[&base::JobKind] =
    &[&send::SEND, &press::ACKNOWLEDGE, &template::SYNC, &profile::PROFILE, &watch::WATCH];
const FETCH_JOBS: &[&base::JobKind] = &[&fetch::FETCH];

pub fn feature() -> Feature {
    Feature {
        name: "messengers",
        routes: OpenApiRouter::new()
            .routes(routes!(connect::show_connection, connect::put_connection, connect::remove_connection))
            .routes(routes!(connect::check_connection))
            .routes(routes!(update::list_failed_updates))
            .routes(routes!(update::replay_update))
            .routes(routes!(comment_settings::list_comment_rules))
            .routes(routes!(comment_settings::save_comment_rule, comment_settings::remove_comment_rule))
            .routes(routes!(comment_log::list_comment_answers))
            .routes(routes!(automation::show_automation_list, automation::put_automation_list))
            .routes(routes!(template::list_templates))
            .routes(routes!(template::send_template))
            // No page of ours asks there, and no member: the secret is the whole proof.
            .route(
                "/hooks/{inbox}",
                post(hook::take_in).layer(DefaultBodyLimit::max(hook::BODY_BYTES)).get(hook::look),
            ),
        jobs: JOBS,
        outside_jobs: OUTSIDE_JOBS,
        fetch_jobs: FETCH_JOBS,
        follows: &[send::FOLLOW],
        tasks: &[poll::run, update::run, watch::run],
        refusals: REFUSALS,
        ..Feature::default()
    }
}
