//! How long contacts may wait for an answer: a default of the workspace, and limits of single inboxes.
//!
//! What must stay true: the limit that holds for an inbox stands in its own row, so that a message that begins to wait
//! looks nowhere else. Absent: when a conversation reaches its limit (`conversations`).

use crate::{Hours, TIME_LIMIT_INVALID, TOO_MANY_TOLD, event, event::What, inbox};
use axum::Json;
use base::{Audited, Body, Ctx, Ms, Problem, Tx};
use db::{params, sql};
use ids::{InboxId, MemberId};
use people::CanManageWorkspace;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Limits are multiples of it, and it is the shortest.
const STEP_SECONDS: i64 = 10;
/// Thirty days.
const LONGEST_SECONDS: i64 = 30 * 86_400;
/// Members told by name.
const TOLD_MEMBERS: usize = 50;

/// After how long a waiting contact's conversation is marked, and who hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeLimit {
    /// Until the mark turns yellow, in seconds: a multiple of 10 below `processing_seconds`; absent: it does not.
    pub warning_seconds: Option<i64>,
    /// Until the mark turns red, in seconds: a multiple of 10, up to thirty days.
    pub processing_seconds: i64,
    #[serde(default)]
    pub counts_from: CountsFrom,
    /// Whether only the time in the inbox's hours counts, where it has hours.
    #[serde(default)]
    pub in_hours: bool,
    /// Who is reminded at the warning.
    #[serde(default)]
    pub warned: Told,
    /// Who hears that the time is over.
    #[serde(default)]
    pub late: Told,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountsFrom {
    /// The first message that nobody answered yet.
    #[default]
    FirstUnanswered,
    /// The contact's newest message: each one begins the time anew.
    LastMessage,
    /// The session's beginning, also after answers.
    FirstOfSession,
}

/// Only those of them who can see the conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Told {
    /// Who is in charge; of a conversation in the queue everybody who can take it.
    pub in_charge: bool,
    /// Who may give the inbox's conversations to others.
    pub supervisors: bool,
    pub member_ids: Vec<MemberId>,
}

/// What an inbox does about the limit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum InboxTimeLimit {
    /// As the workspace, now and later.
    Workspace,
    Off,
    Own {
        limit: TimeLimit,
    },
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DefaultTimeLimit {
    /// `null`: contacts may wait as long as they like.
    pub limit: Option<TimeLimit>,
}

impl TimeLimit {
    fn checked(mut self) -> Result<Self, Problem> {
        let fits = |seconds: i64| seconds % STEP_SECONDS == 0 && (STEP_SECONDS..=LONGEST_SECONDS).contains(&seconds);
        let warns_in_time =
            self.warning_seconds.is_none_or(|warning| fits(warning) && warning < self.processing_seconds);
        if !fits(self.processing_seconds) || !warns_in_time {
            return Err(TIME_LIMIT_INVALID.with("step", STEP_SECONDS).with("max", LONGEST_SECONDS));
        }
        for told in [&mut self.warned, &mut self.late] {
            told.member_ids.sort_unstable();
            told.member_ids.dedup();
            if told.member_ids.len() > TOLD_MEMBERS {
                return Err(TOO_MANY_TOLD.with("max", TOLD_MEMBERS));
            }
        }
        Ok(self)
    }

    pub(crate) fn parse(stored: Option<&str>) -> Result<Option<Self>, Problem> {
        Ok(stored.map(serde_json::from_str).transpose()?)
    }

    /// When `seconds` of the time that counts have passed since `start`; `None`: never, the hours hold none.
    fn after(&self, start: Ms, seconds: i64, hours: Option<&Hours>) -> Option<Ms> {
        match hours.filter(|hours| self.in_hours && hours.enabled) {
            Some(hours) => hours.after(start, seconds * 1_000),
            None => Some(start + seconds * 1_000),
        }
    }

    /// The moments of the warning and of lateness for somebody who waits since `start`.
    pub fn moments(&self, start: Ms, hours: Option<&Hours>) -> (Option<Ms>, Option<Ms>) {
        let after = |seconds| self.after(start, seconds, hours);
        (self.warning_seconds.and_then(after), after(self.processing_seconds))
    }
}

/// The workspace's limit as inboxes keep it, locked against a change meanwhile.
pub(crate) async fn inherited(tx: &mut Tx<'_>) -> Result<Option<String>, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT time_limit FROM workspaces WHERE id = ?1",
                postgres: "SELECT time_limit FROM workspaces WHERE id = $1 FOR SHARE"
            ),
            &params![tx.workspace],
        )
        .await?;
    Ok(row.map(|row| row.get("time_limit")).transpose()?.flatten())
}

/// As an inbox keeps it.
pub(crate) struct Stored {
    limit: Option<String>,
    own: i64,
}

/// What is asked for, before the inbox is locked: the workspace's limit locks in this order too.
pub(crate) async fn stored(tx: &mut Tx<'_>, asked: InboxTimeLimit) -> Result<Stored, Problem> {
    Ok(match asked {
        InboxTimeLimit::Workspace => Stored { limit: inherited(tx).await?, own: 0 },
        InboxTimeLimit::Off => Stored { limit: None, own: 1 },
        InboxTimeLimit::Own { limit } => Stored { limit: Some(serde_json::to_string(&limit.checked()?)?), own: 1 },
    })
}

