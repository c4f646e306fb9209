//! Our marks as HTML, for channels that show it.

use crate::telegram::spans;
use std::fmt::Write as _;

/// The text without our marks, and as paragraphs of HTML.
pub fn html(text: &str) -> (String, String) {
    let (plain, spans) = spans(text);
    let units: Vec<u16> = plain.encode_utf16().collect();
    // What begins and ends at each place: the longest begins first, and ends last.
    let mut begins: Vec<Vec<(usize, &str)>> = vec![Vec::new(); units.len() + 1];
    let mut ends: Vec<Vec<(usize, &str)>> = vec![Vec::new(); units.len() + 1];
    for (kind, offset, length) in spans {
        let name = match kind {
            "bold" => "b",
            "italic" => "i",
            "strikethrough" => "s",
            "code" => "code",
            "pre" => "pre",
            _ => "blockquote",
        };
        if let Some(end) = offset.checked_add(length).filter(|end| *end <= units.len()) {
            begins[offset].push((end, name));
            ends[end].push((offset, name));
        }
    }
    let (mut out, mut at) = ("<div>".to_owned(), 0);
    let tags =
        |out: &mut String, at: usize, begins: &mut Vec<Vec<(usize, &str)>>, ends: &mut Vec<Vec<(usize, &str)>>| {
            // Of those over the same place the one noted later lies outside.
            ends[at].sort_by_key(|(offset, _)| std::cmp::Reverse(*offset));
            for (_, name) in &ends[at] {
                let _ = write!(out, "</{name}>");
            }
            begins[at].reverse();
            begins[at].sort_by_key(|(end, _)| std::cmp::Reverse(*end));
            for (_, name) in &begins[at] {
                let _ = write!(out, "<{name}>");
            }
        };
    for char in plain.chars() {
        tags(&mut out, at, &mut begins, &mut ends);
        match char {
            '\n' => out.push_str("<br>"),
            char => push(&mut out, char),
        }
        at += char.len_utf16();
    }
    tags(&mut out, at, &mut begins, &mut ends);
    (plain, out + "</div>")
}

/// A text in HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|char| push(&mut out, char));
    out
}

fn push(out: &mut String, char: char) {
    match char {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        char => out.push(char),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_elements_and_signs_are_text() {
        let said = |text: &str| html(text).1;
        assert_eq!(said("a *b _c_* <d> & ☕"), "<div>a <b>b <i>c</i></b> &lt;d&gt; &amp; ☕</div>");
        assert_eq!(said("*_x_*"), "<div><b><i>x</i></b></div>");
        assert_eq!(said("> one\n> two\nthree"), "<div><blockquote>one<br>two</blockquote><br>three</div>");
        assert_eq!(html("*Halo*\n😀 `x`"), ("Halo\n😀 x".into(), "<div><b>Halo</b><br>😀 <code>x</code></div>".into()));
    }
}
