//! One socket: hello, what was missed, then frames as they come.

use super::{Frame, Who, close, hub::Subscription, position_text, replay};
use crate::{App, Caller, Credentials, Problem, ctx, refusal};
use axum::{
    extract::{
        FromRequestParts, Request, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    response::Response,
};
use futures_util::SinkExt;
use ids::WorkspaceId;
use serde::Deserialize;
use std::time::{Duration, Instant};

/// The default read buffer of 128 KiB would cost 1.3 GB at 10,000 sockets.
const READ_BUFFER: usize = 1_024;
const FRAME_BYTES: usize = 64 * 1024;
/// How often a listener is proven at its hello before it is told to come back.
const PROOFS: u32 = 5;
const HELLO_WAIT: Duration = Duration::from_secs(10);
/// A write that takes longer means a peer that is gone or does not read.
const WRITE_WAIT: Duration = Duration::from_secs(30);
const FRAMES_PER_SECOND: u32 = 30;
/// How often it is looked at least whether the time of a token has come: clocks are set.
const LOOK_EVERY: Duration = Duration::from_secs(2);

#[derive(Deserialize)]
struct Hello {
    #[serde(rename = "type")]
    kind: String,
    after: Option<i64>,
    token: Option<String>,
}

/// The socket of a member: his cookie and its Origin, or his token, are checked before the upgrade.
pub async fn upgrade_member(app: App, request: Request) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let credentials = ctx::credentials(&parts, &app);
    if credentials.bearer.is_none() {
        ctx::same_origin(&parts.headers, &app)?;
    }
    let caller = app.authenticate(&credentials).await?;
    caller.member()?;
    ctx::admit(&caller, true, &app)?;
    upgrade(app, credentials, Who::member, Request::from_parts(parts, body)).await
}

/// The socket of a visitor, who proves himself in the first frame: browsers cannot set headers on a socket.
pub async fn upgrade_visitor(app: App, request: Request) -> Result<Response, Problem> {
    ctx::same_origin(request.headers(), &app)?;
    upgrade(app, Credentials::default(), Who::visitor, request).await
}

/// Who is let in at a socket, of those who prove themselves.
type Welcome = fn(&Caller) -> Option<Who>;

async fn upgrade(app: App, credentials: Credentials, welcome: Welcome, request: Request) -> Result<Response, Problem> {
    let (mut parts, _) = request.into_parts();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &app).await.map_err(|_| refusal::INVALID_BODY)?;
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(FRAME_BYTES * 2)
        .max_message_size(FRAME_BYTES)
        .max_frame_size(FRAME_BYTES);
    Ok(upgrade.on_upgrade(move |socket| async move { Box::pin(serve(app, credentials, welcome, socket)).await }))
}

async fn serve(app: App, credentials: Credentials, welcome: Welcome, mut socket: WebSocket) {
    let code = match open(&app, credentials, welcome, &mut socket).await {
        Ok((caller, opened)) => {
            let (workspace, listener) = (caller.workspace(), opened.listener);
            let code = Box::pin(follow(&app, &caller, &mut socket, opened)).await;
            app.hub.unsubscribe(workspace, listener);
            code
        }
        Err(code) => Some(code),
    };
    if let Some(code) = code {
        let frame = CloseFrame { code, reason: Utf8Bytes::default() };
        let _ = tokio::time::timeout(WRITE_WAIT, socket.send(Message::Close(Some(frame)))).await;
    }
}

struct Opened {
    listener: u64,
    frames: tokio::sync::mpsc::Receiver<Frame>,
}

/// Reads the hello, proves the caller, and sends what was missed. `Err` is the close code.
async fn open(
    app: &App,
    mut credentials: Credentials,
    welcome: Welcome,
    socket: &mut WebSocket,
) -> Result<(Caller, Opened), u16> {
    let first = tokio::time::timeout(HELLO_WAIT, socket.recv()).await.map_err(|_| close::BAD_FRAME)?;
    let Some(Ok(Message::Text(text))) = first else { return Err(close::BAD_FRAME) };
    let hello: Hello = serde_json::from_str(&text).map_err(|_| close::BAD_FRAME)?;
    if hello.kind != "hello" {
        return Err(close::BAD_FRAME);
    }
    if credentials.cookie.is_none() && credentials.bearer.is_none() {
        credentials.bearer = hello.token;
    }
    let (caller, who, subscription) = subscribe(app, &credentials, welcome, hello.after).await?;
    let workspace = caller.workspace();
    let opened = Opened { listener: subscription.listener, frames: subscription.frames };
    let missed = match (subscription.missed, hello.after) {
        (Some(missed), _) => Some(missed),
        (None, Some(after)) => missed(app, workspace, &who, after, subscription.position).await,
        (None, None) => Some(Vec::new()),
    };
    // Too much was missed, or rights changed meanwhile: what the client holds may be wrong as a whole.
    let missed = missed.filter(|missed| !missed.iter().any(|frame| matches!(frame, Frame::Close(_))));
    let reset = Frame::Text(position_text("reset", subscription.position));
    match send_missed(socket, missed.unwrap_or_else(|| vec![reset]), subscription.position).await {
        Ok(()) => Ok((caller, opened)),
        Err(code) => {
            app.hub.unsubscribe(workspace, opened.listener);
            Err(code)
        }
    }
}

