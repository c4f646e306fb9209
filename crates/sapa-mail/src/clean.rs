//! HTML that can be shown.
//!
//! What must stay true: what comes out was built anew: only names and attributes that are listed here, values that were
//! looked at, and text without signs that begin anything. It does not matter how well the sender's markup was understood:
//! what was misread is text. Every element is closed, none lies deeper than [`DEPTH`], and the work grows with the length
//! alone.
//! Absent: what shows it (a frame without scripts, whose policy lets nothing in).

use std::fmt::Write as _;

/// What stands for `src` at a picture from elsewhere, until the reader asks for it: [`with_remote`].
const REMOTE: &str = " data-remote=\"";

/// A longer one is not read to its end.
const BYTES: usize = 512 * 1024;
const DEPTH: usize = 100;
const ELEMENTS: usize = 20_000;
const ATTRIBUTES: usize = 64;
const VALUE_BYTES: usize = 2_048;
/// Pictures inside the text itself, each.
const DATA_BYTES: usize = 64 * 1024;

/// Of these nothing is kept, whatever is in them.
const DROPPED: &[&str] = &[
    "script",
    "style",
    "title",
    "template",
    "svg",
    "math",
    "object",
    "applet",
    "noscript",
    "iframe",
    "textarea",
    "select",
    "xmp",
    "noembed",
    "noframes",
    "plaintext",
    "audio",
    "video",
    "canvas",
    "frameset",
    "button",
];
const VOID: &[&str] = &["br", "hr", "img", "col"];
const KEPT: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
];
/// They say nothing that a text does not.
const PLAIN: &[&str] = &["div", "p", "br", "span", "section", "article", "main", "header", "footer", "address", "font"];
/// A new line before and after.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];
/// Cells keep what is in them in.
const WALLS: &[&str] = &["td", "th", "table"];
/// What mail programs call what they quote.
const QUOTES: &[&str] = &[
    "gmail_quote",
    "gmail_extra",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "moz-cite-prefix",
    "zmail_extra",
    "WordQuote",
    "ms-outlook-mobile-reference-message",
];
/// What they put before it; all that follows is quoted.
const QUOTE_STARTS: &[&str] =
    &["appendonsend", "divrplyfwdmsg", "olk_src_body_section", "mail-editor-reference-message-container"];
const STYLES: &[&str] = &[
    "color",
    "background-color",
    "background",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "line-height",
    "text-align",
    "text-decoration",
    "text-transform",
    "text-indent",
    "letter-spacing",
    "vertical-align",
    "white-space",
    "width",
    "max-width",
    "min-width",
    "height",
    "padding",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
    "margin",
    "margin-top",
    "margin-right",
    "margin-bottom",
    "margin-left",
    "border",
    "border-top",
    "border-right",
    "border-bottom",
    "border-left",
    "border-color",
    "border-style",
    "border-width",
    "border-radius",
    "border-collapse",
    "border-spacing",
    "list-style-type",
    "direction",
    "word-break",
    "overflow-wrap",
    "display",
];

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clean {
    pub html: String,
    /// What it says without what it quotes, as text.
    pub text: String,
    /// There is more to see than the text.
    pub rich: bool,
    /// Something is quoted at its end, which can be hidden.
    pub quoted: bool,
    /// It asks for pictures from elsewhere.
    pub remote: bool,
}

/// `inline` answers where a picture is that came with the mail, by its name there.
pub fn clean(html: &str, inline: impl Fn(&str) -> Option<String>) -> Clean {
    let end = (0..=BYTES.min(html.len())).rev().find(|at| html.is_char_boundary(*at)).unwrap_or(0);
    let mut writer = Writer {
        inline,
        out: Clean::default(),
        open: Vec::new(),
        elements: 0,
        quote: Quote::default(),
        said: Said::default(),
    };
    writer.out.rich = end < html.len();
    let mut rest = &html[..end];
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        rest = writer.tag(&rest[at..]);
    }
    writer.text(rest);
    while let Some(name) = writer.open.pop() {
        writer.close(&name);
    }
    let Writer { mut out, quote, said, .. } = writer;
    out.quoted = quote.begun && !quote.more && !said.before.trim().is_empty();
    out.text = lines(if out.quoted { &said.before } else { &said.all });
    out
}

