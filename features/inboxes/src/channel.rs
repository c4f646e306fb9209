//! By which way an inbox reaches people: through a website, another system, mail, or a provider that an adapter knows.

use base::{Problem, Tx};
use channels::{Capabilities, FileLimits, Unit};
use db::{FromValue, params, sql};
use ids::InboxId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, RefOr,
        schema::{Schema, Type},
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Website,
    /// Another system, through our interface.
    Api,
    Email,
    /// One of [`channels::ALL`].
    Provider(&'static str),
}

impl Channel {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Website => "website",
            Self::Api => "api",
            Self::Email => "email",
            Self::Provider(name) => name,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "website" => Some(Self::Website),
            "api" => Some(Self::Api),
            "email" => Some(Self::Email),
            name => channels::find(name).map(|adapter| Self::Provider(adapter.name())),
        }
    }

    /// What mail and a provider's channel can; the others can what we can.
    pub fn capabilities(self) -> Option<&'static Capabilities> {
        match self {
            Self::Website | Self::Api => None,
            Self::Email => Some(&crate::email::CAPABILITIES),
            Self::Provider(name) => channels::find(name).map(channels::Adapter::capabilities),
        }
    }
}

impl FromValue for Channel {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        Self::parse(&String::from_value(value)?).ok_or("a channel was expected")
    }
}

impl Serialize for Channel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Channel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a channel was expected"))
    }
}

impl PartialSchema for Channel {
    fn schema() -> RefOr<Schema> {
        let names = ["website", "api", "email"].into_iter().chain(channels::ALL.iter().map(|adapter| adapter.name()));
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
    }
}

impl ToSchema for Channel {}

/// What a message may be on a provider's channel, beside what the workspace says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChannelLimits {
    pub text_length: usize,
    pub text_unit: TextUnit,
    /// Whether what was sent can be corrected, and taken back.
    pub edit: bool,
    pub delete: bool,
    /// Whether there are templates, which leave when nothing else does.
    #[serde(default)]
    pub templates: bool,
    /// So many hours longer than `answer_until` says may a person answer.
    #[serde(default)]
    pub late_hours: i64,
    /// With which signs one may react to a customer's message.
    #[serde(default)]
    pub reactions: Vec<String>,
    /// The largest files of each kind, and of any other.
    #[serde(default)]
    pub file_bytes: FileBytes,
    /// As which types any other file goes; empty: any.
    #[serde(default)]
    pub file_types: Vec<String>,
}

/// What is larger may go as any other file, if its type is one of those.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileBytes {
    pub image: u64,
    pub audio: u64,
    pub video: u64,
    pub other: u64,
}

/// In what the length of a text is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextUnit {
    Characters,
    Utf16,
    Bytes,
}

impl ChannelLimits {
    pub(crate) fn of(channel: Channel) -> Option<Self> {
        let Capabilities { text, edit, delete, templates, window_hours, human_hours, reactions, files, .. } =
            *channel.capabilities()?;
        let text_unit = match text.unit {
            Unit::Characters => TextUnit::Characters,
            Unit::Utf16 => TextUnit::Utf16,
            Unit::Bytes => TextUnit::Bytes,
        };
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        let FileLimits { image, audio, video, other, other_types, .. } = files;
        Some(Self {
            text_length: text.max,
            text_unit,
            edit,
            delete,
            templates,
            late_hours: human_hours.zip(window_hours).map_or(0, |(human, window)| human - window),
            reactions: owned(reactions),
            file_bytes: FileBytes { image, audio, video, other },
            file_types: owned(other_types),
        })
    }
}

/// The settings of an inbox whose channel is a provider's: the account behind it, such as a bot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Messenger {
    /// Nobody is reached before there is one.
    pub account: Option<MessengerAccount>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessengerAccount {
    pub name: String,
    /// As people look for it, such as `@kopi_bot`.
    pub username: String,
}

/// Puts an account behind the inbox, or takes it away, and tells of it.
pub async fn set_account(
    tx: &mut Tx<'_>,
    inbox: InboxId,
    account: Option<MessengerAccount>,
    action: &'static str,
) -> Result<(), Problem> {
    let settings = serde_json::to_string(&Messenger { account })?;
    tx.put(
        sql!("UPDATE inboxes SET settings = $3 WHERE workspace_id = $1 AND id = $2"),
        params![tx.workspace, inbox, settings],
    )
    .await?;
    crate::inbox::note(tx, inbox, action).await?;
    crate::event::updated(tx, inbox).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_is_its_name() {
        for channel in [Channel::Website, Channel::Api, Channel::Email, Channel::Provider("telegram")] {
            let text = serde_json::to_string(&channel).expect("a name");
            assert_eq!(serde_json::from_str::<Channel>(&text).ok(), Some(channel));
        }
        assert!(serde_json::from_str::<Channel>("\"pigeon\"").is_err());
    }
}
