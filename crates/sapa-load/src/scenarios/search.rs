//! `search`: how long typical queries take over a large number of messages, for the administrator, who may find them
//! all, and how long the index takes to get there.
//!
//! With `--server` the data set is written and imported first; with `--url` what is there is searched as it is.

use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Args;
use serde::Deserialize;
use serde_json::json;

use super::lists::{self, Desk};
use crate::client::http::Connection;
use crate::client::wire::Id;
use crate::report::{Goal, Report};
use crate::stage::Stage;
use crate::{Options, progress};

/// What people search for, by what makes it cheap or dear. The words are those of the data set.
const QUERIES: [(&str, &str); 7] = [
    ("common_word", "q=order"),
    ("two_words", "q=order%20delivery"),
    ("prefix", "q=deliv"),
    ("phrase", "q=%22thank%20you%22"),
    ("indonesian", "q=pesanan"),
    ("nothing", "q=zzyzxqqq"),
    ("names", "q=sari&part=names"),
];
/// Stands in no text of the data set.
const MARK: &str = "zzyzxmark";
const LOOK: Duration = Duration::from_millis(500);
const INDEXED_WITHIN: Duration = Duration::from_secs(1_800);

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Conversations to import before, with --server.
    #[arg(long, default_value_t = 100_000)]
    pub conversations: usize,
    /// Messages per imported conversation, on average.
    #[arg(long, default_value_t = 10.0)]
    pub messages: f64,
    /// Requests measured for each query.
    #[arg(long, default_value_t = 200)]
    pub requests: usize,
}

#[derive(Deserialize)]
struct Page {
    hits: Vec<serde::de::IgnoredAny>,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let parameters = json!({
        "conversations": arguments.conversations, "messages": arguments.messages, "requests": arguments.requests,
    });
    let mut report = Report::new("search", parameters);
    let mut stage = Stage::set(options, 1).await?;
    if stage.server.is_some() {
        let (conversations, messages) = (arguments.conversations, arguments.messages);
        let volume = lists::Volume { conversations, messages, inboxes: 0, tags: 0 };
        lists::import(options, volume, &mut stage, &mut report).await?;
        report.figure("indexed_after_s", indexed(&stage).await?.as_secs_f64());
    }
    let before = stage.limits().await?;
    let bar = progress::bar("search", QUERIES.len() as u64);
    let mut desk = Desk { connection: Connection::open(&stage.target).await?, stage: &stage };
    for (name, query) in QUERIES {
        let path = format!("/api/v1/search?{query}");
        report.percentiles_in_brief(name, &desk.measure(&path, arguments.requests).await?);
        report.goal(&format!("{name}_p99_ms"), Goal::AtMost(100.0));
        bar.inc(1);
    }
    bar.finish_and_clear();
    let limits = before.slower(stage.limits().await?);
    report.limit_family("", "_p50_ms", limits.ping_pong_p50_ms);
    report.limits = Some(limits);
    stage.clear().await?;
    Ok(vec![report])
}

/// Waits until a message that is younger than everything else is found: the index comes to it last.
async fn indexed(stage: &Stage) -> Result<Duration> {
    let visitor = stage.visitors(1).await?.remove(0);
    let mut connection = Connection::open(&stage.target).await?;
    visitor.send(&mut connection, Id::fresh(), MARK, &mut Vec::new()).await?;
    let start_us = stage.clock.now_us();
    loop {
        let took = Duration::from_micros(stage.clock.now_us() - start_us);
        ensure!(took < INDEXED_WITHIN, "nothing was indexed within {INDEXED_WITHIN:?}");
        let path = format!("/api/v1/search?q={MARK}");
        let page: Page = connection.get(&path, &stage.administrator.credential).await?.json()?;
        if !page.hits.is_empty() {
            return Ok(took);
        }
        tokio::time::sleep(LOOK).await;
    }
}