/// With the pictures from elsewhere. No text of a mail looks like that: its quotation marks are written otherwise.
pub fn with_remote(html: &str) -> String {
    html.replace(REMOTE, " src=\"")
}

/// A text as HTML, with what it quotes marked.
pub fn plain(text: &str) -> Clean {
    let (said, quoted) = crate::fold(text);
    let mut html = "<div class=\"text\">".to_owned();
    escape(said, &mut html);
    if quoted {
        html += "<div class=\"quote\">";
        escape(text[said.len()..].trim_matches('\n'), &mut html);
        html += "</div>";
    }
    html += "</div>";
    Clean { html, text: said.trim().to_owned(), rich: false, quoted, remote: false }
}

fn escape(text: &str, out: &mut String) {
    for char in text.chars() {
        match char {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            char if char.is_control() && !matches!(char, '\n' | '\t') => {}
            char => out.push(char),
        }
    }
}

/// At most one empty line between two, and none around.
fn lines(text: &str) -> String {
    let mut out = String::new();
    let mut empty = 0;
    for line in text.split('\n') {
        let line = line.trim();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(line);
    }
    out
}

#[derive(Default)]
struct Quote {
    begun: bool,
    /// How deep the element lies that quotes; none: outside.
    inside: Option<usize>,
    /// Everything from here on is quoted.
    rest: bool,
    /// Something is said behind it.
    more: bool,
}

#[derive(Default)]
struct Said {
    before: String,
    all: String,
}

struct Writer<F> {
    inline: F,
    out: Clean,
    /// Elements that are open, outermost first.
    open: Vec<String>,
    elements: usize,
    quote: Quote,
    said: Said,
}

impl<F: Fn(&str) -> Option<String>> Writer<F> {
    fn text(&mut self, raw: &str) {
        if raw.is_empty() {
            return;
        }
        let text = decoded(raw);
        escape(&text, &mut self.out.html);
        let pre = self.open.iter().any(|name| name == "pre");
        let said = if pre { text } else { spaced(&text) };
        if !said.trim().is_empty() && self.quote.begun && self.quote.inside.is_none() && !self.quote.rest {
            self.quote.more = true;
        }
        self.say(&said);
    }

    fn say(&mut self, text: &str) {
        self.said.all.push_str(text);
        if !self.quote.begun {
            self.said.before.push_str(text);
        }
    }

