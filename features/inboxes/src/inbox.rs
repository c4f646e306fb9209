//! An inbox and how to find it.

use crate::{
    Api, ApiInbox, Channel, ChannelLimits, Email, Hours, Mark, Messenger, Routing, TimeLimit, Website, webhook::stop_of,
};
use axum::Json;
use base::{AnyMember, Audited, Caller, Ctx, MemberCaller, Permit, Problem, Right, Scope, Tx, refusal};
use db::{Row, params, sql};
use ids::{InboxId, MemberId, TeamId, WorkspaceId};
use people::Locale;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use utoipa::ToSchema;

/// With whom its members can begin a session: whom its channel reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Starting {
    #[default]
    Nobody,
    /// Who wrote there once: he finds it at his next visit.
    Known,
    /// Also whom nobody heard of, under the name that the other system has for him.
    Anybody,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Inbox {
    pub id: InboxId,
    pub name: String,
    pub channel: Channel,
    pub enabled: bool,
    /// Who works in it.
    pub member_ids: Vec<MemberId>,
    /// The teams that its conversations may be given to.
    #[serde(default)]
    pub team_ids: Vec<TeamId>,
    /// Whether whoever had a conversation may still look at it, by its link, when somebody else has it.
    #[serde(default)]
    pub formers_read: bool,
    /// Who gets its conversations.
    #[serde(default)]
    pub routing: Routing,
    /// Of websites.
    #[serde(default)]
    pub website: Option<Website>,
    /// Of API inboxes.
    #[serde(default)]
    pub api: Option<ApiInbox>,
    /// Of e-mail.
    #[serde(default)]
    pub email: Option<Email>,
    /// Of providers' channels.
    #[serde(default)]
    pub messenger: Option<Messenger>,
    /// What the channel lets a message be; `null`: what the workspace says.
    #[serde(default)]
    pub limits: Option<ChannelLimits>,
    /// Minutes without an answer of the contact after which a conversation is closed by itself; 0: never.
    #[serde(default)]
    pub close_after_minutes: i64,
    /// Whether what its contact waits in is closed as well.
    #[serde(default)]
    pub close_waiting: bool,
    /// The same for what nobody is in charge of, whoever wrote last; 0: never.
    #[serde(default)]
    pub close_queued_after_minutes: i64,
    /// Whether members must put a tag on what they close.
    #[serde(default)]
    pub closing_needs_tag: bool,
    /// Whether members must say how it ended.
    #[serde(default)]
    pub closing_needs_note: bool,
    /// Whether its conversations are shown in the record of their contact also to whoever has nothing in hand of them.
    #[serde(default = "yes")]
    pub in_record: bool,
    /// How long its contacts may wait; `null`: as long as they like.
    #[serde(default)]
    pub time_limit: Option<TimeLimit>,
    /// Whether that is a limit of its own, whatever the workspace's is.
    #[serde(default)]
    pub own_time_limit: bool,
    /// What its channel draws of a text's marks; the others stay as they are written.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// With whom its members can begin a session.
    #[serde(default)]
    pub starting: Starting,
    /// What a website's owner copies into his pages.
    #[serde(default)]
    pub snippet: Option<String>,
}

fn yes() -> bool {
    true
}

#[derive(Serialize, ToSchema)]
pub struct InboxList {
    pub items: Vec<Inbox>,
}

/// An inbox as the outside reaches it, whatever its workspace.
pub struct FoundInbox {
    pub id: InboxId,
    pub workspace: WorkspaceId,
    pub enabled: bool,
    pub website: Website,
    /// The workspace's language.
    pub locale: Locale,
    /// How long a message may be, by the workspace.
    pub message_characters: usize,
}

/// May change inboxes.
pub struct CanManage {
    pub id: InboxId,
    pub channel: Channel,
}

impl Permit for CanManage {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?;
        let inbox = find(tx, target).await?.filter(|inbox| visible_to(inbox, member));
        let inbox = inbox.ok_or(refusal::NOT_FOUND)?;
        member.must_hold(Right::INBOX_MANAGE)?;
        Ok(Self { id: inbox.id, channel: inbox.channel })
    }
}

/// May see the inbox.
pub struct CanSee(pub Inbox);

impl Permit for CanSee {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?;
        let inbox = find(tx, target).await?.filter(|inbox| visible_to(inbox, member));
        inbox.map(Self).ok_or_else(|| refusal::NOT_FOUND.into())
    }
}

