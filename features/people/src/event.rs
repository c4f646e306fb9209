//! The events of people.

use crate::{Member, Pause, Presence, PresenceState, Team, Workspace, membership::teams_of, pause, routed};
use base::{
    Audience, EventKind, EventShape, Listeners, MemberCaller, NewEvent, Problem, Tx, View, WholeWorkspace,
    stream::close::{RIGHTS_CHANGED, SIGNED_OUT},
};
use ids::{InboxId, MemberId, MemberTokenId, RoleId, SignInId, TeamId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

/// A member is new or changed.
pub static MEMBER_UPDATED: EventKind = EventKind { name: "member.updated", audience: parse::<OfMember> };
/// Sign-ins ended; no client sees it, the sockets concerned end by it.
pub static SIGN_IN_ENDED: EventKind = EventKind { name: "sign_in.ended", audience: parse::<EndedSignIns> };
/// A member's token ended before its time; no client sees it, its sockets end by it.
pub static MEMBER_TOKEN_ENDED: EventKind = EventKind { name: "member_token.ended", audience: parse::<EndedToken> };
/// Members joined or left an inbox or a team, or lead one; no client sees it, their sockets come back with the new rights.
pub static MEMBERSHIP_CHANGED: EventKind = EventKind { name: "membership.changed", audience: parse::<MovedMembers> };

/// What holds for the whole workspace changed.
pub static WORKSPACE_UPDATED: EventKind = EventKind { name: "workspace.updated", audience: WholeWorkspace::parse };

/// A role of the workspace's own is new, changed or gone.
pub static ROLE_UPDATED: EventKind = EventKind { name: "role.updated", audience: WholeWorkspace::parse };

/// A team is new or changed.
pub static TEAM_UPDATED: EventKind = EventKind { name: "team.updated", audience: WholeWorkspace::parse };

/// A team is no more; the facts are its [`TeamGone`].
pub static TEAM_GONE: EventKind = EventKind { name: "team.gone", audience: parse::<TeamGone> };

/// A team works in an inbox no more; no client sees it. The facts are its [`TeamLeft`].
pub static TEAM_LEFT: EventKind = EventKind { name: "team.left", audience: parse::<TeamLeft> };

/// Whether a member is there changed, or what others see of it.
pub static PRESENCE_UPDATED: EventKind = EventKind { name: "presence.updated", audience: parse::<OfPresence> };

/// A member takes nothing from an inbox for now, or something again.
pub static PAUSE_UPDATED: EventKind = EventKind { name: "pause.updated", audience: parse::<OfPause> };

/// How they look on the wire.
pub(crate) const SHAPES: &[EventShape] = &[
    EventShape { kind: "member.updated", schema: "MemberUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "workspace.updated", schema: "WorkspaceUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "role.updated", schema: "RoleUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "team.updated", schema: "TeamUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "presence.updated", schema: "PresenceUpdated", lists: &[], to: Listeners::Members },
    EventShape { kind: "pause.updated", schema: "Pause", lists: &[], to: Listeners::Members },
    EventShape { kind: "team.gone", schema: "TeamGone", lists: &[], to: Listeners::Members },
];

/// Their data's schemas.
#[derive(OpenApi)]
#[openapi(components(schemas(
    MemberUpdated,
    WorkspaceUpdated,
    RoleUpdated,
    TeamUpdated,
    TeamGone,
    PresenceUpdated,
    Pause
)))]
pub(crate) struct Schemas;

#[derive(Serialize, ToSchema)]
pub struct MemberUpdated {
    pub member: Member,
}

#[derive(Serialize, ToSchema)]
pub struct WorkspaceUpdated {
    pub workspace: Workspace,
}

/// What it is now is asked: it looks different to each member.
#[derive(Serialize, ToSchema)]
pub struct RoleUpdated {
    pub role_id: RoleId,
}

#[derive(Serialize, ToSchema)]
pub struct TeamUpdated {
    pub team: Team,
}

#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct TeamGone {
    pub team_id: TeamId,
}