    /// Takes what begins with `<`, and answers what follows.
    fn tag<'a>(&mut self, rest: &'a str) -> &'a str {
        let bytes = rest.as_bytes();
        match bytes.get(1) {
            Some(b'!') if rest.starts_with("<!--") => after(&rest[4..], "-->"),
            Some(b'!' | b'?') => after(rest, ">"),
            Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let (name, _) = name(&rest[2..]);
                self.end(&name);
                after(rest, ">")
            }
            Some(byte) if byte.is_ascii_alphabetic() => {
                let (name, mut rest) = name(&rest[1..]);
                let mut attributes = Vec::new();
                while let Some((attribute, next)) = attribute(rest) {
                    if attributes.len() < ATTRIBUTES {
                        attributes.push(attribute);
                    }
                    rest = next;
                }
                let rest = after(rest, ">");
                if DROPPED.contains(&name.as_str()) {
                    past(rest, &name)
                } else {
                    self.start(&name, &attributes);
                    rest
                }
            }
            _ => {
                self.text("<");
                &rest[1..]
            }
        }
    }

    fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        let Some(name) = KEPT.iter().find(|kept| **kept == name) else { return };
        self.elements += 1;
        if self.elements > ELEMENTS || self.open.len() >= DEPTH {
            self.out.rich = true;
            return;
        }
        self.make_room(name);
        if BLOCKS.contains(name) || *name == "br" {
            self.say("\n");
        } else if matches!(*name, "td" | "th") {
            self.say(" ");
        }
        let quotes = self.quotes(name, attributes);
        // A sender's own picture of one pixel tells him who reads it, and says nothing.
        if !PLAIN.contains(name) && quotes.is_none() && !self.quote.begun {
            self.out.rich = true;
        }
        let _ = write!(self.out.html, "<{name}");
        if let Some(class) = quotes {
            let _ = write!(self.out.html, " class=\"{class}\"");
        }
        for (key, value) in attributes {
            self.attribute(name, key, value);
        }
        if *name == "a" {
            self.out.html += " target=\"_blank\" rel=\"noopener noreferrer nofollow\"";
        }
        self.out.html.push('>');
        if !VOID.contains(name) {
            self.open.push((*name).to_owned());
        }
    }

    /// Whether it begins a quote, and how much of what follows it takes along.
    fn quotes(&mut self, name: &str, attributes: &[(String, String)]) -> Option<&'static str> {
        let get = |key: &str| attributes.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value.as_str());
        let named = get("class").split_whitespace().any(|class| QUOTES.contains(&class))
            || (name == "blockquote" && (get("type").eq_ignore_ascii_case("cite") || !get("cite").is_empty()));
        let style = get("style").to_lowercase().replace(' ', "");
        let bar =
            name == "div" && (style.contains("border-top:solid#e1e1e1") || style.contains("border-top:solid#b5c4df"));
        let starts = QUOTE_STARTS.iter().any(|start| get("id").to_lowercase().ends_with(start)) || bar;
        if !named && !starts {
            return None;
        }
        if !VOID.contains(&name) && self.quote.inside.is_none() {
            self.quote.inside = Some(self.open.len());
        }
        self.quote.begun = true;
        self.quote.rest |= starts;
        Some(if starts { "quote-on" } else { "quote" })
    }

    fn attribute(&mut self, name: &str, key: &str, value: &str) {
        if key == "style" {
            let style = styles(value);
            if !style.is_empty() {
                self.put("style", &style);
            }
            return;
        }
        let size = value.len() <= 20
            && !value.is_empty()
            && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'%' | b'.'));
        let word =
            value.len() <= 100 && value.chars().all(|char| char.is_ascii_alphanumeric() || " #,.-%()".contains(char));
        match (name, key) {
            ("a", "href") => {
                let target = value.trim();
                if links(target) {
                    self.put("href", target);
                }
            }
            ("img", "src") => self.picture(value.trim()),
            ("img", "alt") | ("td" | "th" | "abbr" | "a" | "img", "title") => self.put(key, value),
            (_, "dir") if matches!(value, "ltr" | "rtl" | "auto") => self.put(key, value),
            ("img" | "table" | "td" | "th" | "col", "width" | "height")
            | ("td" | "th", "colspan" | "rowspan")
            | ("table", "border" | "cellpadding" | "cellspacing")
            | ("ol", "start")
                if size =>
            {
                self.put(key, value)
            }
            (_, "align" | "valign" | "bgcolor") | ("font", "color" | "face" | "size") if word => self.put(key, value),
            _ => {}
        }
    }

    fn picture(&mut self, src: &str) {
        let lower = src.get(..src.len().min(32)).unwrap_or_default().to_lowercase();
        if let Some(id) = src.get(4..).filter(|_| lower.starts_with("cid:")) {
            if let Some(address) = (self.inline)(&percent_decoded(id)) {
                self.put("src", &address);
            }
        } else if ["png", "jpeg", "gif", "webp"]
            .iter()
            .any(|kind| lower.starts_with(&format!("data:image/{kind};base64,")))
        {
            if src.len() <= DATA_BYTES
                && src.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=:;,".contains(&byte))
            {
                self.put("src", src);
            }
        } else if (lower.starts_with("https://") || lower.starts_with("http://")) && links(src) {
            self.out.remote = true;
            self.put("data-remote", src);
        }
    }

    fn put(&mut self, key: &str, value: &str) {
        if value.len() > VALUE_BYTES && key != "src" {
            return;
        }
        let _ = write!(self.out.html, " {key}=\"");
        escape(&value.replace(['\n', '\t'], " "), &mut self.out.html);
        self.out.html.push('"');
    }

    /// Closes what cannot hold it.
    fn make_room(&mut self, name: &str) {
        let last = |open: &[String]| open.last().cloned().unwrap_or_default();
        if BLOCKS.contains(&name) && last(&self.open) == "p" {
            self.end("p");
        }
        match name {
            "li" if last(&self.open) == "li" => self.end("li"),
            "dt" | "dd" if matches!(last(&self.open).as_str(), "dt" | "dd") => self.end(&last(&self.open)),
            "td" | "th" | "tr" => {
                if matches!(last(&self.open).as_str(), "td" | "th") {
                    self.end(&last(&self.open));
                }
                if name == "tr" && last(&self.open) == "tr" {
                    self.end("tr");
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let in_table = matches!(name, "td" | "th" | "tr" | "table" | "tbody" | "thead" | "tfoot");
        let wall = |open: &String| open != name && WALLS.contains(&open.as_str()) && !(in_table && open != "table");
        let found = self.open.iter().rposition(|open| open == name || wall(open));
        let Some(at) = found.filter(|at| self.open[*at] == name) else { return };
        while self.open.len() > at {
            let Some(name) = self.open.pop() else { return };
            self.close(&name);
        }
    }

    /// `name` was taken from those that are open.
    fn close(&mut self, name: &str) {
        let _ = write!(self.out.html, "</{name}>");
        if BLOCKS.contains(&name) {
            self.say("\n");
        }
        if self.quote.inside == Some(self.open.len()) {
            self.quote.inside = None;
        }
    }
}

/// What stands behind a sign; nothing, when it is not there.
fn after<'a>(text: &'a str, sign: &str) -> &'a str {
    text.find(sign).map_or("", |at| &text[at + sign.len()..])
}

