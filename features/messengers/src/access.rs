//! Who may connect an inbox with a provider: whoever manages inboxes, signed in.

use base::{Caller, Permit, Problem, Tx, refusal};
use channels::Adapter;
use ids::{InboxId, UpdateId};
use inboxes::{CanManage, Channel};

/// May see and change what connects an inbox with a provider. A program does not get to hold the account.
pub struct CanConnect {
    pub id: InboxId,
    pub adapter: &'static dyn Adapter,
}

impl Permit for CanConnect {
    type Target = InboxId;

    async fn grant(caller: &Caller, target: InboxId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanManage { id, channel } = CanManage::grant(caller, target, tx).await?;
        let Channel::Provider(name) = channel else { return Err(refusal::NOT_FOUND.into()) };
        let adapter = channels::find(name).ok_or(refusal::NOT_FOUND)?;
        caller.member()?.must_be_signed_in()?;
        Ok(Self { id, adapter })
    }
}

/// Is about one item that the inbox's provider told.
pub struct CanReplay {
    pub inbox: InboxId,
    pub update: UpdateId,
}

impl Permit for CanReplay {
    type Target = (InboxId, UpdateId);

    async fn grant(caller: &Caller, (inbox, update): Self::Target, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let CanConnect { id, .. } = CanConnect::grant(caller, inbox, tx).await?;
        Ok(Self { inbox: id, update })
    }
}
