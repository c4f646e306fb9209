//! Two processes over one PostgreSQL database: whatever is asked of them at once, and although one of them is killed,
//! both tell the same truth, and it holds together.

use crate::program::{Server, path, sapa};
use db::Engine;
use ids::{EntryId, Uuid};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read as _, Write as _},
    net::TcpStream,
    process::Stdio,
    sync::atomic::{AtomicU64, Ordering},
    thread,
};
use testkit::Dice;

/// `SAPA_STEPS` takes another number of things that happen.
const STEPS: usize = 600;
const AGENTS: usize = 6;
const VISITORS: usize = 8;
/// Who takes one conversation at once.
const TAKERS: usize = 50;
const PASSWORD: &str = "a long password";

/// What says who asks.
#[derive(Clone)]
struct Browser(String);

impl Browser {
    /// A status and the JSON of the answer.
    fn ask(&self, server: &Server, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let (status, _, answer) = self.exchange(server, method, path, body);
        (status, answer)
    }

    fn list(&self, server: &Server, path: &str) -> Value {
        let (status, answer) = self.ask(server, "GET", path, &Value::Null);
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    fn exchange(&self, server: &Server, method: &str, path: &str, body: &Value) -> (u16, String, Value) {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let host = format!("127.0.0.1:{}", server.port);
        let mut stream = TcpStream::connect(&host).expect("a connection");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\nconnection: close\r\n{}\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.0,
            body.len()
        )
        .expect("a request to leave");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        assert!(status < 500, "{method} {path}: {answer}");
        (status, head.to_owned(), serde_json::from_str(body).unwrap_or(Value::Null))
    }

    /// Whoever an answer signed in.
    fn signed_in(head: &str) -> Self {
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect("a cookie");
        Self(format!("cookie: {}\r\n", cookie.split(';').next().expect("its value")))
    }
}

struct Agent {
    id: String,
    browser: Browser,
}

struct World {
    database: testkit::Database,
    folder: tempfile::TempDir,
    servers: [Server; 2],
    owner: Browser,
    agents: Vec<Agent>,
    /// With what each of them wrote.
    visitors: Vec<(Browser, Vec<String>)>,
    numbers: AtomicU64,
}

/// A conversation as the owner saw it.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    id: String,
    open: bool,
    holder: Value,
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn items(page: &Value) -> &[Value] {
    page["items"].as_array().expect("items")
}

