//! Our marks (`*bold*`, `_italic_`, `~struck~`, code, quotes) and Telegram's entities, which stand beside a text and count
//! in UTF-16 units.
//!
//! What must stay true: both ways are linear in the length of the text; all characters but the marks are kept. What is
//! drawn is what `web/protocol/src/marks.ts` draws, apart from marks beside rare scripts. Lists travel as they are written.

use serde::Serialize;
use serde_json::Value;

/// Telegram sends no more.
const ENTITIES: usize = 100;
const FENCE: &str = "```";
/// A longer run of backticks is no code.
const TICKS: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Entity {
    r#type: &'static str,
    offset: usize,
    length: usize,
}

/// Something that goes into the text at a byte.
struct Insert {
    at: usize,
    /// What ends there comes before what begins there; of both the inner before the outer, or the other way round.
    order: (u8, isize, isize),
    text: String,
}

/// The text with our marks where Telegram's entities are.
pub(super) fn written(text: &str, entities: &[Value]) -> String {
    let bytes = bytes_of_units(text);
    let mut inserts = Vec::new();
    for (number, entity) in entities.iter().take(ENTITIES).enumerate() {
        let place = |name: &str| usize::try_from(entity[name].as_u64()?).ok();
        let (Some(offset), Some(length)) = (place("offset"), place("length")) else { continue };
        let unit = |at: usize| bytes.get(at).copied().flatten();
        let (Some(start), Some(end)) = (unit(offset), offset.checked_add(length).and_then(unit)) else { continue };
        let number = isize::try_from(number).unwrap_or(0);
        let mut open = |at: usize, end: usize, text: &str| {
            inserts.push(Insert { at, order: (1, -(end as isize), number), text: text.to_owned() });
        };
        match entity["type"].as_str() {
            Some("blockquote" | "expandable_blockquote") => {
                for (line, _) in lines(text, start, end) {
                    open(line, usize::MAX >> 1, "> ");
                }
                continue;
            }
            Some("text_link") => {
                let shown = &text[start..end];
                if let Some(url) = entity["url"].as_str().filter(|url| *url != shown && url.starts_with("http")) {
                    let order = (0, -(start as isize), -number);
                    inserts.push(Insert { at: end, order, text: format!(" ({url})") });
                }
                continue;
            }
            _ => {}
        }
        let (sign, whole) = match entity["type"].as_str() {
            Some("bold") => ("*", false),
            Some("italic") => ("_", false),
            Some("strikethrough") => ("~", false),
            Some("code") => ("`", false),
            Some("pre") => (FENCE, true),
            _ => continue,
        };
        let parts = if whole { vec![(start, end)] } else { lines(text, start, end) };
        for (start, end) in parts {
            let said = text[start..end].trim();
            if said.is_empty() {
                continue;
            }
            let start = start + (text[start..end].len() - text[start..end].trim_start().len());
            let end = start + said.len();
            let begins = if whole && !text[..start].is_empty() && !text[..start].ends_with('\n') { "\n" } else { "" };
            let (opens, closes) = if whole {
                (format!("{begins}{sign}\n"), format!("\n{sign}"))
            } else {
                (sign.to_owned(), sign.to_owned())
            };
            let closes =
                if whole && !text[end..].is_empty() && !text[end..].starts_with('\n') { closes + "\n" } else { closes };
            inserts.push(Insert { at: start, order: (1, -(end as isize), number), text: opens });
            inserts.push(Insert { at: end, order: (0, -(start as isize), -number), text: closes });
        }
    }
    inserts.sort_by_key(|insert| (insert.at, insert.order));
    let (mut marked, mut from) = (String::with_capacity(text.len()), 0);
    for insert in inserts {
        marked.push_str(&text[from..insert.at]);
        marked.push_str(&insert.text);
        from = insert.at;
    }
    marked + &text[from..]
}

/// For each UTF-16 unit the byte at which its character begins; none inside of one.
fn bytes_of_units(text: &str) -> Vec<Option<usize>> {
    let mut bytes = Vec::with_capacity(text.len() + 1);
    for (at, char) in text.char_indices() {
        bytes.push(Some(at));
        bytes.extend((1..char.len_utf16()).map(|_| None));
    }
    bytes.push(Some(text.len()));
    bytes
}

