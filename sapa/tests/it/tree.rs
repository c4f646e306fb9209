//! The rules of the tree, read from the manifests and the sources.

use crate::program::{root, text};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What a feature may stand on among the features. Everything that is not named here hangs off the spine.
const SPINE: &[(&str, &[&str])] = &[
    ("people", &[]),
    ("contacts", &[]),
    ("tags", &[]),
    ("inboxes", &["people"]),
    ("conversations", &["people", "inboxes", "contacts", "tags"]),
];
/// Edges beside the spine, each with its reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    // A website's receipts come in through the widget, and are the business of delivery like every other channel's.
    ("widget", "delivery"),
    // Who is on a site, its widget tells; inviting him is the business of visitors.
    ("widget", "visitors"),
    // The fields of records are attributes, and who may see a contact is decided once.
    ("records", "profiles"),
    ("api-inbox", "delivery"),
    ("messengers", "delivery"),
    ("email", "delivery"),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Ground,
    Feature,
    Program,
}

struct Package {
    name: String,
    place: Place,
    /// Name, and whether only tests need it.
    ours: Vec<(String, bool)>,
}

#[test]
fn dependencies_point_one_way() {
    let packages = packages();
    let place = |name: &str| packages.iter().find(|package| package.name == name).map(|package| package.place);
    let mut wrong = Vec::new();
    for Package { name, place: from, ours } in &packages {
        for (other, only_tests) in ours {
            let to = place(other);
            let allowed = match (from, to) {
                (Place::Ground, to) => to == Some(Place::Ground),
                (Place::Feature, Some(Place::Ground)) => true,
                // Tests of a feature may set their scene with any other one.
                (Place::Feature, Some(Place::Feature)) => *only_tests || stands_on(name, other),
                (Place::Feature, _) => false,
                (Place::Program, to) => to.is_some(),
            };
            let testkit = other == "sapa-testkit" && !only_tests;
            if !allowed || testkit {
                wrong.push(format!("{name} must not depend on {other}"));
            }
        }
    }
    assert!(packages.iter().filter(|package| package.place == Place::Feature).count() >= SPINE.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn stands_on(name: &str, other: &str) -> bool {
    match SPINE.iter().find(|(spine, _)| *spine == name) {
        Some((_, below)) => below.contains(&other),
        None => SPINE.iter().any(|(spine, _)| *spine == other) || EXCEPTIONS.contains(&(name, other)),
    }
}

fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let string = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list(&metadata["packages"])
        .iter()
        .map(|package| {
            let manifest = PathBuf::from(string(&package["manifest_path"]));
            let inside = manifest.strip_prefix(root()).expect("a package of the repository");
            let place = match inside.components().next().expect("a folder").as_os_str().to_str() {
                Some("crates") => Place::Ground,
                Some("features") => Place::Feature,
                Some("sapa") => Place::Program,
                other => panic!("{other:?} is no folder for packages"),
            };
            let ours = list(&package["dependencies"])
                .iter()
                .filter(|dependency| dependency["path"].is_string())
                .map(|dependency| (string(&dependency["name"]), dependency["kind"] == "dev"))
                .collect();
            Package { name: string(&package["name"]), place, ours }
        })
        .collect()
}

#[test]
fn each_dependency_says_what_for() {
    let mut silent = Vec::new();
    for manifest in files("Cargo.toml") {
        let content = fs::read_to_string(&manifest).expect("a manifest");
        let (mut inside, mut before) = (false, "");
        for line in content.lines() {
            if line.starts_with('[') {
                inside = line.contains("dependencies]") && !line.contains("workspace");
            } else if inside && line.contains(" = ") && !line.contains('#') && !before.starts_with('#') {
                silent.push(format!("{}: {line}", manifest.display()));
            }
            before = line.trim_start();
        }
    }
    assert!(silent.is_empty(), "without a reason:\n{}", silent.join("\n"));
}

#[test]
fn each_source_file_says_what_lives_there() {
    let silent: Vec<_> = files(".rs")
        .into_iter()
        .filter(|file| file.components().any(|part| part.as_os_str() == "src"))
        .filter(|file| !fs::read_to_string(file).expect("a source").starts_with("//!"))
        .map(|file| file.display().to_string())
        .collect();
    assert!(silent.is_empty(), "without a header:\n{}", silent.join("\n"));
}

/// The files of the workspace whose names end so.
fn files(ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["crates", "features", "sapa"] {
        collect(&root().join(folder), ending, &mut found);
    }
    assert!(!found.is_empty());
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}
