//! Every typed id of the product, in one append-only list.
//!
//! An id is a prefix and the 32 hexadecimal digits of a UUID (version 7, RFC 9562), for example
//! `cnv_0198f3c2…`. The prefix makes a wrong id impossible to pass unnoticed, in code by the type and in
//! logs by the eye. Engines store the 16 bytes only. Nothing here knows what the nouns mean.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};
pub use uuid::Uuid;

/// The text is not an id of the wanted kind.
#[derive(Debug, PartialEq, Eq)]
pub struct IdError {
    pub wanted_prefix: &'static str,
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an id of the form {}_ and 32 hexadecimal digits is wanted", self.wanted_prefix)
    }
}

impl std::error::Error for IdError {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub struct $name(pub Uuid);

            impl $name {
                pub const PREFIX: &'static str = $prefix;
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write!(f, concat!($prefix, "_{}"), self.0.simple())
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(self, f)
                }
            }

            impl FromStr for $name {
                type Err = IdError;

                fn from_str(text: &str) -> Result<Self, IdError> {
                    parse($prefix, text).map(Self)
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                    text.parse().map_err(D::Error::custom)
                }
            }

            impl From<$name> for db::Value {
                fn from(id: $name) -> Self {
                    Self::Uuid(id.0)
                }
            }

            impl db::FromValue for $name {
                fn from_value(value: db::Value) -> Result<Self, &'static str> {
                    Uuid::from_value(value).map(Self)
                }
            }

            impl utoipa::PartialSchema for $name {
                fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                    id_schema($prefix)
                }
            }

            impl utoipa::ToSchema for $name {}
        )*

        /// All prefixes; the test below holds that none is given twice.
        pub const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

ids! {
    WorkspaceId = "wsp";
    MemberId = "mem";
    /// One signed-in device of a member.
    SignInId = "sgn";
    InvitationId = "inv";
    InboxId = "inb";
    ContactId = "con";
    /// A note about a contact.
    ContactNoteId = "cno";
    /// Something that a workspace knows about its contacts.
    AttributeId = "att";
    /// One browser of a contact.
    VisitorId = "vis";
    ConversationId = "cnv";
    EntryId = "ent";
    FileId = "fil";
    JobId = "job";
    QuickReplyId = "qrp";
    /// One insertion of a quick reply.
    QuickReplyUseId = "qru";
    /// What lets another system write into one inbox.
    ApiTokenId = "atk";
    /// What lets a program act as a member.
    MemberTokenId = "mtk";
    /// One event on its way to another system.
    OutgoingId = "out";
    TagId = "tag";
    TeamId = "tea";
    /// A role that a workspace made.
    RoleId = "rol";
    /// One act on many conversations.
    BatchId = "bat";
    SavedViewId = "svw";
    /// Opening hours under a name.
    CalendarId = "cal";
    AlertId = "alt";
    /// Something that a provider told.
    UpdateId = "upd";
    /// How comments of one kind are answered.
    CommentRuleId = "cru";
    /// A file that arrives in parts.
    UploadId = "upl";
    /// A table of contacts that comes in.
    ContactImportId = "cim";
    /// Something that pages tell of their visitors.
    DataFieldId = "dfd";
    /// That a contact was added, merged, parted or erased.
    ContactRecordId = "crd";
    /// What a workspace keeps records of.
    RecordTypeId = "rty";
    /// How far a record of a type can be.
    RecordStateId = "rst";
    RecordId = "rec";
    /// One browser on a website now.
    SiteVisitorId = "svs";
}

fn parse(prefix: &'static str, text: &str) -> Result<Uuid, IdError> {
    let error = IdError { wanted_prefix: prefix };
    let digits = match text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')) {
        Some(digits) => digits,
        None => return Err(error),
    };
    // `Uuid::parse_str` also takes dashes, braces and capitals: one id has one spelling here.
    if digits.len() != 32 || !digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(error);
    }
    Uuid::try_parse(digits).map_err(|_| error)
}

fn id_schema(prefix: &str) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .pattern(Some(format!("^{prefix}_[0-9a-f]{{32}}$")))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn an_id_survives_text_and_refuses_other_spellings() {
        let id = MemberId(Uuid::from_u128(0x0198_f3c2_0000_7000_8000_0000_0000_0001));
        let text = id.to_string();
        assert_eq!(text, "mem_0198f3c2000070008000000000000001");
        assert_eq!(text.parse::<MemberId>(), Ok(id));
        for wrong in [
            "",
            "mem_",
            &text[..20],
            &text.to_uppercase(),
            &text.replace("mem", "cnv"),
            "mem_0198f3c2-0000-7000-8000-000000000001",
        ] {
            assert!(wrong.parse::<MemberId>().is_err(), "{wrong} must be refused");
        }
    }

    #[test]
    fn no_prefix_is_given_twice() {
        assert_eq!(PREFIXES.iter().collect::<HashSet<_>>().len(), PREFIXES.len());
    }
}
