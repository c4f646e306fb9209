//! Who may see a conversation and do what with it: the only place that decides. Reads, lists, sockets and files
//! ask the same [`Facts`]; access follows the present holder, not authorship.

use crate::{Conversation, Entry, Holder, Thread, entry, thread};
use base::{Caller, MemberCaller, Permit, Problem, Right, Scope, Tx, VisitorCaller, refusal};
use ids::{ContactId, ConversationId, EntryId, InboxId, MemberId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// What decides about a conversation. Written beside each of its events.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Facts {
    pub conversation: ConversationId,
    pub inbox: InboxId,
    pub contact: ContactId,
    pub open: bool,
    /// Nothing is exchanged with the contact.
    #[serde(default)]
    pub blocked: bool,
    pub holder: Option<MemberId>,
    pub holder_name: Option<String>,
    /// The conversation's revision at the change; facts of older versions have none.
    #[serde(default)]
    pub revision: i64,
    /// The holder before the change: who saw it then must hear that it is gone.
    pub was_holder: Option<MemberId>,
    /// Stored entries whose words changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<EntryId>,
    /// Something waits in the outbox.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outbox: bool,
}

/// What a member may do with a conversation now. Sent along with it, so that no client repeats the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Can {
    Reply,
    AssignSelf,
    AssignAny,
    Close,
    Reopen,
    Note,
    /// Correct and remove one's own messages.
    Edit,
    /// Remove the messages and notes of others.
    Redact,
    /// Put aside until a time.
    Snooze,
    /// Exchange nothing with the contact any more.
    Block,
    Unblock,
}

const ALL_CAN: [Can; 11] = [
    Can::Reply,
    Can::AssignSelf,
    Can::AssignAny,
    Can::Close,
    Can::Reopen,
    Can::Note,
    Can::Edit,
    Can::Redact,
    Can::Snooze,
    Can::Block,
    Can::Unblock,
];

/// A set of [`Can`], one bit each in the order of [`ALL_CAN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CanSet(pub u16);

impl CanSet {
    pub fn has(self, can: Can) -> bool {
        self.0 & (1 << can as u16) != 0
    }

    pub fn list(self) -> Vec<Can> {
        ALL_CAN.into_iter().filter(|can| self.has(*can)).collect()
    }
}

impl Facts {
    /// The facts of a conversation that is only looked at.
    pub fn of(conversation: &Conversation) -> Self {
        let holder = conversation.holder.member();
        Self {
            conversation: conversation.id,
            inbox: conversation.inbox_id,
            contact: conversation.contact.id,
            open: conversation.is_open(),
            blocked: conversation.block.is_some(),
            holder,
            holder_name: None,
            revision: conversation.revision,
            was_holder: holder,
            corrected: Vec::new(),
            outbox: false,
        }
    }

    /// The facts of a row that another feature read, to ask who may see it.
    pub fn looked_at(
        conversation: ConversationId,
        inbox: InboxId,
        contact: ContactId,
        holder: Option<MemberId>,
    ) -> Self {
        Self {
            conversation,
            inbox,
            contact,
            open: false,
            blocked: false,
            holder,
            holder_name: None,
            revision: 0,
            was_holder: holder,
            corrected: Vec::new(),
            outbox: false,
        }
    }

    fn reaches(&self, member: &MemberCaller, right: Right, holder: Option<MemberId>, queue_too: bool) -> bool {
        match member.scope(right) {
            Scope::None => false,
            Scope::All => true,
            Scope::Inbox => member.works_in(self.inbox) || holder == Some(member.id),
            Scope::Own => holder == Some(member.id) || (queue_too && holder.is_none() && member.works_in(self.inbox)),
        }
    }

    pub fn visible_to(&self, member: &MemberCaller) -> bool {
        self.reaches(member, Right::CONVERSATION_VIEW, self.holder, true)
    }

    pub fn was_visible_to(&self, member: &MemberCaller) -> bool {
        self.reaches(member, Right::CONVERSATION_VIEW, self.was_holder, true)
    }

    /// Whether the member sees it, or saw it in the queue that it left: he may hear who took it.
    fn known_to(&self, member: &MemberCaller) -> bool {
        self.reaches(member, Right::CONVERSATION_VIEW, None, true) || self.visible_to(member)
    }

