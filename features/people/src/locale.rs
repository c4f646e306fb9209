//! The languages of the interface.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
