//! Lists against a small model: whatever happened and whatever is asked, the pages put together are the model's list.

use super::*;
use crate::{
    Author, AuthorKind, CloseReason, EntryKind, Facts, Holder,
    filter::{InCharge, LastBy, ListSort, ListStatus, ListView, Tagged},
    mention, tag_counts,
    thread::{self, Parts, member_author},
    unread,
    waiting::{self, Waiting, WaitingQuery},
};
use base::{Proven, Right, Rights, Role, Scope, TeamSeat};
use contacts::Contact;
use ids::{ContactId, InboxId, MemberId, TagId, TeamId, Uuid, WorkspaceId};
use inboxes::Channel;
use testkit::{TestApp, on_both};

const WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(1));
const INBOXES: [InboxId; 4] = [inbox(1), inbox(2), inbox(3), inbox(4)];
const TEAMS: [TeamId; 2] = [team(1), team(2)];
const TAGS: [TagId; 5] = [tag(1), tag(2), tag(3), tag(4), tag(5)];
const LIMITED: [InboxId; 2] = [inbox(2), inbox(4)];
/// The first two.
const PINNED: usize = 2;

const fn inbox(n: u128) -> InboxId {
    InboxId(Uuid::from_u128(0x100 + n))
}

const fn tag(n: u128) -> TagId {
    TagId(Uuid::from_u128(0x200 + n))
}

fn channel(inbox: InboxId) -> Channel {
    if inbox == INBOXES[3] { Channel::Api } else { Channel::Website }
}

const fn team(n: u128) -> TeamId {
    TeamId(Uuid::from_u128(0x500 + n))
}

fn seated(teams: &[TeamId], member: MemberCaller) -> MemberCaller {
    MemberCaller { teams: teams.iter().map(|team| TeamSeat { team: *team, leads: false }).collect(), ..member }
}

fn member(n: u128, role: Role, inboxes: &[InboxId]) -> MemberCaller {
    MemberCaller {
        workspace: WORKSPACE,
        id: MemberId(Uuid::from_u128(0x300 + n)),
        name: format!("Member {n}"),
        rights: role.rights().expect("a shipped role"),
        inboxes: inboxes.to_vec(),
        teams: Vec::<TeamSeat>::new(),
        colleagues: Vec::new(),
        message_characters: 2_000,
        proven: Proven::Unasked,
    }
}

/// In a role of the workspace's own: what his teams have.
fn sees_team(member: MemberCaller) -> MemberCaller {
    let rights = Rights::parse(&["conversation:view:team".to_owned()]).expect("rights");
    MemberCaller { rights, ..member }
}

/// These are in his teams.
fn with(colleagues: &[u128], member: MemberCaller) -> MemberCaller {
    MemberCaller { colleagues: colleagues.iter().map(|n| MemberId(Uuid::from_u128(0x300 + n))).collect(), ..member }
}

/// One of each kind, and what he sees.
fn members() -> Vec<MemberCaller> {
    vec![
        member(1, Role::Administrator, &[]),
        seated(&TEAMS[1..], member(2, Role::Supervisor, &INBOXES[..2])),
        seated(&TEAMS[..1], member(3, Role::Agent, &INBOXES[1..3])),
        seated(&TEAMS, member(4, Role::Agent, &[])),
        member(5, Role::Reader, &INBOXES[2..]),
        with(&[2, 5], seated(&TEAMS[1..], sees_team(member(6, Role::Agent, &INBOXES[1..])))),
    ]
}

/// What a member's mark says.
#[derive(Clone, Copy, Default)]
struct Mark {
    seen: i64,
    unread: bool,
    mentioned_at: Option<i64>,
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Once in so many times.
    fn now_and_then<T>(&mut self, once_in: usize, made: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(once_in) == 0).then(|| made(self))
    }
}

/// All conversations as they stand, and the marks of each member.
struct World<'a> {
    test: &'a TestApp,
    dice: Dice,
    members: Vec<MemberCaller>,
    conversations: Vec<Conversation>,
}

impl<'a> World<'a> {
    async fn new(test: &'a TestApp, seed: u64) -> Self {
        test.app.write(WORKSPACE, |tx| Box::pin(furnish(tx))).await.expect("a workspace");
        Self { test, dice: Dice(seed), members: members(), conversations: Vec::new() }
    }

