//! Channels of providers: an adapter turns what came over the wire into values, and values into requests.
//!
//! What must stay true: an adapter is a pure function. It knows neither database nor conversations, neither clock nor
//! network; whatever bytes it gets, it ends, and soon. What a channel can is data ([`Capabilities`]), so that nobody asks
//! for a channel by its name. Adding one is a folder here and a line in [`ALL`]; the recipe is
//! `docs/recipes/channel.md`.
//! Absent: storing, ordering, trying again (`messengers`), and making requests (`outbound`).

#[cfg(test)]
mod any_json;
mod capability;
mod connection;
mod contract;
mod graph;
mod html;
mod page;
mod telegram;
mod template;
mod whatsapp;

pub use capability::{Capabilities, Comments, FileLimits, Length, Pace, Unit};
pub use connection::{Connection, Field, Found, Hook, Step, Task, Wrong};
pub use contract::{
    About, Account, Adapter, Answer, Body, Button, COMMENTS, Comment, Delivery, Handshake, Inbound, Item, Locate,
    Located, Method, Missed, Outbound, OutboundFile, Outcome, Part, Person, Post, Reached, Received, Refusal,
    RemoteFile, Request, Say, Unreadable, What,
};
pub use html::{escaped, html};
pub use template::{Filled, Template};

/// Every channel of a provider.
pub const ALL: &[&dyn Adapter] = &[&telegram::Telegram, &whatsapp::WhatsApp, &page::MESSENGER, &page::INSTAGRAM];

/// The channel of this name.
pub fn find(name: &str) -> Option<&'static dyn Adapter> {
    ALL.iter().copied().find(|adapter| adapter.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_channel_has_a_name_of_its_own() {
        let names: HashSet<_> = ALL.iter().map(|adapter| adapter.name()).collect();
        assert_eq!(names.len(), ALL.len());
        assert!(ALL.iter().all(|adapter| find(adapter.name()).is_some()) && find("pigeon").is_none());
    }
}
