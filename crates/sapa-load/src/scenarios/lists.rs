//! `lists`: how long each view of the desk takes over a large number of conversations, on its first page and deep
//! inside, for the administrator, who sees them all.
//!
//! With `--server` the data set is written and imported first; with `--url` the lists are taken as they are.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Args;
use hdrhistogram::Histogram;
use serde::Deserialize;
use serde_json::json;

use super::dataset;
use crate::client::http::Connection;
use crate::limits::histogram;
use crate::report::{Goal, Report};
use crate::stage::Stage;
use crate::{Options, progress};

const VIEWS: [&str; 4] = ["all", "queue", "mine", "closed"];
/// Members who share the open conversations with the administrator.
const AGENTS: usize = 19;
const PAGE_ITEMS: usize = 50;
/// Requests thrown away before a page is measured.
const WARM_UP: usize = 20;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Conversations to import before, with --server.
    #[arg(long, default_value_t = 100_000)]
    pub conversations: usize,
    /// Messages per imported conversation, on average.
    #[arg(long, default_value_t = 10.0)]
    pub messages: f64,
    /// Requests measured for each page.
    #[arg(long, default_value_t = 1_000)]
    pub requests: usize,
    /// Inboxes among which they are spread.
    #[arg(long, default_value_t = 20)]
    pub inboxes: usize,
    /// Tags among which they are spread.
    #[arg(long, default_value_t = 200)]
    pub tags: usize,
    /// Requests measured for each pair of filters.
    #[arg(long, default_value_t = 20)]
    pub pair_requests: usize,
    /// How many pages deep the deep page is.
    #[arg(long, default_value_t = 200)]
    pub deep: usize,
}

/// What is imported before.
pub(super) struct Volume {
    pub conversations: usize,
    pub messages: f64,
    pub inboxes: usize,
    pub tags: usize,
}

impl Arguments {
    fn volume(&self) -> Volume {
        let Self { conversations, messages, inboxes, tags, .. } = *self;
        Volume { conversations, messages, inboxes, tags }
    }
}

#[derive(Deserialize)]
struct Page {
    items: Vec<serde::de::IgnoredAny>,
    next_cursor: Option<String>,
}

pub async fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    let parameters = json!({
        "conversations": arguments.conversations, "messages": arguments.messages, "requests": arguments.requests,
        "deep": arguments.deep, "inboxes": arguments.inboxes, "tags": arguments.tags,
    });
    let mut report = Report::new("lists", parameters);
    let mut stage = Stage::set(options, AGENTS).await?;
    if stage.server.is_some() {
        import(options, arguments.volume(), &mut stage, &mut report).await?;
    }
    let before = stage.limits().await?;
    let bar = progress::bar("lists", VIEWS.len() as u64 + 1);
    let mut desk = Desk { connection: Connection::open(&stage.target).await?, stage: &stage };
    report.percentiles_in_brief("first_load", &desk.measure("/api/v1/desk?view=mine", arguments.requests).await?);
    bar.inc(1);
    for view in VIEWS {
        let first = format!("/api/v1/conversations?view={view}&limit={PAGE_ITEMS}");
        report.percentiles_in_brief(&format!("{view}_first"), &desk.measure(&first, arguments.requests).await?);
        report.goal(&format!("{view}_first_p99_ms"), Goal::AtMost(5.0));
        let (deep, pages) = desk.deep_page(&first, arguments.deep).await?;
        if pages > 1 {
            report.percentiles_in_brief(&format!("{view}_deep"), &desk.measure(&deep, arguments.requests).await?);
            report.goal(&format!("{view}_deep_p99_ms"), Goal::AtMost(5.0));
        }
        report.figure(format!("{view}_pages_deep"), pages as f64);
        bar.inc(1);
    }
    bar.finish_and_clear();
    pairs(&mut desk, arguments.pair_requests, &mut report).await?;
    // A page is read, not flushed: the loopback round trip is the limit that counts.
    let limits = before.slower(stage.limits().await?);
    report.limit_family("", "_p50_ms", limits.ping_pong_p50_ms);
    report.limits = Some(limits);
    stage.clear().await?;
    Ok(vec![report])
}