    /// Something happens; most of it at the same moment as something else.
    async fn happen(&mut self) {
        self.test.advance(self.dice.below(2) as i64);
        if self.conversations.len() < 40 || self.dice.below(10) == 0 {
            let (inbox, number) = (self.dice.one(&INBOXES), self.conversations.len() as u128);
            let contact = Contact::new(ContactId(Uuid::from_u128(0x400 + number)), None, None, None);
            let begun = self.test.app.write(WORKSPACE, move |tx| {
                Box::pin(async move {
                    let mut thread = Thread::begin(tx, inbox, channel(inbox), contact);
                    let author = thread.contact_author();
                    thread.add(tx, EntryKind::Opened, author.clone(), Parts::default());
                    thread.add_message(tx, author, Parts { text: Some("Halo".into()), ..Parts::default() });
                    Ok(thread.save(tx).await?.conversation)
                })
            });
            self.conversations.push(begun.await.expect("a conversation"));
            return;
        }
        let at = self.dice.below(self.conversations.len());
        let id = self.conversations[at].id;
        let (what, tag) = (self.dice.below(9), self.dice.one(&TAGS));
        let reason =
            self.dice.one(&[CloseReason::Solved, CloseReason::Solved, CloseReason::Spam, CloseReason::NoReply]);
        let (holder, me) = (self.dice.below(self.members.len() + 4), self.dice.below(self.members.len()));
        let holder = match (self.members.get(holder), TEAMS.get(holder.saturating_sub(self.members.len()))) {
            (Some(member), _) => Holder::Member { id: member.id },
            (None, Some(team)) => Holder::Team { id: *team },
            (None, None) => Holder::Queue,
        };
        let (me, author) = (self.members[me].id, member_author(&self.members[me]));
        let changed = self.test.app.write(WORKSPACE, move |tx| {
            Box::pin(async move {
                let mut thread = thread::lock(tx, id).await?.expect("a conversation");
                if what == 7 {
                    unread::flag(tx, me, id).await?;
                    return Ok(thread.conversation);
                }
                if what == 8 {
                    mention::call(tx, &[me], id, thread.conversation.last_position).await?;
                    return Ok(thread.conversation);
                }
                change(tx, &mut thread, what, tag, reason, holder, author);
                Ok(thread.save(tx).await?.conversation)
            })
        });
        self.conversations[at] = changed.await.expect("a change");
    }

    fn query(&mut self) -> ListQuery {
        let all =
            [ListView::Mine, ListView::Queue, ListView::All, ListView::Snoozed, ListView::Closed, ListView::Mentions];
        let holders: Vec<_> = self.members.iter().map(|member| member.id).collect();
        let dice = &mut self.dice;
        ListQuery {
            view: dice.one(&all),
            sort: dice.one(&[ListSort::Activity, ListSort::Processing, ListSort::Oldest]),
            status: dice.now_and_then(4, |dice| dice.one(&[ListStatus::Open, ListStatus::Snoozed, ListStatus::Closed])),
            inbox: dice.now_and_then(4, |dice| dice.one(&INBOXES)),
            channel: dice.now_and_then(6, |dice| dice.one(&[Channel::Website, Channel::Api])),
            holder: dice.now_and_then(4, |dice| {
                InCharge(
                    dice.now_and_then(3, |_| Holder::Queue)
                        .or_else(|| dice.now_and_then(4, |dice| Holder::Team { id: dice.one(&TEAMS) }))
                        .unwrap_or_else(|| Holder::Member { id: dice.one(&holders) }),
                )
            }),
            last_by: dice.now_and_then(5, |dice| dice.one(&[LastBy::Contact, LastBy::Member])),
            tags: dice.now_and_then(3, |dice| match dice.below(4) {
                0 => Tagged::No,
                1 => Tagged::With(vec![TAGS[1], dice.one(&TAGS[2..])]),
                // One that nobody knows.
                2 => dice.now_and_then(4, |_| Tagged::With(vec![tag(9)])).unwrap_or(Tagged::With(vec![TAGS[4]])),
                _ => Tagged::With(vec![dice.one(&TAGS)]),
            }),
            any_tag: dice.below(2) == 0,
            pinned: dice.below(8) == 0,
            unread: dice.below(6) == 0,
            waiting: dice.below(6) == 0,
            solved: dice.below(10) == 0,
            reason: dice.now_and_then(10, |dice| dice.one(&[CloseReason::Solved, CloseReason::Spam])),
            cursor: None,
            limit: None,
        }
    }

