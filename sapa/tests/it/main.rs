//! Tests of the program as a whole: of the binary as operators run it, and of the rules that hold over all crates.

#[path = "../../src/features.rs"]
mod features;

mod access;
mod asked;
mod backup;
mod closed;
mod configuration;
mod import;
mod interface;
mod nodes;
mod program;
mod reset_password;
mod stop;
mod tree;
