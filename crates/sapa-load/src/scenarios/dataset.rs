//! `dataset`: writes conversations as JSON lines for `sapa import`; the format is in this crate's README.
//!
//! Must stay true: the same seed and the same end give the same file, byte for byte. Few contacts write often and many
//! write once (Zipf); one conversation in ten is open; lengths scatter around their mean.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};
use serde::Serialize;
use serde_json::json;

use crate::outside::unix_ms;
use crate::report::Report;
use crate::text::{self, Language, Moment, Speaker};
use crate::{Options, progress};

const OPEN_ONE_IN: u32 = 10;
const HELD_ONE_IN: u32 = 2;
/// Another tag is put on one in so many.
const TAGGED_ONE_IN: u32 = 2;
const TAGS_MAX: usize = 5;
const MESSAGES_MAX: usize = 200;
/// How far back the data set reaches.
const SPAN_MS: f64 = 365.0 * 24.0 * 3600.0 * 1000.0;
/// Mean time between two messages of a conversation.
const GAP_MS: f64 = 7.0 * 60.0 * 1000.0;
/// Of ten messages in the middle, this many come from the contact.
const CONTACT_OF_TEN: u32 = 6;

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Conversations to write.
    #[arg(long, default_value_t = 100_000)]
    pub conversations: usize,
    /// Messages per conversation, on average.
    #[arg(long, default_value_t = 10.0)]
    pub messages: f64,
    /// E-mail addresses of members who hold open conversations.
    #[arg(long, value_delimiter = ',')]
    pub holders: Vec<String>,
    /// Inboxes among which they are spread, most in few; 0: the one that the import chooses.
    #[arg(long, default_value_t = 0)]
    pub inboxes: usize,
    /// Tags among which they are spread, most in few; 0: none.
    #[arg(long, default_value_t = 0)]
    pub tags: usize,
    /// Time of the newest message, in milliseconds since 1970; now, when it is not given.
    #[arg(long)]
    pub until_ms: Option<u64>,
    /// File to write.
    #[arg(long, default_value = "bench/dataset.jsonl")]
    pub output: PathBuf,
}

/// One line of the file.
#[derive(Serialize)]
struct Conversation<'a> {
    contact_name: &'a str,
    email: &'a str,
    status: Status,
    holder_email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inbox: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    messages: Vec<Message>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Open,
    Closed,
}

#[derive(Serialize)]
struct Message {
    from: From,
    text: String,
    at: u64,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum From {
    Contact,
    Member,
}

pub fn run(options: &Options, arguments: &Arguments) -> Result<Vec<Report>> {
    options.bench_folder()?;
    let start = std::time::Instant::now();
    let messages = write(&arguments.output, arguments, options.seed)?;
    let seconds = start.elapsed().as_secs_f64();
    let parameters = json!({
        "conversations": arguments.conversations, "messages": arguments.messages, "seed": options.seed,
    });
    let mut report = Report::new("dataset", parameters);
    report.figure("messages", messages as f64);
    report.figure("file_bytes", std::fs::metadata(&arguments.output)?.len() as f64);
    report.figure("built_within_s", seconds);
    report.remarks.push(format!("written to {}", arguments.output.display()));
    Ok(vec![report])
}

/// Writes the file; returns the number of messages.
pub fn write(path: &Path, arguments: &Arguments, seed: u64) -> Result<usize> {
    let file = File::create(path).with_context(|| format!("failed to write {}", path.display()))?;
    let mut file = BufWriter::new(file);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let contacts = contacts(arguments.conversations.div_ceil(2), &mut random);
    let until_ms = arguments.until_ms.unwrap_or_else(unix_ms);
    let bar = progress::bar("writing", arguments.conversations as u64);
    let mut messages = 0;
    for _ in 0..arguments.conversations {
        let contact = &contacts[text::zipf(contacts.len(), &mut random)];
        let conversation = conversation(contact, arguments, until_ms, &mut random);
        messages += conversation.messages.len();
        serde_json::to_writer(&mut file, &conversation)?;
        file.write_all(b"\n")?;
        bar.inc(1);
    }
    file.flush()?;
    bar.finish_and_clear();
    Ok(messages)
}

/// Writes one open conversation with so many messages.
pub fn write_long(path: &Path, messages: usize, seed: u64) -> Result<()> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let contact = contacts(1, &mut random).remove(0);
    let conversation = Conversation {
        contact_name: &contact.name,
        email: &contact.email,
        status: Status::Open,
        holder_email: None,
        inbox: None,
        tags: Vec::new(),
        messages: exchanged(contact.language, Status::Open, messages, unix_ms(), 0.0, &mut random),
    };
    let mut file = BufWriter::new(File::create(path).with_context(|| format!("failed to write {}", path.display()))?);
    serde_json::to_writer(&mut file, &conversation)?;
    file.write_all(b"\n")?;
    Ok(file.flush()?)
}

/// A person who writes.
struct Contact {
    name: String,
    email: String,
    language: Language,
}

