//! Our marks as HTML, for channels that show it: beside what messengers know, lists and links with words of their own.
//!
//! What must stay true: what is drawn is what the desk draws (`web/protocol/src/links.ts`); everything that somebody
//! wrote is text, and only addresses of the web are links; the work grows with the length alone.

use crate::telegram::{Piece, fence_ends, fenced, link_end, pieces, quoted};
use std::fmt::Write as _;

const QUOTE: &str = "<blockquote style=\"margin:0 0 0 4px;padding-left:10px;border-left:2px solid #d0d0d8\">";
/// Digits of a list's numbers.
const DIGITS: usize = 3;

/// The text without our marks, and as HTML. Lists and quotes keep the beginnings of their lines in the text, and links
/// their addresses.
pub fn html(text: &str) -> (String, String) {
    let lines: Vec<&str> = text.split('\n').collect();
    let ends = fence_ends(&lines);
    let mut out = Out::default();
    let mut at = 0;
    while at < lines.len() {
        if let Some((inside, end)) = fenced(&lines, &ends, at) {
            out.block();
            let _ = write!(out.html, "<pre>{}</pre>", escaped(&inside));
            out.plain(&inside);
            at = end + 1;
        } else if quoted(lines[at]).is_some() {
            let said = run(&lines[at..], quoted);
            at += said.len();
            out.block();
            out.html.push_str(QUOTE);
            for (number, line) in said.into_iter().enumerate() {
                out.html.push_str(if number > 0 { "<br>" } else { "" });
                out.begun("> ", line);
            }
            out.html.push_str("</blockquote>");
        } else if dashed(lines[at]).is_some() {
            let said = run(&lines[at..], dashed);
            at += said.len();
            out.block();
            out.html.push_str("<ul>");
            for line in said {
                out.html.push_str("<li>");
                out.begun("- ", line);
                out.html.push_str("</li>");
            }
            out.html.push_str("</ul>");
        } else if numbered(lines[at]).is_some() {
            let said = run(&lines[at..], numbered);
            at += said.len();
            out.block();
            out.html.push_str("<ol>");
            for (number, line) in said {
                let _ = write!(out.html, "<li value=\"{number}\">");
                out.begun(&format!("{number}. "), line);
                out.html.push_str("</li>");
            }
            out.html.push_str("</ol>");
        } else {
            out.line(lines[at]);
            at += 1;
        }
    }
    (out.text, format!("<div>{}</div>", out.html))
}

/// A text in HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            char => out.push(char),
        }
    }
    out
}

/// The lines that begin so.
fn run<'a, T>(lines: &[&'a str], begins: impl Fn(&'a str) -> Option<T>) -> Vec<T> {
    lines.iter().map_while(|line| begins(line)).collect()
}

fn dashed(line: &str) -> Option<&str> {
    line.strip_prefix("- ").filter(|rest| rest.starts_with(|char: char| !char.is_whitespace()))
}

fn numbered(line: &str) -> Option<(u16, &str)> {
    let (number, rest) = line.split_once(". ")?;
    let digits = (1..=DIGITS).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let fits = digits && !number.starts_with('0') && rest.starts_with(|char: char| !char.is_whitespace());
    fits.then(|| number.parse().ok()).flatten().map(|number| (number, rest))
}

#[derive(Default)]
struct Out {
    text: String,
    html: String,
    begun: bool,
    /// Lines without words: beside a block they are no distance more.
    blank: usize,
    /// The last thing was a block.
    blocked: bool,
}

impl Out {
    /// A new line of the text.
    fn plain(&mut self, line: &str) {
        if self.begun {
            self.text.push('\n');
        }
        self.begun = true;
        self.text.push_str(line);
    }

    fn block(&mut self) {
        self.blank = 0;
        self.blocked = true;
    }

    fn line(&mut self, line: &str) {
        if line.trim().is_empty() {
            self.blank += 1;
            return self.plain("");
        }
        if !self.blocked && !self.html.is_empty() {
            self.html.push_str("<br>");
        }
        let blank = if self.blocked { 0 } else { self.blank };
        self.html.push_str(&"<br>".repeat(blank));
        (self.blank, self.blocked) = (0, false);
        self.begun("", line);
    }

    fn begun(&mut self, begin: &str, line: &str) {
        self.plain(begin);
        self.pieces(&pieces(line));
    }

