//! The events of tags.

use crate::Tag;
use base::{EventKind, EventShape, Listeners, NewEvent, Tx, WholeWorkspace};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// A tag is new or changed.
pub static UPDATED: EventKind = EventKind { name: "tag.updated", audience: WholeWorkspace::parse };

/// How they look on the wire.
pub(crate) const SHAPES: &[EventShape] =
    &[EventShape { kind: "tag.updated", schema: "TagUpdated", lists: &[], to: Listeners::Members }];

/// Their data's schemas.
#[derive(OpenApi)]
#[openapi(components(schemas(TagUpdated)))]
pub(crate) struct Schemas;

#[derive(Serialize, ToSchema)]
pub struct TagUpdated {
    pub tag: Tag,
}

/// Tells of a tag as it is now.
pub(crate) fn updated(tx: &mut Tx<'_>, tag: &Tag) -> Result<(), serde_json::Error> {
    tx.emit(NewEvent::new(&UPDATED, WholeWorkspace::default(), &TagUpdated { tag: tag.clone() })?);
    Ok(())
}
