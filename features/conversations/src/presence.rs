//! Whether the contact of an open conversation still has the site before him: that he left, and when, until he is back.
//!
//! What must stay true: it makes nothing unread, newer or open again; what it does not know it does not say. Absent:
//! channels without a page, and several nodes that each have one of his tabs: only the one that he leaves last on each
//! node is told.

use crate::thread::{Thread, load_of_contact, lock_of_contact};
use base::{App, Ms, Problem, VisitorCaller};
use futures_util::future::{BoxFuture, FutureExt};
use std::sync::Arc;

/// The visitor is here, or has left and since when.
pub(crate) fn presence(app: App, visitor: Arc<VisitorCaller>, left: Option<Ms>) -> BoxFuture<'static, ()> {
    async move {
        if let Err(problem) = note(&app, &visitor, left).await {
            tracing::warn!(%problem, "failed to note that a visitor came or left");
        }
    }
    .boxed()
}

async fn note(app: &App, visitor: &Arc<VisitorCaller>, left: Option<Ms>) -> Result<(), Problem> {
    let (inbox, contact) = (visitor.inbox, visitor.contact);
    // Nearly always there is nothing to write.
    let known = app.read(visitor.workspace, move |tx| load_of_contact(tx, inbox, contact).boxed()).await?;
    if !known.is_some_and(|thread| is_news(&thread, left)) {
        return Ok(());
    }
    app.write(visitor.workspace, move |tx| {
        async move {
            let Some(mut thread) = lock_of_contact(tx, inbox, contact).await? else { return Ok(()) };
            if is_news(&thread, left) {
                thread.conversation.visit.get_or_insert_default().is_told(left, tx.now);
                thread.save(tx).await?;
            }
            Ok(())
        }
        .boxed()
    })
    .await
}

fn is_news(thread: &Thread, left: Option<Ms>) -> bool {
    let conversation = &thread.conversation;
    let gone = conversation.visit.as_ref().is_some_and(|visit| visit.left_at.is_some());
    conversation.is_open() && conversation.block.is_none() && gone != left.is_some()
}