/// Proves the caller and makes him a listener. Proven now and not at the upgrade: a sign-in may have ended between the
/// two. When rights change before the hub knows the listener, he is proven again.
async fn subscribe(
    app: &App,
    credentials: &Credentials,
    welcome: Welcome,
    after: Option<i64>,
) -> Result<(Caller, Who, Subscription), u16> {
    for _ in 0..PROOFS {
        let epoch = app.callers.epoch();
        let caller = app.authenticate(credentials).await.map_err(|_| close::GOING)?;
        let who = welcome(&caller).ok_or(close::SIGNED_OUT)?;
        if app.is_stopping() {
            return Err(close::GOING);
        }
        let workspace = caller.workspace();
        let subscription = app.hub.subscribe(who.clone(), workspace, after).await.ok_or(close::GOING)?;
        if !app.callers.is_outdated(&caller, epoch) {
            return Ok((caller, who, subscription));
        }
        app.hub.unsubscribe(workspace, subscription.listener);
    }
    Err(close::RIGHTS_CHANGED)
}

async fn missed(app: &App, workspace: WorkspaceId, who: &Who, after: i64, position: i64) -> Option<Vec<Frame>> {
    if after > position || after < 0 {
        return None; // a cursor from the future: the database was restored from a backup
    }
    match replay::load(app, workspace, after, position).await {
        Ok(events) => events.map(|events| replay::frames(events.iter(), who)),
        Err(problem) => {
            tracing::warn!(%problem, "failed to read missed events");
            None
        }
    }
}

async fn send_missed(socket: &mut WebSocket, missed: Vec<Frame>, position: i64) -> Result<(), u16> {
    for frame in missed {
        if let Frame::Text(text) = frame {
            write(socket, text).await?;
        }
    }
    write(socket, position_text("ready", position)).await
}

async fn write(socket: &mut WebSocket, text: Utf8Bytes) -> Result<(), u16> {
    match tokio::time::timeout(WRITE_WAIT, socket.send(Message::Text(text))).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(close::TOO_SLOW),
    }
}

/// Passes frames both ways until the socket ends; answers the close code that is still to be sent.
async fn follow(app: &App, caller: &Caller, socket: &mut WebSocket, mut opened: Opened) -> Option<u16> {
    let mut rate = Rate::new();
    let mut over = std::pin::pin!(token_is_over(app, caller));
    loop {
        tokio::select! {
            () = &mut over => return Some(close::SIGNED_OUT),
            frame = opened.frames.recv() => {
                let Some(frame) = frame else { return Some(close::TOO_SLOW) };
                if is_over(app, caller) {
                    return Some(close::SIGNED_OUT);
                }
                if let Err(code) = pass(socket, frame, &mut opened.frames).await {
                    return Some(code);
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    if is_over(app, caller) {
                        return Some(close::SIGNED_OUT);
                    }
                    if !rate.allows() {
                        return Some(close::BAD_FRAME);
                    }
                    take(app, caller, socket, &text).await?;
                }
                Some(Ok(Message::Close(_))) | Some(Err(_)) | None => return None,
                Some(Ok(Message::Binary(_))) => return Some(close::BAD_FRAME),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            }
        }
    }
}

/// Whether the time of the caller's token has come.
fn is_over(app: &App, caller: &Caller) -> bool {
    caller.until().is_some_and(|until| until <= app.clock.now())
}

/// Comes when the time of a member's token has come; of others never.
async fn token_is_over(app: &App, caller: &Caller) {
    let Some(until) = caller.until() else { return std::future::pending().await };
    while let Ok(left @ 1..) = u64::try_from(until - app.clock.now()) {
        tokio::time::sleep(Duration::from_millis(left).min(LOOK_EVERY)).await;
    }
}

/// Writes a frame and whatever else is ready, with one flush.
async fn pass(
    socket: &mut WebSocket,
    first: Frame,
    frames: &mut tokio::sync::mpsc::Receiver<Frame>,
) -> Result<(), u16> {
    let mut next = Some(first);
    while let Some(frame) = next {
        let text = match frame {
            Frame::Text(text) => text,
            Frame::Close(code) => return Err(code),
        };
        match tokio::time::timeout(WRITE_WAIT, socket.feed(Message::Text(text))).await {
            Ok(Ok(())) => {}
            _ => return Err(close::TOO_SLOW),
        }
        next = frames.try_recv().ok();
    }
    match tokio::time::timeout(WRITE_WAIT, socket.flush()).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(close::TOO_SLOW),
    }
}

/// Handles a client's frame; `None` ends the socket.
async fn take(app: &App, caller: &Caller, socket: &mut WebSocket, text: &str) -> Option<()> {
    let Ok(frame) = serde_json::from_str::<serde_json::Value>(text) else { return Some(()) };
    match frame.get("type").and_then(|kind| kind.as_str()) {
        Some("ping") => write(socket, Utf8Bytes::from_static(r#"{"type":"pong"}"#)).await.ok(),
        Some(kind) => {
            // Others are told what such a frame says: it is a change, and counts as one.
            if let Some(handler) = app.frames.get(kind)
                && ctx::admit(caller, false, app).is_ok()
            {
                (handler.handle)(app.clone(), caller.clone(), frame).await;
            }
            Some(())
        }
        None => Some(()),
    }
}

/// At most [`FRAMES_PER_SECOND`] in any one second.
struct Rate {
    since: Instant,
    count: u32,
}

impl Rate {
    fn new() -> Self {
        Self { since: Instant::now(), count: 0 }
    }

    fn allows(&mut self) -> bool {
        if self.since.elapsed() > Duration::from_secs(1) {
            *self = Self::new();
        }
        self.count += 1;
        self.count <= FRAMES_PER_SECOND
    }
}
