//! What is done to each conversation of a batch, and how it is taken back: by the commands of one conversation.

use crate::{
    Assign, Close, CloseReason, ConversationItem, Holder, Status,
    access::{CanRead, MayChange},
    assign::assign,
    close::{close, reopen},
    delete::delete,
    deleted::{MayRestore, restore},
    read::mark_read,
    snooze::{snooze, wake},
    tag::{self, MayTag},
    thread, unread,
};
use base::{Caller, MemberCaller, Ms, Permit, Problem, Tx};
use db::{params, sql};
use ids::{ConversationId, TagId};
use serde::{Deserialize, Serialize};
use std::{slice, sync::Arc};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = BatchAct)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    Assign {
        to: Holder,
        /// For the receiver.
        comment: Option<String>,
    },
    Close {
        reason: CloseReason,
        /// For the team: how it ended.
        note: Option<String>,
        #[serde(default)]
        tag_ids: Vec<TagId>,
    },
    /// Milliseconds UTC.
    Snooze {
        until: i64,
    },
    Tag {
        tag_id: TagId,
    },
    Untag {
        tag_id: TagId,
    },
    /// For oneself only, as `unread`.
    Read,
    Unread,
    /// Until it is erased it can be put back.
    Delete,
}

/// What was before an act changed it.
#[derive(Serialize, Deserialize)]
pub(super) struct Was {
    holder: Holder,
    snoozed_until: Option<Ms>,
    unread: bool,
    /// Its last position when this was done to it.
    #[serde(default)]
    closed: Option<i64>,
}

impl Act {
    pub(super) fn tags(&self) -> &[TagId] {
        match self {
            Self::Close { tag_ids, .. } => tag_ids,
            Self::Tag { tag_id } | Self::Untag { tag_id } => slice::from_ref(tag_id),
            Self::Assign { .. } | Self::Snooze { .. } | Self::Read | Self::Unread | Self::Delete => &[],
        }
    }

    /// Does it to one, and answers what was before; `None` when nothing had to change.
    pub(super) async fn on(
        &self,
        tx: &mut Tx<'_>,
        member: &Arc<MemberCaller>,
        id: ConversationId,
    ) -> Result<Option<Was>, Problem> {
        let caller = Caller::Member(member.clone());
        // Held from here on: what somebody else changes meanwhile is not taken for what this did.
        thread::lock(tx, id).await?;
        let seen = CanRead::grant(&caller, id, tx).await?;
        let before = ConversationItem::of(tx, member, &seen.thread).await?;
        let conversation = &before.conversation;
        let was = Was {
            holder: conversation.holder,
            snoozed_until: conversation.snoozed_until,
            unread: before.is_unread(),
            closed: None,
        };
        let after = match self {
            Self::Assign { to, comment } => {
                let permit = MayChange::grant(&caller, id, tx).await?;
                let asked = Assign { to: *to, holder: conversation.holder, comment: comment.clone() };
                assign(tx, permit, asked).await?
            }
            Self::Close { reason, note, tag_ids } => {
                let permit = MayChange::grant(&caller, id, tx).await?;
                let asked = Close { reason: *reason, note: note.clone(), tag_ids: tag_ids.clone() };
                close(tx, permit, asked).await?
            }
            Self::Snooze { until } => {
                let permit = MayChange::grant(&caller, id, tx).await?;
                snooze(tx, permit, *until).await?
            }
            Self::Tag { tag_id } => {
                let permit = MayTag::grant(&caller, (id, *tag_id), tx).await?;
                tag::tag(tx, permit).await?
            }
            Self::Untag { tag_id } => {
                let permit = MayTag::grant(&caller, (id, *tag_id), tx).await?;
                tag::untag(tx, permit).await?
            }
            Self::Read => {
                let position = conversation.last_position;
                mark_read(tx, seen, position).await?;
                return Ok(was.unread.then_some(was));
            }
            Self::Unread => {
                unread::flag(tx, member.id, id).await?;
                return Ok((!before.unread).then_some(was));
            }
            Self::Delete => {
                let permit = MayChange::grant(&caller, id, tx).await?;
                delete(tx, permit).await?;
                return Ok(Some(was));
            }
        };
        let closed = Some(after.conversation.last_position);
        Ok((after.conversation.revision > conversation.revision).then_some(Was { closed, ..was }))
    }

