//! People: the members of a workspace, their teams and roles, how they sign in, how they are invited.
//!
//! What must stay true: a password is worked on outside of transactions and never logged; signing in tells
//! nobody whether an address is known; a change of rights or the end of a sign-in ends the sockets it concerns;
//! an enabled administrator always remains; nobody who does not see everything puts himself into an inbox or a team; nobody hands out a role that covers more than his own rights; a program
//! with a member's token never has more than he has now.
//! Absent so far: second factors; mail, so that a forgotten password is reset by somebody else.

mod accept;
mod attend;
mod authenticate;
mod away_reason;
mod caller;
mod change_member;
mod change_password;
mod change_role;
mod change_team;
mod choose_password;
mod create_role;
mod create_team;
mod email;
mod event;
mod invitation;
mod invite;
mod limit;
mod locale;
mod look;
mod me;
mod member;
mod member_rights;
mod member_token;
mod membership;
mod password;
mod pause;
mod preferences;
mod presence;
mod remove_role;
mod remove_team;
mod reset_password;
mod role;
mod routed;
mod setup;
mod sign_in;
mod sign_ins;
mod signature;
mod skills;
mod team;
mod welcome;
mod withdraw;
mod workspace;

pub use accept::JoinInboxes;
pub use attend::{ABSENCE_MS, attend, miss};
pub use away_reason::AwayReason;
pub use caller::{as_caller, callers_in};
pub use change_team::ChangeTeam;
pub use create_team::{CreateTeam, create_team};
pub use email::Email;
pub use event::{
    MEMBER_UPDATED, MEMBERSHIP_CHANGED, MemberUpdated, PAUSE_UPDATED, PRESENCE_UPDATED, PresenceUpdated, TEAM_GONE,
    TEAM_LEFT, TeamGone, TeamLeft, TeamUpdated, changed_presence, changed_rights, routed_members, routed_presence,
};
pub use locale::Locale;
pub use me::{Me, me};
pub use member::{Member, NewMember, add_member, list_members};
pub use membership::{
    is_seated_in, members_of, memberships, set_members_of, set_teams_of, team_in, team_places, teams_of,
};
pub use password::{Password, Passwords};
pub use pause::{Pause, list_pauses, paused_by, paused_in};
pub use preferences::Preferences;
pub use presence::{Chosen, Presence, PresenceState, list_presences, move_open, presence as presence_of};
pub use reset_password::{PasswordLink, reset_password};
pub use routed::{Candidate, free_in, lock_free, set_routes};
pub use setup::{NewWorkspace, SetupToken, find_workspace, set_up, setup_needed};
pub use sign_ins::{Browser, open_sign_in};
pub use signature::{checked_signature, filled_signature, signature_of};
pub use team::{Team, TeamMember, find_team, keep_team, list_teams};
pub use workspace::{CanManageWorkspace, Limits, Workspace, erase_after_days};

use axum::{
    Extension,
    extract::{Request, State},
    response::Response,
    routing::any,
};
use base::{App, Feature, Problem};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    WRONG_CREDENTIALS = 401 "wrong_credentials";
    /// Who does not see every conversation is put into inboxes and teams by others.
    OWN_PLACE = 403 "own_place";
    SETUP_TOKEN_WRONG = 403 "setup_token_wrong";
    /// Unknown, expired, withdrawn and used invitations answer the same.
    INVITATION_INVALID = 404 "invitation_invalid";
    /// Unknown, expired, replaced and used links answer the same.
    PASSWORD_LINK_INVALID = 404 "password_link_invalid";
    SETUP_DONE = 409 "setup_done";
    EMAIL_TAKEN = 409 "email_taken";
    LAST_ADMINISTRATOR = 409 "last_administrator";
    /// At most `max` characters, or `placeholder` is none that can be filled.
    SIGNATURE_INVALID = 422 "signature_invalid";
    /// A time that is none, too long a list, or seconds that cannot be chosen.
    PREFERENCES_INVALID = 422 "preferences_invalid";
    /// At most `max` characters, and at least one.
    NAME_INVALID = 422 "name_invalid";
    EMAIL_INVALID = 422 "email_invalid";
    /// Not between `min` and `max` characters.
    MESSAGE_LENGTH_INVALID = 422 "message_length_invalid";
    /// One line of at most `max` characters.
    MEMBER_TOKEN_NAME_INVALID = 422 "member_token_name_invalid";
    /// `right` is none that the member holds and a program can hold; without it none was named.
    MEMBER_TOKEN_RIGHT_INVALID = 422 "member_token_right_invalid";
    /// Not in the future, or more than `max` days away.
    MEMBER_TOKEN_EXPIRY_INVALID = 422 "member_token_expiry_invalid";
    /// A member has at most `max`.
    TOO_MANY_MEMBER_TOKENS = 422 "too_many_member_tokens";
    /// `min` characters are needed.
    PASSWORD_TOO_SHORT = 422 "password_too_short";
    /// `max` characters are taken.
    PASSWORD_TOO_LONG = 422 "password_too_long";
    /// It is one of those with which guessing begins.
    PASSWORD_COMMON = 422 "password_common";
    /// The present password, asked for before it is replaced.
    WRONG_PASSWORD = 422 "wrong_password";
    /// No member of the workspace has this `id`.
    MEMBER_UNKNOWN = 422 "member_unknown";
    /// An open limit is 0 or up to `max`.
    OPEN_LIMIT_INVALID = 422 "open_limit_invalid";
    /// Between 0 and `max` days.
    ERASE_AFTER_INVALID = 422 "erase_after_invalid";
    /// At most 12, each with an id of its own and a name of at most `max` characters.
    AWAY_REASON_INVALID = 422 "away_reason_invalid";
    /// At most 20 skills of at most `max` characters.
    SKILLS_INVALID = 422 "skills_invalid";
    /// The workspace has no such reason any more.
    AWAY_REASON_UNKNOWN = 422 "away_reason_unknown";
    /// One line of at most `max` characters.
    ROLE_NAME_INVALID = 422 "role_name_invalid";
    /// At most `max` characters.
    ROLE_DESCRIPTION_INVALID = 422 "role_description_invalid";
    /// No role can hold `right`, or not so far.
    ROLE_RIGHT_UNKNOWN = 422 "role_right_unknown";
    /// `right` would reach further than conversations are seen.
    ROLE_RIGHT_UNSEEN = 422 "role_right_unseen";
    /// The workspace has no such role.
    ROLE_UNKNOWN = 422 "role_unknown";
    /// Another role has this `name`.
    ROLE_NAME_TAKEN = 409 "role_name_taken";
    /// So many `members` have it, and so many `invitations` give it: another must take its place.
    ROLE_HELD = 409 "role_held";
    /// A workspace has at most `max`.
    TOO_MANY_ROLES = 422 "too_many_roles";
    /// One line of at most `max` characters.
    TEAM_NAME_INVALID = 422 "team_name_invalid";
    /// No team of the workspace has this `id`.
    TEAM_UNKNOWN = 422 "team_unknown";
    /// Another team has this `name`.
    TEAM_NAME_TAKEN = 409 "team_name_taken";
    /// A workspace has at most `max`.
    TOO_MANY_TEAMS = 422 "too_many_teams";
    /// A team has at most `max`.
    TOO_MANY_TEAM_MEMBERS = 422 "too_many_team_members";
}

