//! A workspace with an e-mail inbox, its owner, and mail servers.

use ids::{EntryId, Uuid};
use mail::Mail;
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
};
use testkit::{Answer, Client, TestApp};

const PASSWORD: &str = "a long enough password";
pub const US: &str = "help@kopi.example";
pub const BUDI: &str = "budi@toko.example";

/// They end with whoever holds them.
pub struct Servers {
    child: Child,
    pub imap: u64,
    pub smtp: u64,
    folder: PathBuf,
}

impl Drop for Servers {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

impl Servers {
    fn start() -> Self {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/mail-server");
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/tools installs the mail servers");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("output")).read_line(&mut line).expect("a line");
        let said: Value = serde_json::from_str(&line).expect("ports");
        let port = |name: &str| said[name].as_u64().expect("a port");
        let (imap, smtp) = (port("imap"), port("smtp"));
        Self { child, imap, smtp, folder: said["folder"].as_str().expect("a folder").into() }
    }

    fn maildir(&self, address: &str, part: &str) -> PathBuf {
        self.folder.join("mail").join(address).join("Maildir").join(part)
    }

    /// As its server puts it there.
    pub fn deliver(&self, address: &str, number: u64, bytes: &[u8]) {
        use std::os::unix::fs::PermissionsExt;
        for part in ["tmp", "cur", "new"] {
            fs::create_dir_all(self.maildir(address, part)).expect("a folder");
        }
        let mut place = self.folder.join("mail");
        for name in [address, "Maildir", "new"] {
            place.push(name);
            let _ = fs::set_permissions(&place, fs::Permissions::from_mode(0o777));
        }
        for part in ["tmp", "cur"] {
            let _ = fs::set_permissions(self.maildir(address, part), fs::Permissions::from_mode(0o777));
        }
        let name = format!("{}.{number}.scene", 1_793_600_000 + number);
        let file = self.maildir(address, "tmp").join(&name);
        fs::write(&file, bytes).expect("a mail");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).expect("a mail that can be read");
        fs::rename(file, self.maildir(address, "new").join(name)).expect("a mail");
    }

    /// The server forgets which number each mail had.
    pub fn number_anew(&self, address: &str) {
        for entry in fs::read_dir(self.folder.join("mail").join(address).join("Maildir")).expect("a folder").flatten() {
            if entry.file_name().to_string_lossy().starts_with("dovecot") {
                fs::remove_file(entry.path()).expect("what it remembers");
            }
        }
    }

    /// What somebody got, oldest first.
    pub fn mails(&self, address: &str) -> Vec<Mail> {
        let mut files: Vec<PathBuf> = ["new", "cur"]
            .iter()
            .filter_map(|part| fs::read_dir(self.maildir(address, part)).ok())
            .flatten()
            .map(|entry| entry.expect("a file").path())
            .collect();
        files.sort();
        files.iter().map(|file| mail::read(&fs::read(file).expect("a mail")).expect("a mail")).collect()
    }

    /// Whether a mailbox says of any of its mails that it was seen.
    pub fn is_seen(&self, address: &str) -> bool {
        let files = fs::read_dir(self.maildir(address, "cur")).into_iter().flatten();
        files
            .flatten()
            .any(|file| file.file_name().to_string_lossy().split(":2,").nth(1).is_some_and(|flags| flags.contains('S')))
    }
}

pub struct Scene {
    pub test: TestApp,
    pub owner: Client,
    pub inbox: String,
    pub servers: Servers,
    numbers: AtomicU64,
}

fn setup() -> (people::SetupToken, String) {
    people::SetupToken::new(&base::Random::seeded(1))
}

fn features() -> Vec<base::Feature> {
    vec![
        people::feature(setup().0, inboxes::join),
        inboxes::feature(),
        tags::feature(),
        conversations::feature(),
        email::feature(),
        widget::feature(),
    ]
}

/// With the mailbox connected.
pub async fn on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| {
        let scene = Scene::new(test).await;
        scene.connect(scene.mailbox()).await.json(200);
        // From now on: what was there before is not ours to read.
        assert_eq!(scene.look().await, 0);
        run(scene).await;
    })
    .await;
}