/// Notes in the audit log what happened to an inbox without changing its settings.
pub(crate) async fn note(tx: &mut Tx<'_>, id: InboxId, action: &'static str) -> Result<(), Problem> {
    let row = tx
        .first(sql!("SELECT name FROM inboxes WHERE workspace_id = $1 AND id = $2"), &params![tx.workspace, id])
        .await?;
    let name: String = row.ok_or(refusal::NOT_FOUND)?.get("name")?;
    tx.audit(Audited::done("inbox", action, id, &name));
    Ok(())
}

/// What [`from_row`] reads.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "SELECT i.id, i.name, i.channel, i.settings, i.disabled_at, i.close_after_minutes, i.close_waiting, \
             i.close_queued_after_minutes, i.closing_needs_tag, i.closing_needs_note, i.formers_read, i.in_record, i.routing, \
             i.time_limit, i.own_time_limit, \
             w.stopped_at, w.stop_reason FROM inboxes i LEFT JOIN webhooks w ON w.workspace_id = i.workspace_id \
             AND w.inbox_id = i.id WHERE ",
            $which
        )
    };
}

/// Members see the inboxes in which they or their teams work; who manages inboxes or sees every conversation sees all.
pub(crate) fn sees_all(member: &MemberCaller) -> bool {
    member.scope(Right::INBOX_MANAGE) == Scope::All || member.scope(Right::CONVERSATION_VIEW) == Scope::All
}

fn visible_to(inbox: &Inbox, member: &MemberCaller) -> bool {
    sees_all(member) || member.works_in(inbox.id) || inbox.team_ids.iter().any(|team| member.is_in(*team))
}

