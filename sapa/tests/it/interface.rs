//! The description of the interface is what the program says today.

use crate::program::{root, run, text};
use std::fs;

#[test]
fn openapi_json_is_current() {
    let printed = run(&["openapi"]);
    assert!(printed.status.success());
    let committed = fs::read_to_string(root().join("openapi.json")).unwrap_or_default();
    assert!(committed == text(&printed.stdout), "openapi.json is stale: run `make generate` and commit what changed");
}
