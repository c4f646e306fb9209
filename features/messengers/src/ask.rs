//! Making an adapter's requests, by the only way out.

use base::App;
use bytes::Bytes;
use channels::{Answer, Body, Method, OutboundFile, Outcome, Request};
use conversations::FoundFile;
use futures_util::{StreamExt, stream};
use outbound::{Answered, Ask, AskBody, Failure, Target, Unanswered};
use std::time::Duration;
use tokio_util::io::ReaderStream;

/// Shorter than a row of the outbox is taken for.
pub(crate) const WAIT: Duration = Duration::from_secs(25);

/// `files` are those of the outbound, in its order.
pub(crate) async fn ask(
    app: &App,
    request: Request,
    files: &[FoundFile],
    wait: Duration,
) -> Result<Answered, Unanswered> {
    let nowhere = |failure| Unanswered { failure, left: false };
    // An address of ours that does not parse names nobody.
    let target = Target::parse(&request.address).ok_or_else(|| nowhere(Failure::Name))?;
    let mut headers = request.headers;
    let body = match request.body {
        Body::Empty => (request.method == Method::Post).then(|| AskBody::of(Vec::new())),
        Body::Json(bytes) => Some(AskBody::of(bytes)),
        Body::Form { fields, field, file } => {
            let file = files.get(file).ok_or_else(|| nowhere(Failure::Connection("no such file".to_owned())))?;
            let boundary: String = app.random.bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
            headers.push(("content-type", format!("multipart/form-data; boundary={boundary}")));
            let form = form(app, &boundary, &fields, field, file).await;
            Some(form.map_err(|error| nowhere(Failure::Connection(error.to_string())))?)
        }
    };
    app.outbound.ask(&target, Ask { body, headers, wait }).await
}

/// Fields, and one file at the end, which streams from the store.
async fn form(
    app: &App,
    boundary: &str,
    fields: &[(&'static str, String)],
    field: &str,
    file: &FoundFile,
) -> std::io::Result<AskBody> {
    let (bytes, size) = app.blobs.get(&file.blob).await?;
    let mut head = String::new();
    for (name, value) in fields {
        head += &format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    let name: String = file.file.name.chars().map(|char| if matches!(char, '"' | '\\') { '_' } else { char }).collect();
    let media_type = &file.file.media_type;
    head += &format!(
        "--{boundary}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         content-type: {media_type}\r\n\r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let length = head.len() as u64 + size + tail.len() as u64;
    let around = |text: String| stream::iter([Ok(Bytes::from(text))]);
    let parts = around(head).chain(ReaderStream::new(bytes)).chain(around(tail));
    Ok(AskBody { length, parts: Box::pin(parts) })
}

pub(crate) fn answer(answered: &Answered) -> Answer<'_> {
    Answer { status: answered.status, retry_after_s: answered.retry_after_s, body: &answered.body }
}

/// What a file is to an adapter.
pub(crate) fn outbound_file(found: &FoundFile) -> OutboundFile {
    let file = &found.file;
    OutboundFile {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size: file.size.unsigned_abs(),
        width: file.width,
        height: file.height,
        uploaded: None,
    }
}

/// A word for people, of what kept a request from being answered, and of an answer that is none. No addresses.
pub(crate) fn word(failure: &Failure) -> &'static str {
    match failure {
        Failure::Private | Failure::Plain => "private",
        Failure::Name => "name",
        Failure::Late => "late",
        Failure::Connection(_) => "connection",
    }
}

pub(crate) fn outcome_word(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Permanent(detail) | Outcome::Refused(_, detail) | Outcome::Broken(detail) => detail.clone(),
        Outcome::Reauthorize => "token".to_owned(),
        Outcome::Rate(_) | Outcome::Crowded => "rate".to_owned(),
        _ => "answer".to_owned(),
    }
}
