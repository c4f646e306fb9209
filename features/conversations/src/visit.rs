//! Where on the site a visitor is: the pages that he looks at while he has an open conversation, and where he came
//! from.
//!
//! What must stay true: a page makes nothing unread, newer or open again, and no contact ever sees one; an address
//! begins with `http` or `https` and carries no name, no password and no fragment. Absent: what nobody told in an open
//! conversation; before and after it the widget keeps its pages for the message that begins one.

use crate::{Author, AuthorKind, EntryKind, Holder, PAGE_INVALID, Thread, source, thread::Parts};
use axum::http::Uri;
use base::{Ms, Problem, Tx, turns_direction};
use contacts::ContactSource;
use ids::MemberId;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const URL_CHARACTERS: usize = 1_000;
const TITLE_CHARACTERS: usize = 200;
/// Pages that come with the message that begins a session: the newest of them.
const TRAIL_PAGES: usize = 20;
/// Entries of one session; after that only the current page moves on.
const SESSION_PAGES: u32 = 300;
/// How long ago a page of a trail can have been.
const TRAIL_MS: Ms = 24 * 3_600_000;
/// Whoever was away so long comes for another visit.
const AWAY_MS: Ms = 30 * 60_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page {
    pub url: String,
    /// May be empty.
    pub title: String,
}

/// With what somebody looks at the site. What the browser does not tell is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VisitorProfile {
    /// With its version, such as `Firefox 133`.
    pub browser: Option<String>,
    /// Such as `Android 14`; without a version where browsers hide it.
    pub system: Option<String>,
    pub device: Option<Device>,
    /// That he prefers, as a tag such as `id-ID`.
    pub language: Option<String>,
    /// By the address from which he asks: two letters of ISO 3166.
    pub country: Option<String>,
    /// Where his clock is: a name such as `Asia/Jakarta`.
    pub zone: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    Computer,
    Phone,
    Tablet,
}

/// What is known of the contact's way through the site in the newest session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Visit {
    /// Where he is, or was last.
    pub page: Option<Page>,
    /// Since when.
    pub at: Ms,
    /// The page that led him to the site; `null`: he came by himself, or nobody told.
    pub source: Option<String>,
    /// Entries so far.
    #[serde(default)]
    pub pages: u32,
    /// When he left the site; `null` while he is there, and when nobody told.
    #[serde(default)]
    pub left_at: Option<Ms>,
    /// How he came, for whoever asks where customers come from; `null`: nobody told.
    #[serde(default)]
    pub came_by: Option<ContactSource>,
    #[serde(default)]
    pub profile: Option<VisitorProfile>,
    /// When the visit began, as far as its pages are known.
    #[serde(default)]
    pub began_at: Option<Ms>,
    /// How many visits are known, of those during which he wrote or had an open conversation.
    #[serde(default)]
    pub visits: u32,
}

/// The way that led to a message.
#[derive(Default)]
pub struct Trail {
    /// Oldest first, with how long ago it was.
    pub pages: Vec<(Page, Ms)>,
    pub source: Option<String>,
    /// How that is classed.
    pub came_by: Option<ContactSource>,
    /// What the widget said to him, which he answers.
    pub greeted: Option<String>,
    pub profile: Option<VisitorProfile>,
    /// Which member's invitation he answers.
    pub invited: Option<Invited>,
}

/// What a member said to somebody on the site before there was a conversation.
pub struct Invited {
    pub by: MemberId,
    /// His name, as the visitor read it.
    pub name: String,
    pub text: String,
    /// He can be in charge in the inbox.
    pub holds: bool,
}

impl Page {
    /// The page as it is kept.
    pub fn new(url: &str, title: &str) -> Result<Self, Problem> {
        let url = address(url).ok_or_else(|| PAGE_INVALID.with("max", URL_CHARACTERS))?;
        let plain = |char: &char| !char.is_control() && !turns_direction(*char);
        let words: Vec<_> = title.split_whitespace().collect();
        let title = words.join(" ").chars().filter(plain).take(TITLE_CHARACTERS).collect();
        Ok(Self { url, title })
    }
}

