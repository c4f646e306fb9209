//! A mail out of its bytes.
//!
//! What must stay true: only what is needed is read, and what is broken is left out; what a file is called and what it is
//! is its sender's claim.

use crate::{
    Address,
    machine::{self, DESK, Kind},
};
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// Of all texts of one kind together.
const TEXT_BYTES: usize = 2 * 1024 * 1024;
const SUBJECT_CHARACTERS: usize = 200;
const IDS: usize = 100;
const ID_CHARACTERS: usize = 250;
const PEOPLE: usize = 100;
const PARTS: usize = 50;
/// A time that no clock of a sender means.
const LATEST_S: i64 = 100_000_000_000;

/// Nothing in it is a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

#[derive(Clone, Debug)]
pub struct Mail {
    /// Without brackets.
    pub id: Option<String>,
    /// Which mails it answers, the likeliest first.
    pub answers: Vec<String>,
    /// Which mails came before it, oldest first.
    pub references: Vec<String>,
    pub subject: Option<String>,
    pub from: Option<Address>,
    /// Where the sender wants answers; empty: where he wrote from.
    pub reply_to: Vec<Address>,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    /// Every address that it may have been sent to.
    pub recipients: Vec<String>,
    /// Milliseconds, by the sender's clock.
    pub sent_at: Option<i64>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub parts: Vec<Part>,
    pub kind: Kind,
    /// Which of our mailboxes wrote it, by a header that only we write.
    pub desk: Option<String>,
}

/// A file that came with it.
#[derive(Clone, Debug)]
pub struct Part {
    pub name: String,
    /// Under which the HTML shows it.
    pub content_id: Option<String>,
    pub bytes: Vec<u8>,
}

pub fn read(bytes: &[u8]) -> Result<Mail, Unreadable> {
    let message = MessageParser::default().parse(bytes).ok_or(Unreadable)?;
    let raw = |name: &'static str| message.header_raw(name);
    let (to, cc) = (people(message.header("To")), people(message.header("Cc")));
    let mut recipients: Vec<String> = to.iter().chain(&cc).map(|address| address.address.clone()).collect();
    for name in ["Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To"] {
        let values = message.headers_raw().filter(|(key, _)| key.eq_ignore_ascii_case(name));
        recipients.extend(values.map(|(_, value)| value.trim().trim_matches(['<', '>']).to_lowercase()).take(PEOPLE));
    }
    let references = ids(message.references());
    let mut answers = ids(message.in_reply_to());
    answers.extend(references.iter().rev().filter(|id| !answers.contains(id)).cloned().collect::<Vec<_>>());
    let sent_at = message.date().map(mail_parser::DateTime::to_timestamp).filter(|at| (0..LATEST_S).contains(at));
    Ok(Mail {
        id: message.message_id().map(|id| clean_line(id, ID_CHARACTERS)).filter(|id| !id.is_empty()),
        answers,
        references,
        subject: message.subject().map(|text| clean_line(text, SUBJECT_CHARACTERS)).filter(|text| !text.is_empty()),
        from: people(message.header("From")).into_iter().next(),
        reply_to: people(message.header("Reply-To")),
        to,
        cc,
        recipients,
        sent_at: sent_at.map(|at| at * 1_000),
        text: body(&message, &message.text_body, |part| match &part.body {
            PartType::Text(text) => Some(text),
            _ => None,
        }),
        html: body(&message, &message.html_body, |part| match &part.body {
            PartType::Html(html) => Some(html),
            _ => None,
        }),
        parts: parts(&message),
        kind: machine::kind(&message),
        desk: raw(DESK).map(|desk| clean_line(desk, ID_CHARACTERS)),
    })
}

/// What may stand in one line.
pub(crate) fn clean_line(text: &str, characters: usize) -> String {
    let line: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(characters).collect()
}

pub(crate) fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let all: Vec<&str> = match value {
        HeaderValue::Text(text) => vec![text.as_ref()],
        HeaderValue::TextList(list) => list.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    // What somebody's program put between them is none.
    let ids = all.iter().flat_map(|text| text.split(['<', '>', ' ', ',', '\t'])).filter(|id| id.contains('@'));
    ids.map(|id| clean_line(id, ID_CHARACTERS)).take(IDS).collect()
}

fn people(value: Option<&HeaderValue<'_>>) -> Vec<Address> {
    let Some(HeaderValue::Address(addresses)) = value else { return Vec::new() };
    let one = |addr: &mail_parser::Addr<'_>| Some(Address::parse(addr.address()?)?.called(addr.name()));
    let mut people: Vec<Address> = Vec::new();
    for address in addresses.iter().filter_map(one).take(PEOPLE) {
        if !people.iter().any(|known| known.address == address.address) {
            people.push(address);
        }
    }
    people
}