#[derive(Serialize, ToSchema)]
pub struct PresenceUpdated {
    pub presence: Presence,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct TeamLeft {
    pub team_id: TeamId,
    pub inbox_id: InboxId,
}

/// Whose presence it is and what it is now, for whoever acts on it; everybody sees it.
#[derive(Serialize, Deserialize)]
struct OfPresence {
    member: MemberId,
    state: PresenceState,
    /// Somebody may get or lose work by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    routes: bool,
}

/// Who it is and from where. He and whoever sees the inbox hear of it.
#[derive(Serialize, Deserialize)]
struct OfPause {
    member: MemberId,
    inbox: InboxId,
    /// The inbox's teams: their members see it too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    teams: Vec<TeamId>,
    /// He may get work by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    routes: bool,
}

/// As [`changed_presence`], only where it matters to some inbox who comes and goes.
pub fn routed_presence(facts: &str) -> Option<(MemberId, PresenceState)> {
    let of: OfPresence = serde_json::from_str(facts).ok()?;
    of.routes.then_some((of.member, of.state))
}

/// Who may get work by an event of kind [`PRESENCE_UPDATED`], [`PAUSE_UPDATED`], [`MEMBERSHIP_CHANGED`] or
/// [`MEMBER_UPDATED`], from its facts; nobody where no inbox is routed.
pub fn routed_members(facts: &str) -> Vec<MemberId> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(default)]
        member: Option<MemberId>,
        #[serde(default)]
        members: Vec<MemberId>,
        #[serde(default)]
        routes: bool,
    }
    match serde_json::from_str::<Named>(facts) {
        Ok(named) if named.routes => named.member.into_iter().chain(named.members).collect(),
        _ => Vec::new(),
    }
}

/// The member of an event of kind [`PRESENCE_UPDATED`] and his state, from its facts.
pub fn changed_presence(facts: &str) -> Option<(MemberId, PresenceState)> {
    let of: OfPresence = serde_json::from_str(facts).ok()?;
    Some((of.member, of.state))
}

/// What a change of a member means for his own sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reach {
    Nothing,
    Rights,
    SignedOut,
}

/// Which sign-ins of a member end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ended {
    One(SignInId),
    AllBut(SignInId),
    All,
}

#[derive(Serialize, Deserialize)]
struct OfMember {
    member: MemberId,
    reach: Reach,
    /// He may get work by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    routes: bool,
}

/// The member whose rights an event of kind [`MEMBER_UPDATED`] changed, from its facts.
pub fn changed_rights(facts: &str) -> Option<MemberId> {
    let of: OfMember = serde_json::from_str(facts).ok()?;
    (of.reach != Reach::Nothing).then_some(of.member)
}

#[derive(Serialize, Deserialize)]
struct EndedSignIns {
    member: MemberId,
    ended: Ended,
}

#[derive(Serialize, Deserialize)]
struct EndedToken {
    token: MemberTokenId,
}

#[derive(Serialize, Deserialize)]
struct MovedMembers {
    members: Vec<MemberId>,
    /// They may get work by it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    routes: bool,
}

fn parse<A: Audience + for<'de> Deserialize<'de>>(facts: &str) -> Result<Arc<dyn Audience>, serde_json::Error> {
    Ok(Arc::new(serde_json::from_str::<A>(facts)?))
}

impl Audience for OfMember {
    fn member(&self, member: &MemberCaller) -> View {
        match self.reach {
            Reach::Rights if member.id == self.member => View::Close(RIGHTS_CHANGED),
            Reach::SignedOut if member.id == self.member => View::Close(SIGNED_OUT),
            _ => View::Whole(0),
        }
    }

    /// A remembered caller carries the name too.
    fn changes_rights(&self) -> bool {
        true
    }
}

impl Audience for OfPresence {
    fn member(&self, _member: &MemberCaller) -> View {
        View::Whole(0)
    }
}

impl Audience for OfPause {
    fn member(&self, member: &MemberCaller) -> View {
        let sees = member.id == self.member || pause::sees(member, self.inbox, &self.teams);
        if sees { View::Whole(0) } else { View::Hidden }
    }
}

impl Audience for TeamLeft {
    fn member(&self, _member: &MemberCaller) -> View {
        View::Hidden
    }
}

impl Audience for TeamGone {
    fn member(&self, _member: &MemberCaller) -> View {
        View::Whole(0)
    }
}

impl Audience for EndedSignIns {
    fn member(&self, member: &MemberCaller) -> View {
        let ended = member.id == self.member
            && match self.ended {
                Ended::One(sign_in) => member.sign_in() == Some(sign_in),
                Ended::AllBut(sign_in) => member.sign_in().is_some_and(|other| other != sign_in),
                Ended::All => true,
            };
        if ended { View::Close(SIGNED_OUT) } else { View::Hidden }
    }

    fn changes_rights(&self) -> bool {
        true
    }
}

impl Audience for EndedToken {
    fn member(&self, member: &MemberCaller) -> View {
        if member.token().is_some_and(|(token, _)| token == self.token) {
            View::Close(SIGNED_OUT)
        } else {
            View::Hidden
        }
    }