impl Trail {
    /// Of what is no page nothing is kept: the message matters more.
    pub fn new(
        pages: Vec<(Result<Page, Problem>, Ms)>,
        source: Option<&str>,
        greeted: Option<String>,
        now: Ms,
    ) -> Self {
        let known = pages.into_iter().filter_map(|(page, ago)| Some((page.ok()?, ago.clamp(0, TRAIL_MS))));
        let pages: Vec<_> = known.collect();
        let newest = pages.len().saturating_sub(TRAIL_PAGES);
        let pages: Vec<_> = pages.into_iter().skip(newest).collect();
        let seen: Vec<_> = pages.iter().map(|(page, _)| page.clone()).collect();
        let source = source.and_then(address);
        let came_by = source::of_website(&seen, source.as_deref(), now);
        // A page of the site itself led him nowhere.
        let source = source.filter(|_| came_by.as_ref().is_some_and(|came| came.referrer.is_some()));
        Self { pages, source, came_by, greeted, ..Self::default() }
    }

    /// Of a messenger's customer, who came by this link.
    pub fn by_link(told: Option<(String, bool)>, now: Ms) -> Self {
        let came_by = told.as_ref().map(|(told, by_ad)| source::of_link(told, *by_ad, now));
        Self { source: told.map(|(told, _)| told), came_by, ..Self::default() }
    }
}

impl Visit {
    /// Of a session that begins now, after the contact was met last at `met_at`. Where he is he still is; how he came
    /// belongs to the one before. After a session nobody tells that he leaves, so a long pause ends his visit too.
    pub(crate) fn in_next_session(self, met_at: Ms, now: Ms) -> Option<Self> {
        let known = Self { visits: self.visits, profile: self.profile, ..Self::default() };
        if self.left_at.is_some() {
            return Some(known).filter(|known| *known != Self::default());
        }
        let began_at = self.began_at.filter(|_| now - self.at.max(met_at) < AWAY_MS);
        Some(Self { page: self.page, at: self.at, began_at, ..known })
    }

    /// He is on the site, or left it then.
    pub(crate) fn is_told(&mut self, left: Option<Ms>, now: Ms) {
        let away = self.left_at.is_some_and(|left| now - left >= AWAY_MS);
        if left.is_none() && away && self.began_at.is_some() {
            (self.began_at, self.visits) = (Some(now), self.visits + 1);
        }
        self.left_at = left;
    }
}

impl Thread {
    /// The way on which the contact came, at the beginning of a session.
    pub(crate) fn arrive(&mut self, tx: &Tx<'_>, trail: Trail) {
        if let Some(Invited { by, name, text, holds }) = trail.invited {
            let author = Author { kind: AuthorKind::Member, id: Some(by.to_string()), name: Some(name.clone()) };
            self.add(tx, EntryKind::Greeted, author.clone(), Parts { text: Some(text), ..Parts::default() });
            let me = Holder::Member { id: by };
            if holds && self.conversation.holder != me {
                self.hand_to(tx, me, Some(name), author, None);
            }
        }
        let came = trail.source.is_some();
        if came || !trail.pages.is_empty() || trail.profile.is_some() {
            let before = self.conversation.visit.take().unwrap_or_default();
            let zone = before.profile.as_ref().and_then(|profile| profile.zone.clone());
            let profile = trail.profile.map(|profile| VisitorProfile { zone, ..profile }).or(before.profile.clone());
            let (source, came_by) = (trail.source, trail.came_by);
            let known = if came || !trail.pages.is_empty() {
                Visit { began_at: before.began_at, visits: before.visits, ..Visit::default() }
            } else {
                before
            };
            self.conversation.visit = Some(Visit { source, came_by, profile, ..known });
        }
        for (page, ago) in trail.pages {
            self.go_to(tx, page, tx.now - ago);
        }
        if let Some(text) = trail.greeted {
            let system = Author { kind: AuthorKind::System, id: None, name: None };
            self.add(tx, EntryKind::Greeted, system, Parts { text: Some(text), ..Parts::default() });
        }
    }

    /// He does something: he is there.
    pub(crate) fn is_here(&mut self, now: Ms) {
        if let Some(visit) = &mut self.conversation.visit {
            visit.is_told(None, now);
        }
    }

