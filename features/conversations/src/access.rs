//! Who may see a conversation and do what with it: the only place that decides. Reads, lists, sockets and files
//! ask the same [`Facts`]; access follows the present holder, not authorship.

use crate::{Conversation, Entry, Holder, Thread, entry, thread};
use base::{Caller, MemberCaller, Ms, Permit, Problem, Right, Scope, Tx, VisitorCaller, refusal};
use ids::{ContactId, ConversationId, EntryId, InboxId, MemberId, TeamId, Uuid};
use inboxes::Channel;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// For so long after he blocked a contact a member takes it back without the right to unblock.
pub const TAKE_BACK_MS: Ms = 60_000;

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
    /// It was so before the change.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub was_blocked: bool,
    /// What was said stays as it is: the channel takes no correction.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// The member in charge.
    pub holder: Option<MemberId>,
    /// In whose queue it is, when it is a team's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Of the member or the team.
    pub holder_name: Option<String>,
    /// The conversation's revision at the change; facts of older versions have none.
    #[serde(default)]
    pub revision: i64,
    /// The holder before the change: who saw it then must hear that it is gone.
    pub was_holder: Option<MemberId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was_team: Option<TeamId>,
    /// Who had it before and may still look at it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formers: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was_formers: Vec<MemberId>,
    /// Stored entries whose words changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<EntryId>,
    /// Something waits in the outbox.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outbox: bool,
    /// Whose channel it must leave by, then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// It went over into this one and is no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<ConversationId>,
    /// It was taken away from everybody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// The change put it back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restored: bool,
    /// The change began this session, in an inbox whose sessions begin with a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began: Option<i64>,
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
    /// Put tags on it and take them off.
    Tag,
    /// Take it away from everybody, and put it back.
    Delete,
    /// Take what happened in it out of the desk, as a table.
    Export,
    /// No more than look back at it: it stands in no list of his.
    LookBack,
}