    /// Signs that were no marks are words like those beside them.
    fn pieces(&mut self, pieces: &[Piece]) {
        let mut words = String::new();
        for piece in pieces {
            if let Piece::Text(text) = piece {
                words.push_str(text);
                continue;
            }
            self.words(&std::mem::take(&mut words));
            self.piece(piece);
        }
        self.words(&words);
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.words(text),
            Piece::Code(text) => {
                self.text.push_str(text);
                let _ = write!(self.html, "<code>{}</code>", escaped(text));
            }
            Piece::Pair(kind, inside) => {
                let name = match *kind {
                    "bold" => "b",
                    "italic" => "i",
                    _ => "s",
                };
                let _ = write!(self.html, "<{name}>");
                self.pieces(inside);
                let _ = write!(self.html, "</{name}>");
            }
        }
    }

    /// With their links.
    fn words(&mut self, text: &str) {
        let chars: Vec<char> = text.chars().collect();
        let (mut at, mut from) = (0, 0);
        while at < chars.len() {
            let before = at.checked_sub(1).map(|at| chars[at]);
            let found = if chars[at] == '[' {
                named_link(&chars, at).map(|(words, address, end)| (words, address, end, true))
            } else {
                link_end(&chars, at, before, &[]).map(|end| {
                    let address: String = chars[at..end].iter().collect();
                    (address.clone(), address, end, false)
                })
            };
            let Some((words, address, end, named)) = found else {
                at += 1;
                continue;
            };
            self.said(&chars[from..at]);
            let (shown, place) = (escaped(&words), escaped(&address));
            let _ = write!(self.html, "<a href=\"{place}\">{shown}</a>");
            self.text.push_str(&words);
            if named {
                let _ = write!(self.text, " ({address})");
            }
            (at, from) = (end, end);
        }
        self.said(&chars[from..]);
    }

    fn said(&mut self, chars: &[char]) {
        let text: String = chars.iter().collect();
        self.html.push_str(&escaped(&text));
        self.text.push_str(&text);
    }
}

/// `[words](https://…)`: the words, the address, and where it ends.
fn named_link(chars: &[char], at: usize) -> Option<(String, String, usize)> {
    let rest = &chars[at + 1..];
    let words = rest.iter().position(|char| matches!(char, '[' | ']')).filter(|words| *words > 0)?;
    if rest.get(words..words + 2)? != [']', '('] {
        return None;
    }
    let begin = at + words + 3;
    let end = link_end(chars, begin, Some('('), &[])?;
    let end = chars[begin..end].iter().position(|char| *char == ')').map_or(end, |cut| begin + cut);
    let said: String = rest[..words].iter().collect();
    let fits = chars.get(end) == Some(&')') && !said.trim().is_empty();
    fits.then(|| (said, chars[begin..end].iter().collect(), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_are_elements_and_signs_are_text() {
        let said = |text: &str| html(text).1;
        assert_eq!(said("a *b _c_* <d> & ☕"), "<div>a <b>b <i>c</i></b> &lt;d&gt; &amp; ☕</div>");
        assert_eq!(said("*_x_*"), "<div><b><i>x</i></b></div>");
        assert_eq!(said("> one\n> two\nthree"), format!("<div>{QUOTE}one<br>two</blockquote>three</div>"));
        assert_eq!(html("*Halo*\n😀 `x`"), ("Halo\n😀 x".into(), "<div><b>Halo</b><br>😀 <code>x</code></div>".into()));
        assert_eq!(said("a\n\nb"), "<div>a<br><br>b</div>");
        assert_eq!(said("```\na <b>\n```\n\nc"), "<div><pre>a &lt;b&gt;</pre>c</div>");
    }

    #[test]
    fn lists_are_lists_with_the_numbers_that_were_written() {
        let (plain, drawn) = html("Bring:\n\n- *two* cups\n- beans\n\n3. grind\n4. pour\nDone");
        assert_eq!(plain, "Bring:\n\n- two cups\n- beans\n\n3. grind\n4. pour\nDone");
        assert_eq!(
            drawn,
            "<div>Bring:<ul><li><b>two</b> cups</li><li>beans</li></ul>\
             <ol><li value=\"3\">grind</li><li value=\"4\">pour</li></ol>Done</div>"
        );
        assert_eq!(html("- \n1.x\n0. x\n1234. x").1, "<div>- <br>1.x<br>0. x<br>1234. x</div>");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        let (plain, drawn) = html("*See* [our *menu](https://kopi.example/m?a=1&b=2), https://kopi.example.");
        assert_eq!(plain, "See our *menu (https://kopi.example/m?a=1&b=2), https://kopi.example.");
        assert_eq!(
            drawn,
            "<div><b>See</b> <a href=\"https://kopi.example/m?a=1&amp;b=2\">our *menu</a>, \
             <a href=\"https://kopi.example\">https://kopi.example</a>.</div>"
        );
        for text in ["[x](javascript:alert(1))", "[](https://x.example)", "[a[b](x)", "[x] (https://", "[x](https://x"]
        {
            assert!(!html(text).1.contains("javascript:alert(1)\""), "{text}");
            assert!(!html(text).1.contains(">x</a>"), "{text}");
        }
        assert_eq!(html("[a](https://x.example),(b)").0, "a (https://x.example),(b)");
    }

    proptest! {
        #[test]
        fn nothing_that_was_written_is_markup(text in "[a-z*_~`> \\n\\[\\]()<\"&.:/0-9-]{0,120}") {
            let (_, drawn) = html(&text);
            let mut rest = drawn.as_str();
            while let Some(at) = rest.find('<') {
                let name: String = rest[at + 1..].chars().take_while(|char| *char != '>' && *char != ' ').collect();
                let known = ["div", "b", "i", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "br"];
                prop_assert!(known.contains(&name.trim_start_matches('/')), "{}", drawn);
                rest = &rest[at + 1..];
            }
        }
    }
}
