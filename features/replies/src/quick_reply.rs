//! A quick reply, what its parts may be, and how to find it.

use crate::{
    PLACEHOLDER_UNKNOWN, QUICK_REPLY_GROUP_INVALID, QUICK_REPLY_TEXT_INVALID, QUICK_REPLY_TITLE_INVALID,
    SHORTCUT_INVALID, placeholder,
};
use base::{Problem, Tx};
use conversations::File;
use db::{Row, params, sql};
use ids::{InboxId, MemberId, QuickReplyId, TeamId, Uuid, WorkspaceId};
use people::Limits;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) const SHORTCUT_CHARACTERS: usize = 32;
const TITLE_CHARACTERS: usize = 100;
const GROUP_CHARACTERS: usize = 50;
/// It becomes a message, so it may be as long as one ever is; the composer tells where the workspace allows less.
const LIMITS: Limits = Limits::MOST;

/// Who may use a quick reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuickReplyScope {
    /// Its owner alone.
    Personal { member_id: MemberId },
    /// The members of the inbox.
    Inbox { inbox_id: InboxId },
    /// The members of the team.
    Team { team_id: TeamId },
    /// Everybody who answers.
    Workspace,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuickReply {
    pub id: QuickReplyId,
    /// The word that is typed behind a slash; lower case, one of its kind within the scope.
    pub shortcut: String,
    pub title: String,
    /// Under which it is listed.
    pub group: Option<String>,
    /// May hold placeholders, such as `{{contact.first_name|there}}`.
    pub text: String,
    /// They go along as copies. A preview may have been made since.
    pub files: Vec<File>,
    pub scope: QuickReplyScope,
    pub uses: i64,
    pub last_used_at: Option<i64>,
}

/// What a member may do with a quick reply that he sees. Sent along with it, so that no client repeats the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuickReplyCan {
    /// Change and delete it.
    Manage,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuickReplyItem {
    pub quick_reply: QuickReply,
    pub can: Vec<QuickReplyCan>,
}

impl QuickReplyScope {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Personal { .. } => "personal",
            Self::Inbox { .. } => "inbox",
            Self::Team { .. } => "team",
            Self::Workspace => "workspace",
        }
    }

    /// Whether nobody but its owner has anything of it.
    pub(crate) fn is_personal(self) -> bool {
        matches!(self, Self::Personal { .. })
    }

    /// Within what the shortcut is one of its kind.
    pub(crate) fn owner(self, workspace: WorkspaceId) -> Uuid {
        match self {
            Self::Personal { member_id } => member_id.0,
            Self::Inbox { inbox_id } => inbox_id.0,
            Self::Team { team_id } => team_id.0,
            Self::Workspace => workspace.0,
        }
    }

    fn from_row(row: &Row) -> Result<Self, db::Error> {
        let owner: Uuid = row.get("owner_id")?;
        Ok(match row.get::<String>("scope")?.as_str() {
            "personal" => Self::Personal { member_id: MemberId(owner) },
            "inbox" => Self::Inbox { inbox_id: InboxId(owner) },
            "team" => Self::Team { team_id: TeamId(owner) },
            _ => Self::Workspace,
        })
    }
}

impl QuickReply {
    /// As they are stored; without any, nothing is.
    pub(crate) fn stored_files(&self) -> Result<Option<String>, Problem> {
        let files = (!self.files.is_empty()).then(|| serde_json::to_string(&self.files));
        Ok(files.transpose()?)
    }

    pub(crate) fn from_row(row: &Row) -> Result<Self, Problem> {
        let files: Option<String> = row.get("files")?;
        Ok(Self {
            id: row.get("id")?,
            shortcut: row.get("shortcut")?,
            title: row.get("title")?,
            group: row.get("group_name")?,
            text: row.get("text")?,
            files: files.map_or(Ok(Vec::new()), |files| serde_json::from_str(&files))?,
            scope: QuickReplyScope::from_row(row)?,
            uses: row.get("uses")?,
            last_used_at: row.get("last_used_at")?,
        })
    }
}

