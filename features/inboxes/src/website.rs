//! The settings of a website inbox.

use crate::{
    Greeting, Hours, InLanguages, PreChat, WEBSITE_COLOR_INVALID, WEBSITE_GREETING_INVALID, WEBSITE_ORIGIN_INVALID,
    WEBSITE_TITLE_INVALID, greeting, languages,
};
use base::{Problem, trimmed};
use people::Locale;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const TITLE_CHARACTERS: usize = 60;
const GREETING_CHARACTERS: usize = 300;
const ORIGINS: usize = 50;
const ORIGIN_CHARACTERS: usize = 300;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Website {
    /// Sites that may carry the widget, for example `https://shop.example`; empty means any.
    pub allowed_origins: Vec<String>,
    /// In the widget's header.
    pub title: String,
    /// Before the first message.
    pub greeting: String,
    /// For those who read another language.
    #[serde(default)]
    pub greeting_in: InLanguages,
    /// `#rrggbb`; the widget keeps its texts readable on it.
    pub color: String,
    /// Whether the widget asks for a rating when a member closed the conversation.
    #[serde(default = "yes")]
    pub rating: bool,
    /// Whether the pages that a visitor looks at are kept with his conversation.
    #[serde(default = "yes")]
    pub page_visits: bool,
    /// Whether the team sees who is on the site now, also of those who never wrote. It follows `page_visits`.
    #[serde(default)]
    pub visitors_now: bool,
    /// Whether what does not reach a visitor because he left the site is shown as not sent until he is back, and not as
    /// waiting. It is kept for his next visit either way.
    #[serde(default = "yes")]
    pub left_is_failure: bool,
    /// Said beside the launcher to visitors who do not write; at most 10.
    #[serde(default)]
    pub greetings: Vec<Greeting>,
    #[serde(default)]
    pub pre_chat: PreChat,
    #[serde(default)]
    pub hours: Hours,
}

fn yes() -> bool {
    true
}

impl Website {
    /// For any site, with all other settings as they are when nobody changes them.
    pub fn new(title: &str, greeting: &str, color: &str) -> Self {
        Self {
            allowed_origins: Vec::new(),
            title: title.to_owned(),
            greeting: greeting.to_owned(),
            greeting_in: InLanguages::new(),
            color: color.to_owned(),
            rating: yes(),
            page_visits: yes(),
            visitors_now: false,
            left_is_failure: yes(),
            greetings: Vec::new(),
            pre_chat: PreChat::default(),
            hours: Hours::default(),
        }
    }

    /// The settings in their stored form, or why they cannot be used; `before` is what is stored now.
    pub(crate) fn checked(self, before: Option<&Self>) -> Result<Self, Problem> {
        let color = self.color.to_ascii_lowercase();
        let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6);
        if !digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            return Err(WEBSITE_COLOR_INVALID.into());
        }
        if self.allowed_origins.len() > ORIGINS {
            return Err(WEBSITE_ORIGIN_INVALID.with("origin", self.allowed_origins[ORIGINS].as_str()));
        }
        let allowed_origins = self.allowed_origins.iter().map(|text| origin(text)).collect::<Result<_, _>>()?;
        let greeting = match self.greeting.trim() {
            "" => String::new(),
            text => trimmed(text, GREETING_CHARACTERS, WEBSITE_GREETING_INVALID)?,
        };
        let greeting_in = languages::checked(self.greeting_in, GREETING_CHARACTERS, WEBSITE_GREETING_INVALID)?;
        let title = trimmed(&self.title, TITLE_CHARACTERS, WEBSITE_TITLE_INVALID)?;
        let no_form = PreChat::default();
        let pre_chat = self.pre_chat.checked(before.map_or(&no_form, |before| &before.pre_chat))?;
        let hours = self.hours.checked()?;
        let greetings = greeting::checked(self.greetings)?;
        Ok(Self { allowed_origins, title, greeting, greeting_in, color, pre_chat, hours, greetings, ..self })
    }

    /// With the words for a visitor who reads this language.
    pub fn in_language(mut self, locale: Locale) -> Self {
        self.greeting = languages::chosen(&self.greeting, &self.greeting_in, locale);
        self.pre_chat = self.pre_chat.in_language(locale);
        self.greetings = self.greetings.into_iter().map(|greeting| greeting.in_language(locale)).collect();
        self
    }

    /// Whether the frame is there on each page before anybody opens the chat.
    pub fn speaks_first(&self) -> bool {
        !self.greetings.is_empty() || self.lists_visitors()
    }

    /// Whether who is on the site is told to the team.
    pub fn lists_visitors(&self) -> bool {
        self.visitors_now && self.page_visits
    }

    /// Whether a page of this origin may carry the widget. The browser enforces it through the frame's policy;
    /// this keeps others from making visitors in its name.
    pub fn allows(&self, asked: &str) -> bool {
        self.allowed_origins.is_empty() || origin(asked).is_ok_and(|asked| self.allowed_origins.contains(&asked))
    }
}

/// `scheme://host[:port]` in lower case without the default port, as browsers write it.
fn origin(text: &str) -> Result<String, Problem> {
    let invalid = || WEBSITE_ORIGIN_INVALID.with("origin", text);
    let lower = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, host) = lower.split_once("://").ok_or_else(invalid)?;
    let (name, port) = host.rsplit_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let name_fits = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        && name.len() <= ORIGIN_CHARACTERS;
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok());
    if !matches!(scheme, "https" | "http") || !name_fits || !port_fits {
        return Err(invalid());
    }
    let usual = if scheme == "https" { "443" } else { "80" };
    Ok(match port.filter(|port| *port != usual) {
        Some(port) => format!("{scheme}://{name}:{port}"),
        None => format!("{scheme}://{name}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_have_one_spelling() {
        let kept = |text| origin(text).ok();
        assert_eq!(kept("https://Shop.Example/"), Some("https://shop.example".to_owned()));
        assert_eq!(kept("https://shop.example:443"), Some("https://shop.example".to_owned()));
        assert_eq!(kept("http://127.0.0.1:8080"), Some("http://127.0.0.1:8080".to_owned()));
        for wrong in
            ["shop.example", "javascript://x", "https://", "https://a/b", "https://a b", "https://a;frame-src *"]
        {
            assert_eq!(kept(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_website_allows_its_origins_only() {
        let website = |origins: &[&str]| Website {
            allowed_origins: origins.iter().map(ToString::to_string).collect(),
            ..Website::new("Shop", "", "#0B6E69")
        };
        assert!(website(&[]).allows("https://any.example"));
        let some = website(&["https://shop.example"]).checked(None).expect("valid");
        assert_eq!(some.color, "#0b6e69");
        assert!(some.allows("https://SHOP.example") && !some.allows("https://evil.example") && !some.allows("null"));
    }
}
