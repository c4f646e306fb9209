//! The history of a run and its checker.
//!
//! Lives here: what was sent, acknowledged, seen and stored, and the rules that these four must obey together. Must stay
//! true: `check` is a pure function; it knows nothing of speed, and one broken rule fails a run whatever its figures.
//! Absent on purpose: files (`journal.rs`) and latencies (`report.rs`).
//!
//! | fault | meaning |
//! |---|---|
//! | lost | acknowledged but not stored; stored but not seen by an observer that was there; a hole in the positions |
//! | doubled | one message stored, acknowledged or delivered as two |
//! | out of order | an author's counters or an observer's events go backwards |
//! | ghost | seen or stored although nobody sent it, or seen and not stored |
//! | early | left the server before it was flushed (only a trace of its system calls shows that) |

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::client::wire::Id;
use crate::clock::Micros;

/// How many faults of a kind are kept with their sentence; the rest is only counted.
const SAMPLES_MAX: usize = 5;

/// A message left a client for the first time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Sent {
    pub author: u32,
    pub counter: u32,
    pub id: Id,
    pub scheduled_us: Micros,
    pub sent_us: Micros,
}

/// The server answered that a message is stored.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Acked {
    pub id: Id,
    pub conversation: Id,
    pub position: u64,
    pub revision: u64,
    pub at_us: Micros,
}

/// An entry arrived at an observer's socket.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// Position of the event that brought it.
    pub event: u64,
    pub conversation: Id,
    pub id: Id,
    pub position: u64,
    pub revision: u64,
    /// From the entry's mark; absent on entries that no visitor wrote.
    pub scheduled_us: Option<Micros>,
    pub at_us: Micros,
}

/// An entry read back after the run.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Stored {
    pub conversation: Id,
    pub id: Id,
    pub position: u64,
    pub revision: u64,
    /// Author and counter from the entry's mark.
    pub written: Option<(u32, u32)>,
}

/// What an observer is entitled to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// An agent of the run's inbox: every conversation of the run.
    Inbox,
    /// A visitor: the conversation that these authors (from, count) write into.
    Authors(u32, u32),
}

/// One socket's view of a run, in order of arrival.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Observer {
    pub name: String,
    pub scope: Scope,
    /// Position of the event stream at which it started to follow.
    pub from: u64,
    /// Positions at which the server told it to reload; what lies before is not expected on the socket.
    pub resets: Vec<u64>,
    #[serde(skip)]
    pub seen: Vec<Seen>,
}

/// Everything that happened in a run.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub sent: Vec<Sent>,
    pub acked: Vec<Acked>,
    pub observers: Vec<Observer>,
    /// In order of position within each conversation.
    pub stored: Vec<Stored>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    Lost,
    Doubled,
    OutOfOrder,
    Ghost,
    /// Left the server before its flush.
    Early,
}

/// What the checker found.
#[derive(Debug, Default)]
pub struct Verdict {
    counts: BTreeMap<Fault, u64>,
    pub samples: Vec<(Fault, String)>,
}

impl Verdict {
    pub fn count(&self, fault: Fault) -> u64 {
        self.counts.get(&fault).copied().unwrap_or(0)
    }

    pub fn is_clean(&self) -> bool {
        self.counts.is_empty()
    }

    pub fn add(&mut self, fault: Fault, what: impl FnOnce() -> String) {
        let count = self.counts.entry(fault).or_default();
        *count += 1;
        if *count <= SAMPLES_MAX as u64 {
            self.samples.push((fault, what()));
        }
    }
}

/// Checks all rules.
pub fn check(history: &History) -> Verdict {
    let mut verdict = Verdict::default();
    let stored = index_stored(history, &mut verdict);
    check_acknowledgements(history, &stored, &mut verdict);
    check_timelines(history, &mut verdict);
    check_origin(history, &mut verdict);
    let home = homes(history);
    let events = check_one_order(history, &mut verdict);
    for observer in &history.observers {
        check_arrivals(observer, &stored, &mut verdict);
        check_coverage(observer, history, &home, &events, &mut verdict);
    }
    verdict
}

type Index<'a> = HashMap<Id, &'a Stored>;