    /// The list as the model has it.
    async fn expected(&self, me: usize, query: &ListQuery) -> Vec<ConversationId> {
        let me = &self.members[me];
        let id = me.id;
        let marks = self.test.app.read(WORKSPACE, move |tx| {
            Box::pin(async move {
                let sql = sql!("SELECT * FROM read_marks WHERE member_id = $1");
                let rows = tx.query(sql, &params![id]).await?;
                let marks = rows.iter().map(|row| {
                    let mentioned: Option<i64> = row.get("mention_position")?;
                    let mark = Mark {
                        seen: row.get("inbound_seen")?,
                        unread: row.get("flagged")? || mentioned > Some(row.get("position")?),
                        mentioned_at: row.get("mentioned_at")?,
                    };
                    Ok((row.get("conversation_id")?, mark))
                });
                Ok(marks.collect::<Result<HashMap<ConversationId, _>, db::Error>>()?)
            })
        });
        let marks = marks.await.expect("the marks");
        let mut found: Vec<_> = self.conversations.iter().filter(|c| belongs(c, me, query, marks.get(&c.id))).collect();
        let mentioned = query.view == ListView::Mentions;
        let at = |c: &Conversation| if mentioned { marks[&c.id].mentioned_at } else { Some(c.last_activity_at) };
        found.sort_by_key(|c| (at(c), c.id));
        if query.sort != ListSort::Oldest {
            found.reverse();
        }
        if query.sort == ListSort::Processing && !mentioned {
            // Sorting keeps the order of the others.
            found.sort_by_key(|c| match c.waiting_since.filter(|_| LIMITED.contains(&c.inbox_id)) {
                Some(since) => (0, since, c.id.0),
                None => (1, 0, Uuid::nil()),
            });
        }
        found.into_iter().map(|c| c.id).collect()
    }

    /// The pages of the list, put together.
    async fn found(&self, me: usize, query: &ListQuery, limit: usize, reach: Reach) -> Vec<ConversationId> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let (me, query) = (again(&self.members[me]), query.clone());
            let page = self.test.app.read(WORKSPACE, move |tx| {
                Box::pin(async move {
                    let filter = Filter::of(tx, &me, query).await?;
                    fill(tx, &me, &filter, after, limit, reach).await
                })
            });
            let page = page.await.expect("a page");
            assert!(page.items.len() <= limit);
            found.extend(page.items.into_iter().map(|(_, item)| item.conversation.id));
            let Some(reached) = page.reached else { return found };
            assert_ne!(after, Some(reached), "it goes on");
            assert_eq!(Place::of(reached.cursor()), reached);
            after = Some(reached);
        }
    }
}

fn again(one: &MemberCaller) -> MemberCaller {
    let (teams, colleagues) = (one.teams.clone(), one.colleagues.clone());
    MemberCaller { id: one.id, rights: one.rights, teams, colleagues, ..member(0, Role::Agent, &one.inboxes) }
}

