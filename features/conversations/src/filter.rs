//! What is asked of a list: its view and whatever narrows it, all of it together.
//!
//! What must stay true: whether a conversation belongs is decided by [`Filter::takes`] alone, which asks the same facts
//! as everything else; where its rows are looked for ([`Filter::leads`]) only decides how many are passed over.

use crate::{
    CloseReason, Conversation, ConversationItem, Facts, Holder, Status,
    conversation::SNOOZED,
    entry::AuthorKind,
    keys::{By, Lead, Run},
};
use axum::{
    extract::Query,
    http::{Uri, uri::InvalidUri},
};
use base::{MemberCaller, Problem, Right, Scope, Tx, refusal};
use ids::{InboxId, MemberId, TagId, Uuid};
use inboxes::Channel;
use serde::{Deserialize, Deserializer, de::Error as _};
use utoipa::{IntoParams, ToSchema};

/// Tags that one list may ask for.
const TAGS: usize = 20;
/// So many colleagues are looked for one by one; of more, everything in the inboxes is looked at.
const COLLEAGUES: usize = 40;
/// A tag on so few conversations is the quickest way to those of them that are wanted, whatever else is asked.
const RARE: i64 = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListView {
    /// Open and not put aside, and I am in charge.
    #[default]
    Mine,
    /// Open and not put aside, and nobody is.
    Queue,
    /// Every open one that I may see and that was not put aside.
    All,
    /// Every open one that I may see and that was put aside.
    Snoozed,
    /// Every closed one that I may see.
    Closed,
    /// Every one that I may see and in which I was mentioned, whoever has it, open or not; the last mention first.
    Mentions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListSort {
    /// Where a time limit holds, who waits for an answer first, and of those who waits longest; then the newest activity.
    #[default]
    Processing,
    /// Newest activity first.
    Activity,
    /// Oldest activity first.
    Oldest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListStatus {
    Open,
    Snoozed,
    Closed,
}

/// Who wrote last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LastBy {
    Contact,
    Member,
}

/// The id of a member or a team, or `nobody`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InCharge(pub Holder);

impl<'de> Deserialize<'de> for InCharge {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "nobody" {
            return Ok(Self(Holder::Queue));
        }
        if let Ok(id) = text.parse() {
            return Ok(Self(Holder::Team { id }));
        }
        text.parse().map(|id| Self(Holder::Member { id })).map_err(D::Error::custom)
    }
}

/// Ids with commas between them, or `none`: without any tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tagged {
    No,
    With(Vec<TagId>),
}

impl<'de> Deserialize<'de> for Tagged {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "none" {
            return Ok(Self::No);
        }
        let ids: Result<Vec<TagId>, _> = text.split(',').map(str::parse).collect();
        let mut ids = ids.map_err(D::Error::custom)?;
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > TAGS {
            return Err(D::Error::custom(format!("at most {TAGS} tags")));
        }
        Ok(Self::With(ids))
    }
}

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    #[serde(default)]
    pub view: ListView,
    #[serde(default)]
    pub sort: ListSort,
    /// Instead of the view's own.
    pub status: Option<ListStatus>,
    /// Only of this inbox.
    pub inbox: Option<InboxId>,
    pub channel: Option<Channel>,
    /// The id of the member or the team in charge, or `nobody`.
    #[param(value_type = Option<String>)]
    pub holder: Option<InCharge>,
    /// Who wrote last.
    pub last_by: Option<LastBy>,
    /// Ids of tags with commas between them, or `none`: without any.
    #[param(value_type = Option<String>)]
    pub tags: Option<Tagged>,
    /// One of the tags is enough; otherwise all of them.
    #[serde(default)]
    pub any_tag: bool,
    /// With a pinned tag.
    #[serde(default)]
    pub pinned: bool,
    /// With something that I have not read, or marked so.
    #[serde(default)]
    pub unread: bool,
    /// Whoever waits for an answer.
    #[serde(default)]
    pub waiting: bool,
    /// Closed, and not as spam.
    #[serde(default)]
    pub solved: bool,
    /// Closed for this reason.
    pub reason: Option<CloseReason>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// 1 to 100, usually 50.
    pub limit: Option<i64>,
}

