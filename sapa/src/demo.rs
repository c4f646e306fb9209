//! `sapa demo`: the server on a folder with a lively sample workspace, and a shop page that carries the widget.
//!
//! What must stay true: the sample is made by the product's own commands; the sign-ins open nothing but this
//! folder, since their password is made for it; nothing is ever put into a folder that holds something else.

mod fill;
mod sample;
mod shop;

use crate::{
    open,
    serve::{self, internal},
    settings::{Settings, Wrong},
};
use base::Random;
use ids::InboxId;
use sample::Sample;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::{self, Write, stdout},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::ExitCode,
};

/// What differs from the manual: a folder of its own, and a quiet log, since one screen is to be read.
pub const DEFAULTS: &str = r#"
[storage]
data = "data/demo"
[log]
format = "text"
level = "warn"
"#;
/// What a finished demo remembers about itself, beside the database.
const NOTE: &str = "demo.json";

#[derive(Serialize, Deserialize)]
struct Note {
    password: String,
    /// The inbox of the shop page.
    shop: InboxId,
}

#[tokio::main]
pub async fn run(settings: Settings) -> anyhow::Result<ExitCode> {
    serve::start_log(&settings.log);
    let program = open::program(&settings).await?;
    let listener = serve::listen(&settings).await?;
    let sample = Sample::read()?;
    let path = settings.storage.data.join(NOTE);
    let note = if people::setup_needed(&program.app).await.map_err(internal)? {
        // Before anything is made: nobody could sign in to a demo whose password was not kept.
        let file = note_file(&settings.storage.data, &path)?;
        let password = password(&Random::System);
        let shop = fill::fill(&program.app, &sample, &password).await?;
        let note = Note { password, shop };
        remember(file, &note).map_err(|error| open::unusable("storage.data", &path, &error))?;
        note
    } else {
        recall(&path)?
    };
    let address = serve::address(&settings, listener.local_addr()?);
    write!(stdout(), "{}", screen(&sample, &note, &address, &settings.storage.data))?;
    serve::until_stopped(&settings, program, shop::routes(note.shop), listener).await
}

/// Easy to type, made for this folder alone: 40 bits that only this machine can try.
fn password(random: &Random) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters: Vec<char> =
        random.bytes::<8>().iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect();
    let (first, second) = letters.split_at(4);
    format!("kopi-{}-{}", first.iter().collect::<String>(), second.iter().collect::<String>())
}

/// Nobody else reads it. One of a start that was cut off holds nothing that is needed.
fn note_file(folder: &Path, path: &Path) -> Result<File, Wrong> {
    open::make(folder, "storage.data")?;
    let made = File::options().write(true).create(true).truncate(true).mode(0o600).open(path);
    made.map_err(|error| open::unusable("storage.data", path, &error))
}

fn remember(mut file: File, note: &Note) -> io::Result<()> {
    file.write_all(serde_json::to_string_pretty(note)?.as_bytes())?;
    file.sync_all()
}

fn recall(path: &Path) -> Result<Note, Wrong> {
    fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok()).ok_or_else(|| {
        Wrong::value("storage.data", "holds something other than a demo: name another folder with --data")
    })
}

/// The one screen.
fn screen(sample: &Sample, note: &Note, address: &str, data: &Path) -> String {
    let sign_ins: String = sample.sign_ins().map(|(role, email)| format!("    {role:<15} {email}\n")).collect();
    format!(
        "\n  Sapa demo: {workspace}\n\n  \
         Desk   {address}/\n  \
         Shop   {address}/demo   (carries the widget)\n\n  \
         Sign in at the desk as\n{sign_ins}  \
         with the password   {password}\n\n  \
         Open both side by side: write in the shop, answer at the desk.\n  \
         Ctrl+C stops; `sapa demo` goes on where it was (data in {data}).\n\n",
        workspace = sample.workspace.name,
        password = note.password,
        data = data.display(),
    )
}
