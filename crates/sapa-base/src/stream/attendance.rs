//! Tells the features which members have a socket on this node: of one when he opens his first, and of all again and
//! again, so that what other nodes know of them stays fresh.
//!
//! What must stay true: what waits is at most one piece of news for each. Absent: who left. Nothing is told of him any
//! more, on whatever node he was.

use crate::App;
use ids::{MemberId, WorkspaceId};
use std::collections::BTreeSet;
use tokio::sync::mpsc;

pub(super) async fn tell(app: App, mut news: mpsc::UnboundedReceiver<BTreeSet<(WorkspaceId, MemberId)>>) {
    while let Some(mut here) = news.recv().await {
        while let Ok(more) = news.try_recv() {
            here.extend(more);
        }
        for attendance in &app.attendances {
            attendance(app.clone(), here.clone()).await;
        }
    }
}
