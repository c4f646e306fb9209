//! The events of people.

use crate::Member;
use base::{
    Audience, EventKind, EventShape, Listeners, MemberCaller, NewEvent, Problem, Tx, View,
    stream::close::{RIGHTS_CHANGED, SIGNED_OUT},
};
use ids::{MemberId, SignInId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{OpenApi, ToSchema};

/// A member is new or changed.
pub static MEMBER_UPDATED: EventKind = EventKind { name: "member.updated", audience: parse::<OfMember> };
/// Sign-ins ended; no client sees it, the sockets concerned end by it.
pub static SIGN_IN_ENDED: EventKind = EventKind { name: "sign_in.ended", audience: parse::<EndedSignIns> };
/// Members joined or left an inbox; no client sees it, their sockets come back with the new rights.
pub static MEMBERSHIP_CHANGED: EventKind = EventKind { name: "membership.changed", audience: parse::<MovedMembers> };

/// How they look on the wire.
pub(crate) const SHAPES: &[EventShape] =
    &[EventShape { kind: "member.updated", schema: "MemberUpdated", lists: &[], to: Listeners::Members }];

/// Their data's schemas.
#[derive(OpenApi)]
#[openapi(components(schemas(MemberUpdated)))]
pub(crate) struct Schemas;

#[derive(Serialize, ToSchema)]
pub struct MemberUpdated {
    pub member: Member,
}

/// What a change of a member means for his own sockets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reach {
    Nothing,
    Rights,
    SignedOut,
}

/// Which sign-ins of a member end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ended {
    One(SignInId),
    AllBut(SignInId),
    All,
}

#[derive(Serialize, Deserialize)]
struct OfMember {
    member: MemberId,
    reach: Reach,
}

/// The member whose rights an event of kind [`MEMBER_UPDATED`] changed, from its facts.
pub fn changed_rights(facts: &str) -> Option<MemberId> {
    let of: OfMember = serde_json::from_str(facts).ok()?;
    (of.reach != Reach::Nothing).then_some(of.member)
}

#[derive(Serialize, Deserialize)]
struct EndedSignIns {
    member: MemberId,
    ended: Ended,
}

#[derive(Serialize, Deserialize)]
struct MovedMembers {
    members: Vec<MemberId>,
}

fn parse<A: Audience + for<'de> Deserialize<'de>>(facts: &str) -> Result<Arc<dyn Audience>, serde_json::Error> {
    Ok(Arc::new(serde_json::from_str::<A>(facts)?))
}

impl Audience for OfMember {
    fn member(&self, member: &MemberCaller) -> View {
        match self.reach {
            Reach::Rights if member.id == self.member => View::Close(RIGHTS_CHANGED),
            Reach::SignedOut if member.id == self.member => View::Close(SIGNED_OUT),
            _ => View::Whole(0),
        }
    }

    /// A remembered caller carries the name too.
    fn changes_rights(&self) -> bool {
        true
    }
}

impl Audience for EndedSignIns {
    fn member(&self, member: &MemberCaller) -> View {
        let ended = member.id == self.member
            && match self.ended {
                Ended::One(sign_in) => member.sign_in == sign_in,
                Ended::AllBut(sign_in) => member.sign_in != sign_in,
                Ended::All => true,
            };
        if ended { View::Close(SIGNED_OUT) } else { View::Hidden }
    }

    fn changes_rights(&self) -> bool {
        true
    }
}

impl Audience for MovedMembers {
    fn member(&self, member: &MemberCaller) -> View {
        if self.members.contains(&member.id) { View::Close(RIGHTS_CHANGED) } else { View::Hidden }
    }

    fn changes_rights(&self) -> bool {
        true
    }
}

pub(crate) fn member_updated(tx: &mut Tx<'_>, member: &Member, reach: Reach) -> Result<(), Problem> {
    let payload = MemberUpdated { member: member.clone() };
    tx.emit(NewEvent::new(&MEMBER_UPDATED, OfMember { member: member.id, reach }, &payload)?);
    Ok(())
}

pub(crate) fn sign_in_ended(tx: &mut Tx<'_>, member: MemberId, ended: Ended) -> Result<(), Problem> {
    tx.emit(NewEvent::new(&SIGN_IN_ENDED, EndedSignIns { member, ended }, &())?);
    Ok(())
}

pub(crate) fn membership_changed(tx: &mut Tx<'_>, members: Vec<MemberId>) -> Result<(), Problem> {
    tx.emit(NewEvent::new(&MEMBERSHIP_CHANGED, MovedMembers { members }, &())?);
    Ok(())
}
