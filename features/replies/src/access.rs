//! Who may see a quick reply and change it: the only place that decides. Lists, requests and sockets ask the same.

use crate::{QuickReply, QuickReplyCan, QuickReplyItem, QuickReplyScope, quick_reply};
use base::{Caller, MemberCaller, Permit, Problem, Right, Scope, Tx, refusal};
use ids::QuickReplyId;
use std::sync::Arc;

/// Whoever may reply uses his own ones, those of his inboxes and teams and those of the workspace.
pub(crate) fn sees(member: &MemberCaller, scope: QuickReplyScope) -> bool {
    let answers = member.scope(Right::CONVERSATION_REPLY) > Scope::None;
    answers
        && match scope {
            QuickReplyScope::Personal { member_id } => member_id == member.id,
            QuickReplyScope::Inbox { inbox_id } => {
                member.works_in(inbox_id) || member.scope(Right::QUICK_REPLY_MANAGE_SHARED) == Scope::All
            }
            QuickReplyScope::Team { team_id } => {
                member.is_in(team_id) || member.scope(Right::QUICK_REPLY_MANAGE_SHARED) == Scope::All
            }
            QuickReplyScope::Workspace => true,
        }
}

/// A team's are changed by who leads it, whatever his role, and by who may change those of the workspace.
pub(crate) fn manages(member: &MemberCaller, scope: QuickReplyScope) -> bool {
    let shared = member.scope(Right::QUICK_REPLY_MANAGE_SHARED);
    sees(member, scope)
        && match scope {
            QuickReplyScope::Personal { .. } => true,
            QuickReplyScope::Inbox { .. } => shared >= Scope::Inbox,
            QuickReplyScope::Team { team_id } => member.leads(team_id) || shared == Scope::All,
            QuickReplyScope::Workspace => shared == Scope::All,
        }
}

/// Refuses to put a quick reply where the member may not: what he cannot see answers like what is not there.
pub(crate) async fn must_manage(tx: &mut Tx<'_>, member: &MemberCaller, scope: QuickReplyScope) -> Result<(), Problem> {
    if !sees(member, scope) {
        return Err(refusal::NOT_FOUND.into());
    }
    let there = match scope {
        QuickReplyScope::Inbox { inbox_id } => inboxes::find(tx, inbox_id).await?.is_some(),
        // Kept, so that none is put into a team that is being removed.
        QuickReplyScope::Team { team_id } => people::keep_team(tx, team_id).await?,
        _ => true,
    };
    if !there {
        return Err(refusal::NOT_FOUND.into());
    }
    if manages(member, scope) { Ok(()) } else { Err(refusal::FORBIDDEN.into()) }
}

pub(crate) fn item(member: &MemberCaller, quick_reply: QuickReply) -> QuickReplyItem {
    let can = if manages(member, quick_reply.scope) { vec![QuickReplyCan::Manage] } else { Vec::new() };
    QuickReplyItem { quick_reply, can }
}

/// May answer, and so may use quick replies and have his own.
pub struct CanUse(pub Arc<MemberCaller>);

impl Permit for CanUse {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?;
        if member.scope(Right::CONVERSATION_REPLY) == Scope::None {
            return Err(refusal::FORBIDDEN.into());
        }
        Ok(Self(member.clone()))
    }
}

/// May insert this one.
pub struct CanUseOne {
    pub member: Arc<MemberCaller>,
    pub quick_reply: QuickReply,
}

impl Permit for CanUseOne {
    type Target = QuickReplyId;

    async fn grant(caller: &Caller, target: QuickReplyId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let known = quick_reply::find(tx, target).await?.filter(|known| sees(&member, known.scope));
        Ok(Self { member, quick_reply: known.ok_or(refusal::NOT_FOUND)? })
    }
}

/// May change and delete this one; locked.
pub struct CanManage {
    pub member: Arc<MemberCaller>,
    pub quick_reply: QuickReply,
}

impl Permit for CanManage {
    type Target = QuickReplyId;