/// What stands behind the end of an element.
fn past<'a>(mut text: &'a str, name: &str) -> &'a str {
    while let Some(at) = text.find("</") {
        text = &text[at + 2..];
        if text.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return after(text, ">");
        }
    }
    ""
}

fn name(text: &str) -> (String, &str) {
    let end = text.find(|char: char| !char.is_ascii_alphanumeric() && char != '-').unwrap_or(text.len());
    // Names with a colon are an office's own.
    let whole = text[end..].starts_with(':');
    (if whole { "o".to_owned() } else { text[..end].to_ascii_lowercase() }, &text[end..])
}

/// The next attribute of a tag; none at its end.
fn attribute(text: &str) -> Option<((String, String), &str)> {
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || char == '/');
    if text.is_empty() || text.starts_with('>') {
        return None;
    }
    let end = text.char_indices().skip(1).find(|(_, char)| char.is_whitespace() || matches!(char, '=' | '>' | '/'));
    let end = end.map_or(text.len(), |(at, _)| at);
    let (key, rest) = (text[..end].to_ascii_lowercase(), &text[end..]);
    let Some(value) = rest.trim_start().strip_prefix('=') else { return Some(((key, String::new()), rest)) };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(quote) {
            let end = inside.find(quote).unwrap_or(inside.len());
            return Some(((key, decoded(&inside[..end])), inside.get(end + 1..).unwrap_or_default()));
        }
    }
    let end = value.find(|char: char| char.is_whitespace() || char == '>').unwrap_or(value.len());
    Some(((key, decoded(&value[..end])), &value[end..]))
}

/// Where a click may lead.
fn links(target: &str) -> bool {
    let plain = target.len() <= VALUE_BYTES && !target.chars().any(|char| char.is_control() || char.is_whitespace());
    let scheme = target.split(':').next().unwrap_or_default().to_ascii_lowercase();
    plain && target.contains(':') && matches!(scheme.as_str(), "https" | "http" | "mailto" | "tel")
}

fn styles(text: &str) -> String {
    let mut out = String::new();
    if text.len() > VALUE_BYTES {
        return out;
    }
    for one in text.split(';') {
        let Some((key, value)) = one.split_once(':') else { continue };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        let plain = value.chars().all(|char| char.is_ascii_alphanumeric() || " #%.,()'\"-!".contains(char));
        let calls = value.to_ascii_lowercase();
        let calls = calls.contains("url")
            || calls.contains("expression")
            || calls.contains("image")
            || calls.contains("attr")
            || calls.contains("var");
        // Nothing lies over what is around it, or beside the frame.
        let away = key.starts_with("margin") && value.contains('-');
        if STYLES.contains(&key.as_str()) && plain && !calls && !away {
            let _ = write!(out, "{key}:{value};");
        }
    }
    out
}