/// All inboxes of the workspace, or those of one channel.
pub async fn ids(tx: &mut Tx<'_>, channel: Option<Channel>) -> Result<Vec<InboxId>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT id FROM inboxes WHERE workspace_id = $1 AND (channel = $2 OR $2 IS NULL) ORDER BY id"),
            &params![tx.workspace, channel.map(Channel::as_str)],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

/// Those of them in which a time limit holds.
pub async fn with_time_limit(tx: &mut Tx<'_>) -> Result<Vec<InboxId>, Problem> {
    let rows = tx
        .query(
            sql!("SELECT id FROM inboxes WHERE workspace_id = $1 AND time_limit IS NOT NULL ORDER BY id"),
            &params![tx.workspace],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

/// The inboxes that a member sees, by name.
pub async fn visible(tx: &mut Tx<'_>, member: &MemberCaller) -> Result<Vec<Inbox>, Problem> {
    let rows = tx.query(sql!(select!("i.workspace_id = $1 ORDER BY i.name, i.id")), &params![tx.workspace]).await?;
    let members = people::memberships(tx).await?;
    let teams = people::team_places(tx).await?;
    let mut inboxes = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut inbox = from_row(row, tx.public_address())?;
        inbox.member_ids = members.iter().filter(|(id, _)| *id == inbox.id).map(|(_, member)| *member).collect();
        inbox.team_ids = teams.iter().filter(|(id, _)| *id == inbox.id).map(|(_, team)| *team).collect();
        if visible_to(&inbox, member) {
            inboxes.push(inbox);
        }
    }
    Ok(inboxes)
}

/// An inbox of this workspace.
pub async fn find(tx: &mut Tx<'_>, id: InboxId) -> Result<Option<Inbox>, Problem> {
    let row = tx.first(sql!(select!("i.workspace_id = $1 AND i.id = $2")), &params![tx.workspace, id]).await?;
    let Some(row) = row else { return Ok(None) };
    let mut inbox = from_row(&row, tx.public_address())?;
    inbox.member_ids = people::members_of(tx, id).await?;
    inbox.team_ids = people::teams_of(tx, id).await?;
    Ok(Some(inbox))
}

/// Nobody else changes the inbox before this transaction ends. On SQLite the writer runs one command at a time.
pub(crate) async fn lock(tx: &mut Tx<'_>, id: InboxId) -> Result<(), Problem> {
    if tx.engine() == db::Engine::Postgres {
        let lock = sql!(postgres: "SELECT id FROM inboxes WHERE workspace_id = $1 AND id = $2 FOR UPDATE");
        tx.put(lock, params![tx.workspace, id]).await?;
    }
    Ok(())
}

/// Nobody else changes what inboxes follow of the workspace, before this transaction ends. It comes before [`lock`].
pub(crate) async fn lock_workspace(tx: &mut Tx<'_>) -> Result<(), Problem> {
    if tx.engine() == db::Engine::Postgres {
        let lock = sql!(postgres: "SELECT id FROM workspaces WHERE id = $1 FOR UPDATE");
        tx.put(lock, params![tx.workspace]).await?;
    }
    Ok(())
}

/// What members must say of what they close in it.
#[derive(Default)]
pub struct ClosingNeeds {
    pub tag: bool,
    pub note: bool,
}

pub async fn closing_needs(tx: &mut Tx<'_>, id: InboxId) -> Result<ClosingNeeds, Problem> {
    let row = tx
        .first(
            sql!("SELECT closing_needs_tag, closing_needs_note FROM inboxes WHERE workspace_id = $1 AND id = $2"),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = row else { return Ok(ClosingNeeds::default()) };
    let needs = |column| row.get::<i64>(column).map(|set| set != 0);
    Ok(ClosingNeeds { tag: needs("closing_needs_tag")?, note: needs("closing_needs_note")? })
}

/// How long an inbox's contacts may wait.
pub async fn time_limit_of(tx: &mut Tx<'_>, id: InboxId) -> Result<Option<TimeLimit>, Problem> {
    let row = tx
        .first(sql!("SELECT time_limit FROM inboxes WHERE workspace_id = $1 AND id = $2"), &params![tx.workspace, id])
        .await?;
    TimeLimit::parse(row.map(|row| row.get::<Option<String>>("time_limit")).transpose()?.flatten().as_deref())
}

/// When an inbox is open, where it has hours at all.
pub async fn hours_of(tx: &mut Tx<'_>, id: InboxId) -> Result<Option<Hours>, Problem> {
    let row = tx
        .first(
            sql!("SELECT settings FROM inboxes WHERE workspace_id = $1 AND id = $2 AND channel = 'website'"),
            &params![tx.workspace, id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let website: Website = serde_json::from_str(&row.get::<String>("settings")?)?;
    Ok(Some(website.hours))
}

/// As [`time_limit_of`] and [`hours_of`], and neither changes before this transaction ends: whoever changes them waits, and
/// looks at what is written until then. Counting is not kept from it.
pub async fn keep_times(tx: &mut Tx<'_>, id: InboxId) -> Result<(Option<TimeLimit>, Option<Hours>), Problem> {
    if tx.engine() == db::Engine::Postgres {
        let keep = sql!(postgres: "SELECT id FROM inboxes WHERE workspace_id = $1 AND id = $2 FOR KEY SHARE");
        tx.put(keep, params![tx.workspace, id]).await?;
    }
    let limit = time_limit_of(tx, id).await?;
    let in_hours = limit.as_ref().is_some_and(|limit| limit.in_hours);
    let hours = if in_hours { hours_of(tx, id).await? } else { None };
    Ok((limit, hours))
}

/// How each inbox is routed.
pub(crate) async fn routings(tx: &mut Tx<'_>) -> Result<Vec<Routing>, Problem> {
    let rows = tx.query(sql!("SELECT routing FROM inboxes WHERE workspace_id = $1"), &params![tx.workspace]).await?;
    rows.iter().map(|row| Routing::stored(row.get("routing")?)).collect()
}

/// Whether whoever had a conversation of it may still look at it.
pub async fn formers_read(tx: &mut Tx<'_>, id: InboxId) -> Result<bool, Problem> {
    let row = tx
        .first(sql!("SELECT formers_read FROM inboxes WHERE workspace_id = $1 AND id = $2"), &params![tx.workspace, id])
        .await?;
    Ok(row.map_or(Ok(0), |row| row.get::<i64>("formers_read"))? != 0)
}

/// Those whose conversations are no part of what is shown of a contact's history.
pub async fn outside_the_record(tx: &mut Tx<'_>) -> Result<HashSet<InboxId>, Problem> {
    let rows = tx
        .query(sql!("SELECT id FROM inboxes WHERE workspace_id = $1 AND in_record = 0"), &params![tx.workspace])
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}

/// A website inbox by its id alone: for the widget, which knows nothing else.
pub async fn find_anywhere(tx: &mut Tx<'_>, id: InboxId) -> Result<Option<FoundInbox>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT i.id, i.workspace_id, i.settings, i.disabled_at, w.locale, \
                 w.message_characters FROM inboxes i \
                 JOIN workspaces w ON w.id = i.workspace_id WHERE i.id = $1 AND i.channel = 'website'"
            ),
            &params![id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(FoundInbox {
        id: row.get("id")?,
        workspace: row.get("workspace_id")?,
        enabled: row.get::<Option<i64>>("disabled_at")?.is_none(),
        website: serde_json::from_str(&row.get::<String>("settings")?)?,
        locale: row.get("locale")?,
        message_characters: row.get::<i64>("message_characters")? as usize,
    }))
}

fn from_row(row: &Row, desk: &str) -> Result<Inbox, Problem> {
    let (id, channel): (InboxId, Channel) = (row.get("id")?, row.get("channel")?);
    let settings: String = row.get("settings")?;
    let mut email: Option<Email> = None;
    let (website, api, messenger) = match channel {
        Channel::Website => (Some(serde_json::from_str(&settings)?), None, None),
        Channel::Email => {
            email = Some(serde_json::from_str(&settings)?);
            (None, None, None)
        }
        Channel::Api => {
            let Api { webhook_url } = serde_json::from_str(&settings)?;
            let stopped = stop_of(row.get("stopped_at")?, row.get("stop_reason")?);
            (None, Some(ApiInbox { webhook_url, stopped }), None)
        }
        Channel::Provider(_) => (None, None, Some(serde_json::from_str(&settings)?)),
    };
    let enabled = row.get::<Option<i64>>("disabled_at")?.is_none();
    let snippet = website.as_ref().map(|site: &Website| snippet(id, desk, &site.color));
    Ok(Inbox {
        id,
        name: row.get("name")?,
        channel,
        enabled,
        member_ids: Vec::new(),
        team_ids: Vec::new(),
        formers_read: row.get::<i64>("formers_read")? != 0,
        routing: Routing::stored(row.get("routing")?)?,
        starting: starting(enabled, api.as_ref(), messenger.as_ref(), email.as_ref()),
        website,
        api,
        email,
        messenger,
        limits: ChannelLimits::of(channel),
        close_after_minutes: row.get("close_after_minutes")?,
        close_waiting: row.get::<i64>("close_waiting")? != 0,
        close_queued_after_minutes: row.get("close_queued_after_minutes")?,
        closing_needs_tag: row.get::<i64>("closing_needs_tag")? != 0,
        closing_needs_note: row.get::<i64>("closing_needs_note")? != 0,
        in_record: row.get::<i64>("in_record")? != 0,
        time_limit: TimeLimit::parse(row.get::<Option<String>>("time_limit")?.as_deref())?,
        own_time_limit: row.get::<i64>("own_time_limit")? != 0,
        marks: channel.marks(),
        snippet,
    })
}

fn starting(enabled: bool, api: Option<&ApiInbox>, messenger: Option<&Messenger>, email: Option<&Email>) -> Starting {
    match (api, messenger) {
        _ if !enabled => Starting::Nobody,
        _ if email.is_some() => {
            if email.is_some_and(|email| email.address.is_some()) {
                Starting::Anybody
            } else {
                Starting::Nobody
            }
        }
        (Some(ApiInbox { webhook_url: Some(_), stopped: None }), _) => Starting::Anybody,
        (Some(_), _) | (_, Some(Messenger { account: None })) => Starting::Nobody,
        (None, _) => Starting::Known,
    }
}

/// `desk` is our public address.
/// With the color, so that the launcher has it before anything was loaded; later ones are told to it.
fn snippet(id: InboxId, desk: &str, color: &str) -> String {
    format!("<!-- Sapa chat -->\n<script async src=\"{desk}/w.js?inbox={id}\" data-color=\"{color}\"></script>")
}

/// List inboxes
#[utoipa::path(
    get, path = "/api/v1/inboxes", tag = "inboxes",
    responses((status = 200, body = InboxList), (status = "default", description = "unauthenticated", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn list_inboxes(ctx: Ctx<AnyMember>) -> Result<Json<InboxList>, Problem> {
    ctx.read(|tx, AnyMember(member)| {
        Box::pin(async move { Ok(Json(InboxList { items: visible(tx, &member).await? })) })
    })
    .await
}

/// Show an inbox
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}", tag = "inboxes", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = Inbox), (status = "default", description = "unauthenticated, not_found", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn show_inbox(ctx: Ctx<CanSee>) -> Result<Json<Inbox>, Problem> {
    ctx.read(|_, CanSee(inbox)| Box::pin(async move { Ok(Json(inbox)) })).await
}
