//! What a member can see and do: his role, his inboxes and his teams, from the rows that name them.

use base::{MemberCaller, Problem, Proven, Rights, TeamSeat, Tx};
use db::{Row, params, sql};
use ids::{InboxId, MemberId, TeamId};

/// Where a member works. He comes once for each of his inboxes, or once without any, and once for each of his teams:
/// rows of `inbox_id`, `team_id` and `leads`.
pub(crate) fn places(rows: &[Row]) -> Result<(Vec<InboxId>, Vec<TeamSeat>), db::Error> {
    let (mut inboxes, mut teams) = (Vec::new(), Vec::new());
    for row in rows {
        inboxes.extend(row.get::<Option<InboxId>>("inbox_id")?);
        if let Some(team) = row.get::<Option<TeamId>>("team_id")? {
            teams.push(TeamSeat { team, leads: row.get::<i64>("leads")? != 0 });
        }
    }
    Ok((inboxes, teams))
}

/// What [`rights`] reads beside the role of the member `m`: the rights of one that the workspace made.
macro_rules! own_rights {
    () => {
        "(SELECT x.rights FROM roles x WHERE x.workspace_id = m.workspace_id AND x.role = m.role) AS own_rights"
    };
}
pub(crate) use own_rights;

/// What a row's `role` may do.
pub(crate) fn rights(row: &Row) -> Result<Rights, db::Error> {
    Ok(Rights::stored(row.get("role")?, row.get::<Option<String>>("own_rights")?.as_deref()))
}

/// The other members of a member's teams, by their ids, when rights of his reach them.
pub(crate) async fn colleagues(tx: &mut Tx<'_>, rights: Rights, id: MemberId) -> Result<Vec<MemberId>, Problem> {
    if rights.reach_teams() { all_colleagues(tx, id).await } else { Ok(Vec::new()) }
}

/// The other members of a member's teams, by their ids.
pub(crate) async fn all_colleagues(tx: &mut Tx<'_>, id: MemberId) -> Result<Vec<MemberId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT DISTINCT o.member_id FROM team_members t JOIN team_members o \
                 ON o.workspace_id = t.workspace_id AND o.team_id = t.team_id \
                 WHERE t.workspace_id = $1 AND t.member_id = $2 AND o.member_id <> $2 ORDER BY o.member_id"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("member_id")).collect::<Result<_, _>>()?)
}

/// What a member who is not asking himself could see and do; `None` when there is none or he is disabled.
pub async fn as_caller(tx: &mut Tx<'_>, id: MemberId) -> Result<Option<MemberCaller>, Problem> {
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT m.id, m.name, m.role, ",
                own_rights!(),
                ", k.message_characters, w.inbox_id, CAST(NULL AS UUID) AS team_id, \
                 CAST(0 AS BIGINT) AS leads FROM members m JOIN workspaces k ON k.id = m.workspace_id \
                 LEFT JOIN memberships w ON w.workspace_id = m.workspace_id AND w.member_id = m.id \
                 WHERE m.workspace_id = $1 AND m.id = $2 AND m.disabled_at IS NULL \
                 UNION ALL \
                 SELECT m.id, m.name, m.role, ",
                own_rights!(),
                ", k.message_characters, CAST(NULL AS UUID), t.team_id, t.leads \
                 FROM members m JOIN workspaces k ON k.id = m.workspace_id \
                 JOIN team_members t ON t.workspace_id = m.workspace_id AND t.member_id = m.id \
                 WHERE m.workspace_id = $1 AND m.id = $2 AND m.disabled_at IS NULL"
            )),
            &params![tx.workspace, id],
        )
        .await?;
    Ok(callers(tx, &rows).await?.pop())
}

