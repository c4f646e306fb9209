//! Which marks in a text a channel knows: data of the channel, as its limits are. What it does not know travels, and is
//! shown, as it was written.

use crate::Channel;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// As messengers write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// `*so*`
    Bold,
    /// `_so_`
    Italic,
    /// `~so~`
    Strike,
    /// Between backticks.
    Code,
    /// Lines between two times three backticks.
    CodeBlock,
    /// Lines that begin with `- ` or with a number, a dot and a space.
    List,
    /// Lines that begin with `> `.
    Quote,
    /// `[so](https://…)`
    Link,
}

const ALL: [Mark; 7] = [Mark::Bold, Mark::Italic, Mark::Strike, Mark::Code, Mark::CodeBlock, Mark::List, Mark::Quote];

impl Channel {
    /// What the customer sees drawn. What another system does with a text is not known here.
    pub(crate) fn marks(self) -> Vec<Mark> {
        match self {
            Self::Website => ALL.to_vec(),
            Self::Api => Vec::new(),
            Self::Email => ALL.into_iter().chain([Mark::Link]).collect(),
            // Lists travel as they are written.
            Self::Provider(_) => ALL.into_iter().filter(|mark| *mark != Mark::List).collect(),
        }
    }
}