/// The word behind the slash. Case makes no difference where it is typed, so it is kept in one.
pub(crate) fn checked_shortcut(text: &str) -> Result<String, Problem> {
    let shortcut = text.trim().trim_start_matches('/').to_lowercase();
    let plain = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_');
    if shortcut.is_empty() || shortcut.chars().count() > SHORTCUT_CHARACTERS || !shortcut.chars().all(plain) {
        return Err(SHORTCUT_INVALID.with("max", SHORTCUT_CHARACTERS));
    }
    Ok(shortcut)
}

pub(crate) fn checked_title(text: &str) -> Result<String, Problem> {
    base::name(text, TITLE_CHARACTERS, QUICK_REPLY_TITLE_INVALID)
}

/// Empty is none.
pub(crate) fn checked_group(text: Option<&str>) -> Result<Option<String>, Problem> {
    let named = text.filter(|text| !text.trim().is_empty());
    named.map(|text| base::name(text, GROUP_CHARACTERS, QUICK_REPLY_GROUP_INVALID)).transpose()
}

pub(crate) fn checked_text(text: &str) -> Result<String, Problem> {
    let text = base::trimmed(text, LIMITS.message_characters, QUICK_REPLY_TEXT_INVALID)?;
    if text.len() > LIMITS.message_bytes {
        return Err(QUICK_REPLY_TEXT_INVALID.with("max", LIMITS.message_characters));
    }
    match placeholder::unknown(&text) {
        Some(placeholder) => Err(PLACEHOLDER_UNKNOWN.with("placeholder", placeholder)),
        None => Ok(text),
    }
}

pub(crate) async fn find(tx: &mut Tx<'_>, id: QuickReplyId) -> Result<Option<QuickReply>, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT id, shortcut, title, group_name, text, files, scope, owner_id, uses, last_used_at \
                 FROM quick_replies WHERE workspace_id = $1 AND id = $2"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    row.as_ref().map(QuickReply::from_row).transpose()
}

/// As [`find`], and nobody else changes it before this transaction ends.
pub(crate) async fn lock(tx: &mut Tx<'_>, id: QuickReplyId) -> Result<Option<QuickReply>, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT id, shortcut, title, group_name, text, files, scope, owner_id, uses, last_used_at \
                         FROM quick_replies WHERE workspace_id = ?1 AND id = ?2",
                postgres: "SELECT id, shortcut, title, group_name, text, files, scope, owner_id, uses, last_used_at \
                           FROM quick_replies WHERE workspace_id = $1 AND id = $2 FOR UPDATE"
            ),
            &params![tx.workspace, id],
        )
        .await?;
    row.as_ref().map(QuickReply::from_row).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortcut_is_one_plain_word_in_lower_case() {
        let checked = |text: &str| checked_shortcut(text).map_err(|problem| problem.refusal().code);
        for (given, kept) in [("ship", "ship"), (" /Ship ", "ship"), ("ongkir-2", "ongkir-2"), ("Größe", "größe")] {
            assert_eq!(checked(given).as_deref(), Ok(kept));
        }
        let long = "x".repeat(SHORTCUT_CHARACTERS + 1);
        for wrong in ["", "/", "two words", "a/b", "a.b", "a\u{202e}b", &long] {
            assert_eq!(checked(wrong), Err("shortcut_invalid"), "{wrong}");
        }
    }

    #[test]
    fn a_text_is_as_long_as_a_message_and_names_what_can_be_filled() {
        let checked = |text: &str| checked_text(text).map_err(|problem| problem.refusal().code);
        assert_eq!(checked(" Hi {{contact.name}} ").as_deref(), Ok("Hi {{contact.name}}"));
        assert!(checked(&"é".repeat(LIMITS.message_characters)).is_ok());
        assert_eq!(checked(&"é".repeat(LIMITS.message_characters + 1)), Err("quick_reply_text_invalid"));
        assert_eq!(checked(" \n"), Err("quick_reply_text_invalid"));
        assert_eq!(checked("Hi {{contact.nam}}"), Err("placeholder_unknown"));
    }
}
