//! Walks a workspace's chain from its first line and says where it is broken. It needs no server, and may run beside one.

use base::{AuditLine, Problem};
use db::{Db, Sql, params, sql};
use ids::WorkspaceId;

/// Read in one transaction; a chain may be long.
const AT_ONCE: i64 = 1_000;

/// A line of a chain, as it was written down elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub number: i64,
    /// In hexadecimal.
    pub hash: String,
}

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many lines were read and are as they were.
    pub lines: i64,
    /// The hash of the last of them; empty when there is none.
    pub hash: String,
    /// The first fault; `None`: the chain is whole.
    pub fault: Option<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This line is not there, though later ones, the chain's end or an anchor say that it was.
    Missing(i64),
    /// This line, or its hash, is not what it was.
    Changed(i64),
    /// The chain's end does not name the last line that there is.
    End,
    /// The chain is whole in itself, and yet this line is not the one that an anchor names: it was made anew.
    Anchor(i64),
}

/// Whoever takes out a whole chain leaves its workspace.
const CHAINS: &Sql = sql!(
    "SELECT workspace_id FROM audit_ends UNION SELECT workspace_id FROM audit UNION SELECT id FROM workspaces ORDER BY 1"
);

/// The workspaces that have a chain, or should have one, by their ids.
pub async fn chains(db: &Db) -> Result<Vec<WorkspaceId>, Problem> {
    let rows = db.read(|tx| Box::pin(async move { tx.query(CHAINS, &[]).await })).await?;
    Ok(rows.iter().map(|row| row.get("workspace_id")).collect::<Result<_, _>>()?)
}

/// Reads the whole chain, with what is added meanwhile.
pub async fn verify(db: &Db, workspace: WorkspaceId, anchor: Option<&Anchor>) -> Result<Verified, Problem> {
    let mut walked = Verified::default();
    let fault = |walked: Verified, fault| Ok(Verified { fault: Some(fault), ..walked });
    loop {
        let (lines, end) = part(db, workspace, walked.lines).await?;
        let count = lines.len() as i64;
        for line in lines {
            let number = walked.lines + 1;
            if line.number != number {
                return fault(walked, Fault::Missing(number));
            }
            if line.hash_after(&walked.hash)? != line.hash {
                return fault(walked, Fault::Changed(number));
            }
            if anchor.is_some_and(|anchor| anchor.number == number && anchor.hash != line.hash) {
                return fault(walked, Fault::Anchor(number));
            }
            (walked.lines, walked.hash) = (number, line.hash);
        }
        if count == AT_ONCE {
            continue;
        }
        let last = end.number.max(anchor.map_or(0, |anchor| anchor.number));
        if last > walked.lines {
            let missing = Fault::Missing(walked.lines + 1);
            return fault(walked, missing);
        }
        if end.number == walked.lines && end.hash == walked.hash {
            return Ok(walked);
        }
        // A line that was added meanwhile is beyond the end that was read before it: once more.
        if end.number == walked.lines || count == 0 {
            return fault(walked, Fault::End);
        }
    }
}

/// The chain's end, and after it the next lines after one.
async fn part(db: &Db, workspace: WorkspaceId, after: i64) -> Result<(Vec<AuditLine>, Anchor), Problem> {
    db.read(move |tx| {
        Box::pin(async move {
            // Each statement sees its own moment: what is added between them is a line beyond the end, and none is missing.
            let end = tx
                .first(sql!("SELECT number, hash FROM audit_ends WHERE workspace_id = $1"), &params![workspace])
                .await?;
            let rows = tx
                .query(sql!(select!("number > $2 ORDER BY number LIMIT $3")), &params![workspace, after, AT_ONCE])
                .await?;
            let end = match end {
                Some(row) => Anchor { number: row.get("number")?, hash: row.get("hash")? },
                None => Anchor { number: 0, hash: String::new() },
            };
            Ok((rows.iter().map(AuditLine::from_row).collect::<Result<_, _>>()?, end))
        })
    })
    .await
}