/// Where the lines of a part are: no mark goes on in the next one. A text of nothing but line ends is not worth it.
fn lines(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut at = start;
    let all = text[start..end].split('\n').map(|line| {
        let from = at;
        at += line.len() + 1;
        (from, from + line.len())
    });
    all.take(ENTITIES).collect()
}

/// The text without our marks, and what they were.
pub(super) fn read(text: &str) -> (String, Vec<Entity>) {
    let mut out = Out::default();
    let lines: Vec<_> = text.split('\n').collect();
    let ends = fence_ends(&lines);
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if at > 0 {
            out.push("\n");
        }
        let begun = out.units;
        if let Some((inside, end)) = fenced(&lines, &ends, at) {
            out.push(&inside);
            out.mark("pre", begun);
            at = end + 1;
            continue;
        }
        if let Some(mut said) = quoted(line) {
            loop {
                out.line(said);
                let Some(next) = lines.get(at + 1).and_then(|line| quoted(line)) else { break };
                out.push("\n");
                (said, at) = (next, at + 1);
            }
            out.mark("blockquote", begun);
        } else {
            out.line(line);
        }
        at += 1;
    }
    (out.text, out.entities)
}

pub(crate) fn quoted(line: &str) -> Option<&str> {
    if line == ">" { Some("") } else { line.strip_prefix("> ") }
}

/// For each line the first one from there on that ends with a fence.
pub(crate) fn fence_ends(lines: &[&str]) -> Vec<Option<usize>> {
    let mut ends = vec![None; lines.len() + 1];
    for at in (0..lines.len()).rev() {
        ends[at] = if lines[at].trim_end().ends_with(FENCE) { Some(at) } else { ends[at + 1] };
    }
    ends
}

/// What stands in the block that begins in this line, and in which one it ends.
pub(crate) fn fenced(lines: &[&str], ends: &[Option<usize>], at: usize) -> Option<(String, usize)> {
    let first = lines[at].strip_prefix(FENCE)?;
    let alone = first.trim_end().strip_suffix(FENCE).filter(|inside| !inside.is_empty());
    let (inside, end) = match alone {
        Some(inside) => (inside.to_owned(), at),
        None => {
            let end = (*ends.get(at + 1)?)?;
            let last = lines[end].trim_end().strip_suffix(FENCE)?;
            let all = [&[first], &lines[at + 1..end], &[last]].concat().join("\n");
            let inside = all.strip_prefix('\n').unwrap_or(&all);
            (inside.strip_suffix('\n').unwrap_or(inside).to_owned(), end)
        }
    };
    (!inside.trim().is_empty()).then_some((inside, end))
}

#[derive(Default)]
struct Out {
    text: String,
    units: usize,
    entities: Vec<Entity>,
}

/// What a line is made of.
pub(crate) enum Piece {
    Text(String),
    Code(String),
    Pair(&'static str, Vec<Piece>),
}

/// A mark that is open; at the bottom the line itself.
pub(crate) struct Level {
    sign: char,
    pieces: Vec<Piece>,
    /// There is something in it besides marks and space.
    said: bool,
}

impl Out {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.units += text.encode_utf16().count();
    }

