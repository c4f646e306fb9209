//! An import as it is stored.

use super::{ContactImport, ImportColumn, ImportPlan, ImportState, ShownImport};
use crate::IMPORT_OVER;
use base::{Problem, Tx, refusal};
use conversations::{held, let_go};
use db::{Row, Sql, params, sql};
use ids::{ContactImportId, FileId, MemberId};

/// Its row.
pub struct Stored {
    pub view: ContactImport,
    pub turn: i64,
    /// Whose rights what is done has.
    pub actor: MemberId,
    pub file_id: Option<FileId>,
    pub encoding: String,
    pub separator: String,
    /// As JSON, as the plan.
    pub columns: Option<String>,
    pub plan: Option<String>,
}

macro_rules! select {
    ($where:literal) => {
        concat!(
            "SELECT id, file_id, name, member_id, member_name, actor_id, state, turn, encoding, separator, columns, \
             plan, total, reached, made, changed, unchanged, repeated, refused, taken_back, kept, failed, begun_at, \
             touched_at, ended_at FROM contact_imports WHERE workspace_id = $1 AND ",
            $where
        )
    };
}

/// After a time and an id, newest first, so many.
pub const NEWEST: &Sql =
    sql!(select!("columns IS NOT NULL AND (begun_at, id) < ($2, $3) ORDER BY begun_at DESC, id DESC LIMIT $4"));
const LOCK: &Sql = sql!(sqlite: select!("id = $2"), postgres: select!("id = $2 FOR UPDATE"));

impl Stored {
    pub fn from_row(row: &Row) -> Result<Self, Problem> {
        let file_id: Option<FileId> = row.get("file_id")?;
        Ok(Self {
            view: ContactImport {
                id: row.get("id")?,
                name: row.get("name")?,
                member_id: row.get("member_id")?,
                by: row.get("member_name")?,
                state: row.get("state")?,
                total: row.get("total")?,
                reached: row.get("reached")?,
                made: row.get("made")?,
                changed: row.get("changed")?,
                unchanged: row.get("unchanged")?,
                repeated: row.get("repeated")?,
                refused: row.get("refused")?,
                taken_back: row.get("taken_back")?,
                kept: row.get("kept")?,
                failed: row.get("failed")?,
                begun_at: row.get("begun_at")?,
                touched_at: row.get("touched_at")?,
                ended_at: row.get("ended_at")?,
                kept_file: file_id.is_some(),
            },
            turn: row.get("turn")?,
            actor: row.get("actor_id")?,
            file_id,
            encoding: row.get("encoding")?,
            separator: row.get("separator")?,
            columns: row.get("columns")?,
            plan: row.get("plan")?,
        })
    }

    pub async fn find(tx: &mut Tx<'_>, id: ContactImportId) -> Result<Option<Self>, Problem> {
        let row = tx.first(sql!(select!("id = $2")), &params![tx.workspace, id]).await?;
        row.as_ref().map(Self::from_row).transpose()
    }

    /// To change it. It is locked before contacts, and by nobody who holds one.
    pub async fn lock(tx: &mut Tx<'_>, id: ContactImportId) -> Result<Option<Self>, Problem> {
        let row = tx.first(LOCK, &params![tx.workspace, id]).await?;
        row.as_ref().map(Self::from_row).transpose()
    }

    pub async fn need(tx: &mut Tx<'_>, id: ContactImportId) -> Result<Self, Problem> {
        Self::lock(tx, id).await?.ok_or_else(|| refusal::NOT_FOUND.into())
    }

    pub fn plan(&self) -> Result<ImportPlan, Problem> {
        let plan = self.plan.as_deref().map(serde_json::from_str).transpose()?;
        plan.ok_or_else(|| IMPORT_OVER.into())
    }

    pub fn columns(&self) -> Result<Vec<ImportColumn>, Problem> {
        Ok(self.columns.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default())
    }