/// Each view, narrowed by each pair of filters: the first page, for whoever sees everything and for an agent, who sees
/// little of it. The figures are of each kind of filter in all its pairs.
async fn pairs(desk: &mut Desk<'_>, requests: usize, report: &mut Report) -> Result<()> {
    #[derive(Deserialize)]
    struct Loaded {
        inboxes: Vec<Named>,
        members: Vec<Named>,
        tags: Vec<Named>,
    }
    #[derive(Deserialize)]
    struct Named {
        id: String,
        #[serde(default)]
        name: String,
    }
    let loaded: Loaded = desk.connection.get("/api/v1/desk", &desk.stage.administrator.credential).await?.json()?;
    let id = |all: &[Named], name: &str| {
        all.iter().find(|one| one.name == name).or(all.first()).map(|one| one.id.clone()).unwrap_or_default()
    };
    let (often, seldom) = (id(&loaded.tags, "Tag 0"), loaded.tags.last().map(|tag| tag.id.clone()).unwrap_or_default());
    let filters: Vec<(&str, String)> = vec![
        ("oldest", "sort=oldest".into()),
        ("inbox", format!("inbox={}", id(&loaded.inboxes, "Inbox 0"))),
        ("channel", "channel=website".into()),
        ("holder", format!("holder={}", loaded.members.last().map(|one| one.id.clone()).unwrap_or_default())),
        ("nobody", "holder=nobody".into()),
        ("last_by", "last_by=contact".into()),
        ("tag", format!("tags={often}")),
        ("rare_tag", format!("tags={seldom}")),
        ("untagged", "tags=none".into()),
        ("pinned", "pinned=true".into()),
        ("unread", "unread=true".into()),
        ("waiting", "waiting=true".into()),
        ("solved", "solved=true".into()),
    ];
    let agent = desk.stage.agents.first().map(|agent| agent.credential.clone());
    let mut times: Vec<_> = filters.iter().map(|_| histogram()).collect();
    let bar = progress::bar("pairs of filters", (VIEWS.len() * filters.len()) as u64);
    for view in VIEWS {
        for (at, (_, one)) in filters.iter().enumerate() {
            for (also, (_, other)) in filters.iter().enumerate().skip(at + 1) {
                // The same parameter twice is no question.
                if one.split('=').next() == other.split('=').next() {
                    continue;
                }
                let path = format!("/api/v1/conversations?view={view}&{one}&{other}&limit={PAGE_ITEMS}");
                for who in [Some(&desk.stage.administrator.credential), agent.as_ref()].into_iter().flatten() {
                    for _ in 0..requests {
                        let start_us = desk.stage.clock.now_us();
                        desk.connection.get(&path, who).await?.success()?;
                        let took_us = (desk.stage.clock.now_us() - start_us).max(1);
                        times[at].saturating_record(took_us);
                        times[also].saturating_record(took_us);
                    }
                }
            }
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    for ((name, _), times) in filters.iter().zip(&times) {
        report.percentiles_in_brief(&format!("filter_{name}"), times);
        report.goal(&format!("filter_{name}_p99_ms"), Goal::AtMost(20.0));
    }
    Ok(())
}

/// Writes the data set and lets `sapa import` load it into the folder of the stopped server.
pub(super) async fn import(options: &Options, volume: Volume, stage: &mut Stage, report: &mut Report) -> Result<()> {
    let data = dataset::Arguments {
        conversations: volume.conversations,
        messages: volume.messages,
        inboxes: volume.inboxes,
        tags: volume.tags,
        holders: stage.holders(),
        until_ms: None,
        output: stage.bench.join("dataset.jsonl"),
    };
    let messages = dataset::write(&data.output, &data, options.seed)?;
    let server = stage.server.as_mut().context("no server of our own")?;
    let took: Duration = server.import(&data.output).await?;
    stage.pid = server.pid();
    report.figure("imported_messages", messages as f64);
    report.figure("imported_messages_per_s", messages as f64 / took.as_secs_f64());
    Ok(())
}

/// The administrator at work, one request after the other.
pub(super) struct Desk<'a> {
    pub connection: Connection,
    pub stage: &'a Stage,
}

impl Desk<'_> {
    pub async fn measure(&mut self, path: &str, requests: usize) -> Result<Histogram<u64>> {
        let mut times = histogram();
        for number in 0..WARM_UP + requests {
            let start_us = self.stage.clock.now_us();
            self.connection.get(path, &self.stage.administrator.credential).await?.success()?;
            let took_us = self.stage.clock.now_us() - start_us;
            if number >= WARM_UP {
                times.saturating_record(took_us.max(1));
            }
        }
        Ok(times)
    }

    /// Turns pages by their cursors; returns the path of the last full page and its number.
    async fn deep_page(&mut self, first: &str, depth: usize) -> Result<(String, usize)> {
        let mut path = first.to_owned();
        for number in 1..=depth {
            let answer = self.connection.get(&path, &self.stage.administrator.credential).await?;
            let page: Page = answer.json()?;
            ensure!(page.items.len() <= PAGE_ITEMS, "a page of {PAGE_ITEMS} held {}", page.items.len());
            match page.next_cursor {
                Some(cursor) if number < depth => path = format!("{first}&cursor={cursor}"),
                _ => return Ok((path, number)),
            }
        }
        Ok((path, depth))
    }
}
