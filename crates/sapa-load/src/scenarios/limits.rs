//! `limits`: what this machine can do at best: its flush, its loopback, and the bare engine's inserts in groups.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::limits::{grouped_inserts_per_s, measure};
use crate::report::Report;
use crate::{Options, progress};

const GROUPS: [u32; 5] = [1, 8, 32, 128, 512];

#[derive(Args, Clone, Debug)]
pub struct Arguments {}

pub async fn run(options: &Options, _: &Arguments) -> Result<Vec<Report>> {
    let folder = options.bench_folder()?;
    tokio::task::spawn_blocking(move || {
        let mut report = Report::new("limits", json!({}));
        report.limits = Some(measure(&folder)?);
        let bar = progress::bar("bare inserts", GROUPS.len() as u64);
        for group in GROUPS {
            report.figure(format!("bare_inserts_in_groups_of_{group}_per_s"), grouped_inserts_per_s(&folder, group)?);
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(vec![report])
    })
    .await?
}
