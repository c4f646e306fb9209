//! By which way somebody came, as its first page and the page before it tell.
//!
//! What must stay true: what nobody told is not called direct: who is met in the middle of a site came somehow. A host is
//! somebody's only when its registered name is: `google.evil.example` is not Google. Absent: anything that a page could
//! say about it by hand, other than in its address.

use crate::visit::Page;
use axum::{extract::Query, http::Uri};
use base::{Ms, turns_direction};
use contacts::{ContactSource, SourceKind};
use std::collections::BTreeMap;

/// Of one field of a campaign, and of a name.
const CHARACTERS: usize = 100;
/// Of an address; what follows its `?` is not kept.
const URL_CHARACTERS: usize = 300;

/// The fields that links of campaigns carry.
const UTM: [&str; 6] = ["source", "medium", "campaign", "term", "content", "id"];
/// Marks that networks put on what is paid for. Facebook's `fbclid` is none: it is on every link.
const CLICKS: [(&str, &str); 9] = [
    ("gclid", "Google Ads"),
    ("gbraid", "Google Ads"),
    ("wbraid", "Google Ads"),
    ("dclid", "Google Ads"),
    ("msclkid", "Microsoft Advertising"),
    ("ttclid", "TikTok Ads"),
    ("twclid", "X Ads"),
    ("li_fat_id", "LinkedIn Ads"),
    ("yclid", "Yandex Direct"),
];
/// The same on links that are shared.
const SHARED: [(&str, &str); 2] = [("fbclid", "Facebook"), ("igshid", "Instagram")];
const PAID: [&str; 14] = [
    "cpc",
    "ppc",
    "cpm",
    "cpv",
    "cpa",
    "cpp",
    "ad",
    "ads",
    "display",
    "banner",
    "retargeting",
    "remarketing",
    "sem",
    "ctwa",
];
const MAILED: [&str; 5] = ["email", "e-mail", "mail", "newsletter", "edm"];
const SHARING: [&str; 5] = ["social", "sm", "social-media", "social_media", "organic_social"];

/// Names of sites, before the end that the country or the purpose gives. With a dot in it: the beginning as well.
const MAILBOXES: [(&str, &str); 7] = [
    ("mail.google", "Gmail"),
    ("outlook.live", "Outlook"),
    ("outlook.office", "Outlook"),
    ("outlook.office365", "Outlook"),
    ("mail.yahoo", "Yahoo Mail"),
    ("mail.yandex", "Yandex Mail"),
    ("mail.proton", "Proton Mail"),
];
const ENGINES: [(&str, &str); 15] = [
    ("google", "Google"),
    ("bing", "Bing"),
    ("duckduckgo", "DuckDuckGo"),
    ("search.yahoo", "Yahoo"),
    ("yandex", "Yandex"),
    ("ya", "Yandex"),
    ("baidu", "Baidu"),
    ("ecosia", "Ecosia"),
    ("startpage", "Startpage"),
    ("qwant", "Qwant"),
    ("search.brave", "Brave"),
    ("naver", "Naver"),
    ("sogou", "Sogou"),
    ("seznam", "Seznam"),
    ("kagi", "Kagi"),
];
const NETWORKS: [(&str, &str); 23] = [
    ("facebook", "Facebook"),
    ("fb", "Facebook"),
    ("messenger", "Messenger"),
    ("instagram", "Instagram"),
    ("threads", "Threads"),
    ("whatsapp", "WhatsApp"),
    ("wa", "WhatsApp"),
    ("telegram", "Telegram"),
    ("t.me", "Telegram"),
    ("t.co", "X"),
    ("twitter", "X"),
    ("x", "X"),
    ("linkedin", "LinkedIn"),
    ("lnkd", "LinkedIn"),
    ("tiktok", "TikTok"),
    ("youtube", "YouTube"),
    ("youtu", "YouTube"),
    ("pinterest", "Pinterest"),
    ("reddit", "Reddit"),
    ("line", "LINE"),
    ("vk", "VK"),
    ("discord", "Discord"),
    ("quora", "Quora"),
];
/// Between a registered name and its country, as in `google.co.id`.
const SECOND_LEVELS: [&str; 7] = ["co", "com", "net", "org", "or", "ne", "go"];

/// How somebody came to a site: by the pages that are known of it, oldest first, and the page before the first of them.
/// `None`: nobody told.
pub(crate) fn of_website(pages: &[Page], referrer: Option<&str>, at: Ms) -> Option<ContactSource> {
    let landing = pages.first();
    if landing.is_none() && referrer.is_none() {
        return None;
    }
    let asked: Vec<_> = pages.iter().map(|page| asked_of(&page.url)).collect();
    // The newest page with a campaign may be of a later visit; the oldest says how it began.
    let link = asked.into_iter().find(|asked| asked.tells()).unwrap_or_default();
    let host = referrer.and_then(host_of);
    let own = landing.and_then(|page| host_of(&page.url));
    let inside = host.is_some() && own.as_deref().map(site) == host.as_deref().map(site);
    let from = host.as_deref().filter(|_| !inside);
    if inside && !link.tells() {
        return None;
    }
    let (kind, name) = class(&link, from);
    Some(ContactSource {
        kind,
        name: name.map(|name| plain(&name)),
        referrer: referrer.filter(|_| !inside).and_then(short),
        landing: landing.and_then(|page| short(&page.url)),
        utm: link.utm,
        at,
    })
}