fn index_stored<'a>(history: &'a History, verdict: &mut Verdict) -> Index<'a> {
    let mut by_id = Index::with_capacity(history.stored.len());
    let mut by_author = HashMap::with_capacity(history.stored.len());
    for entry in &history.stored {
        if let Some(other) = by_id.insert(entry.id, entry) {
            verdict.add(Fault::Doubled, || {
                format!("entry {} is stored at {} and at {}", entry.id, other.position, entry.position)
            });
        } else if let Some(written) = entry.written
            && let Some(other) = by_author.insert(written, entry.id)
        {
            let (author, counter) = written;
            verdict.add(Fault::Doubled, || {
                format!("message {counter} of {author} is stored as {other} and as {}", entry.id)
            });
        }
    }
    by_id
}

/// Acknowledged is stored, at the place that was acknowledged.
fn check_acknowledgements(history: &History, stored: &Index<'_>, verdict: &mut Verdict) {
    let mut first: HashMap<Id, &Acked> = HashMap::with_capacity(history.acked.len());
    for acked in &history.acked {
        let place = (acked.conversation, acked.position);
        match stored.get(&acked.id) {
            None => verdict.add(Fault::Lost, || format!("message {} was acknowledged and is not stored", acked.id)),
            Some(entry) if (entry.conversation, entry.position) != place => verdict.add(Fault::Ghost, || {
                format!(
                    "message {} was acknowledged at {} but is stored at {}",
                    acked.id, acked.position, entry.position
                )
            }),
            Some(_) => {}
        }
        if let Some(other) = first.insert(acked.id, acked)
            && (other.conversation, other.position) != place
        {
            verdict.add(Fault::Doubled, || {
                format!("message {} was acknowledged at {} and at {}", acked.id, other.position, acked.position)
            });
        }
    }
}

/// Positions are 1, 2, 3, … in each conversation, and each author's messages stand in the order of sending.
fn check_timelines(history: &History, verdict: &mut Verdict) {
    let mut last_position: HashMap<Id, u64> = HashMap::new();
    let mut last_counter: HashMap<u32, u32> = HashMap::new();
    for entry in &history.stored {
        let last = last_position.insert(entry.conversation, entry.position).unwrap_or(0);
        if entry.position != last + 1 {
            verdict.add(if entry.position > last { Fault::Lost } else { Fault::OutOfOrder }, || {
                format!("conversation {} goes from position {last} to {}", entry.conversation, entry.position)
            });
        }
        let Some((author, counter)) = entry.written else { continue };
        if let Some(last) = last_counter.insert(author, counter)
            && last > counter
        {
            verdict.add(Fault::OutOfOrder, || format!("message {last} of {author} is stored before {counter}"));
        }
    }
}

/// Every stored message of the run was sent by the run, under the same id.
fn check_origin(history: &History, verdict: &mut Verdict) {
    let sent: HashMap<Id, (u32, u32)> =
        history.sent.iter().map(|sent| (sent.id, (sent.author, sent.counter))).collect();
    for entry in &history.stored {
        if let Some((author, counter)) = entry.written
            && sent.get(&entry.id) != Some(&(author, counter))
        {
            verdict
                .add(Fault::Ghost, || format!("stored message {counter} of {author} was never sent as {}", entry.id));
        }
    }
}

/// Which conversation each author writes into.
fn homes(history: &History) -> HashMap<u32, Id> {
    history.stored.iter().filter_map(|entry| Some((entry.written?.0, entry.conversation))).collect()
}

/// All observers got a change with the same event; returns the event that first brought each entry.
fn check_one_order(history: &History, verdict: &mut Verdict) -> HashMap<Id, u64> {
    let mut events: HashMap<(Id, u64), u64> = HashMap::new();
    let mut first: HashMap<Id, u64> = HashMap::new();
    for seen in history.observers.iter().flat_map(|observer| &observer.seen) {
        let event = *events.entry((seen.id, seen.revision)).or_insert(seen.event);
        if event != seen.event {
            verdict.add(Fault::OutOfOrder, || {
                format!(
                    "revision {} of entry {} came with event {event} and with {}",
                    seen.revision, seen.id, seen.event
                )
            });
        }
        first.entry(seen.id).and_modify(|first| *first = seen.event.min(*first)).or_insert(seen.event);
    }
    first
}