const ALL_CAN: [Can; 15] = [
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
    Can::Tag,
    Can::Delete,
    Can::Export,
    Can::LookBack,
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
        Self {
            open: conversation.is_open(),
            blocked: conversation.block.is_some(),
            was_blocked: conversation.block.is_some(),
            fixed: conversation.channel.capabilities().is_some_and(|can| !can.edit),
            revision: conversation.revision,
            formers: conversation.formers.clone(),
            was_formers: conversation.formers.clone(),
            ..Self::looked_at(conversation.id, conversation.inbox_id, conversation.contact.id, conversation.holder)
        }
    }

    /// The facts of a row that another feature read, to ask who may see it.
    pub fn looked_at(conversation: ConversationId, inbox: InboxId, contact: ContactId, holder: Holder) -> Self {
        let (member, team) = (holder.member(), holder.team());
        Self {
            conversation,
            inbox,
            contact,
            open: false,
            blocked: false,
            was_blocked: false,
            fixed: false,
            holder: member,
            team,
            holder_name: None,
            revision: 0,
            was_holder: member,
            was_team: team,
            formers: Vec::new(),
            was_formers: Vec::new(),
            corrected: Vec::new(),
            outbox: false,
            channel: None,
            joined: None,
            deleted: false,
            restored: false,
            began: None,
        }
    }

    /// It went over into another one, or was deleted: nobody sees it.
    fn is_no_more(&self) -> bool {
        self.joined.is_some() || self.deleted
    }

    fn holder(&self) -> Holder {
        Holder::of(self.holder, self.team)
    }

    /// `queue_too`: also what waits for somebody, in the queue of an inbox or of a team.
    fn reaches(&self, member: &MemberCaller, right: Right, holder: Holder, queue_too: bool) -> bool {
        let mine = holder.member() == Some(member.id);
        let waits = queue_too && holder.team().is_some_and(|team| member.is_in(team));
        let (works, queued) = (member.works_in(self.inbox), queue_too && holder == Holder::Queue);
        // Whatever his teams have: a team itself, or somebody in it.
        let ours = holder.team().is_some_and(|team| member.is_in(team))
            || holder.member().is_some_and(|colleague| member.is_with(colleague));
        match member.scope(right) {
            Scope::None => false,
            Scope::All => true,
            Scope::Inbox => works || mine || waits,
            Scope::Team => mine || waits || (works && (queued || ours)),
            Scope::Own => mine || waits || (works && queued),
        }
    }

    pub fn visible_to(&self, member: &MemberCaller) -> bool {
        self.listed_to(member) || (!self.is_no_more() && looks_back(member, &self.formers))
    }

    /// Whether it stands in his lists: what he may only look back at is found by its link.
    pub fn listed_to(&self, member: &MemberCaller) -> bool {
        !self.is_no_more() && self.reaches(member, Right::CONVERSATION_VIEW, self.holder(), true)
    }

    pub fn was_visible_to(&self, member: &MemberCaller) -> bool {
        let holder = Holder::of(self.was_holder, self.was_team);
        self.reaches(member, Right::CONVERSATION_VIEW, holder, true) || looks_back(member, &self.was_formers)
    }

    /// Whether the member sees it, or saw it in the queue that it left: he may hear who took it.
    fn known_to(&self, member: &MemberCaller) -> bool {
        self.reaches(member, Right::CONVERSATION_VIEW, Holder::Queue, true) || self.visible_to(member)
    }

    /// Whether a right of the member's reaches it, as who may answer it does: with what waits in the queue.
    pub fn reached_by(&self, member: &MemberCaller, right: Right) -> bool {
        self.visible_to(member) && self.reaches(member, right, self.holder(), true)
    }

    pub fn can(&self, member: &MemberCaller) -> CanSet {
        let holder = self.holder();
        let mine = holder.member() == Some(member.id);
        let reply = self.reaches(member, Right::CONVERSATION_REPLY, holder, true);
        let may = |can| match can {
            Can::Reply => reply && !self.blocked,
            Can::AssignSelf => reply && !mine,
            Can::AssignAny => self.reaches(member, Right::CONVERSATION_ASSIGN, holder, false),
            Can::Close => self.open && self.reaches(member, Right::CONVERSATION_CLOSE, holder, false),
            Can::Reopen => !self.open && reply,
            Can::Note => self.reaches(member, Right::CONVERSATION_NOTE, holder, true),
            Can::Edit => reply && !self.blocked && !self.fixed,
            Can::Snooze => self.open && reply,
            Can::Tag => reply,
            Can::Block => !self.blocked && self.reaches(member, Right::CONTACT_BLOCK, holder, false),
            Can::Unblock => self.blocked && self.reaches(member, Right::CONTACT_UNBLOCK, holder, false),
            Can::Redact => self.reaches(member, Right::CONVERSATION_REDACT, holder, false),
            Can::Delete => self.reaches(member, Right::CONVERSATION_DELETE, holder, false),
            Can::Export => self.reaches(member, Right::CONVERSATION_EXPORT, holder, true),
            Can::LookBack => self.visible_to(member) && !self.listed_to(member),
        };
        CanSet(ALL_CAN.into_iter().filter(|can| may(*can)).map(|can| 1 << can as u16).sum())
    }

    fn is_of(&self, visitor: &VisitorCaller) -> bool {
        visitor.contact == self.contact && visitor.inbox == self.inbox && self.joined.is_none()
    }

    pub fn visible_to_visitor(&self, visitor: &VisitorCaller) -> bool {
        self.is_of(visitor) && !self.blocked && !self.deleted
    }

    /// Whether what the visitor has of it is no longer so: the change shut him out, deleted it or put it back. What
    /// happens to one who is shut out afterwards is none of his business.
    pub fn ends_for(&self, visitor: &VisitorCaller) -> bool {
        self.is_of(visitor) && (self.deleted || self.restored || (self.blocked && !self.was_blocked))
    }
}

/// What waits in an inbox's queue, and whoever comes to its website.
fn queue_of(inbox: InboxId) -> Facts {
    Facts::looked_at(ConversationId(Uuid::nil()), inbox, ContactId(Uuid::nil()), Holder::Queue)
}

/// Whether the member sees what waits in the queue of an inbox.
pub fn sees_queue(member: &MemberCaller, inbox: InboxId) -> bool {
    queue_of(inbox).listed_to(member)
}

/// Whether he may answer it.
pub fn answers_queue(member: &MemberCaller, inbox: InboxId) -> bool {
    queue_of(inbox).can(member).has(Can::Reply)
}

