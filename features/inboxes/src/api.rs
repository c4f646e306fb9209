//! The settings of an API inbox: where another system hears of our answers.

use crate::{WEBHOOK_URL_INVALID, WEBHOOK_URL_PRIVATE, WebhookStop};
use base::{Problem, Tx};
use outbound::Target;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const URL_CHARACTERS: usize = 500;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// `https://…`, at most 500 characters. Without one, the inbox only listens.
    pub webhook_url: Option<String>,
}

/// The same, with how it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApiInbox {
    pub webhook_url: Option<String>,
    /// Since when and why nothing is sent any more.
    pub stopped: Option<WebhookStop>,
}

impl Api {
    /// The settings in their stored form, or why they cannot be used.
    pub(crate) fn checked(self, tx: &Tx<'_>) -> Result<Self, Problem> {
        let Some(url) = self.webhook_url.filter(|url| !url.trim().is_empty()) else { return Ok(Self::default()) };
        let short = url.trim().chars().count() <= URL_CHARACTERS;
        let target = Target::parse(&url).filter(|_| short).ok_or(WEBHOOK_URL_INVALID)?;
        if !tx.app().outbound.allows(&target) {
            return Err(WEBHOOK_URL_PRIVATE.into());
        }
        Ok(Self { webhook_url: Some(target.to_string()) })
    }
}