    fn mark(&mut self, r#type: &'static str, offset: usize) {
        if self.units > offset {
            self.entities.push(Entity { r#type, offset, length: self.units - offset });
        }
    }

    fn line(&mut self, line: &str) {
        for piece in pieces(line) {
            self.piece(&piece);
        }
    }

    fn piece(&mut self, piece: &Piece) {
        let begun = self.units;
        match piece {
            Piece::Text(text) => self.push(text),
            Piece::Code(text) => {
                self.push(text);
                self.mark("code", begun);
            }
            Piece::Pair(kind, inside) => {
                inside.iter().for_each(|piece| self.piece(piece));
                self.mark(kind, begun);
            }
        }
    }
}

fn pair(sign: char) -> Option<&'static str> {
    match sign {
        '*' => Some("bold"),
        '_' => Some("italic"),
        '~' => Some("strikethrough"),
        _ => None,
    }
}

/// Of scripts that part words by spaces: inside such a word a mark is a letter like the others.
fn is_word(char: char) -> bool {
    let whole = matches!(char as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF
        | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF);
    char.is_alphanumeric() && !whole
}

/// What words begin with. A face like `^_^` has none of it.
fn begins_word(char: char) -> bool {
    let pictograph =
        matches!(char as u32, 0x203C | 0x2049 | 0x20A0..=0x20CF | 0x2600..=0x27BF | 0x2B50 | 0x1F000..=0x1FAFF);
    char.is_alphanumeric() || pictograph || "*_~`\"'#@+&/¿¡([{«‹“‘„$£¥€".contains(char)
}

pub(crate) fn pieces(line: &str) -> Vec<Piece> {
    let chars: Vec<char> = line.chars().collect();
    let mut levels = vec![Level { sign: '\0', pieces: Vec::new(), said: false }];
    let mut unclosed = [false; TICKS + 1];
    let (mut at, mut from) = (0, 0);
    while let Some(sign) = chars.get(at).copied() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        if let Some(end) = link_end(&chars, at, before, &levels) {
            at = end;
        } else if let Some(kind) = pair(sign) {
            let after = chars.get(at + 1).copied();
            let open = levels.iter().rposition(|level| level.sign == sign);
            let closes = before.is_some_and(|before| !before.is_whitespace()) && !after.is_some_and(is_word);
            let begins = after != Some(sign)
                && !before.is_some_and(|before| is_word(before) || before == '\\')
                && after.is_some_and(begins_word);
            match open {
                Some(open) if closes => {
                    take(&mut levels, &chars[from..at]);
                    from = at;
                    if levels[open..].iter().any(|level| level.said) {
                        while levels.len() - 1 > open {
                            give_up(&mut levels);
                        }
                        if let Some(Level { pieces, .. }) = levels.pop() {
                            put(&mut levels, Piece::Pair(kind, pieces));
                        }
                        from = at + 1;
                    }
                }
                None if begins => {
                    take(&mut levels, &chars[from..at]);
                    levels.push(Level { sign, pieces: Vec::new(), said: false });
                    from = at + 1;
                }
                _ => {}
            }
            at += 1;
        } else if sign == '`' {
            let length = chars[at..].iter().take_while(|char| **char == '`').count();
            let after = chars.get(at + length).copied();
            let opens = length <= TICKS
                && !unclosed[length]
                && !before.is_some_and(|before| is_word(before) || before == '\\')
                && after.is_some_and(|after| !after.is_whitespace());
            let end = if opens { closing_ticks(&chars, at + length, length) } else { None };
            if let Some(end) = end {
                take(&mut levels, &chars[from..at]);
                put(&mut levels, Piece::Code(chars[at + length..end].iter().collect()));
                at = end + length;
                from = at;
            } else {
                if opens {
                    unclosed[length] = true;
                }
                at += length;
            }
        } else {
            at += 1;
        }
    }
    take(&mut levels, &chars[from..]);
    while levels.len() > 1 {
        give_up(&mut levels);
    }
    levels.pop().map(|level| level.pieces).unwrap_or_default()
}

/// In an address nothing is a mark; what ends a sentence, or a mark that is open, is none of it.
pub(crate) fn link_end(chars: &[char], at: usize, before: Option<char>, levels: &[Level]) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        chars[at..].iter().zip(scheme.chars()).filter(|(one, other)| one.eq_ignore_ascii_case(other)).count()
            == scheme.len()
    })?;
    if before.is_some_and(|before| before.is_ascii_alphanumeric()) {
        return None;
    }
    let address = chars[at..].iter().take_while(|char| !char.is_whitespace() && !"<>\"'".contains(**char));
    let mut end = at + address.count();
    while end > at + scheme.len() {
        let last = chars[end - 1];
        if !".,;:!?)]}»”’".contains(last) && !levels.iter().any(|level| level.sign == last) {
            break;
        }
        end -= 1;
    }
    Some(end)
}

fn closing_ticks(chars: &[char], from: usize, length: usize) -> Option<usize> {
    let mut at = from;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|char| **char == '`').count();
        let ends = !chars[at - 1].is_whitespace() && !chars.get(at + run).copied().is_some_and(is_word);
        if run == length && at > from && ends {
            return Some(at);
        }
        at += run.max(1);
    }
    None
}

fn take(levels: &mut [Level], chars: &[char]) {
    if !chars.is_empty() {
        put(levels, Piece::Text(chars.iter().collect()));
    }
}

fn put(levels: &mut [Level], piece: Piece) {
    if let Some(level) = levels.last_mut() {
        level.said |= match &piece {
            Piece::Text(text) => text.chars().any(|char| !char.is_whitespace() && !"*_~`".contains(char)),
            _ => true,
        };
        level.pieces.push(piece);
    }
}