impl World {
    fn new(database: testkit::Database) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut setup = sapa(&["setup", "--database", database.url(), "--data", path(&folder.path().join("0"))]);
        setup.args(["--workspace", "Senja", "--name", "Ayu", "--email", "ayu@example.com"]).stdin(Stdio::piped());
        let mut setup = setup.spawn().expect("the set-up");
        setup.stdin.take().expect("its input").write_all(format!("{PASSWORD}\n").as_bytes()).expect("the password");
        assert!(setup.wait().expect("its end").success());
        let servers = [0, 1].map(|number| start(&database, &folder, number));
        let nobody = Browser(String::new());
        let sign_in = json!({ "email": "ayu@example.com", "password": PASSWORD });
        let (_, head, _) = nobody.exchange(&servers[0], "POST", "/api/v1/sign-in", &sign_in);
        let owner = Browser::signed_in(&head);
        let website = json!({ "title": "Senja", "greeting": "Halo!", "color": "#0b6e69", "allowed_origins": [] });
        let made = json!({ "name": "Shop", "website": website });
        let (status, inbox) = owner.ask(&servers[1], "POST", "/api/v1/inboxes", &made);
        assert_eq!(status, 201, "{inbox}");
        let agents = (0..AGENTS).map(|number| agent(&servers[number % 2], &owner, &inbox["id"], number)).collect();
        let visitors = (0..VISITORS).map(|number| {
            let asked = json!({ "inbox_id": inbox["id"], "origin": "https://shop.test", "locale": "id" });
            let (status, made) = nobody.ask(&servers[number % 2], "POST", "/w/api/v1/visitors", &asked);
            assert_eq!(status, 201, "{made}");
            (Browser(format!("authorization: Bearer {}\r\n", text(&made["token"]))), Vec::new())
        });
        let visitors = visitors.collect();
        Self { database, folder, servers, owner, agents, visitors, numbers: AtomicU64::new(0) }
    }

    fn entry(&self) -> String {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        EntryId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + u128::from(number))).to_string()
    }

    /// One of them dies without a word and comes back.
    fn kill(&mut self, number: usize) {
        let again = start(&self.database, &self.folder, number + 2);
        drop(std::mem::replace(&mut self.servers[number], again));
    }

    fn all(&self, server: usize) -> Vec<Seen> {
        let mut all = Vec::new();
        for view in ["all", "closed"] {
            let page = self.owner.list(&self.servers[server], &format!("/api/v1/conversations?view={view}&limit=100"));
            all.extend(items(&page).iter().map(|item| Seen {
                id: text(&item["conversation"]["id"]).to_owned(),
                open: item["conversation"]["status"] == "open",
                holder: item["conversation"]["holder"].clone(),
            }));
        }
        all.sort_by(|one, other| one.id.cmp(&other.id));
        all
    }

    fn writes(&self, server: &Server, browser: &Browser, said: &str) {
        let message = json!({ "id": self.entry(), "text": said, "file_ids": [] });
        let (status, answer) = browser.ask(server, "POST", "/w/api/v1/messages", &message);
        assert_eq!(status, 201, "{answer}");
    }

    /// An agent or the owner does something with a conversation.
    fn acts(&self, server: &Server, who: usize, one: &Seen, what: usize) {
        let Agent { id, browser } = &self.agents[who];
        let path = |part: &str| format!("/api/v1/conversations/{}/{part}", one.id);
        let to = |to: Value| json!({ "to": to, "holder": one.holder });
        let (status, answer) = match what {
            0 | 1 => browser.ask(server, "PUT", &path("assignment"), &to(json!({ "kind": "member", "id": id }))),
            2 => self.owner.ask(server, "PUT", &path("assignment"), &to(json!({ "kind": "queue" }))),
            3 => browser.ask(server, "PUT", &path("closure"), &json!({ "reason": "solved" })),
            4 => self.owner.ask(server, "DELETE", &path("closure"), &Value::Null),
            _ => {
                let said = json!({ "id": self.entry(), "text": "hi", "file_ids": [], "holder": one.holder });
                browser.ask(server, "POST", &path("messages"), &said)
            }
        };
        // Who came second hears so; what waits for all is closed by whoever takes it, and what is another's is not there.
        assert!(matches!(status, 200..300 | 403 | 404 | 409), "{what}: {status} {answer}");
    }

    /// So many things at once, each at one of the two.
    fn happen(&mut self, dice: &mut Dice) {
        let all = self.all(dice.throw(2));
        let mut said = Vec::new();
        for (number, (_, wrote)) in self.visitors.iter_mut().enumerate() {
            if all.len() < VISITORS || dice.throw(3) == 0 {
                wrote.push(format!("word {} of {number}", wrote.len()));
                said.push((number, dice.throw(2), wrote.last().cloned().unwrap_or_default()));
            }
        }
        let acts: Vec<_> = (0..if all.is_empty() { 0 } else { AGENTS })
            .map(|who| (who, dice.throw(2), all[dice.throw(all.len())].clone(), dice.throw(6)))
            .collect();
        let world = &*self;
        thread::scope(|scope| {
            for (number, server, said) in &said {
                scope.spawn(move || world.writes(&world.servers[*server], &world.visitors[*number].0, said));
            }
            for (who, server, one, what) in &acts {
                scope.spawn(move || world.acts(&world.servers[*server], *who, one, *what));
            }
        });
    }

    fn check(&self) {
        let all = self.all(0);
        assert_eq!(all, self.all(1), "the two of them differ");
        let waits = all.iter().filter(|one| one.open && one.holder["kind"] == "queue").count();
        for server in &self.servers {
            assert_eq!(self.owner.list(server, "/api/v1/desk")["counters"][0]["queued"], waits);
            for presence in items(&self.owner.list(server, "/api/v1/presences")) {
                let held = all.iter().filter(|one| one.open && one.holder["id"] == presence["member_id"]).count();
                assert_eq!(presence["open"], held, "{presence}");
            }
            for Agent { id, browser } in &self.agents {
                let sees = |one: &&Seen| one.open && (one.holder["kind"] == "queue" || one.holder["id"] == *id);
                let page = browser.list(server, "/api/v1/conversations?view=all&limit=100");
                assert_eq!(items(&page).len(), all.iter().filter(sees).count(), "what {id} sees");
            }
        }
        let mut said: BTreeMap<String, usize> = BTreeMap::new();
        for (number, one) in all.iter().enumerate() {
            self.check_thread(&self.servers[number % 2], one, &mut said);
        }
        let wrote: Vec<_> = self.visitors.iter().flat_map(|(_, wrote)| wrote).collect();
        assert_eq!(said.len(), wrote.len(), "what was written is what is there");
        assert!(wrote.iter().all(|words| said.get(*words) == Some(&1)), "each once: {said:?}");
    }

    /// Each assignment begins where the one before it ended, the last one is what holds, and words are in their order.
    fn check_thread(&self, server: &Server, one: &Seen, said: &mut BTreeMap<String, usize>) {
        let (mut after, mut holder, mut before) = (0, json!({ "kind": "queue" }), String::new());
        loop {
            let address = format!("/api/v1/conversations/{}/entries?after={after}&limit=100", one.id);
            let page = self.owner.list(server, &address);
            let entries = page["entries"].as_array().expect("entries");
            for entry in entries {
                let position = entry["position"].as_i64().expect("a position");
                assert!(position > after, "{entry}");
                after = position;
                if entry["kind"] == "assigned" {
                    assert_eq!(holder["id"], entry["assignment"]["from"]["id"], "{entry}");
                    holder = entry["assignment"]["to"].clone();
                }
                if entry["author"]["kind"] == "contact" && entry["kind"] == "message" {
                    let words = text(&entry["text"]).to_owned();
                    let number = |words: &str| words.split(' ').nth(1).and_then(|number| number.parse::<u32>().ok());
                    assert!(number(&before) < number(&words), "{words} after {before}");
                    *said.entry(words.clone()).or_default() += 1;
                    before = words;
                }
            }
            if entries.len() < 100 {
                break;
            }
        }
        assert_eq!(holder["id"], one.holder["id"], "{one:?}");
    }
}