    fn go_to(&mut self, tx: &Tx<'_>, page: Page, at: Ms) {
        let visit = self.conversation.visit.get_or_insert_default();
        let is_new = visit.page.as_ref().is_none_or(|known| known.url != page.url);
        visit.is_told(None, tx.now);
        (visit.page, visit.at) = (Some(page.clone()), at);
        if visit.began_at.is_none() {
            (visit.began_at, visit.visits) = (Some(at), visit.visits + 1);
        }
        if is_new && visit.pages < SESSION_PAGES {
            visit.pages += 1;
            let author = self.contact_author();
            let parts = Parts { page: Some(page), written_at: (at != tx.now).then_some(at), ..Parts::default() };
            self.add(tx, EntryKind::Navigation, author, parts);
        }
    }
}

/// The contact looks at a page now. The same one again is no news, and after the conversation nothing is kept.
pub async fn look_at(tx: &mut Tx<'_>, mut thread: Thread, page: Page) -> Result<(), Problem> {
    let known = thread.conversation.visit.as_ref().and_then(|visit| visit.page.as_ref());
    if !thread.conversation.is_open() || known == Some(&page) {
        return Ok(());
    }
    thread.go_to(tx, page, tx.now);
    thread.save(tx).await?;
    Ok(())
}

/// Where the contact's clock is, as his browser says. The same again is no news, and what nobody knows is nothing.
pub async fn keep_zone(tx: &mut Tx<'_>, mut thread: Thread, zone: &str) -> Result<(), Problem> {
    let Some(zone) = TimeZone::get(zone).ok().and_then(|zone| zone.iana_name().map(str::to_owned)) else {
        return Ok(());
    };
    let is_open = thread.conversation.is_open();
    let profile = thread.conversation.visit.get_or_insert_default().profile.get_or_insert_default();
    if is_open && profile.zone.as_ref() != Some(&zone) {
        profile.zone = Some(zone);
        thread.save(tx).await?;
    }
    Ok(())
}

/// An address without what is nobody's business; one that is too long loses what it asks for.
fn address(text: &str) -> Option<String> {
    let (text, _) = text.split_once('#').unwrap_or((text, ""));
    let uri: Uri = text.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
    let authority = uri.authority()?;
    let port = authority.port().map(|port| format!(":{port}")).unwrap_or_default();
    let site = format!("{scheme}://{}{port}", authority.host());
    [uri.path_and_query().map_or("/", |path| path.as_str()), uri.path()]
        .into_iter()
        .map(|path| format!("{site}{path}"))
        .find(|url| url.len() <= URL_CHARACTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(url: &str) -> Option<String> {
        Page::new(url, "").ok().map(|page| page.url)
    }

    #[test]
    fn an_address_is_one_of_the_web_and_tells_no_secret() {
        let same = |url: &str| assert_eq!(kept(url).as_deref(), Some(url));
        same("https://shop.example/track/KS-2231?from=mail&to=%C3%A9");
        same("http://127.0.0.1:8080/");
        assert_eq!(kept("https://shop.example/a#token=1").as_deref(), Some("https://shop.example/a"));
        assert_eq!(kept("https://ana:secret@shop.example/a").as_deref(), Some("https://shop.example/a"));
        for wrong in ["", "/track", "javascript:alert(1)", "data:text/html,x", "ftp://a/b", "https://", "https://a b/"]
        {
            assert_eq!(kept(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_long_address_loses_its_question_and_a_longer_one_is_none() {
        let query = format!("https://shop.example/a?q={}", "x".repeat(1_000));
        assert_eq!(kept(&query).as_deref(), Some("https://shop.example/a"));
        assert_eq!(kept(&format!("https://shop.example/{}", "x".repeat(1_000))), None);
    }

    #[test]
    fn a_title_is_one_short_line() {
        let page =
            Page::new("https://shop.example", &format!(" Track\n\u{202e}it {}", "é".repeat(300))).expect("a page");
        assert!(page.title.starts_with("Track it é"));
        assert_eq!(page.title.chars().count(), TITLE_CHARACTERS);
    }

    #[test]
    fn a_trail_ends_at_its_newest_pages() {
        let page = |n: usize| (Page::new(&format!("https://shop.example/{n}"), ""), 1_000 - n as Ms);
        let trail =
            Trail::new((0..30).map(page).chain([(Page::new("about:blank", ""), 0)]).collect(), Some("about:"), None, 0);
        assert_eq!((trail.pages.len(), trail.source), (TRAIL_PAGES, None));
        assert_eq!(trail.pages[0].0.url, "https://shop.example/10");
    }
}