async fn furnish(tx: &mut Tx<'_>) -> Result<(), Problem> {
    for inbox in INBOXES {
        let limit = LIMITED.contains(&inbox).then_some(r#"{"processing_seconds":600}"#);
        tx.put(
            sql!(
                "INSERT INTO inboxes (workspace_id, id, name, channel, settings, created_at, queued, open, time_limit) \
                 VALUES ($1, $2, 'Inbox', $3, '{}', 0, 0, 0, $4)"
            ),
            params![tx.workspace, inbox, channel(inbox).as_str(), limit],
        )
        .await?;
    }
    for (at, tag) in TAGS.into_iter().enumerate() {
        tx.put(
            sql!(
                "INSERT INTO tags (workspace_id, id, name, folded, color, created_at, pinned, conversations) \
                 VALUES ($1, $2, $3, $3, 'teal', 0, $4, 0)"
            ),
            params![tx.workspace, tag, at.to_string(), at < PINNED],
        )
        .await?;
    }
    Ok(())
}

fn change(
    tx: &Tx<'_>,
    thread: &mut Thread,
    what: usize,
    tag: TagId,
    reason: CloseReason,
    holder: Holder,
    author: Author,
) {
    let system = Author { kind: AuthorKind::System, id: None, name: None };
    let open = thread.conversation.is_open();
    match what {
        0 if open => {
            let contact = thread.contact_author();
            thread.conversation.snoozed_until = None;
            thread.add_message(tx, contact, Parts { text: Some("?".into()), ..Parts::default() });
        }
        1 if open => {
            thread.add_message(tx, author, Parts { text: Some("!".into()), ..Parts::default() });
        }
        2 => thread.hand_to(tx, holder, None, system, None),
        3 if open => thread.close(tx, reason, system, None),
        4 if !open => thread.open_again(tx, system),
        4 | 5 if open && thread.conversation.snoozed_until.is_none() => {
            thread.conversation.snoozed_until = Some(tx.now + 1_000_000);
        }
        5 if open => thread.wake(tx, system),
        _ if thread.conversation.tag_ids.contains(&tag) => thread.conversation.tag_ids.retain(|one| *one != tag),
        _ => thread.conversation.tag_ids.push(tag),
    }
}

/// Written anew, on purpose.
fn belongs(c: &Conversation, me: &MemberCaller, query: &ListQuery, mark: Option<&Mark>) -> bool {
    let status = match (c.is_open(), c.snoozed_until) {
        (true, None) => ListStatus::Open,
        (true, Some(_)) => ListStatus::Snoozed,
        (false, _) => ListStatus::Closed,
    };
    let wanted = query.status.unwrap_or(match query.view {
        ListView::Closed => ListStatus::Closed,
        _ if query.solved || query.reason.is_some() => ListStatus::Closed,
        ListView::Snoozed => ListStatus::Snoozed,
        _ => ListStatus::Open,
    });
    let Mark { seen, unread, mentioned_at } = mark.copied().unwrap_or_default();
    let any = query.view == ListView::Mentions && query.status.is_none() && !query.solved && query.reason.is_none();
    let mut all = vec![Facts::of(c).visible_to(me), any || status == wanted];
    match query.view {
        ListView::Mine => all.push(c.holder.member() == Some(me.id)),
        ListView::Queue => all.push(c.holder.member().is_none()),
        ListView::Mentions => all.push(mentioned_at.is_some()),
        ListView::All | ListView::Snoozed | ListView::Closed => {}
    }
    if let Some(InCharge(holder)) = query.holder {
        all.push(c.holder == holder);
    }
    if let Some(inbox) = query.inbox {
        all.push(c.inbox_id == inbox);
    }
    if let Some(channel) = query.channel {
        all.push(c.channel == channel);
    }
    if let Some(by) = query.last_by {
        let author = c.preview.as_ref().expect("a message").author;
        all.push((author == AuthorKind::Contact) == (by == LastBy::Contact));
    }
    match &query.tags {
        Some(Tagged::No) => all.push(c.tag_ids.is_empty()),
        Some(Tagged::With(tags)) => {
            let has = tags.iter().filter(|tag| c.tag_ids.contains(tag)).count();
            all.push(if query.any_tag { has > 0 } else { has == tags.len() });
        }
        None => {}
    }
    if query.pinned {
        all.push(TAGS[..PINNED].iter().any(|tag| c.tag_ids.contains(tag)));
    }
    if query.unread {
        all.push(unread || c.inbound_count > seen);
    }
    if query.waiting {
        all.push(c.waiting_since.is_some());
    }
    if query.solved {
        all.push(c.close_reason != Some(CloseReason::Spam));
    }
    if let Some(reason) = query.reason {
        all.push(c.close_reason == Some(reason));
    }
    all.into_iter().all(|one| one)
}

/// R148, R150, R153, R154, R155, R157, R158, R159, R165, R174, C12, C13, C14
#[tokio::test(flavor = "multi_thread")]
async fn pages_put_together_are_the_list_whatever_is_asked_and_wherever_they_end() {
    const SHORT: Reach = Reach { entries: 14, of_each: 2, rows: 9, at_once: 4 };
    on_both(
        || vec![inboxes::feature(), crate::feature()],
        async |test: TestApp| {
            let mut world = World::new(&test, 7).await;
            for _ in 0..4 {
                for _ in 0..150 {
                    world.happen().await;
                }
                let mut matched = 0;
                for _ in 0..120 {
                    let (query, me, limit) = (world.query(), world.dice.below(6), 1 + world.dice.below(7));
                    let expected = world.expected(me, &query).await;
                    for (reach, limit) in [(SHORT, limit), (REACH, 5 * limit)] {
                        let found = world.found(me, &query, limit, reach).await;
                        assert_eq!(found, expected, "{:?} {query:?}", world.members[me].rights);
                    }
                    matched += expected.len();
                }
                assert!(matched > 100, "the lists are not all empty: {matched}");
            }
        },
    )
    .await;
}

/// R171, R172, C14
#[tokio::test(flavor = "multi_thread")]
async fn each_number_beside_a_tag_is_what_counting_what_one_may_see_would_give() {
    on_both(
        || vec![inboxes::feature(), crate::feature()],
        async |test: TestApp| {
            let mut world = World::new(&test, 11).await;
            for _ in 0..300 {
                world.happen().await;
            }
            for me in &world.members {
                let seen: Vec<_> = world.conversations.iter().filter(|c| Facts::of(c).visible_to(me)).collect();
                let counted = TAGS.map(|tag| seen.iter().filter(|c| c.tag_ids.contains(&tag)).count() as i64);
                let caller = again(me);
                let kept =
                    test.app.read(WORKSPACE, move |tx| Box::pin(async move { tag_counts::counts(tx, &caller).await }));
                let kept = kept.await.expect("the counts");
                let kept = TAGS.map(|tag| kept.iter().find(|one| one.tag_id == tag).map_or(0, |one| one.conversations));
                assert_eq!(kept, counted, "{:?}", me.rights);
            }
        },
    )
    .await;
}

/// R207
#[tokio::test(flavor = "multi_thread")]
async fn how_many_wait_is_what_counting_what_one_looks_after_would_give() {
    on_both(
        || vec![inboxes::feature(), crate::feature()],
        async |test: TestApp| {
            let mut world = World::new(&test, 17).await;
            for _ in 0..300 {
                world.happen().await;
            }
            // Of those who wait about half are late.
            test.advance(599_925);
            let now = test.app.clock.now();
            let mut counted = 0;
            for me in &world.members {
                for inbox in [None, Some(INBOXES[1])] {
                    let waits = |c: &&Conversation| {
                        let of_inbox = inbox.is_none_or(|inbox| inbox == c.inbox_id);
                        of_inbox && Facts::of(c).listed_to(me) && c.is_active() && c.waiting_since.is_some()
                    };
                    let all: Vec<_> = world.conversations.iter().filter(waits).collect();
                    let late = all.iter().filter(|c| c.late_at.is_some_and(|late| late <= now)).count() as i64;
                    let caller = again(me);
                    let asked = WaitingQuery { inbox };
                    let found = test
                        .app
                        .read(WORKSPACE, move |tx| Box::pin(async move { waiting::waiting(tx, &caller, asked).await }));
                    let oversees = matches!(me.scope(Right::CONVERSATION_VIEW), Scope::All | Scope::Inbox);
                    let seen = me.scope(Right::CONVERSATION_VIEW) == Scope::All || me.inboxes.contains(&INBOXES[1]);
                    match found.await {
                        Ok(found) => {
                            let wanted = Waiting { waiting: all.len() as i64, late, more: false };
                            assert_eq!((found, oversees), (wanted, true), "{:?} {inbox:?}", me.rights);
                            counted += found.late.min(1) + found.waiting.min(1);
                        }
                        Err(problem) if oversees => assert!(!seen && inbox.is_some(), "{problem:?}"),
                        Err(problem) => assert_eq!(problem.refusal().code, "forbidden"),
                    }
                }
            }
            assert!(counted > 4, "somebody waits, and too long");
        },
    )
    .await;
}

/// C13
#[tokio::test]
async fn a_page_costs_a_few_statements_whatever_is_asked() {
    on_both(
        || vec![crate::feature()],
        async |test: TestApp| {
            let mut world = World { test: &test, dice: Dice(3), members: members(), conversations: Vec::new() };
            for _ in 0..300 {
                let (query, me) = (world.query(), world.dice.below(6));
                let (caller, asked) = (again(&world.members[me]), query.clone());
                let statements = test.app.read(WORKSPACE, move |tx| {
                    Box::pin(async move {
                        page(tx, &caller, asked).await?;
                        Ok(tx.statements())
                    })
                });
                let statements = statements.await.expect("a page");
                // On SQLite one for each lane; the position, what the filter's ids mean, and two ranges in two runs.
                assert!(
                    statements <= 1 + 4 + 2 * 2 + if test.engine == db::Engine::Sqlite { 8 } else { 1 },
                    "{query:?}"
                );
            }
        },
    )
    .await;
}
