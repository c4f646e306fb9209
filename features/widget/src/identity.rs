//! A visitor proves who he is by what his website signed; see `statement`.
//!
//! What must stay true: only a signature makes a visitor somebody who is known, or shows him what was said elsewhere;
//! what an anonymous visitor said goes with him, what a proven one said never goes with another; the token changes
//! whenever the person does, and the one before opens nothing more.

use crate::{
    IDENTITY_KEY_MISSING,
    answers::Answers,
    limit, statement,
    visitor::{AnyVisitor, CreateVisitor, NewVisitor, answering, enter, insert},
};
use axum::{Json, http::StatusCode};
use base::{
    Audience, Body, Caller, ClientAddress, Ctx, EventKind, MemberCaller, NewEvent, Permit, Problem, Tx, View,
    VisitorCaller, network_of, stream::close::RIGHTS_CHANGED,
};
use contacts::Person;
use db::{params, sql};
use ids::{ContactId, VisitorId};
use inboxes::FoundInbox;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// A visitor's token was replaced or is over.
pub static REPLACED: EventKind =
    EventKind { name: "visitor.replaced", audience: |facts| Ok(Arc::new(serde_json::from_str::<Replaced>(facts)?)) };

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Identify {
    /// The token that the website signed.
    pub identity: String,
    /// The page and its browser, and what is asked of somebody who is new here. What is signed answers it too.
    pub visitor: CreateVisitor,
}

#[derive(Serialize, ToSchema)]
pub struct Identified {
    /// Instead of the one before, which opens nothing more; `null` when that one goes on.
    pub token: Option<String>,
}

/// Somebody on a website: a visitor already, or not yet.
pub struct Anybody(Option<Arc<VisitorCaller>>);

impl Permit for Anybody {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        Ok(Self(caller.visitor().ok().cloned()))
    }
}

/// The sockets of one visitor.
#[derive(Serialize, Deserialize)]
struct Replaced {
    visitor: VisitorId,
    contact: ContactId,
}

impl Audience for Replaced {
    fn member(&self, _member: &MemberCaller) -> View {
        View::Hidden
    }

    fn contact(&self) -> Option<ContactId> {
        Some(self.contact)
    }

    fn visitor(&self, visitor: &VisitorCaller) -> View {
        if visitor.id == self.visitor { View::Close(RIGHTS_CHANGED) } else { View::Hidden }
    }

    fn changes_visitor(&self) -> Option<VisitorId> {
        Some(self.visitor)
    }
}

/// Whom this browser was so far.
struct Before {
    visitor: VisitorId,
    contact: ContactId,
    /// Nobody vouched for him, and nobody shut him out.
    anonymous: bool,
}

/// Who is signed, for the inbox that he came to.
async fn signed(tx: &mut Tx<'_>, Identify { identity, visitor }: &Identify) -> Result<(FoundInbox, Person), Problem> {
    let inbox = enter(tx, visitor.inbox_id, &visitor.origin).await?;
    let keys = inboxes::identity_keys(tx, inbox.id).await?;
    if keys.is_empty() {
        return Err(IDENTITY_KEY_MISSING.into());
    }
    let person = statement::read(identity, &keys, inbox.id, tx.now)?;
    Ok((inbox, person))
}

/// Whether nothing of it is news and his token goes on. Each page says it again of everybody who is signed in, so this
/// only reads.
async fn goes_on(tx: &mut Tx<'_>, caller: &VisitorCaller, asked: &Identify) -> Result<bool, Problem> {
    let (inbox, person) = signed(tx, asked).await?;
    if caller.inbox != inbox.id {
        return Ok(false);
    }
    let Some(contact) = contacts::proven(tx, &person).await? else { return Ok(false) };
    let row = tx
        .first(
            sql!("SELECT id FROM visitors WHERE workspace_id = $1 AND token_hash = $2 AND contact_id = $3"),
            &params![tx.workspace, caller.token, contact.id],
        )
        .await?;
    Ok(row.is_some() && conversations::has_met(tx, inbox.id, &contact).await?)
}

async fn identify(
    tx: &mut Tx<'_>,
    caller: Option<Arc<VisitorCaller>>,
    asked: &Identify,
) -> Result<Identified, Problem> {
    let (inbox, person) = signed(tx, asked).await?;
    let visitor = &asked.visitor;
    let before = match caller.filter(|caller| caller.inbox == inbox.id) {
        Some(caller) => before(tx, &caller).await?,
        None => None,
    };
    let anonymous = before.as_ref().filter(|before| before.anonymous);
    let here = match anonymous {
        Some(before) => Some(before.contact),
        None if contacts::called(tx, inbox.id, &person.external_id).await?.is_some() => None,
        None => {
            let answers = with_signed(&visitor.answers, &person);
            Some(answering(tx, &inbox, &visitor.locale, answers).await?)
        }
    };
    let contact = contacts::prove(tx, person, here).await?;
    match anonymous {
        Some(before) if before.contact != contact.id => {
            contacts::agree_alike(tx, before.contact, contact.id).await?;
            conversations::join(tx, inbox.id, before.contact, &contact).await?;
        }
        _ => conversations::meet(tx, inbox.id, &contact).await?,
    }
    if before.as_ref().is_some_and(|before| !before.anonymous && before.contact == contact.id) {
        return Ok(Identified { token: None });
    }
    // What an anonymous visitor uploaded and did not send yet stays his.
    let id = anonymous.map_or_else(|| VisitorId(tx.uuid()), |before| before.visitor);
    if let Some(before) = before {
        remove(tx, before.visitor, before.contact).await?;
    }
    let made = insert(tx, NewVisitor { id, contact: contact.id, from: visitor, identified_at: Some(tx.now) }).await?;
    Ok(Identified { token: Some(made.token) })
}

