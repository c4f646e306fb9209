//! How many customers wait for an answer, for whoever looks after inboxes.
//!
//! What must stay true: a number is of what the caller may see, and looks at a limited number of index entries; nothing is
//! kept for it, so a message moves nothing more.

use crate::keys::id_list;
use axum::Json;
use base::{AnyMember, Ctx, MemberCaller, Problem, QueryOf, Right, Scope, Tx, refusal};
use db::{params, sql};
use ids::{InboxId, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Each is read; above that a wall is not counted but looked at.
const COUNTED: i64 = 2_000;

#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct WaitingQuery {
    /// Only of this inbox.
    pub inbox: Option<InboxId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Waiting {
    /// Open conversations with a message that nobody answered, up to 2,000.
    pub waiting: i64,
    /// Of those, where the time limit for an answer is over.
    pub late: i64,
    /// There are more than that.
    pub more: bool,
}

macro_rules! waiting {
    ($inboxes:literal, $outside:literal, $teams:literal) => {
        concat!(
            "SELECT COUNT(*) AS waiting, COALESCE(SUM(CASE WHEN late_at <= $6 THEN 1 ELSE 0 END), 0) AS late FROM (\
             SELECT late_at FROM conversations WHERE workspace_id = $1 AND status = 'open' \
             AND waiting_since IS NOT NULL AND inbox_id ",
            $inboxes,
            " UNION ALL SELECT late_at FROM conversations WHERE workspace_id = $1 AND status = 'open' \
             AND waiting_since IS NOT NULL AND holder_member_id = $3 AND ",
            $outside,
            " UNION ALL SELECT late_at FROM conversations WHERE workspace_id = $1 AND status = 'open' \
             AND waiting_since IS NOT NULL AND holder_team_id ",
            $teams,
            " AND ",
            $outside,
            " LIMIT $5) one"
        )
    };
}

/// What waits in inboxes, and what I or my teams have elsewhere. Parameters: the workspace, inboxes as JSON, the member,
/// teams as JSON, how many, now.
pub(crate) async fn waiting(tx: &mut Tx<'_>, member: &MemberCaller, query: WaitingQuery) -> Result<Waiting, Problem> {
    let scope = member.scope(Right::CONVERSATION_VIEW);
    let (mut inboxes, mut teams) = match scope {
        Scope::All => (inboxes::ids(tx, None).await?, Vec::new()),
        Scope::Inbox => (member.inboxes.clone(), member.teams.iter().map(|seat| seat.team.0).collect()),
        Scope::Team | Scope::Own | Scope::None => return Err(refusal::FORBIDDEN.into()),
    };
    let mut me = member.id.0;
    if let Some(inbox) = query.inbox {
        if !inboxes.contains(&inbox) {
            return Err(refusal::NOT_FOUND.into());
        }
        inboxes = vec![inbox];
        (me, teams) = (Uuid::nil(), Vec::new());
    }
    let inboxes: Vec<_> = inboxes.into_iter().map(|id| id.0).collect();
    let row = tx
        .first(
            sql!(
                sqlite: waiting!(
                    "IN (SELECT unhex(value) FROM json_each($2))",
                    "inbox_id NOT IN (SELECT unhex(value) FROM json_each($2))",
                    "IN (SELECT unhex(value) FROM json_each($4))"
                ),
                postgres: waiting!(
                    "= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($2::text::jsonb)))",
                    "NOT inbox_id = ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($2::text::jsonb)))",
                    "= ANY (ARRAY(SELECT value::uuid FROM jsonb_array_elements_text($4::text::jsonb)))"
                )
            ),
            &params![tx.workspace, id_list(&inboxes), me, id_list(&teams), COUNTED + 1, tx.now],
        )
        .await?;
    let number = |name| row.as_ref().map_or(Ok(0), |row| row.get::<i64>(name));
    let found = number("waiting")?;
    Ok(Waiting { waiting: found.min(COUNTED), late: number("late")?.min(COUNTED), more: found > COUNTED })
}

/// Count the customers who wait
///
/// For members who see all conversations of their inboxes.
#[utoipa::path(
    get, path = "/api/v1/conversations/waiting", tag = "conversations",
    params(WaitingQuery),
    responses((status = 200, body = Waiting), (status = "default", body = base::ProblemBody))
)]
pub async fn count_waiting(
    ctx: Ctx<AnyMember>,
    QueryOf(query): QueryOf<WaitingQuery>,
) -> Result<Json<Waiting>, Problem> {
    ctx.read(move |tx, AnyMember(member)| Box::pin(async move { waiting(tx, &member, query).await })).await.map(Json)
}
