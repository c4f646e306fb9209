//! What follows a member to every device: what he is told of and when, single keys, the time to take an answer back, and
//! how he narrowed each list last.
//!
//! What must stay true: what one device changes leaves the rest as other devices chose it.
//! Absent: what belongs to a device (theme, size of the text, whether it sounds or notifies at all), which stays there.

use crate::PREFERENCES_INVALID;
use axum::Json;
use base::{Body, Ctx, Problem, SignedIn, Tx, refusal};
use db::{params, sql};
use ids::MemberId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A list per view, and a few to come.
const LISTS: usize = 32;
const VIEW_CHARACTERS: usize = 32;
/// An address with every filter set; what is longer is not kept.
const SEARCH_CHARACTERS: usize = 4_000;
const UNDO_SECONDS: [u8; 4] = [0, 5, 10, 30];

/// What a member is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A customer wrote where the member is in charge.
    Mine,
    /// A customer waits in the queue.
    Queue,
    /// A conversation was handed over.
    Given,
    Mention,
    /// Somebody waits too long.
    Waiting,
}

/// Hours without sounds and notifications, in the zone of the screen; they may reach over midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    pub on: bool,
    /// `22:00`.
    pub from: String,
    /// The same as `from`: the whole day.
    pub until: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Preferences {
    /// What is not heard.
    pub silent: Vec<Occasion>,
    /// What no desktop notification tells of.
    pub hidden: Vec<Occasion>,
    /// Whether a notification shows what the customer wrote.
    pub notification_text: bool,
    pub quiet: Quiet,
    pub single_keys: bool,
    /// How long an answer waits, so that it can be taken back: 0, 5, 10 or 30.
    pub undo_seconds: u8,
    /// The query of each list's address as the member left it, by view.
    pub lists: BTreeMap<String, String>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            silent: Vec::new(),
            hidden: Vec::new(),
            notification_text: true,
            quiet: Quiet { on: false, from: "22:00".to_owned(), until: "07:00".to_owned() },
            single_keys: true,
            undo_seconds: 0,
            lists: BTreeMap::new(),
        }
    }
}

/// What is absent stays as it is; so do the lists that are not named.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePreferences {
    pub silent: Option<Vec<Occasion>>,
    pub hidden: Option<Vec<Occasion>>,
    pub notification_text: Option<bool>,
    pub quiet: Option<Quiet>,
    pub single_keys: Option<bool>,
    pub undo_seconds: Option<u8>,
    pub lists: Option<BTreeMap<String, String>>,
}

impl Preferences {
    /// From the stored column; `None` until something was chosen.
    pub(crate) fn stored(text: Option<&str>) -> Result<Option<Self>, Problem> {
        Ok(text.map(serde_json::from_str).transpose()?)
    }

    fn changed(mut self, asked: ChangePreferences) -> Result<Self, Problem> {
        let ChangePreferences { silent, hidden, notification_text, quiet, single_keys, undo_seconds, lists } = asked;
        self.silent = silent.map_or(self.silent, once);
        self.hidden = hidden.map_or(self.hidden, once);
        self.notification_text = notification_text.unwrap_or(self.notification_text);
        self.quiet = quiet.unwrap_or(self.quiet);
        self.single_keys = single_keys.unwrap_or(self.single_keys);
        self.undo_seconds = undo_seconds.unwrap_or(self.undo_seconds);
        self.lists.extend(lists.unwrap_or_default());
        let times = [&self.quiet.from, &self.quiet.until].into_iter().all(|time| is_time(time));
        let short = |(view, search): (&String, &String)| {
            view.chars().count() <= VIEW_CHARACTERS && search.chars().count() <= SEARCH_CHARACTERS
        };
        let lists = self.lists.len() <= LISTS && self.lists.iter().all(short);
        if times && lists && UNDO_SECONDS.contains(&self.undo_seconds) {
            Ok(self)
        } else {
            Err(PREFERENCES_INVALID.into())
        }
    }
}

fn once(occasions: Vec<Occasion>) -> Vec<Occasion> {
    occasions.into_iter().fold(Vec::new(), |mut all, one| {
        if !all.contains(&one) {
            all.push(one);
        }
        all
    })
}

/// `00:00` to `23:59`.
fn is_time(text: &str) -> bool {
    let parts = text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2);
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok()).flatten();
    parts.is_some_and(|(hour, minute)| {
        number(hour).is_some_and(|hour| hour < 24) && number(minute).is_some_and(|minute| minute < 60)
    })
}

async fn change(tx: &mut Tx<'_>, member: MemberId, asked: ChangePreferences) -> Result<Preferences, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT preferences FROM members WHERE workspace_id = ?1 AND id = ?2",
                postgres: "SELECT preferences FROM members WHERE workspace_id = $1 AND id = $2 FOR UPDATE"
            ),
            &params![tx.workspace, member],
        )
        .await?
        .ok_or(refusal::UNAUTHENTICATED)?;
    let before = Preferences::stored(row.get::<Option<String>>("preferences")?.as_deref())?.unwrap_or_default();
    let after = before.changed(asked)?;
    tx.put(
        sql!("UPDATE members SET preferences = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, member, serde_json::to_string(&after)?],
    )
    .await?;
    Ok(after)
}

/// Change what follows the member to every device
#[utoipa::path(
    patch, path = "/api/v1/me/preferences", tag = "people", request_body = ChangePreferences,
    responses(
        (status = 200, body = Preferences),
        (status = "default", description = "unauthenticated, wrong_origin, forbidden, invalid_body, preferences_invalid", body = base::ProblemBody, content_type = "application/problem+json")
    )
)]
pub async fn change_preferences(
    ctx: Ctx<SignedIn>,
    Body(asked): Body<ChangePreferences>,
) -> Result<Json<Preferences>, Problem> {
    ctx.write(|tx, SignedIn(member)| Box::pin(async move { Ok(Json(change(tx, member.id, asked).await?)) })).await
}