/// What the inbox does from now on. Who waits already is looked at again, as after each change of an inbox.
pub(crate) async fn set(tx: &mut Tx<'_>, inbox: InboxId, Stored { limit, own }: Stored) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE inboxes SET time_limit = $3, own_time_limit = $4 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, inbox, limit, own],
    )
    .await?;
    Ok(())
}

/// What every inbox without a limit of its own follows.
pub async fn set_default(tx: &mut Tx<'_>, asked: DefaultTimeLimit) -> Result<DefaultTimeLimit, Problem> {
    let limit = asked.limit.map(TimeLimit::checked).transpose()?;
    let stored = limit.as_ref().map(serde_json::to_string).transpose()?;
    inbox::lock_workspace(tx).await?;
    let before = DefaultTimeLimit { limit: TimeLimit::parse(inherited(tx).await?.as_deref())? };
    let after = DefaultTimeLimit { limit };
    tx.audit(Audited::changed("workspace", tx.workspace, "", &before, &after)?);
    tx.execute(sql!("UPDATE workspaces SET time_limit = $2 WHERE id = $1"), &params![tx.workspace, stored.clone()])
        .await?;
    let rows = tx
        .query(
            sql!("SELECT id FROM inboxes WHERE workspace_id = $1 AND own_time_limit = 0 ORDER BY id"),
            &params![tx.workspace],
        )
        .await?;
    for row in &rows {
        let id = row.get::<InboxId>("id")?;
        inbox::lock(tx, id).await?;
        tx.put(
            sql!("UPDATE inboxes SET time_limit = $3 WHERE workspace_id = $1 AND id = $2 AND own_time_limit = 0"),
            params![tx.workspace, id, stored.clone()],
        )
        .await?;
        event::changed(tx, id, What { times: true, ..What::default() }).await?;
    }
    Ok(after)
}

/// Show the workspace's time limit
#[utoipa::path(
    get, path = "/api/v1/time-limit", tag = "inboxes",
    responses((status = 200, body = DefaultTimeLimit), (status = "default", description = "unauthenticated, forbidden", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn show_time_limit(ctx: Ctx<CanManageWorkspace>) -> Result<Json<DefaultTimeLimit>, Problem> {
    ctx.read(|tx, CanManageWorkspace| {
        Box::pin(async move {
            let row = tx.first(sql!("SELECT time_limit FROM workspaces WHERE id = $1"), &params![tx.workspace]).await?;
            let stored: Option<String> = row.map(|row| row.get("time_limit")).transpose()?.flatten();
            Ok(Json(DefaultTimeLimit { limit: TimeLimit::parse(stored.as_deref())? }))
        })
    })
    .await
}

/// Set the workspace's time limit
#[utoipa::path(
    put, path = "/api/v1/time-limit", tag = "inboxes", request_body = DefaultTimeLimit,
    responses((status = 200, body = DefaultTimeLimit), (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, time_limit_invalid", body = base::ProblemBody, content_type = "application/problem+json"))
)]
pub async fn set_time_limit(
    ctx: Ctx<CanManageWorkspace>,
    Body(asked): Body<DefaultTimeLimit>,
) -> Result<Json<DefaultTimeLimit>, Problem> {
    ctx.write(|tx, CanManageWorkspace| Box::pin(set_default(tx, asked))).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OpenSpan;

    fn limit(warning_seconds: Option<i64>, processing_seconds: i64) -> TimeLimit {
        TimeLimit {
            warning_seconds,
            processing_seconds,
            counts_from: CountsFrom::default(),
            in_hours: true,
            warned: Told::default(),
            late: Told::default(),
        }
    }

    /// C12
    #[test]
    fn limits_are_tens_of_seconds_and_warn_before_they_end() {
        for (warning, processing) in [(None, 10), (Some(10), 20), (Some(300), 600), (None, LONGEST_SECONDS)] {
            assert!(limit(warning, processing).checked().is_ok(), "{warning:?} {processing}");
        }
        let wrong =
            [(None, 0), (None, 15), (Some(600), 600), (Some(15), 600), (Some(0), 600), (None, LONGEST_SECONDS + 10)];
        for (warning, processing) in wrong {
            assert!(limit(warning, processing).checked().is_err(), "{warning:?} {processing}");
        }
    }

    /// C12
    #[test]
    fn time_outside_the_hours_does_not_count() {
        let ms = |text: &str| text.parse::<jiff::Timestamp>().expect("a time").as_millisecond();
        let week = (1..=5).map(|day| OpenSpan { day, from: 9 * 60, until: 17 * 60 }).collect();
        let closed_days = vec!["2026-11-30".into()];
        let hours = Hours { enabled: true, zone: "UTC".into(), week, closed_days, ..Hours::default() };
        let ten = limit(Some(300), 600);
        // Friday five to five; Monday is a holiday.
        let start = ms("2026-11-27T16:55:00Z");
        assert_eq!(
            ten.moments(start, Some(&hours)),
            (Some(ms("2026-11-27T17:00:00Z")), Some(ms("2026-12-01T09:05:00Z")))
        );
        assert_eq!(ten.moments(start, None), (Some(start + 300_000), Some(start + 600_000)));
        let always = TimeLimit { in_hours: false, ..ten.clone() };
        assert_eq!(always.moments(start, Some(&hours)).1, Some(start + 600_000));
        let never = Hours { week: Vec::new(), ..hours };
        assert_eq!(ten.moments(start, Some(&never)), (None, None));
    }
}
