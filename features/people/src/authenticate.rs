//! From the cookie, or a program's token, to the member: one statement for each cookie that the app does not remember.

use crate::{
    caller::{colleagues, own_rights, places, rights},
    member_token, sign_ins,
};
use base::{App, Caller, Credentials, MemberCaller, Ms, Problem, Proven, TokenHash, Tx};
use db::{params, sql};
use ids::{SignInId, Uuid, WorkspaceId};
use std::sync::Arc;

/// How often the last use is written down.
const SEEN_EVERY_MS: Ms = 5 * 60_000;

pub async fn authenticate(app: &App, credentials: &Credentials) -> Result<Option<Caller>, Problem> {
    // A request shows one proof. With a bearer token it is somebody else, whatever cookie came along.
    if credentials.bearer.is_some() {
        return member_token::authenticate(app, credentials).await;
    }
    let Some(token) = credentials.cookie_token() else { return Ok(None) };
    let (hash, nowhere) = (token.hash(), WorkspaceId(Uuid::nil()));
    let found = app.read(nowhere, move |tx| Box::pin(find(tx, hash))).await?;
    let Some((member, id, last_seen_at)) = found else { return Ok(None) };
    if app.clock.now() - last_seen_at >= SEEN_EVERY_MS {
        // A full disk must not keep members from reading.
        if let Err(problem) = app.write(member.workspace, move |tx| Box::pin(seen(tx, id))).await {
            tracing::warn!(%problem, "failed to note the last use of a sign-in");
        }
    }
    Ok(Some(Caller::Member(Arc::new(member))))
}

/// The member, his sign-in and when it was last seen. His places are rows of the one statement, see [`places`].
async fn find(tx: &mut Tx<'_>, hash: TokenHash) -> Result<Option<(MemberCaller, SignInId, Ms)>, Problem> {
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT s.workspace_id, s.id AS sign_in, s.created_at, s.last_seen_at, m.id, m.name, m.role, ",
                own_rights!(),
                ", k.message_characters, w.inbox_id, CAST(NULL AS UUID) AS team_id, CAST(0 AS BIGINT) AS leads \
                 FROM sign_ins s JOIN workspaces k ON k.id = s.workspace_id \
                 JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.member_id \
                 LEFT JOIN memberships w ON w.workspace_id = m.workspace_id AND w.member_id = m.id \
                 WHERE s.token_hash = $1 AND m.disabled_at IS NULL \
                 UNION ALL \
                 SELECT s.workspace_id, s.id, s.created_at, s.last_seen_at, m.id, m.name, m.role, ",
                own_rights!(),
                ", k.message_characters, CAST(NULL AS UUID), t.team_id, t.leads \
                 FROM sign_ins s JOIN workspaces k ON k.id = s.workspace_id \
                 JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.member_id \
                 JOIN team_members t ON t.workspace_id = m.workspace_id AND t.member_id = m.id \
                 WHERE s.token_hash = $1 AND m.disabled_at IS NULL"
            )),
            &params![hash],
        )
        .await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let last_seen_at = row.get("last_seen_at")?;
    if sign_ins::is_over(tx.now, row.get("created_at")?, last_seen_at) {
        return Ok(None);
    }
    let (inboxes, teams) = places(&rows)?;
    let (id, sign_in, rights) = (row.get("id")?, row.get("sign_in")?, rights(row)?);
    tx.workspace = row.get("workspace_id")?;
    let member = MemberCaller {
        workspace: tx.workspace,
        id,
        name: row.get("name")?,
        rights,
        inboxes,
        teams,
        colleagues: colleagues(tx, rights, id).await?,
        message_characters: row.get::<i64>("message_characters")? as usize,
        proven: Proven::SignIn(sign_in),
    };
    Ok(Some((member, sign_in, last_seen_at)))
}

async fn seen(tx: &mut Tx<'_>, id: SignInId) -> Result<(), Problem> {
    tx.put(
        sql!("UPDATE sign_ins SET last_seen_at = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, tx.now],
    )
    .await?;
    Ok(())
}
