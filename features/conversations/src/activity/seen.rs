//! Up to when a member looked at his stream. It moves forward only.

use super::{ActivitySeen, SEEN};
use crate::event::OneMember;
use axum::http::StatusCode;
use base::{AnyMember, Body, Ctx, MemberCaller, Ms, NewEvent, Problem, Tx};
use db::{params, sql};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeeActivity {
    /// When the newest alert came that he has before him.
    pub seen_at: Ms,
}

async fn see(tx: &mut Tx<'_>, member: &MemberCaller, seen_at: Ms) -> Result<(), Problem> {
    let moved = tx
        .first(
            sql!(
                "INSERT INTO alert_marks (workspace_id, member_id, seen_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (workspace_id, member_id) DO UPDATE SET seen_at = excluded.seen_at \
                 WHERE alert_marks.seen_at < excluded.seen_at RETURNING seen_at"
            ),
            &params![tx.workspace, member.id, seen_at.min(tx.now)],
        )
        .await?;
    if let Some(row) = moved {
        let seen = ActivitySeen { seen_at: row.get("seen_at")? };
        tx.emit(NewEvent::new(&SEEN, OneMember { member: member.id }, &seen)?);
    }
    Ok(())
}

/// Mark the activity stream as seen
#[utoipa::path(
    put, path = "/api/v1/activity/seen", tag = "activity",
    request_body = SeeActivity,
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn see_activity(ctx: Ctx<AnyMember>, Body(asked): Body<SeeActivity>) -> Result<StatusCode, Problem> {
    ctx.write(move |tx, AnyMember(member)| Box::pin(async move { see(tx, &member, asked.seen_at).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}
