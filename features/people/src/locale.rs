//! The languages of the interface.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    En,
    Id,
}

impl Locale {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Id => "id",
        }
    }

    /// The language of a browser, such as `id-ID`, when it is spoken here; otherwise this one.
    pub fn or_of_browser(self, tag: &str) -> Self {
        let language = tag.split('-').next().unwrap_or_default();
        let spoken = [Self::En, Self::Id].into_iter().find(|locale| locale.as_str().eq_ignore_ascii_case(language));
        spoken.unwrap_or(self)
    }
}

impl From<Locale> for db::Value {
    fn from(locale: Locale) -> Self {
        locale.as_str().into()
    }
}

impl db::FromValue for Locale {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        match String::from_value(value)?.as_str() {
            "en" => Ok(Self::En),
            "id" => Ok(Self::Id),
            _ => Err("a language was expected"),
        }
    }
}