    /// What the file store calls its file.
    pub async fn blob(&self, tx: &mut Tx<'_>) -> Result<String, Problem> {
        Ok(held(tx, self.view.id.0, self.file_id.ok_or(IMPORT_OVER)?).await?.blob)
    }

    pub fn shown(&self) -> Result<ShownImport, Problem> {
        Ok(ShownImport {
            import: self.view.clone(),
            columns: self.columns()?,
            separator: self.separator.clone(),
            encoding: self.encoding.clone(),
            plan: self.plan.as_deref().map(serde_json::from_str).transpose()?,
        })
    }

    /// Into another state: what still works on the one before finds that out.
    pub fn turn_to(&mut self, state: ImportState) {
        (self.view.state, self.view.failed, self.view.ended_at) = (state, false, None);
        self.turn += 1;
    }

    pub fn stop(&mut self) {
        let checks = self.view.state == ImportState::Checking;
        self.turn_to(if checks { ImportState::Read } else { ImportState::Stopped });
    }

    pub fn fail(&mut self) {
        self.stop();
        self.view.failed = true;
    }

    pub fn begin_figures(&mut self) {
        let view = &mut self.view;
        (view.made, view.changed, view.unchanged, view.repeated, view.refused) = (0, 0, 0, 0, 0);
        view.reached = 0;
    }

    pub async fn insert(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        tx.put(
            sql!(
                "INSERT INTO contact_imports (workspace_id, id, file_id, name, member_id, member_name, actor_id, state, \
                 turn, encoding, separator, total, reached, made, changed, unchanged, repeated, refused, taken_back, \
                 kept, failed, begun_at, touched_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $5, $7, 0, '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, $8, $8)"
            ),
            params![
                tx.workspace,
                self.view.id,
                self.file_id,
                self.view.name.clone(),
                self.view.member_id,
                self.view.by.clone(),
                self.view.state.as_str(),
                tx.now
            ],
        )
        .await?;
        Ok(())
    }

    /// Writes how far it is.
    pub async fn save(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        let view = &self.view;
        tx.put(
            sql!(
                "UPDATE contact_imports SET file_id = $3, actor_id = $4, state = $5, turn = $6, encoding = $7, \
                 separator = $8, columns = $9, plan = $10, total = $11, reached = $12, made = $13, changed = $14, \
                 unchanged = $15, repeated = $16, refused = $17, taken_back = $18, kept = $19, failed = $20, \
                 touched_at = $21, ended_at = $22 WHERE workspace_id = $1 AND id = $2"
            ),
            params![
                tx.workspace,
                view.id,
                self.file_id,
                self.actor,
                view.state.as_str(),
                self.turn,
                self.encoding.clone(),
                self.separator.clone(),
                self.columns.clone(),
                self.plan.clone(),
                view.total,
                view.reached,
                view.made,
                view.changed,
                view.unchanged,
                view.repeated,
                view.refused,
                view.taken_back,
                view.kept,
                view.failed,
                tx.now,
                view.ended_at
            ],
        )
        .await?;
        Ok(())
    }

    /// What was found out about its rows.
    pub async fn forget_rows(&self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        tx.put(
            sql!("DELETE FROM contact_import_rows WHERE workspace_id = $1 AND import_id = $2"),
            params![tx.workspace, self.view.id],
        )
        .await?;
        Ok(())
    }

    /// It and its file are gone.
    pub async fn remove(mut self, tx: &mut Tx<'_>) -> Result<ContactImport, Problem> {
        self.forget_rows(tx).await?;
        if let Some(file) = self.file_id.take() {
            let_go(tx, self.view.id.0, file).await?;
        }
        tx.put(
            sql!("DELETE FROM contact_imports WHERE workspace_id = $1 AND id = $2"),
            params![tx.workspace, self.view.id],
        )
        .await?;
        self.view.state = ImportState::TakenBack;
        Ok(self.view)
    }
}
