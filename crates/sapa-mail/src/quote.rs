//! Where a text ends and what it answers begins.
//!
//! What must stay true: nothing is lost: what is folded is kept beside. Who answers below or between the lines that he
//! quotes is shown whole.

/// A line that says who wrote what follows, may go on in the next ones.
const ATTRIBUTION_LINES: usize = 3;
const ATTRIBUTION_CHARACTERS: usize = 300;
/// How such a line ends, in the languages of common mail programs.
const WROTE: &[&str] = &[
    "wrote:",
    "writes:",
    "menulis:",
    "schrieb:",
    "schreef:",
    "a écrit :",
    "a écrit:",
    "escribió:",
    "escreveu:",
    "ha scritto:",
    "skrev:",
    "kirjoitti:",
    "napisał:",
    "napisał(a):",
    "napsal:",
    "napsal(a):",
    "yazdı:",
    "написал:",
    "пишет:",
    "のメール:",
    "さんは書きました:",
    "写道：",
    "写道:",
    "寫道：",
    "đã viết:",
    "เขียน:",
    "telah menulis:",
];
/// Where the name follows.
const SAYS: &[&str] = &[" schrieb ", " schreef ", " skrev ", " escribió "];
/// How a block of a forwarded or an answered mail begins.
const DIVIDERS: &[&str] = &[
    "-----original message-----",
    "-----pesan asli-----",
    "-----ursprüngliche nachricht-----",
    "-----message d'origine-----",
    "-----mensaje original-----",
    "-----mensagem original-----",
    "-----messaggio originale-----",
    "-----oorspronkelijk bericht-----",
    "________________________________",
];
/// The first line of such a block without a divider, and one of the next that must follow.
const FROM: &[&str] = &["from:", "dari:", "von:", "de:", "da:", "van:", "*from:*"];
const SENT: &[&str] = &[
    "sent:",
    "date:",
    "dikirim:",
    "tanggal:",
    "gesendet:",
    "datum:",
    "envoyé",
    "enviado",
    "fecha:",
    "data:",
    "inviato:",
    "verzonden:",
    "*sent:*",
    "*date:*",
];

/// The text without what it quotes, and whether something was left out.
pub fn fold(text: &str) -> (&str, bool) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(first) = (0..lines.len()).find(|at| begins_quote(&lines, *at)) else { return (text, false) };
    let before: usize = lines[..first].iter().map(|line| line.len()).sum();
    let said = text[..before].trim_end();
    if said.trim().is_empty() || says_more(&lines[first..]) {
        return (text, false);
    }
    (said, true)
}

fn begins_quote(lines: &[&str], at: usize) -> bool {
    let line = lines[at].trim();
    if line.starts_with('>') {
        return true;
    }
    let lower = line.to_lowercase();
    let next = |words: &[&str]| {
        lines[at + 1..].iter().take(3).any(|line| {
            let line = line.trim().to_lowercase();
            words.iter().any(|word| line.starts_with(word))
        })
    };
    if DIVIDERS.iter().any(|divider| lower.starts_with(divider)) {
        return lower.starts_with("-----") || next(FROM);
    }
    if FROM.iter().any(|from| lower.starts_with(from)) && next(SENT) {
        return true;
    }
    attributes(lines, at)
}

/// "On Monday … wrote:", over up to three lines, with a quote or the rest behind it.
fn attributes(lines: &[&str], at: usize) -> bool {
    let mut said = String::new();
    for line in lines[at..].iter().take(ATTRIBUTION_LINES) {
        let line = line.trim();
        if line.is_empty() || said.len() + line.len() > ATTRIBUTION_CHARACTERS {
            return false;
        }
        said = said + line + " ";
        let lower = said.trim_end().to_lowercase();
        let inside = lower.ends_with(':') && SAYS.iter().any(|says| lower.contains(says));
        if inside || WROTE.iter().any(|wrote| lower.ends_with(wrote)) {
            // A sentence of his own may end so too: an attribution has a time or an address.
            return lower.chars().any(|char| char.is_ascii_digit()) || lower.contains('@');
        }
    }
    false
}

/// Whether somebody wrote below, or between, what is quoted by signs.
fn says_more(lines: &[&str]) -> bool {
    let last = lines.iter().rposition(|line| line.trim_start().starts_with('>'));
    let Some(last) = last else { return false };
    let first = lines.iter().position(|line| line.trim_start().starts_with('>')).unwrap_or(last);
    let own = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with('>');
    let signature = lines[last..]
        .iter()
        .position(|line| line.trim_end_matches(['\r', '\n']) == "-- ")
        .map_or(lines.len(), |at| last + at);
    lines[first..last].iter().any(|line| own(&line)) || lines[last..signature].iter().any(|line| own(&line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_answered_is_folded() {
        for quoted in [
            "> Kapan buka?\n> Budi",
            "On Mon, 2 Nov 2026 at 10:00, Budi <budi@x.example>\nwrote:\n\n> Kapan buka?",
            "Pada Sen, 2 Nov 2026 pukul 10.00 Budi <budi@x.example> menulis:\n> Kapan buka?",
            "Am 02.11.26 um 10:00 schrieb Budi:\n> Wann?",
            "-----Original Message-----\nFrom: Budi\nSent: Monday\n\nKapan buka?",
            "From: Budi <budi@x.example>\nSent: Monday, November 2, 2026\nTo: Kopi\n\nKapan buka?",
            "________________________________\nFrom: Budi\nSent: Monday\n\nKapan buka?",
        ] {
            let text = format!("Jam 8.\n\nAyu\n\n{quoted}\n");
            assert_eq!(fold(&text), ("Jam 8.\n\nAyu", true), "{quoted}");
        }
    }

    #[test]
    fn what_is_said_between_or_below_is_shown_whole() {
        for text in [
            "Budi wrote:\n> one\nyes\n> two\nno\n",
            "On 2 Nov 2026 Budi wrote:\n> When?\n\nAt eight.\n",
            "> When?\nAt eight.",
            "My friend wrote:\nnothing at all",
            "From: here to there it takes an hour.",
            "a > b",
            "",
        ] {
            assert_eq!(fold(text), (text, false), "{text}");
        }
        assert_eq!(fold("Yes\n> When?\n-- \nBudi"), ("Yes", true), "a signature says nothing more");
    }
}
