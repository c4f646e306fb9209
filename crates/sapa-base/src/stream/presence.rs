//! Tells the features who came and who left: one visitor after another, whatever the crowd.
//!
//! What must stay true: of a visitor the newest is told last, so nobody who is back stays gone; what waits is at most
//! one piece of news for each.

use crate::{App, Ms, VisitorCaller};
use ids::ContactId;
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::mpsc;

/// The visitor is here, or has left and since when.
pub(super) struct Whereabouts {
    pub visitor: Arc<VisitorCaller>,
    pub left: Option<Ms>,
}

pub(super) async fn tell(app: App, mut news: mpsc::UnboundedReceiver<Whereabouts>) {
    let mut waiting: BTreeMap<ContactId, Whereabouts> = BTreeMap::new();
    while let Some(first) = news.recv().await {
        waiting.insert(first.visitor.contact, first);
        while let Some((_, Whereabouts { visitor, left })) = waiting.pop_first() {
            for presence in &app.presences {
                presence(app.clone(), visitor.clone(), left).await;
            }
            while let Ok(newer) = news.try_recv() {
                waiting.insert(newer.visitor.contact, newer);
            }
        }
    }
}
