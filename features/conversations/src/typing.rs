//! Typing and viewing: told now or never, stored nowhere. They expire at the listener, typing after 8 seconds; who goes
//! on repeats it.

use crate::{
    Author, AuthorKind, Thread,
    access::{Can, can_read},
    event::{VisitorAuthor, VisitorAuthorKind},
    thread::{load_of_contact, member_author},
};
use base::{App, Caller, Problem, SocketFrame, VisitorCaller, stream::Whisper};
use futures_util::future::{BoxFuture, FutureExt};
use ids::ConversationId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The frame that members and visitors send while they write.
pub(crate) const FRAME: SocketFrame = SocketFrame { name: "typing", handle: typing };

#[derive(Deserialize)]
struct Typing {
    /// Members say where; a visitor has one conversation only.
    conversation_id: Option<ConversationId>,
    on: bool,
    /// Of members: he has it before his eyes, and perhaps writes nothing.
    #[serde(default)]
    viewing: bool,
}

#[derive(Serialize)]
struct ToMembers<'a> {
    r#type: &'static str,
    conversation_id: ConversationId,
    author: &'a Author,
    on: bool,
    viewing: bool,
}

#[derive(Serialize)]
struct ToVisitors {
    r#type: &'static str,
    author: VisitorAuthor,
    on: bool,
}

fn typing(app: App, caller: Caller, frame: serde_json::Value) -> BoxFuture<'static, ()> {
    async move {
        let Ok(typing) = serde_json::from_value::<Typing>(frame) else { return };
        let told = match &caller {
            Caller::Member(_) => member_types(&app, &caller, &typing).await,
            Caller::Visitor(visitor) => visitor_types(&app, visitor, &typing).await,
            Caller::Nobody | Caller::Inbox(_) => Ok(()),
        };
        if let Err(problem @ Problem::Internal(_)) = told {
            tracing::warn!(%problem, "failed to pass on that somebody types");
        }
    }
    .boxed()
}

async fn member_types(app: &App, caller: &Caller, typing: &Typing) -> Result<(), Problem> {
    let member = caller.member()?.clone();
    let Some(id) = typing.conversation_id else { return Ok(()) };
    let asking = member.clone();
    let thread = app.read(member.workspace, move |tx| Box::pin(async move { can_read(&asking, id, tx).await })).await?;
    if typing.viewing {
        return whisper(app, &thread, &member_author(&member), typing, None, member.id.0, member.workspace);
    }
    if !thread.facts().can(&member).has(Can::Reply) {
        return Ok(());
    }
    let author = member_author(&member);
    let visitors = ToVisitors {
        r#type: "typing",
        author: VisitorAuthor { kind: VisitorAuthorKind::Agent, name: Some(member.name.clone()) },
        on: typing.on,
    };
    whisper(app, &thread, &author, typing, Some(serde_json::to_string(&visitors)?), member.id.0, member.workspace)
}

/// A visitor writes: his conversation's members may know.
async fn visitor_types(app: &App, visitor: &Arc<VisitorCaller>, typing: &Typing) -> Result<(), Problem> {
    let (inbox, contact) = (visitor.inbox, visitor.contact);
    let thread = app
        .read(visitor.workspace, move |tx| Box::pin(async move { load_of_contact(tx, inbox, contact).await }))
        .await?;
    let Some(thread) = thread else { return Ok(()) };
    contact_types(app, visitor.workspace, &thread, visitor.id.0, typing.on)
}

/// The contact of a conversation writes, as `from` tells. Of a blocked one nobody hears.
pub fn contact_types(
    app: &App,
    workspace: ids::WorkspaceId,
    thread: &Thread,
    from: ids::Uuid,
    on: bool,
) -> Result<(), Problem> {
    if thread.conversation.block.is_some() {
        return Ok(());
    }
    let author = Author { kind: AuthorKind::Contact, ..thread.contact_author() };
    let typing = Typing { conversation_id: None, on, viewing: false };
    whisper(app, thread, &author, &typing, None, from, workspace)
}

fn whisper(
    app: &App,
    thread: &Thread,
    author: &Author,
    Typing { on, viewing, .. }: &Typing,
    visitors: Option<String>,
    from: ids::Uuid,
    workspace: ids::WorkspaceId,
) -> Result<(), Problem> {
    let members =
        ToMembers { r#type: "typing", conversation_id: thread.conversation.id, author, on: *on, viewing: *viewing };
    app.hub.whisper(Whisper {
        workspace,
        audience: Arc::new(thread.facts()),
        members: Some(serde_json::to_string(&members)?),
        visitors,
        from: Some(from),
    });
    Ok(())
}
