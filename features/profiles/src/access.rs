//! Who may see a contact, and who may write what is known of him: the only place that decides (decision 52). Who was
//! merged into another is that one, whichever of them is named.

use base::{Caller, MemberCaller, Permit, Problem, Right, Scope, Tx, refusal};
use contacts::Known;
use conversations::{Facts, facts_of_contact};
use ids::ContactId;
use std::sync::Arc;

/// Whoever sees one of his conversations, and whoever may see all contacts.
pub fn sees(member: &MemberCaller, his: &[Facts]) -> bool {
    member.scope(Right::CONTACT_VIEW) == Scope::All || his.iter().any(|facts| facts.visible_to(member))
}

/// Whoever may write about the contact of one of his conversations, or about everybody whom he sees.
pub fn edits(member: &MemberCaller, his: &[Facts]) -> bool {
    let everybody = member.scope(Right::CONTACT_EDIT) == Scope::All && sees(member, his);
    everybody || his.iter().any(|facts| facts.reached_by(member, Right::CONTACT_EDIT))
}

/// May see the contact. Not locked: for reading only.
pub struct CanSee {
    pub member: Arc<MemberCaller>,
    pub known: Known,
    pub can_edit: bool,
    /// What happens after this position comes through the stream.
    pub position: i64,
}

impl Permit for CanSee {
    type Target = ContactId;

    async fn grant(caller: &Caller, target: ContactId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let position = tx.position().await?;
        let known = contacts::whole(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        let his = facts_of_contact(tx, known.id).await?;
        if !sees(&member, &his) {
            return Err(refusal::NOT_FOUND.into());
        }
        Ok(Self { can_edit: edits(&member, &his), member, known, position })
    }
}

/// May write what is known of the contact, who is locked.
pub struct CanEdit {
    pub member: Arc<MemberCaller>,
    pub known: Known,
    /// What decides who hears of it.
    pub his: Vec<Facts>,
}

impl Permit for CanEdit {
    type Target = ContactId;

    async fn grant(caller: &Caller, target: ContactId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let known = contacts::lock_whole(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        let his = facts_of_contact(tx, known.id).await?;
        if !sees(&member, &his) {
            return Err(refusal::NOT_FOUND.into());
        }
        if !edits(&member, &his) {
            return Err(refusal::FORBIDDEN.into());
        }
        Ok(Self { member, known, his })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Proven, Role};
    use conversations::Holder;
    use ids::{ConversationId, InboxId, MemberId, Uuid, WorkspaceId};

    const INBOX: InboxId = InboxId(Uuid::from_u128(1));
    const ME: MemberId = MemberId(Uuid::from_u128(2));

    fn member(role: Role, works: bool) -> MemberCaller {
        MemberCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: ME,
            name: "Me".into(),
            rights: role.rights().expect("a shipped role"),
            inboxes: if works { vec![INBOX] } else { Vec::new() },
            teams: Vec::new(),
            colleagues: Vec::new(),
            message_characters: 2_000,
            proven: Proven::Unasked,
        }
    }

    /// R008, R009
    #[test]
    fn the_matrix_of_roles_and_conversations() {
        let with = |holder| {
            vec![Facts::looked_at(ConversationId(Uuid::nil()), INBOX, ContactId(Uuid::nil()), Holder::of(holder, None))]
        };
        let (mine, others, queue, none) =
            (with(Some(ME)), with(Some(MemberId(Uuid::from_u128(3)))), with(None), Vec::new());
        // Role, works in the inbox, his conversations; sees, edits.
        let rows = [
            (Role::Agent, true, &mine, true, true),
            (Role::Agent, true, &queue, true, true),
            (Role::Agent, true, &others, false, false),
            (Role::Agent, false, &mine, true, true),
            (Role::Agent, false, &queue, false, false),
            (Role::Agent, true, &none, false, false),
            (Role::Supervisor, true, &others, true, true),
            (Role::Supervisor, false, &others, false, false),
            (Role::Supervisor, true, &none, false, false),
            (Role::Reader, true, &others, true, false),
            (Role::Reader, true, &none, false, false),
            (Role::ChatAdministrator, false, &others, true, true),
            (Role::Administrator, false, &none, true, true),
        ];
        for (row, (role, works, his, visible, editable)) in rows.into_iter().enumerate() {
            let member = member(role, works);
            assert_eq!((sees(&member, his), edits(&member, his)), (visible, editable), "row {row}: {role:?} {works}");
        }
    }
}