    pub fn can(&self, member: &MemberCaller) -> CanSet {
        let mine = self.holder == Some(member.id);
        let reply = self.reaches(member, Right::CONVERSATION_REPLY, self.holder, true);
        let may = |can| match can {
            Can::Reply => reply && !self.blocked,
            Can::AssignSelf => reply && !mine,
            Can::AssignAny => self.reaches(member, Right::CONVERSATION_ASSIGN, self.holder, false),
            Can::Close => self.open && self.reaches(member, Right::CONVERSATION_CLOSE, self.holder, false),
            Can::Reopen => !self.open && reply,
            Can::Note => self.reaches(member, Right::CONVERSATION_NOTE, self.holder, true),
            Can::Edit => reply && !self.blocked,
            Can::Snooze => self.open && reply,
            Can::Block => !self.blocked && self.reaches(member, Right::CONTACT_BLOCK, self.holder, false),
            Can::Unblock => self.blocked && self.reaches(member, Right::CONTACT_UNBLOCK, self.holder, false),
            Can::Redact => self.reaches(member, Right::CONVERSATION_REDACT, self.holder, false),
        };
        CanSet(ALL_CAN.into_iter().filter(|can| may(*can)).map(|can| 1 << can as u16).sum())
    }

    pub fn visible_to_visitor(&self, visitor: &VisitorCaller) -> bool {
        visitor.contact == self.contact && visitor.inbox == self.inbox && !self.blocked
    }
}

/// May see the conversation. Not locked: for reading only.
pub struct CanRead {
    pub member: Arc<MemberCaller>,
    pub thread: Thread,
    /// What happens after this position comes through the stream, even if `thread` already holds it.
    pub position: i64,
}

impl Permit for CanRead {
    type Target = ConversationId;

    async fn grant(caller: &Caller, target: ConversationId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let position = tx.position().await?;
        let thread = can_read(&member, target, tx).await?;
        Ok(Self { member, thread, position })
    }
}

/// The conversation, when the member may see it.
pub async fn can_read(member: &MemberCaller, id: ConversationId, tx: &mut Tx<'_>) -> Result<Thread, Problem> {
    let thread = thread::load(tx, id).await?.ok_or(refusal::NOT_FOUND)?;
    if thread.facts().visible_to(member) { Ok(thread) } else { Err(refusal::NOT_FOUND.into()) }
}

/// Is about a conversation that the member sees, or saw in the queue until a moment ago; locked for a change.
/// What exactly he may do depends on what he wants: the commands ask [`MayChange::must`].
pub struct MayChange {
    pub member: Arc<MemberCaller>,
    pub thread: Thread,
}

impl Permit for MayChange {
    type Target = ConversationId;

    async fn grant(caller: &Caller, target: ConversationId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?.clone();
        let thread = thread::lock(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        if thread.facts().known_to(&member) { Ok(Self { member, thread }) } else { Err(refusal::NOT_FOUND.into()) }
    }
}

/// Is about one entry of a conversation that the member sees; locked for a change. See [`MayChange`].
pub struct MayChangeEntry {
    pub member: Arc<MemberCaller>,
    pub thread: Thread,
    pub entry: Entry,
}

impl Permit for MayChangeEntry {
    type Target = (ConversationId, EntryId);

    async fn grant(caller: &Caller, (conversation, id): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let MayChange { member, thread } = MayChange::grant(caller, conversation, tx).await?;
        if !thread.facts().visible_to(&member) {
            return Err(refusal::NOT_FOUND.into());
        }
        let entry = entry::entry(tx, conversation, id).await?.ok_or(refusal::NOT_FOUND)?;
        Ok(Self { member, thread, entry })
    }
}

impl MayChangeEntry {
    pub fn must(&self, can: Can) -> Result<(), Problem> {
        if self.thread.facts().can(&self.member).has(can) { Ok(()) } else { Err(refusal::FORBIDDEN.into()) }
    }
}

impl MayChange {
    /// Refuses when the conversation changed hands since the member saw it, naming who has it now.
    pub fn must_have_seen(&self, seen: Holder) -> Result<(), Problem> {
        let now = self.thread.conversation.holder;
        if now == seen || now.member() == Some(self.member.id) {
            return Ok(());
        }
        let by = self.thread.holder_name.clone().unwrap_or_default();
        Err(crate::CONVERSATION_TAKEN.with("by", by))
    }

    /// Also where nothing is to be done: what left for a colleague is hidden.
    pub fn must_see(&self) -> Result<(), Problem> {
        if self.thread.facts().visible_to(&self.member) { Ok(()) } else { Err(refusal::NOT_FOUND.into()) }
    }