/// As he is now, until this transaction ends. Another tab may have been quicker: then his token is over, and he is
/// whoever has none.
async fn before(tx: &mut Tx<'_>, caller: &VisitorCaller) -> Result<Option<Before>, Problem> {
    let row = tx
        .first(
            sql!(
                sqlite: "SELECT contact_id, identified_at FROM visitors WHERE workspace_id = ?1 AND id = ?2 \
                         AND token_hash = ?3",
                postgres: "SELECT contact_id, identified_at FROM visitors WHERE workspace_id = $1 AND id = $2 \
                           AND token_hash = $3 FOR UPDATE"
            ),
            &params![tx.workspace, caller.id, caller.token],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let contact: ContactId = row.get("contact_id")?;
    let known = contacts::find(tx, contact).await?.is_some_and(|contact| contact.verified.is_some());
    let identified = row.get::<Option<i64>>("identified_at")?.is_some();
    // Who was shut out stays the stranger who was: the person may be somebody else at the same computer.
    let blocked = conversations::block_of_contact(tx, contact).await?.is_some();
    Ok(Some(Before { visitor: caller.id, contact, anonymous: !known && !identified && !blocked }))
}

/// What is signed need not be asked.
fn with_signed(answers: &Answers, person: &Person) -> Answers {
    let signed = &person.signed;
    Answers {
        name: signed.name.clone().or(answers.name.clone()),
        email: signed.email.clone().or(answers.email.clone()),
        phone: signed.phone.clone().or(answers.phone.clone()),
        consent_version: answers.consent_version,
    }
}

async fn remove(tx: &mut Tx<'_>, visitor: VisitorId, contact: ContactId) -> Result<(), Problem> {
    tx.put(sql!("DELETE FROM visitors WHERE workspace_id = $1 AND id = $2"), params![tx.workspace, visitor]).await?;
    tx.emit(NewEvent::new(&REPLACED, Replaced { visitor, contact }, &())?);
    Ok(())
}

/// Prove who a visitor is
///
/// With a signed token of the website. Who was anonymous so far brings along what he wrote.
#[utoipa::path(
    post, path = "/w/api/v1/identity", tag = "widget", request_body = Identify,
    responses((status = 200, body = Identified), (status = "default", description = "not_found, inbox_disabled, origin_not_allowed, too_many_requests, invalid_body, identity_key_missing, identity_invalid, identity_expired, identity_too_long, pre_chat_incomplete, consent_outdated", body = base::ProblemBody))
)]
pub async fn identify_visitor(
    ctx: Ctx<Anybody>,
    ClientAddress(address): ClientAddress,
    Body(asked): Body<Identify>,
) -> Result<Json<Identified>, Problem> {
    ctx.app().throttle(&limit::IDENTITIES_PER_ADDRESS, &network_of(&address))?;
    let asked = Arc::new(asked);
    let known = asked.clone();
    let goes_on = ctx.clone().read(move |tx, Anybody(caller)| {
        Box::pin(async move {
            let Some(caller) = caller else { return Ok(false) };
            goes_on(tx, &caller, &known).await
        })
    });
    if goes_on.await? {
        return Ok(Json(Identified { token: None }));
    }
    ctx.write(move |tx, Anybody(caller)| Box::pin(async move { identify(tx, caller, &asked).await })).await.map(Json)
}

/// Forget who the visitor of this browser is
///
/// His token opens nothing more. What he wrote stays with him, for when he proves again who he is.
#[utoipa::path(
    delete, path = "/w/api/v1/identity", tag = "widget",
    responses((status = 204), (status = "default", body = base::ProblemBody))
)]
pub async fn forget_visitor(
    ctx: Ctx<AnyVisitor>,
    ClientAddress(address): ClientAddress,
) -> Result<StatusCode, Problem> {
    ctx.app().throttle(&limit::IDENTITIES_PER_ADDRESS, &network_of(&address))?;
    ctx.write(|tx, AnyVisitor(visitor)| {
        Box::pin(async move {
            // Another tab may have proven him meanwhile: its token is not this one's to end.
            let Some(Before { visitor, contact, .. }) = before(tx, &visitor).await? else { return Ok(()) };
            remove(tx, visitor, contact).await
        })
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