pub async fn unconnected_on_both(run: impl AsyncFn(Scene)) {
    testkit::on_both(features, async |test| run(Scene::new(test).await).await).await;
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let mut owner = test.client();
        let setup = json!({
            "token": setup().1, "workspace_name": "Kopi Senja", "name": "Ayu", "email": "ayu@shop.test",
            "password": PASSWORD, "locale": "en",
        });
        owner.post("/api/v1/setup", setup).await.json(201);
        let body = json!({ "name": "Orders", "email": {}, "close_after_minutes": 0 });
        let made = owner.post("/api/v1/inboxes", body).await.json(201);
        let path = format!("/api/v1/inboxes/{}", made["id"].as_str().expect("an id"));
        owner.patch(&path, json!({ "email": { "signature": "Kopi Senja\nJl. Melati 7" } })).await.json(200);
        let servers = Servers::start();
        servers.deliver(US, 0, b"From: old@x.example\r\nSubject: Before\r\n\r\nlong ago");
        Self { test, owner, inbox: id(&made["id"]), servers, numbers: AtomicU64::new(1) }
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/inboxes/{}/{rest}", self.inbox)
    }

    pub fn mailbox(&self) -> Value {
        let server = |port: u64| json!({ "host": "127.0.0.1", "port": port, "encryption": "none" });
        json!({
            "address": US, "imap": server(self.servers.imap), "smtp": server(self.servers.smtp), "username": US,
            "password": "kopi-susu", "plus_addressing": true,
        })
    }

    pub async fn connect(&self, body: Value) -> Answer {
        self.owner.clone().put(&self.path("mailbox"), body).await
    }

    pub async fn look(&self) -> usize {
        email::look_all(&self.test.app).await.expect("a look")
    }

    pub fn number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// A mail comes into our mailbox, and is read.
    pub async fn comes(&self, mail: &str) {
        self.comes_as(mail.replace('\n', "\r\n").as_bytes()).await;
    }

    pub async fn comes_as(&self, mail: &[u8]) {
        self.servers.deliver(US, self.number(), mail);
        assert_eq!(self.look().await, 1);
        self.test.run_jobs().await;
    }

    /// From somebody, with more headers, each with its line's end.
    pub async fn writes(&self, from: &str, more: &str, text: &str) {
        let id = self.number();
        self.comes(&format!(
            "From: {from}\nTo: {US}\nSubject: Pesanan 7\nMessage-ID: <{id}@toko.example>\n{more}\n{text}\n"
        ))
        .await;
    }

    /// Budi writes for the first time. Answers his conversation.
    pub async fn begins(&self) -> String {
        self.writes(&format!("Budi Santoso <{BUDI}>"), "", "Kapan dikirim?").await;
        self.conversation().await
    }

    /// Open and closed ones.
    pub async fn listed(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for view in ["all", "closed"] {
            let listed = self.owner.clone().get(&format!("/api/v1/conversations?view={view}")).await.json(200);
            all.extend(listed["items"].as_array().expect("items").clone());
        }
        all
    }

    /// The only one that there is.
    pub async fn conversation(&self) -> String {
        let listed = self.listed().await;
        assert_eq!(listed.len(), 1, "{listed:?}");
        id(&listed[0]["conversation"]["id"])
    }

    pub async fn thread(&self, conversation: &str) -> Value {
        self.owner.clone().get(&format!("/api/v1/conversations/{conversation}")).await.json(200)
    }

    /// In the order of the thread.
    pub async fn messages(&self, conversation: &str) -> Vec<Value> {
        let entries = self.thread(conversation).await["entries"].as_array().expect("entries").clone();
        entries.into_iter().filter(|entry| entry["kind"] == "message").collect()
    }

    pub async fn last(&self, conversation: &str) -> Value {
        self.messages(conversation).await.pop().expect("a message")
    }

    pub async fn texts(&self, conversation: &str) -> Vec<Value> {
        self.messages(conversation).await.iter().map(|entry| entry["text"].clone()).collect()
    }

    /// The owner answers, whoever has the conversation.
    pub async fn try_answer(&self, conversation: &str, more: Value) -> (String, Answer) {
        let id =
            EntryId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + u128::from(self.number()))).to_string();
        let holder = self.thread(conversation).await["item"]["conversation"]["holder"].clone();
        let mut body = json!({ "id": id, "text": "", "holder": holder });
        for (key, value) in more.as_object().expect("a body") {
            body[key] = value.clone();
        }
        (id, self.owner.clone().post(&format!("/api/v1/conversations/{conversation}/messages"), body).await)
    }

    pub async fn answer(&self, conversation: &str, more: Value) -> String {
        let (id, answer) = self.try_answer(conversation, more).await;
        answer.json(201);
        self.test.run_jobs().await;
        id
    }

    pub async fn entry(&self, conversation: &str, id: &str) -> Value {
        self.messages(conversation).await.into_iter().find(|entry| entry["id"] == id).expect("the entry")
    }

    /// How its delivery stands, and why.
    pub async fn delivery(&self, conversation: &str, id: &str) -> (Value, Value) {
        let entry = self.entry(conversation, id).await;
        (entry["delivery"].clone(), entry["failure"].clone())
    }

    pub async fn health(&self) -> Value {
        self.owner.clone().get(&self.path("mailbox")).await.json(200)
    }
}

pub fn id(value: &Value) -> String {
    value.as_str().expect("an id").to_owned()
}