    fn changes_rights(&self) -> bool {
        true
    }
}

impl Audience for MovedMembers {
    fn member(&self, member: &MemberCaller) -> View {
        if self.members.contains(&member.id) { View::Close(RIGHTS_CHANGED) } else { View::Hidden }
    }

    fn changes_rights(&self) -> bool {
        true
    }
}

pub(crate) fn workspace_updated(tx: &mut Tx<'_>, workspace: &Workspace) -> Result<(), Problem> {
    let payload = WorkspaceUpdated { workspace: workspace.clone() };
    // A remembered caller carries how long his messages may be.
    tx.emit(NewEvent::new(&WORKSPACE_UPDATED, WholeWorkspace { rights: true }, &payload)?);
    Ok(())
}

pub(crate) fn member_updated(tx: &mut Tx<'_>, member: &Member, reach: Reach) -> Result<(), Problem> {
    let payload = MemberUpdated { member: member.clone() };
    tx.emit(NewEvent::new(&MEMBER_UPDATED, OfMember { member: member.id, reach, routes: false }, &payload)?);
    Ok(())
}

/// As [`member_updated`] with other rights or skills: he may get work by it.
pub(crate) async fn member_changed(tx: &mut Tx<'_>, member: &Member, reach: Reach) -> Result<(), Problem> {
    let routes = routed::routes(tx).await?;
    let payload = MemberUpdated { member: member.clone() };
    tx.emit(NewEvent::new(&MEMBER_UPDATED, OfMember { member: member.id, reach, routes }, &payload)?);
    Ok(())
}

pub(crate) fn sign_in_ended(tx: &mut Tx<'_>, member: MemberId, ended: Ended) -> Result<(), Problem> {
    tx.emit(NewEvent::new(&SIGN_IN_ENDED, EndedSignIns { member, ended }, &())?);
    Ok(())
}

pub(crate) fn member_token_ended(tx: &mut Tx<'_>, token: MemberTokenId) -> Result<(), Problem> {
    tx.emit(NewEvent::new(&MEMBER_TOKEN_ENDED, EndedToken { token }, &())?);
    Ok(())
}

pub(crate) fn role_updated(tx: &mut Tx<'_>, role_id: RoleId) -> Result<(), Problem> {
    tx.emit(NewEvent::new(&ROLE_UPDATED, WholeWorkspace::default(), &RoleUpdated { role_id })?);
    Ok(())
}

pub(crate) fn team_updated(tx: &mut Tx<'_>, team: &Team) -> Result<(), Problem> {
    let payload = TeamUpdated { team: team.clone() };
    tx.emit(NewEvent::new(&TEAM_UPDATED, WholeWorkspace::default(), &payload)?);
    Ok(())
}

pub(crate) fn team_gone(tx: &mut Tx<'_>, team_id: TeamId) -> Result<(), Problem> {
    let gone = TeamGone { team_id };
    tx.emit(NewEvent::new(&TEAM_GONE, gone, &gone)?);
    Ok(())
}

pub(crate) fn presence_updated(tx: &mut Tx<'_>, presence: Presence, routes: bool) -> Result<(), Problem> {
    let facts = OfPresence { member: presence.member_id, state: presence.state, routes };
    tx.emit(NewEvent::new(&PRESENCE_UPDATED, facts, &PresenceUpdated { presence })?);
    Ok(())
}

pub(crate) async fn pause_updated(tx: &mut Tx<'_>, pause: Pause, routes: bool) -> Result<(), Problem> {
    let teams = teams_of(tx, pause.inbox_id).await?;
    let facts = OfPause { member: pause.member_id, inbox: pause.inbox_id, teams, routes };
    tx.emit(NewEvent::new(&PAUSE_UPDATED, facts, &pause)?);
    Ok(())
}

pub(crate) fn team_left(tx: &mut Tx<'_>, team_id: TeamId, inbox_id: InboxId) -> Result<(), Problem> {
    tx.emit(NewEvent::new(&TEAM_LEFT, TeamLeft { team_id, inbox_id }, &())?);
    Ok(())
}

/// Nothing when nobody moved.
pub(crate) async fn membership_changed(tx: &mut Tx<'_>, members: Vec<MemberId>) -> Result<(), Problem> {
    if members.is_empty() {
        return Ok(());
    }
    let routes = routed::routes(tx).await?;
    tx.emit(NewEvent::new(&MEMBERSHIP_CHANGED, MovedMembers { members, routes }, &())?);
    Ok(())
}