    async fn grant(caller: &Caller, target: QuickReplyId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let known = quick_reply::lock(tx, target).await?.filter(|known| sees(&member, known.scope));
        let quick_reply = known.ok_or(refusal::NOT_FOUND)?;
        if !manages(&member, quick_reply.scope) {
            return Err(refusal::FORBIDDEN.into());
        }
        Ok(Self { member, quick_reply })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Proven, Role, TeamSeat};
    use ids::{InboxId, MemberId, TeamId, Uuid, WorkspaceId};

    const INBOX: InboxId = InboxId(Uuid::from_u128(1));
    const TEAM: TeamId = TeamId(Uuid::from_u128(4));
    const ME: MemberId = MemberId(Uuid::from_u128(2));
    const OTHER: MemberId = MemberId(Uuid::from_u128(3));

    fn member(role: Role, works: bool, team: Option<bool>) -> MemberCaller {
        MemberCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: ME,
            name: "Me".into(),
            rights: role.rights().expect("a shipped role"),
            inboxes: if works { vec![INBOX] } else { Vec::new() },
            teams: team.map(|leads| TeamSeat { team: TEAM, leads }).into_iter().collect(),
            colleagues: Vec::new(),
            message_characters: 2_000,
            proven: Proven::Unasked,
        }
    }

    const HIDDEN: (bool, bool) = (false, false);
    const USES: (bool, bool) = (true, false);
    const MANAGES: (bool, bool) = (true, true);

    #[test]
    fn the_matrix_of_roles_and_scopes() {
        // Role, works in the inbox; his own, the inbox's, the workspace's.
        let rows = [
            (Role::Administrator, false, MANAGES, MANAGES, MANAGES),
            (Role::ChatAdministrator, false, MANAGES, MANAGES, MANAGES),
            (Role::Supervisor, true, MANAGES, MANAGES, USES),
            (Role::Supervisor, false, MANAGES, HIDDEN, USES),
            (Role::Agent, true, MANAGES, USES, USES),
            (Role::Agent, false, MANAGES, HIDDEN, USES),
            (Role::Reader, true, HIDDEN, HIDDEN, HIDDEN),
        ];
        for (role, works, own, inbox, workspace) in rows {
            let member = member(role, works, None);
            let may = |scope| (sees(&member, scope), manages(&member, scope));
            assert_eq!(may(QuickReplyScope::Personal { member_id: ME }), own, "{role:?} {works}");
            assert_eq!(may(QuickReplyScope::Personal { member_id: OTHER }), HIDDEN, "{role:?} {works}");
            assert_eq!(may(QuickReplyScope::Inbox { inbox_id: INBOX }), inbox, "{role:?} {works}");
            assert_eq!(may(QuickReplyScope::Workspace), workspace, "{role:?} {works}");
        }
    }

    #[test]
    fn a_teams_are_used_by_who_is_in_it_and_changed_by_who_leads_it() {
        // Role; outside of the team, in it, leading it.
        let rows = [
            (Role::Administrator, MANAGES, MANAGES, MANAGES),
            (Role::ChatAdministrator, MANAGES, MANAGES, MANAGES),
            (Role::Supervisor, HIDDEN, USES, MANAGES),
            (Role::Agent, HIDDEN, USES, MANAGES),
            (Role::Reader, HIDDEN, HIDDEN, HIDDEN),
        ];
        for (role, outside, inside, leads) in rows {
            let may = |team| {
                let (member, scope) = (member(role, true, team), QuickReplyScope::Team { team_id: TEAM });
                (sees(&member, scope), manages(&member, scope))
            };
            assert_eq!([may(None), may(Some(false)), may(Some(true))], [outside, inside, leads], "{role:?}");
            let other = QuickReplyScope::Team { team_id: TeamId(Uuid::from_u128(5)) };
            assert_eq!(sees(&member(role, true, Some(true)), other), outside == MANAGES, "{role:?}");
        }
    }
}