impl ListQuery {
    /// From what stands behind the question mark where a list is asked for.
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        let wrong = |detail: String| refusal::INVALID_BODY.with("detail", detail);
        let address: Uri = format!("/?{text}").parse().map_err(|error: InvalidUri| wrong(error.to_string()))?;
        let query = Query::try_from_uri(&address).map_err(|error| wrong(error.body_text()))?;
        Ok(query.0)
    }
}

/// A query of a member, with what its ids mean.
pub(crate) struct Filter {
    query: ListQuery,
    scope: Scope,
    /// The inboxes that it may be about; `None`: all.
    inboxes: Option<Vec<InboxId>>,
    /// Of the order in which it is worked: the inboxes in which a time limit holds.
    limited: Vec<InboxId>,
    /// The tags that it names, the pinned ones among them, and how many conversations have each; rarest first.
    tags: Vec<(TagId, i64)>,
    pinned: Vec<(TagId, i64)>,
}

impl Filter {
    pub(crate) async fn of(tx: &mut Tx<'_>, member: &MemberCaller, query: ListQuery) -> Result<Self, Problem> {
        let scope = member.scope(Right::CONVERSATION_VIEW);
        let mut inboxes = (scope != Scope::All).then(|| member.inboxes.clone());
        if let Some(channel) = query.channel {
            let of_channel = inboxes::ids(tx, Some(channel)).await?;
            inboxes = Some(
                of_channel.into_iter().filter(|id| inboxes.as_ref().is_none_or(|mine| mine.contains(id))).collect(),
            );
        }
        if let Some(inbox) = query.inbox {
            let among = inboxes.as_ref().is_none_or(|ids| ids.contains(&inbox));
            inboxes = Some(if among { vec![inbox] } else { Vec::new() });
        }
        if inboxes.is_none() && holder(&query, member.id).is_unheld() {
            inboxes = Some(inboxes::ids(tx, None).await?);
        }
        let mut limited = Vec::new();
        if query.sort == ListSort::Processing
            && query.view != ListView::Mentions
            && status(&query) != Some(Status::Closed.as_str())
        {
            limited = inboxes::with_time_limit(tx).await?;
        }
        let (mut tags, mut pinned) = (Vec::new(), Vec::new());
        if let Some(Tagged::With(wanted)) = &query.tags {
            tags = tags::counted(tx, wanted).await?;
        }
        if query.pinned {
            pinned = tags::pinned(tx).await?;
        }
        Ok(Self { query, scope, inboxes, limited, tags, pinned })
    }

