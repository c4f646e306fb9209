//! `sapa serve`: the server, until it is told to stop.

use crate::{
    features, open,
    settings::{Log, LogFormat, Settings, Wrong},
};
use base::{App, server};
use std::process::ExitCode;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

#[tokio::main]
pub async fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    start_log(&settings.log);
    let store = open::store(&settings.storage).await?;
    let app = App::new(store.parts(&settings), &features::all());
    let (routes, _) = server::routes(features::all());
    let service = server::service(app.clone(), routes.merge(web::routes(allowed_sites)));
    let listener = listen(&settings).await?;
    tracing::info!(address = %listener.local_addr()?, engine = ?store.db.engine(), "sapa listens");
    server::serve(app, service, listener, stop()?).await?;
    tracing::info!("sapa stopped");
    Ok(ExitCode::SUCCESS)
}

/// Which sites may embed the widget of an inbox.
fn allowed_sites(_app: App, _inbox: String) -> futures_util::future::BoxFuture<'static, Option<Vec<String>>> {
    Box::pin(async { None })
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

/// Resolves when the operator or the machine asks the program to end.
pub fn stop() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("asked to stop");
    })
}