/// The innermost mark is none: it was never closed.
fn give_up(levels: &mut Vec<Level>) {
    let Some(Level { sign, pieces, said }) = levels.pop() else { return };
    if let Some(around) = levels.last_mut() {
        around.pieces.push(Piece::Text(sign.to_string()));
        around.pieces.extend(pieces);
        around.said |= said;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn entities(text: &str) -> (String, Vec<(&'static str, usize, usize)>) {
        let (plain, found) = read(text);
        (plain, found.into_iter().map(|one| (one.r#type, one.offset, one.length)).collect())
    }

    #[test]
    fn our_marks_become_entities_in_utf_16_units() {
        assert_eq!(entities("🙏 *Halo* _kak_"), ("🙏 Halo kak".into(), vec![("bold", 3, 4), ("italic", 8, 3)]));
        assert_eq!(entities("*a _b_ c*"), ("a b c".into(), vec![("italic", 2, 1), ("bold", 0, 5)]));
        assert_eq!(entities("`a*b*` ~x~"), ("a*b* x".into(), vec![("code", 0, 4), ("strikethrough", 5, 1)]));
        assert_eq!(entities("> a\n> b\nc"), ("a\nb\nc".into(), vec![("blockquote", 0, 3)]));
        assert_eq!(entities("x\n```\nlet *a*\n```\ny"), ("x\nlet *a*\ny".into(), vec![("pre", 2, 7)]));
        assert_eq!(entities("```a```"), ("a".into(), vec![("pre", 0, 1)]));
    }

    #[test]
    fn what_is_no_mark_stays() {
        for text in [
            "2*3*4",
            "snake_case_name",
            "^_^",
            "* a *",
            "*a",
            "**",
            "https://a.example/b_c_d",
            "\\*a*",
            "`a",
            "- a\n1. b",
            "```",
        ] {
            assert_eq!(entities(text), (text.to_owned(), Vec::new()), "{text}");
        }
        assert_eq!(entities("*https://a.example/b*"), ("https://a.example/b".into(), vec![("bold", 0, 19)]));
    }

    #[test]
    fn entities_become_our_marks() {
        let entity =
            |kind: &str, offset: usize, length: usize| json!({ "type": kind, "offset": offset, "length": length });
        assert_eq!(written("🙏 Halo kak", &[entity("bold", 3, 4), entity("italic", 8, 3)]), "🙏 *Halo* _kak_");
        assert_eq!(written("a b", &[entity("bold", 0, 3), entity("italic", 0, 3)]), "*_a b_*");
        assert_eq!(written("a \nb", &[entity("bold", 0, 4)]), "*a* \n*b*", "no mark goes on in the next line");
        assert_eq!(written("a\nb", &[entity("blockquote", 0, 3)]), "> a\n> b");
        assert_eq!(written("see code", &[entity("pre", 4, 4)]), "see \n```\ncode\n```");
        let link = json!({ "type": "text_link", "offset": 0, "length": 4, "url": "https://a.example" });
        assert_eq!(written("here", &[link]), "here (https://a.example)");
        let wrong = [
            entity("bold", 1, 1),
            entity("bold", 0, 99),
            entity("bold", usize::MAX, usize::MAX),
            entity("spoiler", 0, 2),
            json!(7),
        ];
        assert_eq!(written("🙏", &wrong), "🙏");
    }

    proptest! {
        #[test]
        fn all_but_the_marks_is_kept(text in "[a-z*_~`> \\n\\\\🙏界]{0,200}") {
            let (plain, found) = read(&text);
            let units = plain.encode_utf16().count();
            prop_assert!(found.iter().all(|one| one.length > 0 && one.offset + one.length <= units));
            let letters = |text: &str| text.chars().filter(|char| !"*_~`> \n".contains(*char)).collect::<String>();
            prop_assert_eq!(letters(&plain), letters(&text));
        }

        #[test]
        fn no_entities_make_it_panic(text in "[a-z \\n🙏]{0,60}", places in prop::collection::vec((0..7_usize, 0..70_u64, 0..70_u64), 0..12)) {
            let kinds = ["bold", "italic", "strikethrough", "code", "pre", "blockquote", "text_link"];
            let all: Vec<_> = places.iter().map(|(kind, offset, length)| {
                json!({ "type": kinds[*kind], "offset": offset, "length": length, "url": "https://a.example" })
            }).collect();
            let marked = written(&text, &all);
            prop_assert!(marked.len() >= text.len());
        }
    }
}
