//! Wrong settings: exactly one sentence with key, problem and fix; an end within a second; no port opened; no
//! secret shown.

use crate::program::{free_port, path, sapa, text};
use std::{
    fs,
    net::TcpStream,
    path::Path,
    time::{Duration, Instant},
};

/// A machine that is busy with other tests gets this many tries to show that it is quick enough.
const TRIES: usize = 3;
const SOON: Duration = Duration::from_secs(1);
const SECRET: &str = "geheim";

/// A wrong configuration, and words that its sentence must hold.
struct Case {
    file: Option<&'static str>,
    environment: &'static [(&'static str, &'static str)],
    flags: &'static [&'static str],
    says: &'static [&'static str],
}

const EMPTY: Case = Case { file: None, environment: &[], flags: &[], says: &[] };

const CASES: &[Case] = &[
    Case { file: Some("[server]\nlistn = \"a\""), says: &["server.listn", "settings.toml", "listen"], ..EMPTY },
    Case { file: Some("[servr]\nlisten = \"a\""), says: &["servr", "server"], ..EMPTY },
    Case { file: Some("listen = \"a\""), says: &["listen", "server"], ..EMPTY },
    Case { file: Some("[server]\nlisten = 8787"), says: &["server.listen", "text in quotes"], ..EMPTY },
    Case { file: Some("[server]\nlisten = \"8787\""), says: &["server.listen", "127.0.0.1:8787"], ..EMPTY },
    Case { file: Some("[server\nlisten = \"geheim\""), says: &["TOML", "line 1"], ..EMPTY },
    Case {
        file: Some("[server]\npublic_url = \"desk.example.com\""),
        says: &["server.public_url", "https://"],
        ..EMPTY
    },
    Case { file: Some("[server]\npublic_url = \"https://u:geheim@a/b\""), says: &["server.public_url"], ..EMPTY },
    Case { file: Some("[log]\nformat = \"xml\""), says: &["log.format", "json, text"], ..EMPTY },
    Case { file: Some("[log]\nlevel = \"loud\""), says: &["log.level", "debug"], ..EMPTY },
    Case { file: Some("[visitors]\ncountries = \"/dev/null\""), says: &["visitors.countries", "MaxMind"], ..EMPTY },
    Case { file: Some("[jobs]\nworkers = 0"), says: &["jobs.workers", "1 to 64"], ..EMPTY },
    Case { file: Some("[jobs]\nworkers = \"four\""), says: &["jobs.workers", "whole number"], ..EMPTY },
    Case { file: Some("[limits]\nmessages = 3"), says: &["limits.messages", "messages_per_visitor"], ..EMPTY },
    Case { file: Some("[limits]\nmessages_per_visitor = -1"), says: &["limits.messages_per_visitor"], ..EMPTY },
    Case {
        file: Some("[storage]\ndatabase = \"mysql://u:geheim@h/d\""),
        says: &["storage.database", "postgres"],
        ..EMPTY
    },
    Case {
        file: Some("[storage]\ndatabase = \"postgres://u:geheim@127.0.0.1:1/d\""),
        says: &["storage.database"],
        ..EMPTY
    },
    Case { file: Some("[storage]\nblobs = \"s3://geheim\""), says: &["storage.blobs", "file:"], ..EMPTY },
    Case { environment: &[("SAPA_LISTEN", "127.0.0.1:1")], says: &["SAPA_LISTEN", "server"], ..EMPTY },
    Case { environment: &[("SAPA_SERVER__LISTEN", "nowhere")], says: &["SAPA_SERVER__LISTEN", "127.0.0.1"], ..EMPTY },
    Case {
        environment: &[("SAPA_STORAGE__DATABSE", "sqlite:a")],
        says: &["SAPA_STORAGE__DATABSE", "database"],
        ..EMPTY
    },
    Case { flags: &["--public-url", "ftp://a"], says: &["--public-url", "https://"], ..EMPTY },
    Case { flags: &["--database", "postgres://u:geheim@127.0.0.1:1/d"], says: &["storage.database"], ..EMPTY },
    Case { flags: &["--blobs", "file:/proc/nowhere"], says: &["storage.blobs"], ..EMPTY },
    Case { flags: &["--config", "/nowhere/settings.toml"], says: &["/nowhere/settings.toml"], ..EMPTY },
    Case { flags: &["--prot", "80"], says: &["--prot", "--help"], ..EMPTY },
];

#[test]
fn each_wrong_setting_gets_one_sentence_and_ends_the_program() {
    for (number, case) in CASES.iter().enumerate() {
        let folder = tempfile::tempdir().expect("a folder");
        let (port, data) = (free_port(), folder.path().join("data"));
        let tries = (0..TRIES).map(|_| run(case, folder.path(), &data, port));
        let (sentence, quickest) = tries.min_by_key(|(_, took)| *took).expect("a try");
        assert!(quickest < SOON, "case {number} took {quickest:?}: {sentence}");
        assert_eq!(sentence.lines().count(), 1, "case {number} is not one sentence: {sentence}");
        assert!(sentence.starts_with("sapa: ") && sentence.trim_end().ends_with('.'), "case {number}: {sentence}");
        for word in case.says {
            assert!(sentence.contains(word), "case {number} does not say {word}: {sentence}");
        }
        assert!(!sentence.contains(SECRET), "case {number} shows a secret: {sentence}");
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "case {number} listens");
    }
}

/// What the program said, and how long it took.
fn run(case: &Case, folder: &Path, data: &Path, port: u16) -> (String, Duration) {
    let mut command = sapa(&["serve", "--data", path(data)]);
    // The case's own flag comes after, and wins.
    if !case.says.iter().any(|word| word.contains("LISTEN") || word.contains("server.listen")) {
        command.args(["--listen", &format!("127.0.0.1:{port}")]);
    }
    if let Some(text) = case.file {
        let file = folder.join("settings.toml");
        fs::write(&file, text).expect("a file of settings");
        command.args(["--config", path(&file)]);
    }
    command.args(case.flags).envs(case.environment.iter().copied());
    let started = Instant::now();
    let output = command.output().expect("the program to run");
    assert!(!output.status.success(), "it must fail: {}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    (text(&output.stderr), started.elapsed())
}