    /// Takes it back, where it is still as this left it.
    pub(super) async fn take_back(
        &self,
        tx: &mut Tx<'_>,
        member: &Arc<MemberCaller>,
        id: ConversationId,
        was: Was,
    ) -> Result<(), Problem> {
        let caller = Caller::Member(member.clone());
        match self {
            Self::Assign { to, .. } => {
                let permit = MayChange::grant(&caller, id, tx).await?;
                let holder = permit.thread.conversation.holder;
                // Who has it by now took it, or was given it, after this.
                if holder == *to {
                    assign(tx, permit, Assign { to: was.holder, holder, comment: None }).await?;
                }
            }
            Self::Close { .. } => {
                let permit = MayChange::grant(&caller, id, tx).await?;
                // It came back, perhaps to be closed by somebody else.
                if permit.thread.conversation.status != Status::Closed || came_back(tx, id, was.closed).await? {
                    return Ok(());
                }
                reopen(tx, permit).await?;
                if let Some(until) = was.snoozed_until.filter(|until| *until > tx.now) {
                    sleep_again(tx, &caller, id, until).await?;
                }
            }
            Self::Snooze { until } => {
                let permit = MayChange::grant(&caller, id, tx).await?;
                if permit.thread.conversation.snoozed_until == Some(*until) {
                    match was.snoozed_until.filter(|until| *until > tx.now) {
                        Some(until) => sleep_again(tx, &caller, id, until).await?,
                        None => drop(wake(tx, permit).await?),
                    }
                }
            }
            Self::Tag { tag_id } => {
                let permit = MayTag::grant(&caller, (id, *tag_id), tx).await?;
                tag::untag(tx, permit).await?;
            }
            Self::Untag { tag_id } => {
                let permit = MayTag::grant(&caller, (id, *tag_id), tx).await?;
                tag::tag(tx, permit).await?;
            }
            Self::Read => {
                CanRead::grant(&caller, id, tx).await?;
                unread::flag(tx, member.id, id).await?;
            }
            Self::Unread => {
                CanRead::grant(&caller, id, tx).await?;
                unread::unflag(tx, member.id, id).await?;
            }
            Self::Delete => {
                // Somebody put it back before.
                if thread::load(tx, id).await?.is_some() {
                    return Ok(());
                }
                let permit = MayRestore::grant(&caller, id, tx).await?;
                restore(tx, permit).await?;
            }
        }
        Ok(())
    }
}

/// Whether it was open once more after this position.
async fn came_back(tx: &mut Tx<'_>, id: ConversationId, since: Option<i64>) -> Result<bool, Problem> {
    let row = tx
        .first(
            sql!(
                "SELECT position FROM entries WHERE workspace_id = $1 AND conversation_id = $2 AND position > $3 \
                 AND kind IN ('opened', 'reopened') LIMIT 1"
            ),
            &params![tx.workspace, id, since.unwrap_or(i64::MAX)],
        )
        .await?;
    Ok(row.is_some())
}

/// Its time may be too near by now to be a time to sleep until: then it stays awake.
async fn sleep_again(tx: &mut Tx<'_>, caller: &Caller, id: ConversationId, until: Ms) -> Result<(), Problem> {
    let permit = MayChange::grant(caller, id, tx).await?;
    match snooze(tx, permit, until).await {
        Err(problem) if problem.refusal() == crate::SNOOZE_TIME => Ok(()),
        slept => slept.map(drop),
    }
}
