//! Whom the app remembers, so that not each request asks the database who is behind its token.
//!
//! What must stay true: who was proven before his rights changed is not remembered as he was.

use crate::{Caller, Ms, TokenHash};
use ids::VisitorId;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A proven caller is remembered this long. Changes of rights on this node forget it at once; this bounds the
/// wait for changes made on another node (promised: 5 s).
const CALLER_MEMORY_MS: Ms = 3_000;
const CALLERS_REMEMBERED: usize = 50_000;
/// Of so many visitors it is known that it was their rights that changed, and nobody else's.
const VISITORS_CHANGED: usize = 1_000;

/// How a token was shown, and its hash: a cookie's token opens nothing as a bearer.
pub(crate) type Proof = (Shown, TokenHash);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Shown {
    Cookie,
    Bearer,
    /// As a bearer, with the mark of members' tokens.
    Marked,
}

#[derive(Default)]
pub(crate) struct Callers(Mutex<Memory>);

#[derive(Default)]
struct Memory {
    remembered: HashMap<Proof, (Caller, Ms)>,
    /// How often rights changed on this node.
    epoch: u64,
    /// Who was proven before it may be anybody whose rights changed.
    all_changed: u64,
    /// Since then: single visitors', the earliest first.
    visitors_changed: VecDeque<(u64, VisitorId)>,
}

impl Callers {
    pub(crate) fn find(&self, proof: &Proof, now: Ms) -> Option<Caller> {
        let memory = self.memory();
        let (caller, at) = memory.remembered.get(proof)?;
        let is_over = caller.until().is_some_and(|until| until <= now);
        ((0..CALLER_MEMORY_MS).contains(&(now - at)) && !is_over).then(|| caller.clone())
    }

    /// Grows whenever rights change on this node.
    pub(crate) fn epoch(&self) -> u64 {
        self.memory().epoch
    }

    /// Whether the rights of the caller, who was proven since `epoch`, may have changed meanwhile.
    pub(crate) fn is_outdated(&self, caller: &Caller, epoch: u64) -> bool {
        self.memory().is_outdated(caller, epoch)
    }

    /// Remembers who was proven since `epoch`.
    pub(crate) fn remember(&self, proof: Proof, caller: &Caller, now: Ms, epoch: u64) {
        let mut memory = self.memory();
        if memory.remembered.len() >= CALLERS_REMEMBERED {
            memory.remembered.clear();
        }
        if !memory.is_outdated(caller, epoch) {
            memory.remembered.insert(proof, (caller.clone(), now));
        }
    }

    pub(crate) fn forget_all(&self) {
        let mut memory = self.memory();
        memory.epoch += 1;
        memory.all_changed = memory.epoch;
        memory.visitors_changed.clear();
        memory.remembered.clear();
    }

    pub(crate) fn forget_visitor(&self, visitor: VisitorId) {
        let mut memory = self.memory();
        memory.epoch += 1;
        let changed = (memory.epoch, visitor);
        memory.visitors_changed.push_back(changed);
        if memory.visitors_changed.len() > VISITORS_CHANGED
            && let Some((epoch, _)) = memory.visitors_changed.pop_front()
        {
            memory.all_changed = epoch;
        }
        memory.remembered.retain(|_, (caller, _)| !is(caller, visitor));
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn is_outdated(&self, caller: &Caller, epoch: u64) -> bool {
        let mut since = self.visitors_changed.iter().rev().take_while(|(at, _)| *at > epoch);
        self.all_changed > epoch || since.any(|(_, visitor)| is(caller, *visitor))
    }
}

fn is(caller: &Caller, visitor: VisitorId) -> bool {
    matches!(caller, Caller::Visitor(known) if known.id == visitor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::VisitorCaller;
    use ids::{ContactId, InboxId, Uuid, WorkspaceId};
    use std::sync::Arc;

    fn visitor(number: u128) -> Caller {
        Caller::Visitor(Arc::new(VisitorCaller {
            workspace: WorkspaceId(Uuid::nil()),
            id: VisitorId(Uuid::from_u128(number)),
            inbox: InboxId(Uuid::nil()),
            contact: ContactId(Uuid::nil()),
            token: TokenHash([0; 32]),
            inbox_open: true,
        }))
    }

    fn proof(number: u8) -> Proof {
        (Shown::Bearer, TokenHash([number; 32]))
    }

    #[test]
    fn one_visitor_is_forgotten_and_the_others_are_not() {
        let (callers, before) = (Callers::default(), 0);
        for number in [1, 2] {
            callers.remember(proof(number), &visitor(number.into()), 0, before);
        }
        callers.forget_visitor(VisitorId(Uuid::from_u128(1)));
        assert!(callers.find(&proof(1), 0).is_none() && callers.find(&proof(2), 0).is_some());
        assert!(callers.is_outdated(&visitor(1), before) && !callers.is_outdated(&visitor(2), before));
        callers.remember(proof(1), &visitor(1), 0, before);
        assert!(callers.find(&proof(1), 0).is_none(), "he was proven before it changed");
        callers.remember(proof(1), &visitor(1), 0, callers.epoch());
        assert!(callers.find(&proof(1), 0).is_some());

        callers.forget_all();
        assert!(callers.find(&proof(2), 0).is_none() && callers.is_outdated(&visitor(2), before));
        assert!(callers.is_outdated(&Caller::Nobody, before));
    }

    #[test]
    fn of_too_many_changes_it_is_not_known_whose_they_were() {
        let callers = Callers::default();
        for number in 1..=VISITORS_CHANGED as u128 {
            callers.forget_visitor(VisitorId(Uuid::from_u128(number)));
        }
        assert!(callers.is_outdated(&visitor(1), 0) && !callers.is_outdated(&visitor(0), 0));
        callers.forget_visitor(VisitorId(Uuid::from_u128(7)));
        assert!(callers.is_outdated(&visitor(0), 0) && !callers.is_outdated(&visitor(0), 1));
    }
}