fn spaced(text: &str) -> String {
    text.chars().map(|char| if char.is_whitespace() { ' ' } else { char }).fold(String::new(), |mut out, char| {
        if char != ' ' || !out.ends_with(' ') {
            out.push(char);
        }
        out
    })
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut two = bytes.clone();
        let hex = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match (byte, hex(two.next()), hex(two.next())) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                bytes = two;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Character references as people's programs write them; others stay as they are written.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let char = end.and_then(|end| referred(&rest[..end]));
        match (char, end) {
            (Some(char), Some(end)) => {
                out.push(char);
                rest = &rest[end + 1..];
            }
            _ => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

fn referred(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?).filter(|char| *char != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "shy" => '\u{ad}',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "euro" => '€',
        "times" => '×',
        "deg" => '°',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ntilde" => 'ñ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Instant;

    fn html(text: &str) -> String {
        clean(text, |_| None).html
    }

    #[test]
    fn what_is_listed_stays_and_is_closed() {
        assert_eq!(html("<P Align=center>a<b>b<i>c</b>d"), "<p align=\"center\">a<b>b<i>c</i></b>d</p>");
        assert_eq!(html("<ul><li>a<li>b</ul>"), "<ul><li>a</li><li>b</li></ul>");
        assert_eq!(
            html("<table><tr><td>a</div><td>b<tr><td>c</table>"),
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
        );
        assert_eq!(html("5 < 6 & 7 &lt; 8 &eacute; &bogus;"), "5 &lt; 6 &amp; 7 &lt; 8 é &amp;bogus;");
        assert_eq!(
            html("<a href=\"https://x.example/?a=1&amp;b=2\">x</a>"),
            "<a href=\"https://x.example/?a=1&amp;b=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>"
        );
        assert_eq!(
            html("<p style=\"COLOR: red; position:fixed; background:url(x); margin-left:-9px\">x"),
            "<p style=\"color:red;\">x</p>"
        );
    }

    #[test]
    fn nothing_runs_and_nothing_is_asked_for() {
        for text in [
            "<script>alert(1)</script>",
            "<style>@import 'x'</style>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
            "<iframe srcdoc='<script>'></iframe>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<object data=x></object>",
            "<!--<img src=x>--!><b>",
            "<template><img src=x></template>",
            "<textarea></textarea",
            "<base href=x><meta http-equiv=refresh><link rel=x>",
        ] {
            let html = html(text);
            for wrong in [
                "<script", "<style", "onerror=", "<svg", "<math", "<iframe", "<object", "<base", "<meta", "<link",
                "src=",
            ] {
                assert!(!html.contains(wrong) || html.contains("&lt;"), "{text}: {html}");
            }
        }
        for href in [
            "javascript:alert(1)",
            " JaVaScRiPt:x",
            "java\nscript:x",
            "&#106;avascript:x",
            "data:text/html,x",
            "//x.example",
            "vbscript:x",
        ] {
            assert!(!html(&format!("<a href=\"{href}\">x</a>")).contains("href"), "{href}");
        }
        assert_eq!(html("<img src='x' onerror='y' alt='a\"b'>"), "<img alt=\"a&quot;b\">");
        assert_eq!(html("<img src=\"data:image/svg+xml;base64,AA\">"), "<img>");
        let far = clean("<img src=https://x.example/a.gif>", |_| None);
        assert!(far.remote && !far.html.contains(" src="), "nobody is asked for it yet: {}", far.html);
        assert_eq!(with_remote(&far.html), "<img src=\"https://x.example/a.gif\">");
        assert_eq!(with_remote(&html("<p title=' data-remote=\"'> data-remote=\"x")), html("<p> data-remote=\"x"));
        let shown = clean("<img src=\"cid:logo%40x\">", |id| (id == "logo@x").then(|| "/f/1".to_owned()));
        assert_eq!((shown.html.as_str(), shown.remote), ("<img src=\"/f/1\">", false));
    }

    #[test]
    fn quotes_are_marked_and_the_text_is_what_is_new() {
        let gmail = clean(
            "<div dir=\"ltr\">Jam 8.<br>Ayu</div><br><div class=\"gmail_quote\"><div class=gmail_attr>On 2 Nov Budi wrote:</div><blockquote>When?</blockquote></div>",
            |_| None,
        );
        assert_eq!((gmail.text.as_str(), gmail.quoted, gmail.rich), ("Jam 8.\nAyu", true, false));
        assert!(gmail.html.contains("<div class=\"quote\">"));
        let outlook = clean(
            "<div>Yes</div><div id=\"appendonsend\"></div><hr><div id=divRplyFwdMsg>From: x</div><div>When?</div>",
            |_| None,
        );
        assert_eq!((outlook.text.as_str(), outlook.quoted), ("Yes", true));
        let below = clean("<blockquote type=cite>When?</blockquote><p>At eight</p>", |_| None);
        assert_eq!((below.text.as_str(), below.quoted), ("When?\n\nAt eight", false));
        let between = clean(
            "<p>Hi</p><blockquote type=cite>When?</blockquote><p>Eight</p><blockquote type=cite>Where?</blockquote>",
            |_| None,
        );
        assert!(!between.quoted && between.text.contains("Eight"));
        let rich = clean("<p>See <b>this</b></p><ul><li>a<li>b</ul>", |_| None);
        assert_eq!((rich.text.as_str(), rich.rich), ("See this\n\na\n\nb", true));
        let text = plain("Yes <b>\n\nOn 2 Nov 2026 Budi wrote:\n> When?\n");
        assert_eq!((text.text.as_str(), text.quoted), ("Yes <b>", true));
        assert!(text.html.contains("Yes &lt;b&gt;") && text.html.contains("<div class=\"quote\">On 2 Nov"));
    }

    #[test]
    fn twice_as_much_takes_twice_as_long() {
        for piece in [
            "<div>",
            "<b id=1>",
            "<!--",
            "<svg>",
            "<a href=",
            "<p style='",
            "&amp",
            "</div>",
            "<td></p>",
            "<x y z ",
            "</",
            "<style></",
        ] {
            let began = Instant::now();
            let out = clean(&piece.repeat(BYTES / piece.len()), |_| None);
            assert!(began.elapsed().as_millis() < 2_000, "{piece}: {:?}", began.elapsed());
            assert!(out.html.matches('<').count() <= 2 * ELEMENTS + BYTES);
        }
    }

    /// What is shown, by a reader as strict as can be: only tags of the list, each closed in order.
    fn is_sound(html: &str) -> bool {
        let mut open: Vec<&str> = Vec::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            if rest[..at].contains('>') {
                return false;
            }
            let Some(end) = rest[at..].find('>') else { return false };
            let tag = &rest[at + 1..at + end];
            rest = &rest[at + end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                if open.pop() != Some(name) {
                    return false;
                }
                continue;
            }
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            if !KEPT.contains(&name) || attributes.matches('"').count() % 2 != 0 || attributes.contains(" on") {
                return false;
            }
            if !VOID.contains(&name) {
                open.push(name);
            }
        }
        open.is_empty() && !rest.contains('>')
    }

    proptest! {
        #[test]
        fn whatever_comes_in_what_comes_out_is_sound(pieces in prop::collection::vec(prop::sample::select(vec![
            "<", ">", "/", "\"", "'", "=", " ", "<p>", "</p>", "<b ", "<a href=", "javascript:", "https://x", "<img src=", "cid:a", "<td>", "<table>", "</table>",
            "<svg>", "</svg>", "<style>", "</style>", "<!--", "-->", "<script>", "</script", "class=gmail_quote", "style=", "color:red", "&lt;", "&#x3c;", "é", "\u{0}", "x",
            "onload=", "<blockquote type=cite>", "</blockquote>", "<div id=appendonsend>", "<plaintext>", "<![CDATA[", "]]>",
        ]), 0..80)) {
            let text = pieces.concat();
            let once = clean(&text, |_| None).html;
            prop_assert!(is_sound(&once), "{} -> {}", text, once);
            let twice = clean(&once, |_| None).html;
            prop_assert_eq!(&clean(&twice, |_| None).html, &twice);
        }
    }
}
