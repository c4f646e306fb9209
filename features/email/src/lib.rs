//! E-mail: inboxes behind an address.
//!
//! What must stay true: a mail is kept as it came before it is understood, and once; it finds its conversation by what
//! nobody guesses or by the names of earlier mails, never by its subject; what a machine wrote opens nothing and is
//! answered by nobody; the name of each of our mails is kept before it leaves, and one that may have left is not sent
//! again by itself. A password is sealed, and in no answer, event or log.
//! Absent: what a mail's bytes mean (`mail`), the send queue (`delivery`).

mod access;
mod arrival;
mod bounce;
mod connect;
mod failed;
mod hook;
mod imap;
mod mailbox;
mod read;
mod send;
mod server;
mod show;
mod smtp;
mod take;
mod thread;
mod transcript;
mod wire;

pub use read::{Looked, look, look_all};

use axum::{extract::DefaultBodyLimit, routing::post};
use base::Feature;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    MAILBOX_ADDRESS_INVALID = 422 "mailbox_address_invalid";
    /// `server` is `imap` or `smtp`: no name of a host, or no port.
    MAIL_SERVER_INVALID = 422 "mail_server_invalid";
    /// Without encryption nothing leaves unless the operator allows private networks: `server`.
    MAIL_SERVER_PLAIN = 422 "mail_server_plain";
    /// `server` did not answer, or not as such servers do: `detail`.
    MAIL_SERVER_UNREACHABLE = 422 "mail_server_unreachable";
    /// Nobody vouches for `server`: `detail`.
    MAIL_SERVER_CERTIFICATE = 422 "mail_server_certificate";
    /// `server` does not take the name and the password: `detail`.
    MAIL_LOGIN_REFUSED = 422 "mail_login_refused";
    /// Another inbox has this address: `inbox`.
    MAILBOX_TAKEN = 409 "mailbox_taken";
    /// No mailbox is connected that a transcript could leave through.
    MAILBOX_MISSING = 409 "mailbox_missing";
    /// Of a conversation in which nobody of the team said anything, no transcript is mailed.
    NOBODY_ANSWERED = 409 "nobody_answered";
}

const JOBS: &[&base::JobKind] = &[&take::TAKE];
const OUTSIDE_JOBS: &[&base::JobKind] = &[&send::SEND, &transcript::SEND];

pub fn feature() -> Feature {
    Feature {
        name: "email",
        routes: OpenApiRouter::new()
            .routes(routes!(connect::show_mailbox, connect::put_mailbox, connect::remove_mailbox))
            .routes(routes!(connect::check_mailbox))
            .routes(routes!(show::show_mail))
            .routes(routes!(failed::list_failed_mails))
            .routes(routes!(failed::show_failed_mail))
            .routes(routes!(failed::replay_mail))
            .routes(routes!(transcript::show_transcript_ways, transcript::ask_transcript))
            // A server of somebody's pushes there: its signature is the whole proof.
            .route("/hooks/{inbox}/mail", post(hook::take_in).layer(DefaultBodyLimit::max(arrival::MAIL_BYTES))),
        jobs: JOBS,
        outside_jobs: OUTSIDE_JOBS,
        follows: &[send::FOLLOW],
        tasks: &[read::run, arrival::run],
        refusals: REFUSALS,
        throttles: &[
            transcript::TRANSCRIPTS_PER_VISITOR,
            transcript::TRANSCRIPTS_PER_NETWORK,
            transcript::TRANSCRIPTS_PER_ADDRESS,
        ],
        ..Feature::default()
    }
}