    /// How the list goes on, run after run.
    pub(crate) fn runs(&self) -> &'static [Run] {
        match self.query.sort {
            ListSort::Oldest => &[Run::Oldest],
            ListSort::Processing if !self.limited.is_empty() => &[Run::Waiting, Run::Newest],
            // Where nothing is limited both are the same.
            ListSort::Processing | ListSort::Activity => &[Run::Newest],
        }
    }

    /// Whether a conversation stands in a run: in the order in which it is worked, who waits stands in the first only.
    pub(crate) fn stands_in(&self, run: Run, c: &Conversation) -> bool {
        let waits = c.late_at.is_some() && self.limited.contains(&c.inbox_id);
        waits == (run == Run::Waiting)
    }

    /// `None`: whatever it is.
    pub(crate) fn status(&self) -> Option<&'static str> {
        status(&self.query)
    }

    /// Whether it goes on by when I was mentioned.
    fn is_of_mentions(&self) -> bool {
        self.query.view == ListView::Mentions
    }

    /// Whether a conversation belongs to the list, as it stands.
    pub(crate) fn takes(&self, member: &MemberCaller, item: &ConversationItem) -> bool {
        let (query, c) = (&self.query, &item.conversation);
        let has = |tag: &TagId| c.tag_ids.contains(tag);
        let by = c.preview.as_ref().map(|preview| preview.author);
        let (facts, mentioned) = (Facts::of(c), item.mentioned_at.is_some());
        // Who was mentioned may look back at it from here too.
        (if self.is_of_mentions() { mentioned && facts.visible_to(member) } else { facts.listed_to(member) })
            && self.status().is_none_or(|status| c.stored_status() == status)
            && match holder(query, member.id) {
                Wanted::Anybody => true,
                Wanted::NoMember => c.holder.member().is_none(),
                Wanted::Held(holder) => c.holder == holder,
                Wanted::Contradiction => false,
            }
            && query.inbox.is_none_or(|inbox| inbox == c.inbox_id)
            && query.channel.is_none_or(|channel| channel == c.channel)
            && match query.last_by {
                None => true,
                Some(LastBy::Contact) => by == Some(AuthorKind::Contact),
                Some(LastBy::Member) => by == Some(AuthorKind::Member),
            }
            && match &query.tags {
                None => true,
                Some(Tagged::No) => c.tag_ids.is_empty(),
                Some(Tagged::With(tags)) if query.any_tag => tags.iter().any(has),
                Some(Tagged::With(tags)) => tags.iter().all(has),
            }
            && (!query.pinned || self.pinned.iter().any(|(tag, _)| has(tag)))
            && (!query.unread || item.is_unread())
            && (!query.waiting || c.waiting_since.is_some())
            && (!query.solved || c.close_reason != Some(CloseReason::Spam))
            && query.reason.is_none_or(|reason| c.close_reason == Some(reason))
    }

    /// Whether rows are passed over for anything but where they stand.
    fn is_narrowed(&self) -> bool {
        let query = &self.query;
        query.last_by.is_some()
            || query.tags.is_some()
            || query.pinned
            || query.unread
            || query.waiting
            || query.solved
            || query.reason.is_some()
    }

    /// The ranges in which the list stands, each row of it in one of them at least.
    pub(crate) fn leads(&self, member: &MemberCaller, run: Run) -> Vec<Lead> {
        if self.scope == Scope::None {
            return Vec::new();
        }
        if self.is_of_mentions() {
            return vec![Lead { by: By::Mentioned, lanes: vec![member.id.0], exact: false }];
        }
        let mut leads = self.leads_of_holder(member, run);
        if leads.is_empty() {
            return leads;
        }
        let names_one = leads.iter().all(|lead| lead.by != By::Inbox && lead.by != By::Workspace);
        if let Some(tagged) = self.lead_of_tags(names_one) {
            return vec![tagged];
        }
        let passed_over = self.is_narrowed() || self.runs().len() > 1;
        for lead in &mut leads {
            lead.exact &= !passed_over;
        }
        leads
    }

    /// By tag, when that is the shorter way.
    fn lead_of_tags(&self, names_one: bool) -> Option<Lead> {
        let lanes: Vec<(TagId, i64)> = match &self.query.tags {
            Some(Tagged::With(_)) if self.query.any_tag => self.tags.clone(),
            Some(Tagged::With(wanted)) if self.tags.len() < wanted.len() => Vec::new(),
            Some(Tagged::With(_)) => self.tags[..1].to_vec(),
            _ if self.query.pinned => self.pinned.clone(),
            _ => return None,
        };
        let few = lanes.iter().map(|(_, there)| there).sum::<i64>() <= RARE;
        let lanes = lanes.into_iter().map(|(tag, _)| tag.0).collect();
        (few || !names_one).then_some(Lead { by: By::Tag, lanes, exact: false })
    }

    fn leads_of_holder(&self, member: &MemberCaller, run: Run) -> Vec<Lead> {
        let waiting = run == Run::Waiting;
        let inboxes = || {
            let all = self.inboxes.as_deref().unwrap_or(&self.limited).iter();
            all.filter(|id| !waiting || self.limited.contains(id)).map(|id| id.0).collect::<Vec<_>>()
        };
        let narrowed = self.query.inbox.is_some() || self.query.channel.is_some();
        // Who waits in the queue is found among all that wait in its inbox.
        let queue = || Lead { by: By::Queue, lanes: inboxes(), exact: !waiting };
        let teams =
            || Lead { by: By::Team, lanes: member.teams.iter().map(|seat| seat.team.0).collect(), exact: !narrowed };
        let held_by = |by: By, id: Uuid, mine: bool| Lead {
            by,
            lanes: vec![id],
            exact: !narrowed && (mine || self.scope == Scope::All),
        };
        let held_by_me = || held_by(By::Holder, member.id.0, true);
        match (holder(&self.query, member.id), self.scope) {
            (_, Scope::None) | (Wanted::Contradiction, _) => Vec::new(),
            (Wanted::Held(Holder::Member { id }), _) => vec![held_by(By::Holder, id.0, id == member.id)],
            (Wanted::Held(Holder::Team { id }), _) => vec![held_by(By::Team, id.0, member.is_in(id))],
            (Wanted::Held(Holder::Queue), _) | (Wanted::NoMember, Scope::All) => vec![queue()],
            // What waits for my teams elsewhere too.
            (Wanted::NoMember, _) => vec![queue(), teams()],
            (Wanted::Anybody, Scope::All) if !narrowed && !waiting => {
                vec![Lead { by: By::Workspace, lanes: vec![member.workspace.0], exact: true }]
            }
            (Wanted::Anybody, Scope::All) => vec![Lead { by: By::Inbox, lanes: inboxes(), exact: true }],
            // What I hold elsewhere too.
            (Wanted::Anybody, Scope::Inbox) => {
                vec![Lead { by: By::Inbox, lanes: inboxes(), exact: true }, held_by_me(), teams()]
            }
            (Wanted::Anybody, Scope::Team) if member.colleagues.len() > COLLEAGUES => {
                vec![Lead { by: By::Inbox, lanes: inboxes(), exact: false }, held_by_me(), teams()]
            }
            // What colleagues hold belongs in some inboxes only.
            (Wanted::Anybody, Scope::Team) => {
                let lanes = member.colleagues.iter().map(|id| id.0).collect();
                vec![queue(), held_by_me(), teams(), Lead { by: By::Holder, lanes, exact: false }]
            }
            (Wanted::Anybody, Scope::Own) => vec![queue(), held_by_me(), teams()],
        }
    }
}

