//! The comment rules of an inbox: listed, made, changed, put into another order, removed.
//!
//! What must stay true: the first comment rule that is switched on has the provider tell of comments, and is kept when it
//! agreed to that; a post is named by its address or by the provider's name for it, and is one of the account's.

use crate::{
    COMMENT_POST_UNKNOWN, COMMENT_RULE_INVALID, TOO_MANY_COMMENT_RULES,
    account::{self, Account},
    ask,
    comment_rule::{CommentCase, SaveCommentRule},
    connect::ask_about,
};
use axum::{Json, http::StatusCode};
use base::{App, Audited, Body, Caller, Ctx, Permit, Problem, Tx, refusal};
use channels::{Adapter, COMMENTS, Task};
use db::{Row, params, sql};
use ids::{CommentRuleId, InboxId};
use inboxes::{CanManage, Channel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Of one inbox.
const RULES: usize = 50;
/// So many answers of the provider are read for the post of an address.
const POST_PAGES: usize = 5;

/// How comments are answered by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentRule {
    pub id: CommentRuleId,
    pub name: String,
    pub enabled: bool,
    /// As it was typed: an address or the provider's name; `null`: all posts.
    pub post: Option<String>,
    pub cases: Vec<CommentCase>,
    /// The provider's name for the post.
    #[serde(skip)]
    pub(crate) post_id: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct CommentRuleList {
    /// The first one that fits a comment answers it.
    pub items: Vec<CommentRule>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    post: Option<String>,
    cases: Vec<CommentCase>,
}

/// May see and change how comments of an inbox are answered.
pub struct CanRule {
    pub inbox: InboxId,
    pub adapter: &'static dyn Adapter,
}

impl Permit for CanRule {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanManage { id, channel } = CanManage::grant(caller, target, tx).await?;
        let Channel::Provider(name) = channel else { return Err(refusal::NOT_FOUND.into()) };
        let adapter = channels::find(name).filter(|adapter| adapter.capabilities().comments.is_some());
        Ok(Self { inbox: id, adapter: adapter.ok_or(refusal::NOT_FOUND)? })
    }
}

/// The same of one of its rules, which may be new.
pub struct CanChangeRule {
    pub rule: CommentRuleId,
    pub may: CanRule,
}

impl Permit for CanChangeRule {
    type Target = (InboxId, CommentRuleId);

    async fn grant(caller: &Caller, (inbox, rule): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        Ok(Self { rule, may: CanRule::grant(caller, inbox, tx).await? })
    }
}

impl CommentRule {
    fn from_row(row: &Row) -> Result<Self, Problem> {
        let Stored { post, cases } = serde_json::from_str(&row.get::<String>("rule")?)?;
        let enabled = row.get::<i64>("enabled")? != 0;
        Ok(Self { id: row.get("id")?, name: row.get("name")?, enabled, post, cases, post_id: row.get("post")? })
    }
}

/// In their order.
pub(crate) async fn rules(tx: &mut Tx<'_>, inbox: InboxId) -> Result<Vec<CommentRule>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT id, name, enabled, post, rule FROM comment_rules WHERE workspace_id = $1 AND inbox_id = $2 \
                 ORDER BY place, id"
            ),
            &params![tx.workspace, inbox],
        )
        .await?;
    rows.iter().map(CommentRule::from_row).collect()
}

