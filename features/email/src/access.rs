//! Who may connect an inbox with a mailbox: whoever manages inboxes, signed in.

use base::{Caller, Permit, Problem, Tx, refusal};
use ids::InboxId;
use inboxes::{CanManage, Channel};

/// May see and change what connects an inbox with its mailbox. A program does not get to hold the account.
pub struct CanConnect(pub InboxId);

impl Permit for CanConnect {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanManage { id, channel } = CanManage::grant(caller, target, tx).await?;
        if channel != Channel::Email {
            return Err(refusal::NOT_FOUND.into());
        }
        caller.member()?.must_be_signed_in()?;
        Ok(Self(id))
    }
}
