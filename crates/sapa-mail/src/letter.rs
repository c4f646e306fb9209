//! One of our mails, as bytes.
//!
//! What must stay true: its name is given to it and not made up here, so that it is known before it leaves; nothing that
//! somebody typed ends a header.

use crate::{Address, machine::DESK, read::clean_line};
use mail_builder::{
    MessageBuilder,
    headers::{address::Address as Header, date::Date, message_id::MessageId, text::Text},
};

/// How many earlier mails are named: the first, and the last ones.
const REFERENCES: usize = 20;
const SUBJECT_CHARACTERS: usize = 200;

pub struct Letter<'a> {
    pub from: &'a Address,
    pub to: &'a [Address],
    pub cc: &'a [Address],
    pub reply_to: Option<&'a Address>,
    pub subject: &'a str,
    /// Without brackets.
    pub id: &'a str,
    pub answers: Option<&'a str>,
    pub references: &'a [String],
    /// Seconds.
    pub at: i64,
    pub text: &'a str,
    pub html: &'a str,
    pub files: Vec<LetterFile>,
    /// Of which mailbox it is, so that we know it when it comes back.
    pub desk: &'a str,
}

pub struct LetterFile {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// `Re:` once, in whatever language the other side wrote it.
pub fn answered(subject: &str) -> String {
    const SIGNS: &[&str] =
        &["re:", "aw:", "sv:", "antw:", "bls:", "balas:", "rif:", "r:", "tr:", "回复:", "回复：", "答复:"];
    let mut rest = clean_line(subject, SUBJECT_CHARACTERS);
    while let Some(sign) = SIGNS.iter().find(|sign| rest.to_lowercase().starts_with(**sign)) {
        let after: String = rest.chars().skip(sign.chars().count()).collect();
        after.trim_start().clone_into(&mut rest);
    }
    if rest.is_empty() { "Re:".to_owned() } else { format!("Re: {rest}") }
}

/// What a mail that answers this one names as earlier ones.
pub fn references(earlier: &[String], answers: &str) -> Vec<String> {
    let mut all: Vec<String> = earlier.iter().filter(|id| *id != answers).cloned().collect();
    all.push(answers.to_owned());
    if all.len() > REFERENCES {
        let last = all.split_off(all.len() - (REFERENCES - 1));
        all.truncate(1);
        all.extend(last);
    }
    all
}

fn header(address: &Address) -> Header<'_> {
    Header::new_address(address.name.as_deref(), address.address.as_str())
}

fn headers(addresses: &[Address]) -> Header<'_> {
    Header::new_list(addresses.iter().map(header).collect())
}

impl Letter<'_> {
    pub fn bytes(self) -> std::io::Result<Vec<u8>> {
        let subject = clean_line(self.subject, SUBJECT_CHARACTERS + 10);
        let mut message = MessageBuilder::new()
            .from(header(self.from))
            .to(headers(self.to))
            .subject(subject)
            .message_id(MessageId::new(self.id))
            .date(Date::new(self.at))
            .header(DESK, Text::new(self.desk))
            .text_body(self.text)
            .html_body(self.html);
        if !self.cc.is_empty() {
            message = message.cc(headers(self.cc));
        }
        if let Some(reply_to) = self.reply_to {
            message = message.reply_to(header(reply_to));
        }
        if let Some(answers) = self.answers {
            message = message.in_reply_to(MessageId::new(answers));
            message = message.references(MessageId::new_list(self.references.iter().map(String::as_str)));
        }
        for file in self.files {
            message = message.attachment(file.media_type, file.name, file.bytes);
        }
        message.write_to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn what_is_written_is_read_back() {
        let address = |text: &str, name: &str| Address::parse(text).expect("an address").called(Some(name));
        let (us, budi, cc) = (
            address("help@kopi.example", "Kopi Senja ☕"),
            address("budi@toko.example", "Budi, S."),
            [address("sari@x.example", "")],
        );
        let letter = Letter {
            from: &us,
            to: std::slice::from_ref(&budi),
            cc: &cc,
            reply_to: Some(&us),
            subject: "Re: Pesanan ☕\r\nBcc: evil@x.example",
            id: "sapa.x.1@kopi.example",
            answers: Some("1@toko.example"),
            references: &references(&["0@toko.example".to_owned()], "1@toko.example"),
            at: 1_793_588_400,
            text: "Halo ☕\n.\nbaris",
            html: "<p>Halo ☕</p>",
            files: vec![LetterFile {
                name: "Faktur ☕.pdf".into(),
                media_type: "application/pdf".into(),
                bytes: vec![0, 1, 255],
            }],
            desk: "inb_1",
        };
        let bytes = letter.bytes().expect("bytes");
        let mail = read(&bytes).expect("a mail");
        assert_eq!(
            (mail.id.as_deref(), mail.subject.as_deref()),
            (Some("sapa.x.1@kopi.example"), Some("Re: Pesanan ☕ Bcc: evil@x.example"))
        );
        assert_eq!((mail.from.as_ref(), mail.to.first(), mail.cc.first()), (Some(&us), Some(&budi), cc.first()));
        assert_eq!(mail.answers, ["1@toko.example", "0@toko.example"]);
        assert_eq!(
            (mail.text.as_deref().map(str::trim_end), mail.html.as_deref().map(str::trim_end)),
            (Some("Halo ☕\n.\nbaris"), Some("<p>Halo ☕</p>"))
        );
        assert_eq!((mail.parts[0].name.as_str(), &mail.parts[0].bytes[..]), ("Faktur ☕.pdf", &[0, 1, 255][..]));
        assert_eq!((mail.desk.as_deref(), mail.sent_at), (Some("inb_1"), Some(1_793_588_400_000)));
        assert_eq!(mail.reply_to, [us]);
    }

    #[test]
    fn a_subject_says_re_once_and_a_chain_stays_short() {
        for subject in ["Halo", "RE: Halo", "Re: AW: re:Halo", "回复：Halo"] {
            assert_eq!(answered(subject), "Re: Halo", "{subject}");
        }
        let many: Vec<String> = (0..50).map(|number| format!("{number}@x")).collect();
        let chain = references(&many, "50@x");
        assert_eq!((chain.len(), chain[0].as_str(), chain[19].as_str()), (REFERENCES, "0@x", "50@x"));
        assert_eq!(references(&["a".into(), "b".into()], "b"), ["a", "b"]);
    }
}