/// The list that it is about, as rows say it; `None`: all of them.
fn status(query: &ListQuery) -> Option<&'static str> {
    let closed = query.solved || query.reason.is_some();
    Some(match (query.status, query.view) {
        (Some(ListStatus::Open), _) => Status::Open.as_str(),
        (Some(ListStatus::Snoozed), _) => SNOOZED,
        (Some(ListStatus::Closed), _) | (None, ListView::Closed) => Status::Closed.as_str(),
        (None, _) if closed => Status::Closed.as_str(),
        (None, ListView::Mine | ListView::Queue | ListView::All) => Status::Open.as_str(),
        (None, ListView::Snoozed) => SNOOZED,
        (None, ListView::Mentions) => return None,
    })
}

/// Who must be in charge, by view and filter together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Anybody,
    /// Nobody, or a team.
    NoMember,
    Held(Holder),
    /// Both at once is nobody's.
    Contradiction,
}

impl Wanted {
    fn is_unheld(self) -> bool {
        matches!(self, Self::NoMember | Self::Held(Holder::Queue))
    }
}

fn holder(query: &ListQuery, me: MemberId) -> Wanted {
    match (query.view, query.holder.map(|InCharge(holder)| holder)) {
        (ListView::Mine, Some(asked)) if asked != (Holder::Member { id: me }) => Wanted::Contradiction,
        (ListView::Queue, Some(Holder::Member { .. })) => Wanted::Contradiction,
        (_, Some(holder)) => Wanted::Held(holder),
        (ListView::Mine, None) => Wanted::Held(Holder::Member { id: me }),
        (ListView::Queue, None) => Wanted::NoMember,
        (_, None) => Wanted::Anybody,
    }
}
