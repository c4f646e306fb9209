//! Who gets the conversations of an inbox, and what becomes of them when he is not there.
//!
//! What must stay true: the workspace's mark that something is routed at all (`people`) says whether any of its inboxes
//! needs to hear of who comes and goes; without it nobody's coming costs more than an event. Absent: the giving itself,
//! which is `conversations`.

use crate::{ROUTING_INVALID, inbox};
use base::{Problem, Tx};
use db::{params, sql};
use ids::{InboxId, MemberId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When somebody has a conversation that waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// With his first answer.
    #[default]
    OnReply,
    /// When he takes the next, which opens it. One that he opened himself becomes his when he says that he begins.
    OnOpen,
    /// When he says that he begins.
    OnStart,
    /// When the routing gives it to him.
    Automatic,
}

/// To whom the routing gives the next, among those who are online and can take one more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoutingOrder {
    /// One after another.
    #[default]
    InTurn,
    /// Who has the fewest open ones.
    FewestOpen,
    /// Who got or finished none for the longest time.
    LongestFree,
}

/// What of his open conversations goes back into the queue when a member is offline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    #[default]
    Keep,
    /// Those in which the contact waits for an answer.
    Unanswered,
    All,
}

/// Who has a closed conversation when its contact writes again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reopening {
    /// Who had it, as long as he works here.
    #[default]
    Keep,
    /// Nobody: it waits in the queue, from which the routing gives it again.
    Queue,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Routing {
    pub claim: Claim,
    pub order: RoutingOrder,
    /// Whoever had it before comes first, when he is free.
    pub last_handler_first: bool,
    /// Whoever has most of its tags among his skills comes first.
    pub skills: bool,
    /// Open conversations of this inbox that the routing gives to one member, 0 to 500; 0: any number.
    pub open_limit: i64,
    pub absence: Absence,
    pub reopening: Reopening,
}

const OPEN_LIMIT_MOST: i64 = 500;

impl Routing {
    /// From the stored column.
    pub(crate) fn stored(text: Option<String>) -> Result<Self, Problem> {
        text.map_or_else(|| Ok(Self::default()), |text| Ok(serde_json::from_str(&text)?))
    }

    pub fn is_automatic(&self) -> bool {
        self.claim == Claim::Automatic
    }

    /// Whether it matters who comes and goes.
    fn watches(&self) -> bool {
        self.is_automatic() || self.absence != Absence::Keep
    }
}

/// How an inbox is routed; `None` when there is none.
pub async fn routing(tx: &mut Tx<'_>, id: InboxId) -> Result<Option<Routing>, Problem> {
    let row = tx
        .first(sql!("SELECT routing FROM inboxes WHERE workspace_id = $1 AND id = $2"), &params![tx.workspace, id])
        .await?;
    row.map(|row| Routing::stored(row.get("routing")?)).transpose()
}

/// Writes how an inbox is routed from now on; answers whether something waits for it.
pub(crate) async fn set(tx: &mut Tx<'_>, id: InboxId, routing: &Routing) -> Result<bool, Problem> {
    if !(0..=OPEN_LIMIT_MOST).contains(&routing.open_limit) {
        return Err(ROUTING_INVALID.with("max", OPEN_LIMIT_MOST));
    }
    let before = self::routing(tx, id).await?.unwrap_or_default();
    if before == *routing {
        return Ok(false);
    }
    tx.put(
        sql!("UPDATE inboxes SET routing = $3, automatic = $4 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, id, serde_json::to_string(routing)?, i64::from(routing.is_automatic())],
    )
    .await?;
    let mut watches = false;
    for one in inbox::routings(tx).await? {
        watches |= one.watches();
    }
    people::set_routes(tx, watches).await?;
    Ok(routing.is_automatic())
}

/// The automatic ones among: this inbox, and those in which the member or a team of his works.
pub async fn automatic(
    tx: &mut Tx<'_>,
    inbox: Option<InboxId>,
    member: Option<MemberId>,
) -> Result<Vec<InboxId>, Problem> {
    let rows = tx
        .query(
            sql!(
                "SELECT i.id FROM inboxes i WHERE i.workspace_id = $1 AND i.automatic = 1 AND (i.id = $2 \
                 OR EXISTS (SELECT 1 FROM memberships w WHERE w.workspace_id = i.workspace_id AND w.inbox_id = i.id \
                 AND w.member_id = $3) OR EXISTS (SELECT 1 FROM team_inboxes x JOIN team_members t \
                 ON t.workspace_id = x.workspace_id AND t.team_id = x.team_id WHERE x.workspace_id = i.workspace_id \
                 AND x.inbox_id = i.id AND t.member_id = $3)) ORDER BY i.id"
            ),
            &params![tx.workspace, inbox, member],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}
