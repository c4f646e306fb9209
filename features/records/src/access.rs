//! Who may see a record, and who may change it: the only place that decides (decision 64). A record is seen through its
//! contact, and through each conversation to which it belongs.

use crate::record::{self, Record};
use base::{Caller, MemberCaller, Permit, Problem, Right, Scope, Tx, refusal};
use conversations::{Facts, MayChange, Thread, facts_of_contact};
use ids::{ConversationId, RecordId};
use std::{collections::BTreeMap, sync::Arc};

/// Whoever may see records, and sees the contact or one of the conversations.
pub fn views(member: &MemberCaller, his: &[Facts]) -> bool {
    member.scope(Right::RECORD_VIEW) > Scope::None && profiles::sees(member, his)
}

/// Whoever may change records as far as one of the conversations, or all that he sees.
pub fn edits(member: &MemberCaller, his: &[Facts]) -> bool {
    let everything = member.scope(Right::RECORD_EDIT) == Scope::All;
    views(member, his) && (everything || his.iter().any(|facts| facts.reached_by(member, Right::RECORD_EDIT)))
}

/// What decides about a record: the conversations of its contact, and those to which it belongs. Not locked.
pub async fn facts_of(tx: &mut Tx<'_>, record: &Record) -> Result<Vec<Facts>, Problem> {
    let mut his = facts_of_contact(tx, record.contact_id).await?;
    for id in record::conversations_of(tx, record.id).await? {
        if his.iter().all(|facts| facts.conversation != id) {
            his.extend(conversations::load(tx, id).await?.map(|thread| thread.facts()));
        }
    }
    Ok(his)
}

/// May see records at all.
pub struct CanView(pub Arc<MemberCaller>);

impl Permit for CanView {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        member.must_hold(Right::RECORD_VIEW)?;
        Ok(Self(member))
    }
}

/// May see the record. Not locked: for reading only.
pub struct CanSee {
    pub member: Arc<MemberCaller>,
    pub record: Record,
    pub can_edit: bool,
}

impl Permit for CanSee {
    type Target = RecordId;

    async fn grant(caller: &Caller, target: RecordId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let record = record::find(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        let his = facts_of(tx, &record).await?;
        if !views(&member, &his) {
            return Err(refusal::NOT_FOUND.into());
        }
        Ok(Self { can_edit: edits(&member, &his), member, record })
    }
}

/// May change the record, which is locked, as are the conversations to which it belongs: they say so. Conversations come
/// first, in the order of their ids (decision 34).
pub struct CanEdit {
    pub member: Arc<MemberCaller>,
    pub record: Record,
    pub threads: BTreeMap<ConversationId, Thread>,
}

impl Permit for CanEdit {
    type Target = RecordId;

    async fn grant(caller: &Caller, target: RecordId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let mut threads = BTreeMap::new();
        for id in record::conversations_of(tx, target).await? {
            threads.extend(conversations::lock(tx, id).await?.map(|thread| (id, thread)));
        }
        let record = record::lock(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        must_edit(tx, &member, &record).await?;
        Ok(Self { member, record, threads })
    }
}

/// Hidden, not allowed, or allowed.
async fn must_edit(tx: &mut Tx<'_>, member: &MemberCaller, record: &Record) -> Result<(), Problem> {
    let his = facts_of(tx, record).await?;
    if !views(member, &his) {
        return Err(refusal::NOT_FOUND.into());
    }
    if edits(member, &his) { Ok(()) } else { Err(refusal::FORBIDDEN.into()) }
}

/// May make records in the conversation, which is locked.
pub struct CanCreate {
    pub permit: MayChange,
    pub id: RecordId,
}

impl Permit for CanCreate {
    type Target = (ConversationId, RecordId);

    async fn grant(caller: &Caller, (conversation, id): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let permit = MayChange::grant(caller, conversation, tx).await?;
        permit.must_see()?;
        if !edits(&permit.member, &[permit.thread.facts()]) {
            return Err(refusal::FORBIDDEN.into());
        }
        Ok(Self { permit, id })
    }
}

/// May say whether the record belongs to the conversation; both are locked.
pub struct CanBind {
    pub permit: MayChange,
    pub record: Record,
}

impl Permit for CanBind {
    type Target = (RecordId, ConversationId);

    async fn grant(caller: &Caller, (record, conversation): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanCreate { permit, id } = CanCreate::grant(caller, (conversation, record), tx).await?;
        let record = record::lock(tx, id).await?.ok_or(refusal::NOT_FOUND)?;
        must_edit(tx, &permit.member, &record).await?;
        Ok(Self { permit, record })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Proven, Role};
    use conversations::Holder;
    use ids::{ContactId, InboxId, MemberId, Uuid, WorkspaceId};

    const INBOX: InboxId = InboxId(Uuid::from_u128(1));
    const ME: MemberId = MemberId(Uuid::from_u128(2));

    /// C39
    #[test]
    fn the_matrix_of_roles_and_conversations() {
        let member = |role: Role, works| MemberCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: ME,
            name: "Me".into(),
            rights: role.rights().expect("a shipped role"),
            inboxes: if works { vec![INBOX] } else { Vec::new() },
            teams: Vec::new(),
            colleagues: Vec::new(),
            message_characters: 2_000,
            proven: Proven::Unasked,
        };
        let with = |holder| {
            vec![Facts::looked_at(ConversationId(Uuid::nil()), INBOX, ContactId(Uuid::nil()), Holder::of(holder, None))]
        };
        let (mine, others, none) = (with(Some(ME)), with(Some(MemberId(Uuid::from_u128(3)))), Vec::new());
        // Role, works in the inbox, conversations; views, edits.
        let rows = [
            (Role::Agent, true, &mine, true, true),
            (Role::Agent, true, &with(None), true, true),
            (Role::Agent, true, &others, false, false),
            (Role::Agent, true, &none, false, false),
            (Role::Supervisor, true, &others, true, true),
            (Role::Supervisor, false, &others, false, false),
            (Role::Reader, true, &others, true, false),
            (Role::Administrator, false, &none, true, true),
        ];
        for (row, (role, works, his, visible, editable)) in rows.into_iter().enumerate() {
            let member = member(role, works);
            assert_eq!((views(&member, his), edits(&member, his)), (visible, editable), "row {row}: {role:?} {works}");
        }
    }
}