/// What arrived is stored, arrived once, and arrived in the one order of events.
fn check_arrivals(observer: &Observer, stored: &Index<'_>, verdict: &mut Verdict) {
    let name = &observer.name;
    let mut arrived = HashSet::with_capacity(observer.seen.len());
    let mut last_event = 0;
    let mut last_position: HashMap<Id, u64> = HashMap::new();
    for seen in &observer.seen {
        if !stored.contains_key(&seen.id) {
            verdict.add(Fault::Ghost, || format!("{name} saw entry {} which is not stored", seen.id));
        }
        if !arrived.insert((seen.id, seen.revision)) {
            verdict.add(Fault::Doubled, || format!("{name} got revision {} of entry {} twice", seen.revision, seen.id));
            continue;
        }
        if seen.event < last_event {
            verdict.add(Fault::OutOfOrder, || format!("{name} saw event {} after {last_event}", seen.event));
        }
        last_event = seen.event;
        let last = last_position.entry(seen.conversation).or_default();
        let is_new = stored.get(&seen.id).is_none_or(|entry| entry.revision == seen.revision);
        if is_new && seen.position < *last {
            verdict.add(Fault::OutOfOrder, || format!("{name} saw position {} after {last}", seen.position));
        }
        *last = seen.position.max(*last);
    }
}

