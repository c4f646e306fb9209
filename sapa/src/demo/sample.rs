//! The sample workspace as it is written down in `demo/workspace.toml`.

use base::{Ms, Role};
use conversations::CloseReason;
use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use inboxes::{InLanguages, Website};
use people::Locale;
use serde::Deserialize;
use tags::TagColor;

const TEXT: &str = include_str!("../../demo/workspace.toml");
const MINUTE_MS: Ms = 60_000;
/// The files that messages carry.
const FILES: [(&str, &[u8]); 3] = [
    ("parcel.jpg", include_bytes!("../../demo/files/parcel.jpg")),
    ("price-list.pdf", include_bytes!("../../demo/files/price-list.pdf")),
    ("invoice-KS-10391.pdf", include_bytes!("../../demo/files/invoice-KS-10391.pdf")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    pub workspace: Workspace,
    #[serde(rename = "member")]
    pub members: Vec<Member>,
    #[serde(rename = "inbox")]
    pub inboxes: Vec<Inbox>,
    #[serde(rename = "team")]
    pub teams: Vec<Team>,
    #[serde(rename = "tag")]
    pub tags: Vec<Tag>,
    #[serde(rename = "quick_reply")]
    pub quick_replies: Vec<QuickReply>,
    #[serde(rename = "conversation")]
    pub conversations: Vec<Conversation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workspace {
    pub name: String,
    pub locale: Locale,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub key: String,
    pub name: String,
    pub email: String,
    pub role: Role,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbox {
    pub key: String,
    pub name: String,
    title: String,
    greeting: String,
    greeting_in: InLanguages,
    color: String,
    pub members: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    pub name: String,
    /// The keys of members.
    pub members: Vec<String>,
    /// Those of them who lead it.
    pub leads: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    pub name: String,
    pub color: TagColor,
    #[serde(default)]
    pub pinned: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuickReply {
    pub shortcut: String,
    pub title: String,
    pub group: Option<String>,
    pub text: String,
    /// The key of the inbox or of the member, or the name of the team, whose it is; without one it is everybody's.
    pub inbox: Option<String>,
    pub member: Option<String>,
    pub team: Option<String>,
    /// How often it was inserted until now.
    #[serde(default)]
    pub uses: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    pub inbox: String,
    pub contact: Option<String>,
    pub email: Option<String>,
    ended: Span,
    /// How far the contact has come with the last answer.
    pub seen: Option<Seen>,
    pub steps: Vec<Step>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    Delivered,
    Read,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// "visitor", or the key of a member.
    pub by: String,
    #[serde(default)]
    after: Span,
    #[serde(default)]
    pub text: String,
    pub file: Option<String>,
    pub assign: Option<String>,
    pub comment: Option<String>,
    pub close: Option<CloseReason>,
    /// The name of a team that is mentioned: then the text is a note.
    pub mention: Option<String>,
    /// The names of tags, put on with the closing.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// Minutes, or a text such as "1d 2h 30m".
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(try_from = "Written")]
struct Span(Ms);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Minutes(i64),
    Text(String),
}

impl TryFrom<Written> for Span {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let text = match written {
            Written::Minutes(minutes) => return Ok(Self(minutes * MINUTE_MS)),
            Written::Text(text) => text,
        };
        let part = |part: &str| {
            let (number, minutes) = match part.split_at_checked(part.len() - 1)? {
                (number, "d") => (number, 24 * 60),
                (number, "h") => (number, 60),
                (number, "m") => (number, 1),
                _ => return None,
            };
            Some(number.parse::<i64>().ok()? * minutes)
        };
        let minutes: Option<i64> = text.split_whitespace().map(part).sum();
        minutes.map(|minutes| Self(minutes * MINUTE_MS)).ok_or_else(|| format!("{text} is no span of time"))
    }
}

impl Sample {
    pub fn read() -> Result<Self, Box<figment::Error>> {
        Figment::from(Toml::string(TEXT)).extract().map_err(Box::new)
    }

    /// Who signs in, as the screen shows it: the first of each role.
    pub fn sign_ins(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [("Administrator", Role::Administrator), ("Supervisor", Role::Supervisor), ("Agent", Role::Agent)]
            .into_iter()
            .filter_map(|(shown, role)| {
                let member = self.members.iter().find(|member| member.role == role)?;
                Some((shown, member.email.as_str()))
            })
    }
}

impl Inbox {
    pub fn website(&self) -> Website {
        let greeting_in = self.greeting_in.clone();
        Website { greeting_in, ..Website::new(&self.title, &self.greeting, &self.color) }
    }
}

impl Conversation {
    /// The steps with their times, counted back from `now`.
    pub fn timed(&self, now: Ms) -> Vec<(Ms, &Step)> {
        let mut at = now - self.ended.0;
        let mut timed: Vec<_> = self
            .steps
            .iter()
            .rev()
            .map(|step| {
                let this = at;
                at -= step.after.0;
                (this, step)
            })
            .collect();
        timed.reverse();
        timed
    }
}

impl Step {
    pub fn bytes(&self) -> Option<(&str, &'static [u8])> {
        let name = self.file.as_deref()?;
        FILES.iter().find(|(known, _)| *known == name).map(|(_, bytes)| (name, *bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_whole() {
        let sample = Sample::read().expect("the sample to be read");
        let member = |key: &String| sample.members.iter().any(|member| member.key == *key);
        for conversation in &sample.conversations {
            assert!(sample.inboxes.iter().any(|inbox| inbox.key == conversation.inbox));
            for step in &conversation.steps {
                assert!(step.by == "visitor" || member(&step.by), "{} is nobody", step.by);
                assert!(step.assign.as_ref().is_none_or(member), "{:?} is nobody", step.assign);
                let known = |name: &String| sample.tags.iter().any(|tag| tag.name == *name);
                assert!(step.close.is_some() || step.tags.is_empty(), "tags come with a closing");
                assert!(step.tags.iter().all(known), "{:?} is no tag", step.tags);
                let called = |name: &String| step.text.contains(&format!("@{name}"));
                assert!(step.mention.as_ref().is_none_or(called), "{:?} is not in the note", step.mention);
                assert!(step.file.is_none() || step.bytes().is_some(), "{:?} is no file", step.file);
            }
        }
        assert!(sample.inboxes.iter().all(|inbox| inbox.members.iter().all(member)));
        assert!(sample.inboxes.iter().all(|inbox| inbox.website().greeting_in.contains_key(&Locale::Id)));
        for team in &sample.teams {
            assert!(team.members.iter().all(member) && team.leads.iter().all(|key| team.members.contains(key)));
        }
        assert!(sample.conversations.len() >= 40 && sample.sign_ins().count() == 3);
    }

    #[test]
    fn steps_are_timed_back_from_the_end() {
        let spans = |text: &str| Span::try_from(Written::Text(text.into())).map(|span| span.0 / MINUTE_MS);
        assert_eq!((spans("1d 2h"), spans("90m")), (Ok(1_560), Ok(90)));
        assert!(spans("soon").is_err());
    }
}
