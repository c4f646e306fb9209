//! The workspace: the tenant that everything belongs to.

use crate::Locale;
use ids::WorkspaceId;
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) const NAME_CHARACTERS: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Workspace {
    pub id: WorkspaceId,
    pub name: String,
    pub locale: Locale,
    pub limits: Limits,
}

/// What one message may carry, as clients are told before they send it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Limits {
    /// Unicode code points after trimming.
    pub message_characters: usize,
    /// A ceiling beside it: a code point has up to four bytes.
    pub message_bytes: usize,
    pub message_files: usize,
    pub file_bytes: u64,
}

impl Limits {
    pub const NOW: Self =
        Self { message_characters: 2_000, message_bytes: 8_000, message_files: 10, file_bytes: 25 * 1024 * 1024 };
}
