//! That a channel is a folder and a line: a sample adapter does all that the contract asks, outside of the crate.

use sapa_channels::{
    Account, Adapter, Answer, Body, Capabilities, Connection, Delivery, FileLimits, Found, Inbound, Item, Length,
    Locate, Located, Method, Outbound, Outcome, Pace, Part, Person, Received, Request, Say, Step, Task, Unit,
    Unreadable, What, Wrong,
};
use std::collections::BTreeMap;

const CAPABILITIES: Capabilities = Capabilities {
    text: Length { max: 20, unit: Unit::Bytes },
    caption: Length { max: 0, unit: Unit::Bytes },
    files: FileLimits { image: 0, audio: 0, video: 0, other: 0, other_types: &[], inbound: 0 },
    files_together: 0,
    window_hours: Some(24),
    human_hours: None,
    templates: false,
    tells_delivered: false,
    tells_read: false,
    edit: false,
    delete: false,
    quote: false,
    buttons: false,
    reactions: &[],
    typing: false,
    seen: false,
    starts: false,
    comments: None,
    account_pace: Pace { every_ms: 1_000, at_once: 1 },
    person_pace: Pace { every_ms: 1_000, at_once: 1 },
};

/// Pigeons carry lines of `number who: words`.
struct Pigeon;

impl Adapter for Pigeon {
    fn name(&self) -> &'static str {
        "pigeon"
    }

    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn connection(&self) -> &'static Connection {
        &Connection { address: "https://loft.example", otherwise: None, polling: false, hooked: false, fields: &[] }
    }

    fn steps(&self, account: &Account, _: &Task<'_>) -> Vec<Step> {
        vec![Step { name: "loft", request: loft(account) }]
    }

    fn learn(&self, _: &Account, _: &str, answer: &Answer<'_>, found: &mut Found) -> Result<(), Wrong> {
        found.name = String::from_utf8_lossy(answer.body).into_owned();
        if answer.status == 200 { Ok(()) } else { Err(Wrong::Token) }
    }

    fn is_genuine(&self, delivery: &Delivery<'_>, secrets: &[Vec<u8>]) -> bool {
        secrets.iter().any(|secret| (delivery.headers)("ring").is_some_and(|ring| ring.as_bytes() == secret))
    }

    fn split(&self, body: &[u8]) -> Vec<Item> {
        let lines = body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let number =
                    line.split(|byte| *byte == b' ').next().and_then(|key| String::from_utf8(key.to_vec()).ok());
                Item { key: number, account: None, body: line.to_vec() }
            })
            .collect()
    }

    fn read(&self, item: &[u8]) -> Result<Inbound, Unreadable> {
        let unreadable = || Unreadable("no pigeon wrote it".to_owned());
        let line = std::str::from_utf8(item).map_err(|_| unreadable())?;
        let (number, rest) = line.split_once(' ').ok_or_else(unreadable)?;
        let (who, words) = rest.split_once(": ").ok_or_else(unreadable)?;
        let received = Received { id: number.to_owned(), text: Some(words.to_owned()), ..Received::default() };
        let person = Some(Person { id: who.to_owned(), ..Person::default() });
        Ok(Inbound { chat: who.to_owned(), person, at: None, what: What::Message(received) })
    }

    fn requests(&self, account: &Account, outbound: &Outbound) -> Vec<Part> {
        let Say::Message { text: Some(text), .. } = &outbound.say else { return Vec::new() };
        let address = format!("{}/{}", account.address, outbound.chat);
        let body = Body::Json(text.clone().into_bytes());
        let request = Request { method: Method::Post, address, headers: vec![("key", account.token.clone())], body };
        vec![Part { name: "text".to_owned(), request, unseen: false }]
    }

    fn outcome(&self, answer: &Answer<'_>) -> Outcome {
        match answer.status {
            200 => Outcome::Accepted(vec![String::from_utf8_lossy(answer.body).into_owned()]),
            410 => Outcome::Window,
            _ => Outcome::Retry,
        }
    }

    fn locate(&self, account: &Account, reference: &str) -> Locate {
        Locate::Known(Located { address: format!("{}/files/{reference}", account.address), ..Located::default() })
    }

    fn located(&self, account: &Account, answer: &Answer<'_>) -> Result<Located, Outcome> {
        let address = format!("{}/{}", account.address, String::from_utf8_lossy(answer.body));
        Ok(Located { address, ..Located::default() })
    }
}

fn loft(account: &Account) -> Request {
    let address = format!("{}/loft", account.address);
    Request { method: Method::Get, address, headers: Vec::new(), body: Body::Empty }
}

#[test]
fn a_channel_is_what_the_contract_asks_and_no_more() {
    let pigeon: &dyn Adapter = &Pigeon;
    let items = pigeon.split(b"1 budi: Halo\nnonsense\n2 siti: Hai\n");
    let read: Vec<_> =
        items.iter().filter_map(|item| pigeon.read(&item.body).ok()).map(|inbound| inbound.chat).collect();
    assert_eq!(
        (items.len(), read),
        (3, vec!["budi".to_owned(), "siti".to_owned()]),
        "one that is broken stops no other"
    );
    let account = Account { address: "https://loft.example".into(), token: "seed".into(), fields: BTreeMap::new() };
    let say = Say::Message {
        text: Some("Ya".into()),
        files: vec![],
        reply_to: None,
        button: None,
        template: None,
        plain: false,
        late: false,
    };
    let parts = pigeon.requests(&account, &Outbound { chat: "budi".into(), reference: "1".into(), say });
    assert_eq!((parts.len(), parts[0].request.address.as_str()), (1, "https://loft.example/budi"));
    let answer = |status| pigeon.outcome(&Answer { status, retry_after_s: None, body: b"9" });
    assert_eq!([answer(200), answer(410)], [Outcome::Accepted(vec!["9".into()]), Outcome::Window]);
    assert!(
        pigeon.capabilities().text.fits("twenty bytes at most")
            && !pigeon.capabilities().text.fits("twenty-one bytes here")
    );
}