const EVENTS: &[&base::EventKind] = &[
    &event::MEMBER_UPDATED,
    &event::SIGN_IN_ENDED,
    &event::MEMBER_TOKEN_ENDED,
    &event::MEMBERSHIP_CHANGED,
    &event::WORKSPACE_UPDATED,
    &event::ROLE_UPDATED,
    &event::TEAM_UPDATED,
    &event::TEAM_GONE,
    &event::TEAM_LEFT,
    &event::PRESENCE_UPDATED,
    &event::PAUSE_UPDATED,
];

/// `setup` opens the creation of the first workspace; `join_inboxes` is how inboxes take in a new member, since
/// they stand on people and not the other way round.
pub fn feature(setup: SetupToken, join_inboxes: JoinInboxes) -> Feature {
    Feature {
        name: "people",
        routes: OpenApiRouter::with_openapi(event::Schemas::openapi())
            .routes(routes!(setup::show_setup, setup::post_setup))
            .routes(routes!(sign_in::begin_sign_in, sign_in::end_sign_in))
            .routes(routes!(me::show_me, me::change_me))
            .routes(routes!(preferences::change_preferences))
            .routes(routes!(workspace::patch_workspace))
            .routes(routes!(change_password::put_password))
            .routes(routes!(sign_ins::list_sign_ins, sign_ins::delete_other_sign_ins))
            .routes(routes!(sign_ins::delete_sign_in))
            .routes(routes!(member_token::list_member_tokens, member_token::post_member_token))
            .routes(routes!(member_token::delete_member_token))
            .routes(routes!(presence::choose_presence))
            .routes(routes!(presence::show_presences))
            .routes(routes!(pause::set_pause))
            .routes(routes!(member::show_members))
            .routes(routes!(change_member::patch_member))
            .routes(routes!(reset_password::post_password_link))
            .routes(routes!(choose_password::look_at_password_link))
            .routes(routes!(choose_password::use_password_link))
            .routes(routes!(member_rights::show_member_rights))
            .routes(routes!(role::show_roles, create_role::post_role))
            .routes(routes!(change_role::patch_role, remove_role::delete_role))
            .routes(routes!(team::show_teams, create_team::post_team))
            .routes(routes!(change_team::patch_team, remove_team::delete_team))
            .routes(routes!(invitation::list_invitations, invite::post_invitation))
            .routes(routes!(withdraw::delete_invitation))
            .routes(routes!(look::look_at_invitation))
            .routes(routes!(accept::accept_invitation))
            .route("/ws", any(socket))
            .layer(Extension(setup))
            .layer(Extension(join_inboxes))
            .layer(Extension(Passwords::default())),
        authenticate: Some(|app, credentials| Box::pin(authenticate::authenticate(app, credentials))),
        event_shapes: event::SHAPES,
        events: EVENTS,
        attendances: &[attend::attend],
        tasks: &[attend::run],
        refusals: REFUSALS,
        throttles: &[
            limit::SIGN_INS_PER_ACCOUNT_AND_ADDRESS,
            limit::SIGN_INS_PER_ACCOUNT,
            limit::SIGN_INS_PER_ADDRESS,
            limit::INVITATIONS_PER_ADDRESS,
            limit::PASSWORD_LINKS_PER_ADDRESS,
            base::REQUESTS_PER_MEMBER_TOKEN,
        ],
        ..Feature::default()
    }
}

/// The desk's socket.
async fn socket(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    base::stream::upgrade_member(app, request).await
}