/// The provider's name for a post, which is looked for among the account's where an address names it.
async fn post_id(app: &App, account: Option<&Account>, post: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(post) = post else { return Ok(None) };
    if !post.contains("://") {
        let plain = post.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        return if plain { Ok(Some(post.to_owned())) } else { Err(COMMENT_RULE_INVALID.with("field", "post")) };
    }
    let account = account.ok_or(COMMENT_POST_UNKNOWN)?;
    let login = account.login(app).ok_or(crate::CHANNEL_TOKEN_REFUSED)?;
    let mut page = None;
    for _ in 0..POST_PAGES {
        let request = account.adapter.ask_for_posts(&login, page.as_deref()).ok_or(COMMENT_POST_UNKNOWN)?;
        let answered = ask::ask(app, request, &[], ask::WAIT).await;
        let answered =
            answered.map_err(|unanswered| crate::CHANNEL_UNREACHABLE.with("detail", ask::word(&unanswered.failure)))?;
        let (posts, next) = account
            .adapter
            .posts(&ask::answer(&answered))
            .map_err(|outcome| crate::CHANNEL_UNREACHABLE.with("detail", ask::outcome_word(&outcome)))?;
        if let Some(found) = posts.into_iter().find(|known| same(&known.address, post)) {
            return Ok(Some(found.id));
        }
        page = next;
        if page.is_none() {
            break;
        }
    }
    Err(COMMENT_POST_UNKNOWN.into())
}

/// Whether two addresses name one page: what stands before the host, and how somebody came there, is no part of it.
fn same(one: &str, other: &str) -> bool {
    let plain = |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let rest = rest.strip_prefix("www.").or_else(|| rest.strip_prefix("m.")).unwrap_or(rest);
        let named = ["story_fbid=", "fbid=", "v="].iter().any(|name| rest.contains(name));
        let rest = if named { rest } else { rest.split(['?', '#']).next().unwrap_or_default() };
        rest.trim_end_matches('/').to_owned()
    };
    plain(one) == plain(other)
}

async fn save(ctx: Ctx<CanChangeRule>, asked: SaveCommentRule) -> Result<CommentRuleList, Problem> {
    let app = ctx.app().clone();
    let known = ctx.clone().read(|tx, permit| {
        Box::pin(async move {
            let CanRule { inbox, adapter } = permit.may;
            let known = rules(tx, inbox).await?;
            Ok((account::of(tx, inbox).await?, known, adapter, permit.rule))
        })
    });
    let (account, known, adapter, id) = known.await?;
    let asked = asked.checked(adapter.capabilities())?;
    let before = known.iter().find(|rule| rule.id == id);
    let post_id = match before.filter(|before| before.post == asked.post && asked.post.is_some()) {
        Some(before) => before.post_id.clone(),
        None => post_id(&app, account.as_ref(), asked.post.as_deref()).await?,
    };
    let first = asked.enabled && !known.iter().any(|rule| rule.enabled);
    if let Some(account) = account.filter(|_| first) {
        let mut login = account.login(&app).ok_or(crate::CHANNEL_TOKEN_REFUSED)?;
        login.fields.insert(COMMENTS.to_owned(), "on".to_owned());
        ask_about(&app, adapter, &login, Task::Connect(None)).await?;
    }
    ctx.write(move |tx, permit| Box::pin(store(tx, permit, asked, post_id))).await
}

