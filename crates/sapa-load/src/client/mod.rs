//! The clients that play people: one HTTP/1.1 connection, one WebSocket, and the few requests that a visitor, an agent
//! and an administrator make.
//!
//! Must stay true: only the public interface is used, and a message costs this side a few system calls and no more than
//! a few microseconds of its own, so that the server is what is measured. Absent on purpose: retries; whoever plays a
//! part decides what a failure means for it.

pub mod administrator;
pub mod agent;
pub mod http;
pub mod socket;
pub mod visitor;
pub mod wire;