/// The texts of a body, one after another.
fn body<'a>(
    message: &'a Message<'_>,
    ids: &[u32],
    text: impl Fn(&'a MessagePart<'_>) -> Option<&'a std::borrow::Cow<'a, str>>,
) -> Option<String> {
    let mut whole = String::new();
    for part in ids.iter().filter_map(|id| text(message.part(*id)?)) {
        if whole.len() + part.len() > TEXT_BYTES {
            let end =
                (0..=TEXT_BYTES.saturating_sub(whole.len())).rev().find(|at| part.is_char_boundary(*at)).unwrap_or(0);
            whole.push_str(&part[..end.min(part.len())]);
            break;
        }
        if !whole.is_empty() {
            whole.push('\n');
        }
        whole.push_str(part);
    }
    let whole = whole.replace("\r\n", "\n").replace('\0', "");
    (!whole.trim().is_empty()).then_some(whole)
}

fn parts(message: &Message<'_>) -> Vec<Part> {
    let parts = message.attachments().filter_map(|part| {
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message().to_vec(),
            PartType::Multipart(_) => return None,
            _ => part.contents().to_vec(),
        };
        let content_id = part.content_id().map(|id| clean_line(id.trim_matches(['<', '>']), ID_CHARACTERS));
        let kind = part
            .content_type()
            .map(|content| (content.ctype().to_lowercase(), content.subtype().map(str::to_lowercase)));
        let name = part.attachment_name().map(|name| clean_line(name, ID_CHARACTERS)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| unnamed(kind));
        (!bytes.is_empty()).then_some(Part { name, content_id, bytes })
    });
    parts.take(PARTS).collect()
}

