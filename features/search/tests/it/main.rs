//! Search through the interface, on both engines.

mod access;
mod found;
mod scene;
