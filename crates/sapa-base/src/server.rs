//! The HTTP server: the features' routes, the operator's routes, and what holds for every answer.

use crate::{App, Feature, Problem, document, refusal};
use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use db::sql;
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    convert::Infallible,
    time::{Duration, Instant},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
};
use tower::ServiceExt as _;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    timeout::RequestBodyTimeoutLayer,
};
use utoipa_axum::router::OpenApiRouter;

/// JSON bodies; uploads set their own limit.
const BODY_BYTES: usize = 1024 * 1024;
/// Shorter answers are not worth compressing.
const COMPRESS_BYTES: u16 = 1_400;
/// A peer that does not acknowledge what was sent to it for so long is gone; sockets hear a heartbeat every 30 s.
const DEAD_PEER_MS: u32 = 60_000;
/// How long the head of a request may take, and how long a connection may stay open without one.
const HEAD_WAIT: Duration = Duration::from_secs(60);
/// How long a body may pause.
const BODY_WAIT: Duration = Duration::from_secs(30);
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);
/// After this a request that is still open at a graceful stop is cut.
const STOP_WAIT: Duration = Duration::from_secs(20);

/// The routes of all features, and their description.
pub fn routes(features: Vec<Feature>) -> (Router<App>, utoipa::openapi::OpenApi) {
    let facts = document::Facts::of(&features);
    let begun = OpenApiRouter::with_openapi(document::begin());
    let merged = features.into_iter().fold(begun, |all, feature| all.merge(feature.routes));
    let (router, mut document) = merged.split_for_parts();
    document::complete(&mut document, facts);
    let text = serde_json::to_string(&document).unwrap_or_default();
    let router = router
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(|State(app): State<App>| async move { app.metrics.render() }))
        .route(
            "/api/v1/openapi.json",
            get(|| async move { ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text) }),
        )
        .route("/api/{*rest}", any(|| async { Problem::from(refusal::NOT_FOUND) }))
        .route("/w/api/{*rest}", any(|| async { Problem::from(refusal::NOT_FOUND) }))
        .method_not_allowed_fallback(|| async { Problem::from(refusal::METHOD_NOT_ALLOWED) });
    (router, document)
}

/// The finished service.
pub fn service(app: App, routes: Router<App>) -> Router {
    let compress = CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(COMPRESS_BYTES.into()).and(NotForContentType::IMAGES));
    routes
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(RequestBodyTimeoutLayer::new(BODY_WAIT))
        .layer(compress)
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            tracing::error!("a handler panicked");
            Problem::Internal(anyhow::anyhow!("panic")).into_response()
        }))
        .layer(middleware::from_fn_with_state(app.clone(), measure))
        .with_state(app)
}

/// Serves until `stop` resolves; then takes nothing new, tells sockets to come back, and finishes what runs.
pub async fn serve(
    app: App,
    routes: Router,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WAIT);
    let mut stop = std::pin::pin!(stop);
    let (stopping, told) = watch::channel(());
    // Every connection holds one end; when the other end hears nothing more, all are gone.
    let (open, mut all_gone) = mpsc::channel::<()>(1);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Usually too many open files: some must close first.
                tracing::warn!(%error, "failed to accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        prepare(&stream);
        let routes = routes.clone();
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            routes.clone().oneshot(request.map(Body::new))
        });
        let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
        tokio::spawn(until_stopped(connection, told.clone(), open.clone()));
    }
    drop((listener, open));
    app.stop();
    stopping.send_replace(());
    // Nobody sends: it answers when the last connection has ended.
    let _ = tokio::time::timeout(STOP_WAIT, all_gone.recv()).await;
    Ok(())
}

/// Serves one connection; once the server stops, what it is at, and no further request.
async fn until_stopped<S>(
    connection: http1::UpgradeableConnection<TokioIo<TcpStream>, S>,
    mut told: watch::Receiver<()>,
    _open: mpsc::Sender<()>,
) where
    S: Service<hyper::Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Send,
{
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = told.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

fn prepare(stream: &TcpStream) {
    // Small frames must leave at once.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "failed to switch off Nagle's algorithm");
    }
    if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, DEAD_PEER_MS) {
        tracing::debug!(%error, "failed to limit how long a dead peer keeps its connection");
    }
}

/// Whether this node can commit: a write of nothing, through the same path as every change.
async fn ready(State(app): State<App>) -> Response {
    let nobody = ids::WorkspaceId(ids::Uuid::nil());
    let write = app.write(nobody, |tx| {
        Box::pin(async move {
            tx.execute(sql!("UPDATE event_positions SET position = position WHERE workspace_id IS NULL"), &[]).await?;
            Ok(())
        })
    });
    match tokio::time::timeout(Duration::from_secs(4), write).await {
        Ok(Ok(())) if !app.is_stopping() => (StatusCode::OK, "ready").into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response(),
    }
}

async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let mut response = next.run(request).await;
    app.metrics.requests.inc();
    app.metrics.request_seconds.observe(started.elapsed().as_secs_f64());
    if response.status().is_server_error() {
        app.metrics.problems.inc();
    }
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The description of the interface as it is committed: pretty, with a line end.
pub fn document_text(document: &utoipa::openapi::OpenApi) -> serde_json::Result<String> {
    serde_json::to_string_pretty(document).map(|text| text + "\n")
}
