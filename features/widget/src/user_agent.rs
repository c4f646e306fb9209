//! A browser's description of itself, in the words of people: which browser, on which system, on what kind of device.
//!
//! What must stay true: the tables are in order, because most browsers also claim to be others; what they do not know is
//! left out. Versions are kept where browsers still tell them: "Android 10" and "Mac OS X 10_15_7" are what all say.
//! Absent: what each product of each year is called.

use conversations::Device;

const BROWSERS: [(&str, &str); 30] = [
    ("Instagram ", "Instagram"),
    ("FBAV/", "Facebook"),
    ("FBAN/", "Facebook"),
    ("Line/", "LINE"),
    ("BytedanceWebview/", "TikTok"),
    ("musical_ly_", "TikTok"),
    ("GSA/", "Google"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("OPT/", "Opera"),
    ("OPX/", "Opera GX"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("UCBrowser/", "UC Browser"),
    ("YaBrowser/", "Yandex"),
    ("Vivaldi/", "Vivaldi"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Ddg/", "DuckDuckGo"),
    ("MiuiBrowser/", "Mi Browser"),
    ("HuaweiBrowser/", "Huawei Browser"),
    ("VivoBrowser/", "Vivo Browser"),
    ("HeyTapBrowser/", "HeyTap"),
    ("QQBrowser/", "QQ"),
    ("FxiOS/", "Firefox"),
    ("Focus/", "Firefox Focus"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

const SYSTEMS: [(&str, &str); 15] = [
    ("iPhone OS ", "iOS"),
    ("iPad; CPU OS ", "iPadOS"),
    ("iPod", "iOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony ", "HarmonyOS"),
    ("KAIOS/", "KaiOS"),
    ("Tizen ", "Tizen"),
    ("Android ", "Android"),
    ("Android", "Android"),
    ("Windows NT 6.1", "Windows 7"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("FreeBSD", "FreeBSD"),
    ("Linux", "Linux"),
];
/// What tells its version, and which one only hides it.
const WITH_VERSION: [&str; 6] = ["iOS", "iPadOS", "Android", "KaiOS", "HarmonyOS", "Tizen"];
const HIDDEN: &str = "Android 10; K";

/// Browser and system with their versions, and the device.
pub(crate) fn read(text: &str) -> (Option<String>, Option<String>, Option<Device>) {
    let find =
        |table: &[(&str, &'static str)]| table.iter().find_map(|(mark, name)| Some((*name, text.split_once(*mark)?.1)));
    let browser = find(&BROWSERS).filter(|(name, _)| *name != "Safari" || text.contains("Safari/"));
    let browser = browser.map(|(name, rest)| with(name, &number(rest, 1)));
    let system = find(&SYSTEMS).map(|(name, rest)| {
        let told = WITH_VERSION.contains(&name) && !text.contains(HIDDEN);
        with(name, &if told { number(rest, 2) } else { String::new() })
    });
    let device = system.is_some().then(|| device(text));
    (browser, system, device)
}

fn device(text: &str) -> Device {
    let has = |mark: &str| text.contains(mark);
    if has("iPad") || has("Tablet") || (has("Android") && !has("Mobile")) {
        Device::Tablet
    } else if has("Mobi") || has("iPhone") || has("iPod") || has("Android") || has("KAIOS") {
        Device::Phone
    } else {
        Device::Computer
    }
}

/// The first parts of a version at the beginning; a part that is nothing is left out.
fn number(text: &str, parts: usize) -> String {
    let end = text.find(|char: char| !char.is_ascii_digit() && char != '.' && char != '_').unwrap_or(text.len());
    let mut found: Vec<_> =
        text[..end].split(['.', '_']).take(parts).filter(|part| !part.is_empty() && part.len() <= 4).collect();
    while found.len() > 1 && found.last().is_some_and(|part| part.bytes().all(|digit| digit == b'0')) {
        found.pop();
    }
    found.join(".")
}

fn with(name: &str, version: &str) -> String {
    if version.is_empty() { name.to_owned() } else { format!("{name} {version}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R268, R269
    #[test]
    fn browsers_of_these_years_are_known() {
        use Device::{Computer, Phone, Tablet};
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let apple = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        for (text, browser, system, device) in [
            (
                format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/131.0.0.0 Safari/537.36"),
                "Chrome 131",
                "Windows",
                Computer,
            ),
            (
                format!(
                    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51"
                ),
                "Edge 131",
                "Windows",
                Computer,
            ),
            (
                format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} Chrome/131.0.0.0 Safari/537.36 OPR/116.0.0.0"),
                "Opera 116",
                "Linux",
                Computer,
            ),
            (
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0".into(),
                "Firefox 133",
                "Linux",
                Computer,
            ),
            (
                "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0".into(),
                "Firefox 133",
                "Android 14",
                Phone,
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/131.0.0.0 Mobile Safari/537.36"),
                "Chrome 131",
                "Android",
                Phone,
            ),
            (
                format!(
                    "Mozilla/5.0 (Linux; Android 13; SM-X200) {webkit} SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36"
                ),
                "Samsung Internet 27",
                "Android 13",
                Tablet,
            ),
            (
                format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {apple} Version/18.1 Safari/605.1.15"),
                "Safari 18",
                "macOS",
                Computer,
            ),
            (
                format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) {apple} Version/17.5 Mobile/15E148 Safari/604.1"
                ),
                "Safari 17",
                "iOS 17.5",
                Phone,
            ),
            (
                format!(
                    "Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) {apple} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1"
                ),
                "Chrome 131",
                "iPadOS 16",
                Tablet,
            ),
            (
                format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {apple} Mobile/15E148 Instagram 358.0.2.27.81 (iPhone14,5)"
                ),
                "Instagram 358",
                "iOS 18.1",
                Phone,
            ),
            (
                format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {webkit} Chrome/131.0.0.0 Safari/537.36"),
                "Chrome 131",
                "ChromeOS",
                Computer,
            ),
        ] {
            let read = read(&text);
            assert_eq!(
                (read.0.as_deref(), read.1.as_deref(), read.2),
                (Some(browser), Some(system), Some(device)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_browser_is_none() {
        assert_eq!(read(""), (None, None, None));
        assert_eq!(read("curl/8.5.0"), (None, None, None));
        assert_eq!(read("Version/1 of Linux é Android 12345"), (None, Some("Android".into()), Some(Device::Tablet)));
        read(&"Chrome/\u{202e}é.".repeat(50));
    }
}
