//! Tests over chosen features: the real app on a fresh database of each engine, a clock and randomness that
//! repeat, the HTTP service in the process, and real sockets.
//!
//! What must stay true: a test runs on both engines; a test that leaves due or parked jobs behind fails; no
//! part of the app is replaced by a double. PostgreSQL is the server of `SAPA_TEST_POSTGRES`.
//! Absent on purpose: any noun of the product; features bring their own commands to set a scene.

mod app;
mod client;
mod countries;
mod database;
mod dice;
mod socket;
mod statements;

pub use app::{Node, START, TestApp, on_both};
pub use client::{Answer, Client, HOST, ORIGIN};
pub use countries::{countries, countries_file};
pub use database::Database;
pub use dice::Dice;
pub use socket::{Frame, Socket};
pub use statements::statements_prepare_on_both;