/// How a messenger's customer came: what its provider calls the link or the advertisement.
pub fn of_link(told: &str, by_ad: bool, at: Ms) -> ContactSource {
    let kind = if by_ad { SourceKind::Ad } else { SourceKind::Link };
    let address = host_of(told).filter(|_| told.starts_with("http"));
    let name = address.clone().map_or_else(|| plain(told), |host| site(&host).to_owned());
    let referrer = address.and_then(|_| short(told));
    ContactSource { kind, name: Some(name), referrer, landing: None, utm: BTreeMap::new(), at }
}

/// What an address asks for, as far as it says how somebody came.
#[derive(Default)]
struct Asked {
    utm: BTreeMap<String, String>,
    ad: Option<&'static str>,
    shared: Option<&'static str>,
}

impl Asked {
    fn tells(&self) -> bool {
        !self.utm.is_empty() || self.ad.is_some() || self.shared.is_some()
    }

    fn utm(&self, field: &str) -> Option<String> {
        self.utm.get(field).map(|text| text.to_lowercase())
    }
}

fn asked_of(url: &str) -> Asked {
    let mut asked = Asked::default();
    let Ok(uri) = url.parse::<Uri>() else { return asked };
    let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(&uri) else { return asked };
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
        let name = name.to_lowercase();
        let of = |table: &[(&str, &'static str)]| table.iter().find(|(mark, _)| *mark == name).map(|(_, whose)| *whose);
        asked.ad = asked.ad.or(of(&CLICKS));
        asked.shared = asked.shared.or(of(&SHARED));
        if let Some(field) = name.strip_prefix("utm_").filter(|field| UTM.contains(field)) {
            asked.utm.entry(field.to_owned()).or_insert_with(|| plain(&value));
        }
    }
    asked
}

fn class(link: &Asked, from: Option<&str>) -> (SourceKind, Option<String>) {
    let named = |table: &[(&str, &'static str)]| from.and_then(|host| whose(host, table)).map(str::to_owned);
    let (medium, source) = (link.utm("medium").unwrap_or_default(), link.utm.get("source").cloned());
    let network = || named(&NETWORKS).or_else(|| link.shared.map(str::to_owned));
    let is = |words: &[&str]| words.contains(&medium.as_str());
    if let Some(ads) = link.ad {
        return (SourceKind::Ad, Some(ads.to_owned()));
    }
    if is(&PAID) || medium.contains("paid") {
        return (SourceKind::Ad, source.or_else(network).or_else(|| named(&ENGINES)));
    }
    if is(&MAILED) || link.utm("source").as_deref() == Some("newsletter") {
        return (SourceKind::Email, source.or_else(|| named(&MAILBOXES)));
    }
    if is(&SHARING) {
        return (SourceKind::Social, network().or(source));
    }
    if let Some(mailbox) = named(&MAILBOXES) {
        return (SourceKind::Email, Some(mailbox));
    }
    if let Some(engine) = named(&ENGINES) {
        return (SourceKind::Search, Some(engine));
    }
    if let Some(network) = network() {
        return (SourceKind::Social, Some(network));
    }
    match (link.utm.is_empty(), from) {
        (false, _) => (SourceKind::Campaign, source.or_else(|| link.utm.get("campaign").cloned())),
        (true, Some(host)) => (SourceKind::Referral, Some(site(host).to_owned())),
        (true, None) => (SourceKind::Direct, None),
    }
}

fn host_of(url: &str) -> Option<String> {
    Some(url.parse::<Uri>().ok()?.host()?.to_ascii_lowercase())
}

/// As people call it.
fn site(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// To whom of the table a host belongs: its registered name is in it, with what stands before that where the table says so.
fn whose(host: &str, table: &[(&str, &'static str)]) -> Option<&'static str> {
    let labels: Vec<_> = host.split('.').collect();
    let registered = match labels.as_slice() {
        [.., second, _] if SECOND_LEVELS.contains(second) && labels.len() > 2 => labels.len() - 3,
        [_, _, ..] => labels.len() - 2,
        _ => return None,
    };
    let (name, end) = (labels[registered], labels[registered..].join("."));
    let with_first = registered.checked_sub(1).map(|before| format!("{}.{name}", labels[before]));
    let one = |(known, whose): &(&str, &'static str)| {
        let fits = *known == name || *known == end || with_first.as_deref() == Some(*known);
        fits.then_some(*whose)
    };
    table.iter().find_map(one)
}

/// Without what it asks for: searched words are nobody's business. Of one that is too long only the site is kept.
fn short(url: &str) -> Option<String> {
    let (page, _) = url.split_once('?').unwrap_or((url, ""));
    if page.len() <= URL_CHARACTERS {
        Some(page.to_owned())
    } else {
        host_of(url).map(|host| format!("https://{host}/"))
    }
}

/// One short line.
fn plain(text: &str) -> String {
    let plain = |char: &char| !char.is_control() && !turns_direction(*char);
    text.trim().chars().filter(plain).take(CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(landing: &str, referrer: &str) -> Option<ContactSource> {
        let pages: Vec<_> = Page::new(landing, "").into_iter().collect();
        of_website(&pages, Some(referrer).filter(|text| !text.is_empty()), 7)
    }

    /// R263, C27
    #[test]
    fn each_way_has_its_class_and_its_name() {
        use SourceKind::{Ad, Campaign, Direct, Email, Referral, Search, Social};
        let shop = "https://shop.example/";
        for (asked, referrer, kind, name) in [
            ("", "", Direct, None),
            ("", "https://www.google.com/", Search, Some("Google")),
            ("", "https://www.google.co.id/search?q=kopi", Search, Some("Google")),
            ("", "https://google.evil.example/", Referral, Some("google.evil.example")),
            ("", "https://notgoogle.com/", Referral, Some("notgoogle.com")),
            ("", "https://duckduckgo.com/", Search, Some("DuckDuckGo")),
            ("", "https://search.yahoo.co.jp/", Search, Some("Yahoo")),
            ("", "https://mail.google.com/mail/u/0", Email, Some("Gmail")),
            ("", "https://l.facebook.com/l.php?u=x", Social, Some("Facebook")),
            ("", "https://t.co/abc", Social, Some("X")),
            ("", "https://t.me/kopi", Social, Some("Telegram")),
            ("", "https://www.blog.example/beans", Referral, Some("blog.example")),
            ("?gclid=abc", "https://www.google.com/", Ad, Some("Google Ads")),
            ("?GCLID=abc&utm_medium=email", "", Ad, Some("Google Ads")),
            ("?fbclid=abc", "https://m.facebook.com/", Social, Some("Facebook")),
            ("?fbclid=abc", "", Social, Some("Facebook")),
            ("?fbclid=abc&utm_medium=paid_social&utm_source=meta", "", Ad, Some("meta")),
            ("?utm_medium=CPC&utm_source=Bing", "https://www.bing.com/", Ad, Some("Bing")),
            ("?utm_medium=email&utm_source=may%20news", "", Email, Some("may news")),
            ("?utm_source=newsletter", "", Email, Some("newsletter")),
            ("?utm_medium=social", "https://www.linkedin.com/", Social, Some("LinkedIn")),
            ("?utm_source=poster&utm_medium=qr", "", Campaign, Some("poster")),
            ("?utm_campaign=spring", "https://blog.example/", Campaign, Some("spring")),
            ("?q=shoes", "", Direct, None),
            ("?gclid=", "", Direct, None),
        ] {
            let source = came(&format!("{shop}{asked}"), referrer).expect("a source");
            assert_eq!((source.kind, source.name.as_deref()), (kind, name), "{asked} {referrer}");
            assert_eq!((source.landing.as_deref(), source.at), (Some(shop), 7));
        }
    }

    #[test]
    fn who_is_met_in_the_middle_of_a_site_is_not_said_to_come_by_himself() {
        assert_eq!(came("https://shop.example/cart", "https://www.shop.example/"), None);
        let linked = came("https://shop.example/cart?utm_source=poster", "https://shop.example/").expect("a source");
        assert_eq!((linked.kind, linked.referrer), (SourceKind::Campaign, None));
        assert_eq!(of_website(&[], None, 0), None);
        let only = of_website(&[], Some("https://www.bing.com/search?q=x"), 0).expect("a source");
        assert_eq!(
            (only.kind, only.landing, only.referrer.as_deref()),
            (SourceKind::Search, None, Some("https://www.bing.com/search"))
        );
    }

    #[test]
    fn a_campaign_is_that_of_the_oldest_page_that_names_one() {
        let page = |url: &str| Page::new(url, "").expect("a page");
        let pages = [
            page("https://shop.example/"),
            page("https://shop.example/a?utm_source=first&utm_term=%E2%80%AEx&utm_other=1"),
            page("https://shop.example/b?utm_source=second"),
        ];
        let source = of_website(&pages, None, 0).expect("a source");
        let kept: Vec<_> = source.utm.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(kept, [("source", "first"), ("term", "x")]);
    }

    /// R097
    #[test]
    fn a_messengers_customer_came_by_a_link_or_an_advertisement() {
        let ad = of_link("https://fb.me/gayo?x=1", true, 0);
        assert_eq!(
            (ad.kind, ad.name.as_deref(), ad.referrer.as_deref()),
            (SourceKind::Ad, Some("fb.me"), Some("https://fb.me/gayo"))
        );
        let link = of_link("promo-7", false, 0);
        assert_eq!((link.kind, link.name.as_deref(), link.referrer), (SourceKind::Link, Some("promo-7"), None));
    }
}