    pub fn must(&self, can: Can) -> Result<(), Problem> {
        self.must_see()?;
        let facts = self.thread.facts();
        if facts.can(&self.member).has(can) {
            return Ok(());
        }
        Err(if can == Can::Reply && facts.blocked { crate::CONTACT_BLOCKED } else { refusal::FORBIDDEN }.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Role;
    use ids::{SignInId, Uuid, WorkspaceId};

    const INBOX: InboxId = InboxId(Uuid::from_u128(1));
    const ME: MemberId = MemberId(Uuid::from_u128(2));
    const OTHER: MemberId = MemberId(Uuid::from_u128(3));

    fn member(role: Role, works: bool) -> MemberCaller {
        MemberCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: ME,
            name: "Me".into(),
            role,
            inboxes: if works { vec![INBOX] } else { Vec::new() },
            sign_in: SignInId(Uuid::nil()),
        }
    }

    fn facts(holder: Option<MemberId>) -> Facts {
        Facts {
            conversation: ConversationId(Uuid::nil()),
            inbox: INBOX,
            contact: ContactId(Uuid::nil()),
            open: true,
            blocked: false,
            holder,
            holder_name: None,
            revision: 1,
            was_holder: holder,
            corrected: Vec::new(),
            outbox: false,
        }
    }

    /// Role, works in the inbox, holder; sees, and what he can.
    type Case<'a> = (Role, bool, Option<MemberId>, bool, &'a [Can]);

    /// R102, R103, R188
    #[test]
    fn the_matrix_of_roles_and_holders() {
        use Can::{AssignAny, AssignSelf, Block, Close, Edit, Note, Redact, Reply, Snooze};
        let rows: &[Case<'_>] = &[
            (Role::Agent, true, Some(ME), true, &[Reply, AssignAny, Close, Note, Edit, Snooze, Block]),
            (Role::Agent, true, None, true, &[Reply, AssignSelf, Note, Edit, Snooze]),
            (Role::Agent, true, Some(OTHER), false, &[]),
            (Role::Agent, false, None, false, &[]),
            (Role::Agent, false, Some(ME), true, &[Reply, AssignAny, Close, Note, Edit, Snooze, Block]),
            (
                Role::Supervisor,
                true,
                Some(OTHER),
                true,
                &[Reply, AssignSelf, AssignAny, Close, Note, Edit, Redact, Snooze, Block],
            ),
            (Role::Supervisor, false, Some(OTHER), false, &[]),
            (
                Role::ChatAdministrator,
                false,
                Some(OTHER),
                true,
                &[Reply, AssignSelf, AssignAny, Close, Note, Edit, Redact, Snooze, Block],
            ),
            (
                Role::Administrator,
                false,
                None,
                true,
                &[Reply, AssignSelf, AssignAny, Close, Note, Edit, Redact, Snooze, Block],
            ),
            (Role::Reader, true, Some(OTHER), true, &[]),
            (Role::Reader, false, Some(OTHER), false, &[]),
        ];
        for (role, works, holder, sees, can) in rows {
            let (facts, member) = (facts(*holder), member(*role, *works));
            assert_eq!(facts.visible_to(&member), *sees, "{role:?} {works} {holder:?}");
            if *sees {
                assert_eq!(facts.can(&member).list(), *can, "{role:?} {works} {holder:?}");
            }
        }
    }

    /// R113, R114, C15
    #[test]
    fn with_a_blocked_contact_nothing_is_exchanged_and_his_widget_sees_nothing() {
        let blocked = Facts { blocked: true, ..facts(Some(ME)) };
        let can = blocked.can(&member(Role::Agent, true)).list();
        assert_eq!(can, [Can::AssignAny, Can::Close, Can::Note, Can::Snooze]);
        assert!(blocked.can(&member(Role::Supervisor, true)).has(Can::Unblock));
        let visitor = VisitorCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: ids::VisitorId(Uuid::nil()),
            inbox: INBOX,
            contact: blocked.contact,
            inbox_open: true,
        };
        assert!(facts(None).visible_to_visitor(&visitor) && !blocked.visible_to_visitor(&visitor));
    }

    /// R024, R187
    #[test]
    fn a_closed_conversation_can_be_reopened_and_neither_closed_nor_snoozed() {
        let closed = Facts { open: false, ..facts(Some(ME)) };
        let can = closed.can(&member(Role::Agent, true));
        assert!(can.has(Can::Reopen) && !can.has(Can::Close) && !can.has(Can::Snooze));
    }
}