fn start(database: &testkit::Database, folder: &tempfile::TempDir, number: usize) -> Server {
    let data = folder.path().join(number.to_string());
    let files = format!("file:{}", folder.path().join("files").display());
    Server::start("serve", &data, &["--database", database.url(), "--blobs", &files])
}

fn agent(server: &Server, owner: &Browser, inbox: &Value, number: usize) -> Agent {
    let invitation = json!({ "email": format!("agent{number}@example.com"), "role": "agent", "inbox_ids": [inbox] });
    let (_, invited) = owner.ask(server, "POST", "/api/v1/invitations", &invitation);
    let (_, token) = text(&invited["link"]).split_once('#').expect("a token");
    let accept = json!({ "token": token, "name": format!("Agent {number}"), "password": PASSWORD, "locale": "en" });
    let nobody = Browser(String::new());
    let (status, head, me) = nobody.exchange(server, "POST", "/api/v1/invitations/accept", &accept);
    assert_eq!(status, 201, "{me}");
    Agent { id: text(&me["member"]["id"]).to_owned(), browser: Browser::signed_in(&head) }
}

/// R018, R023, R103, R106, R188, C01, C05
#[test]
fn two_processes_tell_one_truth() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut world = World::new(runtime.block_on(testkit::Database::new(Engine::Postgres)));
    let mut dice = Dice(1);

    // Of so many who take one at once, at both of them, one has it.
    world.happen(&mut dice);
    let one = world.all(0).first().cloned().expect("a conversation");
    let path = format!("/api/v1/conversations/{}/assignment", one.id);
    let won: BTreeSet<usize> = thread::scope(|scope| {
        let takes = (0..TAKERS).map(|number| {
            let (world, path, one) = (&world, &path, &one);
            scope.spawn(move || {
                let Agent { id, browser } = &world.agents[number % AGENTS];
                let take = json!({ "to": { "kind": "member", "id": id }, "holder": one.holder });
                (browser.ask(&world.servers[number % 2], "PUT", path, &take).0, number % AGENTS)
            })
        });
        let takes: Vec<_> = takes.collect();
        let ends = takes.into_iter().map(|take| take.join().expect("an answer"));
        // The same one who asks again has it already.
        ends.filter(|(status, _)| *status < 300).map(|(_, who)| who).collect()
    });
    assert_eq!(won.len(), 1, "{won:?}");
    world.check();

    let steps = std::env::var("SAPA_STEPS").ok().and_then(|steps| steps.parse().ok()).unwrap_or(STEPS);
    let rounds = steps / (AGENTS + VISITORS / 3);
    for round in 1..=rounds {
        world.happen(&mut dice);
        if round == rounds / 3 || round == 2 * rounds / 3 {
            world.kill(round % 2);
        }
        if round % 5 == 0 || round == rounds {
            world.check();
        }
    }
}
