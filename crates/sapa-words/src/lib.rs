//! Texts as the words that are indexed and asked for: folded here, so that both engines hold and find the same.
//!
//! What must stay true: text and query go through [`words`]; a word has letters and digits only, so that it needs no
//! quoting in either engine. Scripts without spaces become pairs of neighbors.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// Longer words are cut: nobody types more of one.
const WORD_CHARACTERS: usize = 48;

/// One word and where it stands, in UTF-16 units, which is how browsers count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub start: usize,
    pub end: usize,
    /// One of the pairs of a script without spaces.
    pub paired: bool,
    /// The last sign of such a run alone: found by its beginning only.
    pub single: bool,
}

fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3040..=0x30FA | 0x30FC..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// A character without case and accents; empty when it is no part of a word.
fn fold(c: char) -> impl Iterator<Item = char> {
    let hangul = matches!(u32::from(c), 0xAC00..=0xD7A3);
    let parts: Vec<char> = if hangul { vec![c] } else { c.nfkd().collect() };
    parts.into_iter().flat_map(char::to_lowercase).flat_map(|c| c.nfkd_unless_hangul()).filter_map(|c| match c {
        'ß' => Some('s'),
        'ς' => Some('σ'),
        'ı' => Some('i'),
        'ø' => Some('o'),
        'ł' => Some('l'),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    })
}

trait Decomposed {
    fn nfkd_unless_hangul(self) -> Vec<char>;
}

impl Decomposed for char {
    fn nfkd_unless_hangul(self) -> Vec<char> {
        if matches!(u32::from(self), 0xAC00..=0xD7A3) { vec![self] } else { self.nfkd().collect() }
    }
}

/// The words of a text in their order.
pub fn words(text: &str) -> Vec<Word> {
    let mut made = Maker::default();
    let mut at = 0;
    for c in text.chars() {
        let end = at + c.len_utf16();
        if is_unspaced(c) {
            made.end_word();
            made.run.push((c, at, end));
        } else if canonical_combining_class(c) != 0 {
            // An accent of its own belongs to the letter before it.
            made.stretch(end);
        } else {
            made.end_run();
            let before = made.current.as_ref().map_or(0, |word| word.text.len());
            for folded in fold(c) {
                made.push(folded, at, end);
            }
            if made.current.as_ref().map_or(0, |word| word.text.len()) == before {
                made.end_word();
            }
        }
        at = end;
    }
    made.end_word();
    made.end_run();
    made.words
}

#[derive(Default)]
struct Maker {
    words: Vec<Word>,
    current: Option<Word>,
    run: Vec<(char, usize, usize)>,
}

impl Maker {
    fn push(&mut self, c: char, start: usize, end: usize) {
        let word =
            self.current.get_or_insert_with(|| Word { text: String::new(), start, end, paired: false, single: false });
        word.text.push(c);
        word.end = end;
    }

    fn stretch(&mut self, end: usize) {
        if let Some(word) = &mut self.current {
            word.end = end;
        }
    }

    fn end_word(&mut self) {
        if let Some(mut word) = self.current.take() {
            if let Some((cut, _)) = word.text.char_indices().nth(WORD_CHARACTERS) {
                word.text.truncate(cut);
            }
            self.words.push(word);
        }
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        for (index, (c, start, end)) in run.iter().enumerate() {
            let next = run.get(index + 1);
            let text = [Some(*c), next.map(|next| next.0)].into_iter().flatten().collect();
            let end = next.map_or(*end, |next| next.2);
            self.words.push(Word { text, start: *start, end, paired: true, single: next.is_none() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn case_and_accents_are_gone() {
        for (text, wanted) in [
            ("Déjà VU, l’été!", vec!["deja", "vu", "l", "ete"]),
            ("de\u{301}ja", vec!["deja"]),
            ("Ёлка и йод", vec!["елка", "и", "иод"]),
            ("Terima kasih :)", vec!["terima", "kasih"]),
            ("İSTANBUL ﬁne", vec!["istanbul", "fine"]),
            ("東京都 ok", vec!["東京", "京都", "都", "ok"]),
            ("주문이", vec!["주문이"]),
            ("<b>A&B</b>", vec!["b", "a", "b", "b"]),
            ("", vec![]),
        ] {
            assert_eq!(texts(text), wanted, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn places_lie_in_the_text_and_folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let length = text.encode_utf16().count();
            for word in words(&text) {
                assert!(word.start < word.end && word.end <= length);
                assert!(word.text.chars().all(|c| c.is_alphanumeric() || is_unspaced(c)), "{:?}", word.text);
            }
        }
    }
}