/// Every message that an observer was entitled to and present for has arrived: it saw a prefix without holes.
fn check_coverage(
    observer: &Observer,
    history: &History,
    home: &HashMap<u32, Id>,
    events: &HashMap<Id, u64>,
    verdict: &mut Verdict,
) {
    let arrived: HashSet<Id> = observer.seen.iter().map(|seen| seen.id).collect();
    let excused_up_to = observer.resets.iter().copied().max().unwrap_or(0).max(observer.from);
    let own: Option<HashSet<Id>> = match observer.scope {
        Scope::Inbox => None,
        Scope::Authors(from, count) => {
            Some((from..from + count).filter_map(|author| home.get(&author).copied()).collect())
        }
    };
    for entry in &history.stored {
        let concerns = own.as_ref().is_none_or(|own| own.contains(&entry.conversation));
        let is_excused = events.get(&entry.id).is_some_and(|event| *event <= excused_up_to);
        if entry.written.is_some() && concerns && !is_excused && !arrived.contains(&entry.id) {
            verdict.add(Fault::Lost, || format!("{} never saw stored message {}", observer.name, entry.id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONVERSATION: Id = Id(1000);

    /// Two authors with three messages each in one conversation, all seen by one agent and by the visitor.
    fn sound() -> History {
        let mut history = History::default();
        let mut seen = Vec::new();
        for place in 0..6_u32 {
            let (author, counter, id) = (place % 2, place / 2, Id(u128::from(place) + 1));
            let (position, revision) = (u64::from(place) + 1, u64::from(place) + 1);
            let time_us = u64::from(place) * 1000;
            history.sent.push(Sent { author, counter, id, scheduled_us: time_us, sent_us: time_us });
            history.acked.push(Acked { id, conversation: CONVERSATION, position, revision, at_us: time_us + 500 });
            let written = Some((author, counter));
            history.stored.push(Stored { conversation: CONVERSATION, id, position, revision, written });
            let scheduled_us = Some(time_us);
            let (conversation, event, at_us) = (CONVERSATION, u64::from(place) + 101, time_us + 600);
            seen.push(Seen { event, conversation, id, position, revision, scheduled_us, at_us });
        }
        history.observers = vec![
            Observer { name: "agent".into(), scope: Scope::Inbox, from: 100, resets: vec![], seen: seen.clone() },
            Observer { name: "visitor".into(), scope: Scope::Authors(0, 2), from: 100, resets: vec![], seen },
        ];
        history
    }

    fn faults(history: &History) -> Vec<Fault> {
        check(history).counts.into_keys().collect()
    }

    #[test]
    fn a_sound_history_is_clean() {
        let verdict = check(&sound());
        assert!(verdict.is_clean(), "{:?}", verdict.samples);
    }

    #[test]
    fn an_acknowledged_message_that_is_not_stored_is_lost() {
        let mut history = sound();
        let removed = history.stored.pop().expect("six entries");
        for observer in &mut history.observers {
            observer.seen.retain(|seen| seen.id != removed.id);
        }
        assert_eq!(faults(&history), [Fault::Lost]);
    }

    #[test]
    fn a_stored_message_that_an_observer_missed_is_lost() {
        for observer in 0..2 {
            let mut history = sound();
            history.observers[observer].seen.remove(3);
            assert_eq!(faults(&history), [Fault::Lost]);
        }
    }

    #[test]
    fn a_hole_in_the_positions_is_lost() {
        let mut history = sound();
        for entry in &mut history.stored[4..] {
            entry.position += 1;
        }
        for acked in &mut history.acked[4..] {
            acked.position += 1;
        }
        assert_eq!(faults(&history), [Fault::Lost]);
    }

    #[test]
    fn what_came_before_a_reset_is_not_missed() {
        let mut history = sound();
        history.observers[0].resets.push(104);
        history.observers[0].seen.drain(1..4);
        assert!(check(&history).is_clean());
        history.observers[0].seen.pop();
        assert_eq!(faults(&history), [Fault::Lost]);
    }

    #[test]
    fn a_message_stored_under_two_ids_is_doubled() {
        let mut history = sound();
        let mut copy = history.stored[5];
        copy.id = Id(99);
        copy.position = 7;
        history.stored.push(copy);
        assert!(faults(&history).contains(&Fault::Doubled));
    }

    #[test]
    fn one_id_at_two_places_is_doubled() {
        let mut history = sound();
        let mut copy = history.stored[5];
        copy.position = 7;
        history.stored.push(copy);
        assert!(faults(&history).contains(&Fault::Doubled));
    }

    #[test]
    fn one_id_acknowledged_at_two_places_is_doubled() {
        let mut history = sound();
        let mut again = history.acked[2];
        history.acked.push(again);
        assert!(check(&history).is_clean(), "a repeated acknowledgement of the same place is right");
        again.position = 9;
        history.acked.push(again);
        assert!(faults(&history).contains(&Fault::Doubled));
    }

    #[test]
    fn an_event_delivered_twice_is_doubled() {
        let mut history = sound();
        let again = history.observers[0].seen[5];
        history.observers[0].seen.push(again);
        assert_eq!(faults(&history), [Fault::Doubled]);
    }

    #[test]
    fn a_later_revision_of_an_entry_is_not_a_double() {
        let mut history = sound();
        let mut changed = history.observers[0].seen[2];
        (changed.revision, changed.event) = (300, 300);
        history.observers[0].seen.push(changed);
        assert!(check(&history).is_clean());
    }

    #[test]
    fn swapped_arrivals_are_out_of_order() {
        let mut history = sound();
        history.observers[1].seen.swap(2, 3);
        assert_eq!(faults(&history), [Fault::OutOfOrder]);
    }

    #[test]
    fn observers_with_different_orders_are_out_of_order() {
        let mut history = sound();
        let seen = &mut history.observers[1].seen;
        seen.swap(2, 3);
        (seen[2].event, seen[3].event) = (seen[3].event, seen[2].event);
        (seen[2].position, seen[3].position) = (seen[3].position, seen[2].position);
        assert_eq!(faults(&history), [Fault::OutOfOrder]);
    }

    #[test]
    fn swapped_messages_of_one_author_are_out_of_order() {
        let mut history = sound();
        let (first, second) = (history.stored[0].written, history.stored[2].written);
        (history.stored[0].written, history.stored[2].written) = (second, first);
        (history.sent[0].counter, history.sent[2].counter) = (history.sent[2].counter, history.sent[0].counter);
        assert_eq!(faults(&history), [Fault::OutOfOrder]);
    }

    #[test]
    fn a_message_that_nobody_sent_is_a_ghost() {
        let mut history = sound();
        history.sent.remove(4);
        assert_eq!(faults(&history), [Fault::Ghost]);
    }

    #[test]
    fn a_message_seen_but_not_stored_is_a_ghost() {
        let mut history = sound();
        let mut ghost = history.observers[0].seen[5];
        (ghost.id, ghost.position, ghost.event) = (Id(77), 7, 200);
        history.observers[0].seen.push(ghost);
        assert_eq!(faults(&history), [Fault::Ghost]);
    }

    #[test]
    fn a_message_stored_elsewhere_than_acknowledged_is_a_ghost() {
        let mut history = sound();
        history.acked[0].conversation = Id(2000);
        assert_eq!(faults(&history), [Fault::Ghost]);
    }

    #[test]
    fn counts_go_on_where_samples_end() {
        let mut history = sound();
        history.stored.clear();
        history.observers.clear();
        let verdict = check(&history);
        assert_eq!(verdict.count(Fault::Lost), 6);
        assert_eq!(verdict.samples.len(), SAMPLES_MAX);
    }
}
