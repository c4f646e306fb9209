//! `sapa serve`: the server, until it is told to stop.

use crate::{
    open::{self, Program},
    settings::{Log, LogFormat, Settings, Wrong},
};
use axum::{
    Router,
    http::{HeaderValue, header},
    middleware,
    response::Response,
};
use base::{App, Problem, server};
use futures_util::future::BoxFuture;
use ids::InboxId;
use rustix::process::{Resource, getrlimit, setrlimit};
use std::{net::SocketAddr, process::ExitCode};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

/// Browsers that came once over HTTPS come over nothing else for a year.
const ONLY_HTTPS: &str = "max-age=31536000";

#[tokio::main]
pub async fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    start_log(&settings.log);
    raise_open_files();
    let program = open::program(&settings).await?;
    let listener = listen(&settings).await?;
    let address = address(&settings, listener.local_addr()?);
    tracing::info!(address, listen = %listener.local_addr()?, engine = ?program.app.db.engine(), "sapa listens");
    if people::setup_needed(&program.app).await.map_err(internal)? {
        let link = format!("{address}/setup#{}", program.setup_token);
        tracing::info!(link, "no workspace yet: open this link to make one; it works until this process ends");
    }
    until_stopped(&settings, program, Router::new(), listener).await
}

/// Serves the program, and `more` beside it.
pub async fn until_stopped(
    settings: &Settings,
    program: Program,
    more: Router<App>,
    listener: TcpListener,
) -> anyhow::Result<ExitCode> {
    let Program { app, routes, .. } = &program;
    let routes = routes.clone().merge(more).merge(web::routes(public_inbox));
    let mut service = server::service(app.clone(), routes);
    if settings.server.public_url.0.as_deref().is_some_and(|url| url.starts_with("https://")) {
        service = service.layer(middleware::map_response(only_https));
    }
    server::serve(app.clone(), service, listener, stop()?).await?;
    if let Err(error) = app.db.settle().await {
        // Nothing is lost: the next start goes through the log.
        tracing::warn!(%error, "failed to empty the write-ahead log");
    }
    tracing::info!("sapa stopped");
    Ok(ExitCode::SUCCESS)
}

/// Each connection is an open file: takes as many as the operator allows at most, instead of the usual 1,024.
fn raise_open_files() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::warn!(%error, "failed to raise the number of open files");
    }
}

async fn only_https(mut response: Response) -> Response {
    response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_HTTPS));
    response
}

/// An inbox as the widget's pages need it. A failed look-up shows no frame rather than an open one.
fn public_inbox(app: App, inbox: String, site: Option<String>) -> BoxFuture<'static, Option<web::PublicInbox>> {
    Box::pin(async move {
        let id: InboxId = inbox.parse().ok()?;
        let nowhere = ids::WorkspaceId(ids::Uuid::nil());
        let found = app.read(nowhere, move |tx| Box::pin(inboxes::find_anywhere(tx, id))).await;
        found.inspect_err(|problem| tracing::error!(%problem, "failed to find an inbox")).ok()?.map(|found| {
            web::PublicInbox {
                enabled: found.enabled,
                greets: found.website.speaks_first(),
                allowed_here: site.is_none_or(|site| found.website.allows(&site)),
                allowed_sites: found.website.allowed_origins,
            }
        })
    })
}

/// Where people reach this server.
pub fn address(settings: &Settings, listen: SocketAddr) -> String {
    if let Some(url) = &settings.server.public_url.0 {
        return url.clone();
    }
    // Browsers keep the sign-in cookie of a plain address only for this machine, and all of them by this name.
    let here = listen.ip().is_loopback() || listen.ip().is_unspecified();
    if here { format!("http://localhost:{}", listen.port()) } else { format!("http://{listen}") }
}

pub fn start_log(log: &Log) {
    let lines = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(&log.level.0)).with_writer(std::io::stderr);
    match log.format {
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).with_span_list(false).init(),
        LogFormat::Text => lines.with_target(false).init(),
    }
}

pub async fn listen(settings: &Settings) -> Result<TcpListener, Wrong> {
    let address = settings.server.listen.0;
    TcpListener::bind(address).await.map_err(|error| {
        Wrong::value("server.listen", format!("cannot be used ({address}: {error}): choose another address or port"))
    })
}

/// A command's refusal or failure, outside of HTTP.
pub fn internal(problem: Problem) -> anyhow::Error {
    match problem {
        Problem::Internal(error) => error,
        Problem::Refused(refusal, _) if refusal == base::refusal::STORAGE_FULL => {
            anyhow::anyhow!("the disk is full: make room and start again; nothing that was confirmed is lost")
        }
        refused => anyhow::anyhow!("{refused}"),
    }
}

/// Resolves when the operator or the machine asks the program to end.
fn stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("asked to stop");
    })
}