/// As [`as_caller`], all of a team who are not disabled.
pub async fn callers_in(tx: &mut Tx<'_>, team: TeamId) -> Result<Vec<MemberCaller>, Problem> {
    let rows = tx
        .query(
            sql!(concat!(
                "SELECT s.member_id AS id, m.name, m.role, ",
                own_rights!(),
                ", k.message_characters, w.inbox_id, \
                 CAST(NULL AS UUID) AS team_id, CAST(0 AS BIGINT) AS leads FROM team_members s JOIN workspaces k ON k.id = s.workspace_id \
                 JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.member_id \
                 LEFT JOIN memberships w ON w.workspace_id = m.workspace_id AND w.member_id = m.id \
                 WHERE s.workspace_id = $1 AND s.team_id = $2 AND m.disabled_at IS NULL \
                 UNION ALL \
                 SELECT s.member_id, m.name, m.role, ",
                own_rights!(),
                ", k.message_characters, CAST(NULL AS UUID), t.team_id, t.leads \
                 FROM team_members s JOIN workspaces k ON k.id = s.workspace_id \
                 JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.member_id \
                 JOIN team_members t ON t.workspace_id = m.workspace_id AND t.member_id = m.id \
                 WHERE s.workspace_id = $1 AND s.team_id = $2 AND m.disabled_at IS NULL \
                 ORDER BY id"
            )),
            &params![tx.workspace, team],
        )
        .await?;
    callers(tx, &rows).await
}

/// One for each member; his rows stand together.
async fn callers(tx: &mut Tx<'_>, rows: &[Row]) -> Result<Vec<MemberCaller>, Problem> {
    let ids = rows.iter().map(|row| row.get("id")).collect::<Result<Vec<MemberId>, _>>()?;
    let (mut callers, mut from) = (Vec::new(), 0);
    for same in ids.chunk_by(|a, b| a == b) {
        let his = &rows[from..from + same.len()];
        from += same.len();
        let (inboxes, teams) = places(his)?;
        let rights = rights(&his[0])?;
        callers.push(MemberCaller {
            workspace: tx.workspace,
            id: same[0],
            name: his[0].get("name")?,
            rights,
            inboxes,
            teams,
            colleagues: colleagues(tx, rights, same[0]).await?,
            message_characters: his[0].get::<i64>("message_characters")? as usize,
            proven: Proven::Unasked,
        });
    }
    Ok(callers)
}

#[cfg(test)]
mod tests {
    use db::{Engine, STATEMENTS, Sql};
    use ids::{Uuid, WorkspaceId};
    use testkit::TestApp;

    /// Each proof of a member asks for them: what it costs must not grow with the workspace.
    #[tokio::test]
    async fn the_places_of_a_member_are_found_by_an_index() {
        let test = TestApp::new(Engine::Sqlite, Vec::new).await;
        let mut read = 0;
        for asked in STATEMENTS.iter().filter(|sql| sql.sqlite.contains("UNION ALL") && sql.sqlite.contains("leads")) {
            let explain = Box::leak(format!("EXPLAIN QUERY PLAN {}", asked.sqlite).into_boxed_str());
            let explain: &'static Sql = Box::leak(Box::new(Sql { sqlite: explain, postgres: "", place: "a test" }));
            let count = (1..=2).filter(|number| explain.sqlite.contains(&format!("?{number}"))).count();
            let plan = test.app.read(WorkspaceId(Uuid::nil()), move |tx| {
                Box::pin(async move {
                    let params: Vec<db::Value> = (0..count).map(|_| vec![0_u8].into()).collect();
                    let rows = tx.query(explain, &params).await?;
                    Ok(rows.iter().map(|row| row.get::<String>("detail")).collect::<Result<Vec<_>, _>>()?)
                })
            });
            let plan = plan.await.expect("a plan").join("; ");
            assert!(plan.contains("team_members_member (workspace_id=? AND member_id=?)"), "{plan}");
            assert!(!plan.contains("(workspace_id=?)") && !plan.contains("SCAN"), "{plan}");
            read += 1;
        }
        assert_eq!(read, 4);
    }
}
