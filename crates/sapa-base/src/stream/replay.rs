//! What a returning listener missed.
//!
//! The newest facts of a thing decide for all its missed events: what was mine when it happened and is not
//! mine now is not told again, and what became mine is told whole.

use super::{Frame, Frames, Who};
use crate::{App, Audience, Event, MemberCaller, Problem, View};
use db::{params, sql};
use ids::{Uuid, WorkspaceId};
use std::{collections::HashMap, sync::Arc};

/// A listener that missed more than this reloads instead.
pub(super) const REPLAY_EVENTS: i64 = 2_000;

/// The frames of the missed events, oldest first.
pub(super) fn frames<'e>(events: impl DoubleEndedIterator<Item = &'e Event> + Clone, who: &Who) -> Vec<Frame> {
    let mut newest: HashMap<Uuid, (i64, View)> = HashMap::new();
    for event in events.clone().rev() {
        if let Some(subject) = event.audience.subject() {
            newest.entry(subject).or_insert_with(|| (event.position, who.view(event)));
        }
    }
    let mut frames = Vec::new();
    for event in events.clone() {
        let view = match event.audience.subject().and_then(|subject| newest.get(&subject)) {
            None => who.view(event),
            // Gone is said once, at the end of the thing's events.
            Some((last, View::Gone)) if *last != event.position => View::Hidden,
            // Visible at some missed event and hidden since: the client may still hold it.
            Some((last, View::Hidden)) if *last == event.position && seen_before(&events, event, who) => View::Gone,
            Some((_, View::Whole(_))) if event.audience.renews() && matches!(who, Who::Visitor(_)) => View::Gone,
            Some((_, view)) => *view,
        };
        frames.extend(Frames::default().frame(event, who, view));
    }
    frames
}

/// Whether the listener could see the thing at one of its missed events.
fn seen_before<'e>(events: &(impl Iterator<Item = &'e Event> + Clone), last: &Event, who: &Who) -> bool {
    let subject = last.audience.subject();
    events.clone().any(|event| event.audience.subject() == subject && who.view(event) != View::Hidden)
}

/// Nobody.
struct NoOne;

impl Audience for NoOne {
    fn member(&self, _member: &MemberCaller) -> View {
        View::Hidden
    }
}

/// The missed events from the database, or `None` when they are too many or no longer kept.
pub(super) async fn load(
    app: &App,
    workspace: WorkspaceId,
    after: i64,
    upto: i64,
) -> Result<Option<Vec<Event>>, Problem> {
    if upto - after > REPLAY_EVENTS {
        return Ok(None);
    }
    let kinds = app.clone();
    app.read(workspace, move |tx| {
        Box::pin(async move {
            let rows = tx
                .query(
                    sql!(
                        "SELECT position, kind, audience, payload FROM events \
                         WHERE workspace_id = $1 AND position > $2 AND position <= $3 ORDER BY position"
                    ),
                    &params![workspace, after, upto],
                )
                .await?;
            // Old events are removed from the low end only.
            let oldest = rows.first().map(|row| row.get::<i64>("position")).transpose()?;
            if upto > after && oldest != Some(after + 1) {
                return Ok(None);
            }
            let mut events = Vec::with_capacity(rows.len());
            for row in rows {
                let (name, facts): (String, String) = (row.get("kind")?, row.get("audience")?);
                let position = row.get("position")?;
                let known = kinds.events.get(name.as_str()).and_then(|kind| {
                    let audience = (kind.audience)(&facts).inspect_err(|error| {
                        tracing::error!(position, kind = kind.name, %error, "failed to read who may see an event");
                    });
                    Some((kind.name, audience.ok()?))
                });
                // A newer version's event means nothing here, but its position must not be missing.
                let (kind, audience) = known.unwrap_or(("unknown", Arc::new(NoOne)));
                events.push(Event { position, kind, audience, payload: row.get("payload")? });
            }
            Ok(Some(events))
        })
    })
    .await
}