fn contacts(count: usize, random: &mut ChaCha8Rng) -> Vec<Contact> {
    (0..count)
        .map(|number| {
            let language = Language::random(random);
            let name = text::person(language, random);
            let local: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
            Contact { email: format!("{local}{number}@example.com"), name, language }
        })
        .collect()
}

fn conversation<'a>(
    contact: &'a Contact,
    arguments: &'a Arguments,
    until_ms: u64,
    random: &mut ChaCha8Rng,
) -> Conversation<'a> {
    let status = if random.random_ratio(1, OPEN_ONE_IN) { Status::Open } else { Status::Closed };
    let is_held = !arguments.holders.is_empty() && random.random_ratio(1, HELD_ONE_IN);
    let holder_email = (status == Status::Open && is_held)
        .then(|| arguments.holders[text::zipf(arguments.holders.len(), random)].as_str());
    let messages = messages(contact.language, status, arguments.messages, until_ms, random);
    let inbox = (arguments.inboxes > 0).then(|| format!("Inbox {}", text::zipf(arguments.inboxes, random)));
    let mut tags = Vec::new();
    while arguments.tags > 0 && tags.len() < TAGS_MAX && random.random_ratio(1, TAGGED_ONE_IN) {
        let tag = format!("Tag {}", text::zipf(arguments.tags, random));
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Conversation { contact_name: &contact.name, email: &contact.email, status, holder_email, inbox, tags, messages }
}

fn messages(language: Language, status: Status, mean: f64, until_ms: u64, random: &mut ChaCha8Rng) -> Vec<Message> {
    let scatter: f64 = Exp1.sample(random);
    let count = ((mean * scatter).round() as usize).clamp(1, MESSAGES_MAX);
    let age_ms = random.random_range(0.0..SPAN_MS);
    exchanged(language, status, count, until_ms, age_ms, random)
}

/// So many messages, the newest of which is this old.
fn exchanged(
    language: Language,
    status: Status,
    count: usize,
    until_ms: u64,
    mut ages_ms: f64,
    random: &mut ChaCha8Rng,
) -> Vec<Message> {
    let mut messages: Vec<Message> = (0..count)
        .rev()
        .map(|place| {
            let (speaker, moment) = part(place, count, status, random);
            let from = if speaker == Speaker::Contact { From::Contact } else { From::Member };
            let at = until_ms.saturating_sub(ages_ms as u64);
            let gap: f64 = Exp1.sample(random);
            ages_ms += gap * GAP_MS;
            Message { from, text: text::message(language, speaker, moment, random), at }
        })
        .collect();
    messages.reverse();
    messages
}

/// Who says the message at this place, and in which mood: a contact opens, a member greets, both thank when it is over.
fn part(place: usize, count: usize, status: Status, random: &mut ChaCha8Rng) -> (Speaker, Moment) {
    let from_end = count - 1 - place;
    match (place, from_end, status) {
        (0, ..) => (Speaker::Contact, Moment::Opening),
        (1, ..) => (Speaker::Member, Moment::Opening),
        (_, 1, Status::Closed) => (Speaker::Contact, Moment::Closing),
        (_, 0, Status::Closed) => (Speaker::Member, Moment::Closing),
        _ if random.random_ratio(CONTACT_OF_TEN, 10) => (Speaker::Contact, Moment::Middle),
        _ => (Speaker::Member, Moment::Middle),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const UNTIL_MS: u64 = 1_760_000_000_000;

    fn lines(seed: u64) -> Vec<Value> {
        let folder = tempfile::tempdir().expect("a folder");
        let arguments = Arguments {
            conversations: 2_000,
            messages: 10.0,
            holders: vec!["rina@example.com".into(), "budi@example.com".into()],
            inboxes: 4,
            tags: 8,
            until_ms: Some(UNTIL_MS),
            output: folder.path().join("dataset.jsonl"),
        };
        write(&arguments.output, &arguments, seed).expect("writable");
        let text = std::fs::read_to_string(&arguments.output).expect("readable");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    #[test]
    fn the_same_seed_writes_the_same_file() {
        assert_eq!(lines(3), lines(3));
        assert_ne!(lines(3), lines(4));
    }

    #[test]
    fn conversations_look_like_real_ones() {
        let lines = lines(1);
        let mut all = 0;
        for line in &lines {
            let messages = line["messages"].as_array().expect("messages");
            let times: Vec<u64> = messages.iter().map(|message| message["at"].as_u64().expect("a time")).collect();
            assert!(times.is_sorted() && times.iter().all(|time| *time <= UNTIL_MS));
            assert_eq!(messages[0]["from"], "contact");
            assert!(line["holder_email"].is_null() || line["status"] == "open");
            all += messages.len();
        }
        let open = lines.iter().filter(|line| line["status"] == "open").count();
        assert!((140..260).contains(&open), "{open}");
        assert!((18_000..22_000).contains(&all), "{all}");
    }

    #[test]
    fn few_contacts_write_often() {
        let mut counts = std::collections::HashMap::new();
        for line in lines(1) {
            *counts.entry(line["email"].to_string()).or_insert(0) += 1;
        }
        let most = counts.values().max().copied().unwrap_or(0);
        assert!(most > 100 && counts.len() > 400, "{most} {}", counts.len());
    }
}