/// Whether the member had it before, in an inbox that lets him look at it still.
fn looks_back(member: &MemberCaller, formers: &[MemberId]) -> bool {
    formers.contains(&member.id) && member.scope(Right::CONVERSATION_VIEW) > Scope::None
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
        // Who does not work in the inbox may have seen it in the queue of a team that does.
        let inbox = thread.conversation.inbox_id;
        let sees = member.scope(Right::CONVERSATION_VIEW) > Scope::None;
        if thread.facts().known_to(&member) || (sees && people::is_seated_in(tx, member.id, inbox).await?) {
            Ok(Self { member, thread })
        } else {
            Err(refusal::NOT_FOUND.into())
        }
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

    /// Who may unblock may; and whoever blocked, as long as he may be undoing it.
    pub fn must_unblock(&self, now: Ms) -> Result<(), Problem> {
        let block = self.thread.conversation.block.as_ref();
        let undoes = block.is_some_and(|block| block.by_id == Some(self.member.id) && now - block.at <= TAKE_BACK_MS);
        if undoes { self.must_see() } else { self.must(Can::Unblock) }
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
    use base::{Proven, Role};
    use ids::WorkspaceId;

    const INBOX: InboxId = InboxId(Uuid::from_u128(1));
    const ME: MemberId = MemberId(Uuid::from_u128(2));
    const OTHER: MemberId = MemberId(Uuid::from_u128(3));
    const COLLEAGUE: MemberId = MemberId(Uuid::from_u128(5));
    const TEAM: TeamId = TeamId(Uuid::from_u128(4));

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

    fn facts(holder: Option<MemberId>) -> Facts {
        held(Holder::of(holder, None))
    }

    fn held(holder: Holder) -> Facts {
        let (conversation, contact) = (ConversationId(Uuid::nil()), ContactId(Uuid::nil()));
        Facts { open: true, revision: 1, ..Facts::looked_at(conversation, INBOX, contact, holder) }
    }

    fn seated(role: Role, works: bool) -> MemberCaller {
        let teams = vec![base::TeamSeat { team: TEAM, leads: false }];
        MemberCaller { teams, ..member(role, works) }
    }

    /// Role, works in the inbox, holder; sees, and what he can.
    type Case<'a> = (Role, bool, Option<MemberId>, bool, &'a [Can]);

    /// R102, R103, R145, R188
    #[test]
    fn the_matrix_of_roles_and_holders() {
        use Can::{AssignAny, AssignSelf, Block, Close, Delete, Edit, Export, Note, Redact, Reply, Snooze, Tag};
        let rows: &[Case<'_>] = &[
            (Role::Agent, true, Some(ME), true, &[Reply, AssignAny, Close, Note, Edit, Snooze, Block, Tag, Export]),
            (Role::Agent, true, None, true, &[Reply, AssignSelf, Note, Edit, Snooze, Tag, Export]),
            (Role::Agent, true, Some(OTHER), false, &[]),
            (Role::Agent, false, None, false, &[]),
            (Role::Agent, false, Some(ME), true, &[Reply, AssignAny, Close, Note, Edit, Snooze, Block, Tag, Export]),
            (
                Role::Supervisor,
                true,
                Some(OTHER),
                true,
                &[Reply, AssignSelf, AssignAny, Close, Note, Edit, Redact, Snooze, Block, Tag, Export],
            ),
            (Role::Supervisor, false, Some(OTHER), false, &[]),
            (
                Role::ChatAdministrator,
                false,
                Some(OTHER),
                true,
                &[Reply, AssignSelf, AssignAny, Close, Note, Edit, Redact, Snooze, Block, Tag, Export],
            ),
            (
                Role::Administrator,
                false,
                None,
                true,
                &[Reply, AssignSelf, AssignAny, Close, Note, Edit, Redact, Snooze, Block, Tag, Delete, Export],
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

    /// R232, R233, C04
    #[test]
    fn what_waits_for_a_team_is_its_members_to_see_and_take() {
        use Can::{AssignAny, AssignSelf, Block, Close, Edit, Export, Note, Redact, Reply, Snooze, Tag};
        let (team, queue) = (held(Holder::Team { id: TEAM }), held(Holder::Queue));
        // Also of who works in no inbox.
        let his = seated(Role::Agent, false);
        assert!(team.visible_to(&his) && !queue.visible_to(&his));
        assert_eq!(team.can(&his).list(), [Reply, AssignSelf, Note, Edit, Snooze, Tag, Export]);
        // Who only sees what he holds and the queue of the inbox sees no other team's.
        let other = member(Role::Agent, true);
        assert!(!team.visible_to(&other) && queue.visible_to(&other));
        assert!(team.can(&other).list().is_empty());
        let above = team.can(&member(Role::Supervisor, true)).list();
        assert_eq!(above, [Reply, AssignSelf, AssignAny, Close, Note, Edit, Redact, Snooze, Block, Tag, Export]);
        assert!(team.can(&seated(Role::Reader, false)).list().is_empty());
        let taken = Facts { was_holder: None, was_team: Some(TEAM), ..held(Holder::Member { id: OTHER }) };
        assert!(!taken.visible_to(&his) && taken.was_visible_to(&his));
    }

    /// Every right on conversations as far as `scope`.
    fn reaching(scope: &str, works: bool, seated: bool) -> MemberCaller {
        let about = Right::ALL.into_iter().filter(|right| right.is_about_conversations());
        let names: Vec<_> = about.map(|right| format!("{}:{scope}", right.0)).collect();
        let teams = if seated { vec![base::TeamSeat { team: TEAM, leads: false }] } else { Vec::new() };
        let colleagues = if seated { vec![COLLEAGUE] } else { Vec::new() };
        let rights = base::Rights::parse(&names).expect("rights");
        MemberCaller { rights, teams, colleagues, ..member(Role::Agent, works) }
    }

    /// C29
    #[test]
    fn rights_that_reach_teams_reach_what_they_have_in_ones_inboxes() {
        let (team, his) = (held(Holder::Team { id: TEAM }), facts(Some(COLLEAGUE)));
        let of = |facts: &Facts, works, seated| {
            let member = reaching("team", works, seated);
            (facts.visible_to(&member), facts.can(&member).has(Can::AssignAny))
        };
        assert_eq!(of(&his, true, true), (true, true));
        assert_eq!(of(&his, false, true), (false, false), "a colleague's, in an inbox of his alone");
        assert_eq!(of(&his, true, false), (false, false));
        assert_eq!(of(&facts(Some(OTHER)), true, true), (false, false));
        assert_eq!(of(&team, true, true), (true, true), "his team's he also gives to others");
        assert_eq!(of(&team, false, true), (true, false));
        assert_eq!(of(&facts(None), true, true), (true, false), "the queue's are taken");
    }

    /// C29
    #[test]
    fn a_wider_scope_includes_the_narrower_ones_whatever_one_stands_to() {
        let queue = Holder::Queue;
        let members = [ME, OTHER, COLLEAGUE].map(|id| Holder::Member { id });
        let teams = [TEAM, TeamId(Uuid::from_u128(7))].map(|id| Holder::Team { id });
        for holder in [queue].into_iter().chain(members).chain(teams) {
            for (works, seated) in [(false, false), (false, true), (true, false), (true, true)] {
                let facts = held(holder);
                let scopes = ["own", "team", "inbox", "all"].map(|scope| reaching(scope, works, seated));
                for pair in scopes.windows(2) {
                    let [narrow, wide] = pair else { continue };
                    assert!(facts.visible_to(wide) || !facts.visible_to(narrow), "{holder:?} {works} {seated}");
                    let (less, more) = (facts.can(narrow).0, facts.can(wide).0);
                    assert_eq!(less & !more, 0, "{holder:?} {works} {seated}");
                }
            }
        }
    }

    /// C01
    #[test]
    fn who_had_it_before_looks_at_it_only_where_the_inbox_lets_him() {
        let (me, gone) = (member(Role::Agent, true), facts(Some(OTHER)));
        assert!(!gone.visible_to(&me));
        let kept = Facts { formers: vec![ME], was_formers: vec![ME], ..gone };
        assert!(kept.visible_to(&me) && !kept.listed_to(&me));
        assert_eq!(kept.can(&me).list(), [Can::LookBack], "he looks, and does nothing");
        let revoked = Facts { formers: Vec::new(), ..kept };
        assert!(!revoked.visible_to(&me) && revoked.was_visible_to(&me), "he hears that it is gone");
    }

    /// R113, R114, C15
    #[test]
    fn with_a_blocked_contact_nothing_is_exchanged_and_his_widget_sees_nothing() {
        let blocked = Facts { blocked: true, ..facts(Some(ME)) };
        let can = blocked.can(&member(Role::Agent, true)).list();
        assert_eq!(can, [Can::AssignAny, Can::Close, Can::Note, Can::Snooze, Can::Tag, Can::Export]);
        assert!(blocked.can(&member(Role::Supervisor, true)).has(Can::Unblock));
        let visitor = VisitorCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: ids::VisitorId(Uuid::nil()),
            inbox: INBOX,
            contact: blocked.contact,
            token: base::TokenHash([0; 32]),
            inbox_open: true,
        };
        assert!(facts(None).visible_to_visitor(&visitor) && !blocked.visible_to_visitor(&visitor));
        assert!(blocked.ends_for(&visitor) && !Facts { was_blocked: true, ..blocked }.ends_for(&visitor));
    }

    /// R140, C17
    #[test]
    fn what_was_deleted_is_nobodys_to_see_and_all_who_saw_it_hear_that_it_is_gone() {
        let kept = Facts { formers: vec![OTHER], was_formers: vec![OTHER], ..facts(Some(ME)) };
        let deleted = Facts { deleted: true, ..kept };
        for role in [Role::Agent, Role::Supervisor, Role::Administrator] {
            let member = member(role, true);
            assert!(!deleted.visible_to(&member) && !deleted.listed_to(&member) && deleted.was_visible_to(&member));
        }
        let former = MemberCaller { id: OTHER, ..member(Role::Agent, true) };
        assert!(!deleted.visible_to(&former) && deleted.was_visible_to(&former));
    }

    /// R024, R187
    #[test]
    fn a_closed_conversation_can_be_reopened_and_neither_closed_nor_snoozed() {
        let closed = Facts { open: false, ..facts(Some(ME)) };
        let can = closed.can(&member(Role::Agent, true));
        assert!(can.has(Can::Reopen) && !can.has(Can::Close) && !can.has(Can::Snooze));
    }
}