fn unnamed(kind: Option<(String, Option<String>)>) -> String {
    let (main, sub) = kind.unwrap_or_default();
    let sub = sub.unwrap_or_default();
    match (main.as_str(), sub.as_str()) {
        ("message", "rfc822") => "mail.eml".to_owned(),
        ("text", "calendar") => "invitation.ics".to_owned(),
        ("text", "html") => "part.html".to_owned(),
        ("text", _) => "part.txt".to_owned(),
        ("image" | "audio" | "video", sub) if sub.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            format!("{main}.{sub}")
        }
        _ => "file".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::Instant;

    fn mail(text: &str) -> Mail {
        read(text.replace('\n', "\r\n").as_bytes()).expect("a mail")
    }

    const HEAD: &str = "From: Budi Santoso <budi@toko.example>\nTo: Kopi <help@kopi.example>, sari@kopi.example\n\
        Cc: \"Citra, D.\" <citra@kopi.example>\nSubject: Pesanan 7\nMessage-ID: <1@toko.example>\n\
        Date: Mon, 02 Nov 2026 10:00:00 +0700\n";

    #[test]
    fn a_plain_mail_is_read() {
        let mail = mail(&format!("{HEAD}In-Reply-To: <b@x> (his of Monday)\nReferences: <a@x> junk <b@x>\n\nHalo!\n"));
        assert_eq!((mail.id.as_deref(), mail.subject.as_deref()), (Some("1@toko.example"), Some("Pesanan 7")));
        let from = mail.from.expect("a sender");
        assert_eq!((from.address.as_str(), from.name.as_deref()), ("budi@toko.example", Some("Budi Santoso")));
        assert_eq!(mail.cc[0].name.as_deref(), Some("Citra, D."));
        assert_eq!(mail.to.len(), 2);
        assert_eq!(
            (mail.answers, mail.references),
            (vec!["b@x".to_owned(), "a@x".to_owned()], vec!["a@x".to_owned(), "b@x".to_owned()])
        );
        assert_eq!((mail.text.as_deref(), mail.sent_at), (Some("Halo!\n"), Some(1_793_588_400_000)));
        assert_eq!(mail.kind, Kind::Person);
    }

    #[test]
    fn any_character_set_is_read() {
        let latin = b"From: a@b.example\r\nSubject: =?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nCaf\xe9".to_vec();
        let mail = read(&latin).expect("a mail");
        assert_eq!((mail.subject.as_deref(), mail.text.as_deref()), (Some("こんにちは"), Some("Café")));
        let korean = b"From: a@b.example\r\nContent-Type: text/plain; charset=ks_c_5601-1987\r\n\r\n\xb0\xa1".to_vec();
        assert_eq!(read(&korean).expect("a mail").text.as_deref(), Some("가"));
        let unnamed = "From: a@b.example\r\nSubject: Kopi ☕\r\n\r\nJam 8 ☕\0".as_bytes();
        let mail = read(unnamed).expect("a mail");
        assert_eq!((mail.subject.as_deref(), mail.text.as_deref()), (Some("Kopi ☕"), Some("Jam 8 ☕")));
    }

    #[test]
    fn parts_are_files_with_the_name_that_the_text_shows_them_by() {
        let mail = mail(&format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/related; boundary=r\n\n\
             --r\nContent-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\nHalo\n\
             --a\nContent-Type: text/html\n\n<p>Halo <img src=\"cid:logo@x\"></p>\n--a--\n\
             --r\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\niVBORw0=\n--r--\n\
             --m\nContent-Type: application/pdf; name=\"=?utf-8?Q?Faktur_=E2=98=95.pdf?=\"\nContent-Disposition: attachment\n\nx\n\
             --m\nContent-Type: message/rfc822\n\nSubject: inner\n\nhi\n--m--\n"
        ));
        assert_eq!(mail.text.as_deref().map(str::trim), Some("Halo"));
        assert!(mail.html.as_deref().is_some_and(|html| html.contains("cid:logo@x")));
        let parts: Vec<_> = mail.parts.iter().map(|part| (part.name.as_str(), part.content_id.as_deref())).collect();
        assert_eq!(parts, [("image.png", Some("logo@x")), ("Faktur ☕.pdf", None), ("mail.eml", None)]);
    }

    #[test]
    fn machines_are_known_by_what_they_say_of_themselves() {
        let kind = |headers: &str| mail(&format!("From: a@b.example\n{headers}\n\nx")).kind;
        assert_eq!(kind("Auto-Submitted: no"), Kind::Person);
        for away in ["Auto-Submitted: auto-replied (vacation)", "X-Autoreply: yes", "Precedence: auto_reply"] {
            assert_eq!(kind(away), Kind::Away, "{away}");
        }
        for automatic in
            ["Auto-Submitted: auto-generated", "Precedence: bulk", "List-Id: <x.y>", "List-Unsubscribe: <mailto:x>"]
        {
            assert_eq!(kind(automatic), Kind::Automatic, "{automatic}");
        }
        let hops = "Received: from a by b; Mon, 02 Nov 2026 10:00:00 +0700\n".repeat(51);
        assert_eq!(kind(hops.trim_end()), Kind::Loop);
    }

    fn report(fields: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
             --b\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
             Final-Recipient: rfc822; budi@toko.example\n{fields}\n\n--b\nContent-Type: message/rfc822\n\n\
             Message-ID: <sapa.x@kopi.example>\nSubject: Re\n\nhi\n--b--\n"
        )
    }

    #[test]
    fn a_server_that_gave_up_says_on_what_and_why() {
        let bounce = |text: &str| match mail(text).kind {
            Kind::Bounce(bounce) => *bounce,
            other => panic!("{other:?}"),
        };
        let failed = bounce(&report("Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 No such\n user here"));
        assert_eq!((failed.is_final, failed.recipient.as_deref()), (true, Some("budi@toko.example")));
        assert_eq!(failed.reason.as_deref(), Some("550 No such user here"));
        assert_eq!(failed.about, ["sapa.x@kopi.example"]);
        assert!(!bounce(&report("Action: delayed\nStatus: 4.4.1")).is_final);
        assert!(!bounce(&report("Action: delivered\nStatus: 2.0.0")).is_final);
        let own = bounce(
            "From: MAILER-DAEMON@old.example\n\nHi. This is the qmail-send program.\n<budi@toko.example>:\n550 5.1.1 unknown\n\n--- Below this line is a copy.\n\nMessage-ID: <sapa.y@kopi.example>\n",
        );
        assert_eq!(
            (own.is_final, own.reason.as_deref(), own.about.first().map(String::as_str)),
            (true, Some("550 5.1.1 unknown"), Some("sapa.y@kopi.example"))
        );
        let receipt = "From: a@b.example\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nread\n--b--\n";
        assert_eq!(mail(receipt).kind, Kind::Report);
    }

    #[test]
    fn deep_and_many_parts_end_soon() {
        let began = Instant::now();
        let mut deep = "From: a@b.example\r\n".to_owned();
        for level in 0..3_000 {
            deep += &format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
        }
        let _ = read(deep.as_bytes());
        let inner = "Content-Type: message/rfc822\r\n\r\n".repeat(3_000);
        let _ = read(format!("From: a@b.example\r\n{inner}").as_bytes());
        let many = format!(
            "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}",
            "--b\r\n\r\nx\r\n".repeat(50_000)
        );
        assert!(read(many.as_bytes()).expect("a mail").parts.len() <= PARTS);
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), words in prop::collection::vec(prop::sample::select(vec![
            "From: ", "To: a@b,", "Subject: =?utf-8?B?", "?=", "\r\n", "\r\n\r\n", "Content-Type: ", "multipart/report; report-type=delivery-status; boundary=b",
            "--b", "--", "message/rfc822", "message/delivery-status", "<", ">", "@", "charset=", "utf-7", "Action: failed", "\u{0}", "é",
        ]), 0..60)) {
            let _ = read(&bytes);
            let _ = read(words.concat().as_bytes());
        }
    }
}
