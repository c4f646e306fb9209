//! Whom the rules of an inbox give a conversation to, among those who are free. Pure.

use crate::Why;
use ids::{ConversationId, MemberId, TagId, TeamId};
use inboxes::{Routing, RoutingOrder};
use people::Candidate;

/// What waits for somebody.
pub(crate) struct Waiting {
    pub id: ConversationId,
    /// Only for this one.
    pub team: Option<TeamId>,
    pub tags: Vec<TagId>,
    /// Who had it last.
    pub last_member: Option<MemberId>,
}

/// `skills` is what it asks for, `turn` who got the last one of the inbox. `None` when nobody is there.
pub(crate) fn pick(
    free: &[Candidate],
    routing: &Routing,
    last_member: Option<MemberId>,
    skills: &[String],
    turn: Option<MemberId>,
) -> Option<(Candidate, Why)> {
    if routing.last_handler_first
        && let Some(last) = free.iter().find(|one| Some(one.id) == last_member)
    {
        return Some((last.clone(), Why::LastHandler));
    }
    let matching = |one: &Candidate| one.skills.iter().filter(|skill| skills.contains(skill)).count();
    let most = free.iter().map(matching).max()?;
    let skilled: Vec<_> = free.iter().filter(|one| matching(one) == most).collect();
    let (chosen, why) = match routing.order {
        RoutingOrder::InTurn => {
            let after = |one: &&&Candidate| turn.is_none_or(|turn| one.id > turn);
            let in_order = skilled.iter().filter(after).min_by_key(|one| one.id);
            (in_order.or_else(|| skilled.iter().min_by_key(|one| one.id))?, Why::InTurn)
        }
        RoutingOrder::FewestOpen => {
            (skilled.iter().min_by_key(|one| (one.open, one.free_since, one.id))?, Why::FewestOpen)
        }
        RoutingOrder::LongestFree => (skilled.iter().min_by_key(|one| (one.free_since, one.id))?, Why::LongestFree),
    };
    Some(((*chosen).clone(), if most > 0 { Why::Skills } else { why }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::Uuid;

    fn id(number: u128) -> MemberId {
        MemberId(Uuid::from_u128(number))
    }

    fn free(number: u128, open: i64, free_since: i64, skills: &[&str]) -> Candidate {
        let skills = skills.iter().map(|skill| (*skill).to_owned()).collect();
        Candidate { id: id(number), name: number.to_string(), open, free_since, skills }
    }

    fn picked(
        free: &[Candidate],
        routing: &Routing,
        last: Option<u128>,
        skills: &[&str],
        turn: Option<u128>,
    ) -> (u128, Why) {
        let skills: Vec<_> = skills.iter().map(|skill| (*skill).to_owned()).collect();
        let (chosen, why) = pick(free, routing, last.map(id), &skills, turn.map(id)).expect("somebody");
        (chosen.id.0.as_u128(), why)
    }

    /// R106
    #[test]
    fn each_order_has_its_first() {
        let all = [free(1, 2, 30, &[]), free(2, 1, 20, &[]), free(3, 3, 10, &[])];
        let by = |order| Routing { order, ..Routing::default() };
        let in_turn = by(RoutingOrder::InTurn);
        assert_eq!(picked(&all, &in_turn, None, &[], None), (1, Why::InTurn));
        assert_eq!(picked(&all, &in_turn, None, &[], Some(1)), (2, Why::InTurn));
        assert_eq!(picked(&all, &in_turn, None, &[], Some(3)), (1, Why::InTurn), "and from the beginning");
        assert_eq!(picked(&all, &by(RoutingOrder::FewestOpen), None, &[], None), (2, Why::FewestOpen));
        assert_eq!(picked(&all, &by(RoutingOrder::LongestFree), None, &[], None), (3, Why::LongestFree));
        assert!(pick(&[], &in_turn, None, &[], None).is_none());
    }

    /// R106
    #[test]
    fn who_had_it_and_who_knows_about_it_come_first_where_the_inbox_says_so() {
        let all = [free(1, 0, 0, &[]), free(2, 5, 90, &["refund", "billing"]), free(3, 5, 80, &["refund"])];
        let routing = Routing { last_handler_first: true, skills: true, ..Routing::default() };
        assert_eq!(picked(&all, &routing, Some(3), &["refund"], None), (3, Why::LastHandler));
        assert_eq!(picked(&all, &routing, Some(9), &["refund", "billing"], None), (2, Why::Skills));
        assert_eq!(picked(&all, &routing, None, &["refund"], Some(2)), (3, Why::Skills), "in turn among the skilled");
        // Nobody waits for a skill that nobody who is free has.
        assert_eq!(picked(&all, &routing, None, &["shipping"], None), (1, Why::InTurn));
        let plain = Routing { last_handler_first: false, ..routing };
        assert_eq!(picked(&all, &plain, Some(3), &[], None), (1, Why::InTurn));
    }
}
