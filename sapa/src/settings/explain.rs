//! What is wrong with the settings, in one sentence: where, which key, the problem, the fix. Never the value.

use figment::{Error, error::Kind};
use std::{fmt, path::Path};

/// The name under which flags appear as a source.
pub const FLAGS: &str = "flag";

/// One sentence for the operator.
#[derive(Debug)]
pub struct Wrong(String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

impl Wrong {
    /// A value that is well formed and yet cannot be used; `problem` completes the sentence "KEY …".
    pub fn value(key: &str, problem: impl fmt::Display) -> Self {
        Self(format!("{key} {problem}."))
    }

    pub fn file(path: &Path, error: &std::io::Error) -> Self {
        Self(format!("--config {} cannot be read ({error}): name a file of settings.", path.display()))
    }
}

/// The first of the errors.
pub fn wrong(error: &Error) -> Wrong {
    let path = error.path.join(".");
    let known = |names: &[&str]| format!("known here are {}", names.join(", "));
    let (key, problem) = match &error.kind {
        Kind::UnknownField(name, expected) => {
            let section = error.path.iter().filter(|part| *part != name).cloned().collect::<Vec<_>>();
            let key = section.iter().chain([name]).cloned().collect::<Vec<_>>().join(".");
            (key, format!("is no setting: {}", known(expected)))
        }
        Kind::UnknownVariant(_, expected) => (path, format!("has an unknown value: {}", known(expected))),
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => {
            (path, format!("has a value of the wrong kind: write {}", in_words(&expected.to_string())))
        }
        Kind::MissingField(name) => (format!("{path}.{name}"), "is missing: `sapa settings` prints all".to_owned()),
        Kind::Message(text) if path.is_empty() => ("the file".to_owned(), format!("is no TOML: {}", first_fault(text))),
        Kind::Message(text) => (path, text.clone()),
        _ => (path, "has a value that cannot be read: `sapa settings` shows the right form".to_owned()),
    };
    let problem = problem.trim_end_matches('.');
    Wrong(format!("{key}{} {problem}.", origin(error, &key)))
}

/// The library names types of the code.
fn in_words(expected: &str) -> &str {
    match expected {
        "a string" | "path string" => "a text in quotes",
        "u32" | "i64" => "a whole number",
        other => other,
    }
}

/// Where the value was written.
fn origin(error: &Error, key: &str) -> String {
    let Some(metadata) = &error.metadata else { return String::new() };
    if metadata.name == FLAGS {
        let flag = key.rsplit('.').next().unwrap_or(key).replace('_', "-");
        return format!(" (--{flag})");
    }
    if metadata.name.contains("environment") {
        return format!(" (SAPA_{})", key.replace('.', "__").to_uppercase());
    }
    match metadata.source.as_ref().and_then(|source| source.file_path()) {
        Some(path) => format!(" ({})", path.display()),
        None => String::new(),
    }
}

/// The parser shows the source line, which may hold a secret: only its place and its reason are told.
fn first_fault(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let place = lines.next().unwrap_or_default().trim_start_matches("TOML parse error at ");
    match lines.next_back() {
        Some(reason) if !reason.contains('|') => format!("{place}, {reason}"),
        _ => place.to_owned(),
    }
}
