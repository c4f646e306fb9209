//! Who may change the workspace's tags. Every member sees them.

use crate::{Tag, tag};
use base::{Caller, Permit, Problem, Right, Tx, refusal};
use ids::TagId;

/// May make tags.
pub struct CanManage;

impl Permit for CanManage {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        caller.member()?.must_hold(Right::TAG_MANAGE)?;
        Ok(Self)
    }
}

/// May change this one; locked.
pub struct CanChange(pub Tag);

impl Permit for CanChange {
    type Target = TagId;

    async fn grant(caller: &Caller, target: TagId, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let member = caller.member()?;
        let known = tag::lock(tx, target).await?.ok_or(refusal::NOT_FOUND)?;
        member.must_hold(Right::TAG_MANAGE)?;
        Ok(Self(known))
    }
}