async fn store(
    tx: &mut Tx<'_>,
    CanChangeRule { rule: id, may: CanRule { inbox, .. } }: CanChangeRule,
    asked: SaveCommentRule,
    post_id: Option<String>,
) -> Result<CommentRuleList, Problem> {
    account::lock(tx, inbox).await?;
    let mut all = rules(tx, inbox).await?;
    let at = all.iter().position(|rule| rule.id == id);
    if at.is_none() && all.len() >= RULES {
        return Err(TOO_MANY_COMMENT_RULES.with("max", RULES));
    }
    let SaveCommentRule { name, enabled, post, cases, place } = asked;
    let after = CommentRule { id, name, enabled, post, cases, post_id };
    let before = at.map(|at| all.remove(at));
    let place = place.or(at).unwrap_or(all.len()).min(all.len());
    all.insert(place, after.clone());
    tx.audit(match &before {
        Some(before) if *before == after => Audited::done("comment_rule", "moved", id, &after.name),
        Some(before) => Audited::changed("comment_rule", id, &after.name, before, &after)?,
        None => Audited::created("comment_rule", id, &after.name, &after)?,
    });
    let written = tx
        .execute(
            sql!(
                "INSERT INTO comment_rules (workspace_id, inbox_id, id, place, enabled, name, post, rule) \
                 VALUES ($1, $2, $3, 0, $4, $5, $6, $7) ON CONFLICT (workspace_id, id) DO UPDATE SET \
                 enabled = excluded.enabled, name = excluded.name, post = excluded.post, rule = excluded.rule \
                 WHERE comment_rules.inbox_id = excluded.inbox_id"
            ),
            &params![
                tx.workspace,
                inbox,
                id,
                i64::from(after.enabled),
                after.name.as_str(),
                after.post_id.clone(),
                serde_json::to_string(&Stored { post: after.post, cases: after.cases })?,
            ],
        )
        .await?;
    // It is another inbox's.
    if written == 0 {
        return Err(refusal::NOT_FOUND.into());
    }
    for (place, rule) in all.iter().enumerate() {
        tx.put(
            sql!("UPDATE comment_rules SET place = $3 WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, rule.id, place as i64],
        )
        .await?;
    }
    Ok(CommentRuleList { items: all })
}

async fn remove(tx: &mut Tx<'_>, CanChangeRule { rule: id, may }: CanChangeRule) -> Result<(), Problem> {
    let all = rules(tx, may.inbox).await?;
    let gone = all.into_iter().find(|rule| rule.id == id).ok_or(refusal::NOT_FOUND)?;
    for sql in [
        sql!("DELETE FROM comment_rules WHERE workspace_id = $1 AND id = $2"),
        sql!("DELETE FROM comment_answers WHERE workspace_id = $1 AND rule_id = $2"),
    ] {
        tx.put(sql, params![tx.workspace, id]).await?;
    }
    tx.audit(Audited::removed("comment_rule", id, &gone.name, &gone)?);
    Ok(())
}

/// List how comments of an inbox are answered
#[utoipa::path(
    get, path = "/api/v1/inboxes/{inbox}/comment-rules", tag = "messengers", params(("inbox" = InboxId, Path)),
    responses((status = 200, body = CommentRuleList), (status = "default", body = base::ProblemBody))
)]
pub async fn list_comment_rules(ctx: Ctx<CanRule>) -> Result<Json<CommentRuleList>, Problem> {
    ctx.read(|tx, permit| Box::pin(async move { Ok(CommentRuleList { items: rules(tx, permit.inbox).await? }) }))
        .await
        .map(Json)
}

/// Make a comment rule, change it, or put it at another place
#[utoipa::path(
    put, path = "/api/v1/inboxes/{inbox}/comment-rules/{rule}", tag = "messengers",
    params(("inbox" = InboxId, Path), ("rule" = CommentRuleId, Path)), request_body = SaveCommentRule,
    responses((status = 200, body = CommentRuleList), (status = "default", body = base::ProblemBody))
)]
pub async fn save_comment_rule(
    ctx: Ctx<CanChangeRule>,
    Body(asked): Body<SaveCommentRule>,
) -> Result<Json<CommentRuleList>, Problem> {
    save(ctx, asked).await.map(Json)
}

/// Remove a comment rule and its log
#[utoipa::path(
    delete, path = "/api/v1/inboxes/{inbox}/comment-rules/{rule}", tag = "messengers",
    params(("inbox" = InboxId, Path), ("rule" = CommentRuleId, Path)),
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn remove_comment_rule(ctx: Ctx<CanChangeRule>) -> Result<StatusCode, Problem> {
    ctx.write(|tx, permit| Box::pin(remove(tx, permit))).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_however_somebody_came_there() {
        let post = "https://www.instagram.com/p/ABC/";
        for typed in ["https://instagram.com/p/ABC", "https://www.instagram.com/p/ABC/?igsh=1#x"] {
            assert!(same(post, typed), "{typed}");
        }
        assert!(!same(post, "https://www.instagram.com/p/abc/"));
        let story = "https://www.facebook.com/permalink.php?story_fbid=1&id=2";
        assert!(same(story, "https://m.facebook.com/permalink.php?story_fbid=1&id=2"));
        assert!(!same(story, "https://www.facebook.com/permalink.php?story_fbid=3&id=2"));
    }
}
