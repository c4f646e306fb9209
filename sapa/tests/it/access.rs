//! Who is answered how: every endpoint of the description, asked by every kind of caller about a thing to which he stands
//! in a certain way, against the committed table `access.txt`. A new endpoint without a line fails, and so does a line
//! that changed: `SAPA_WRITE_ACCESS=1` writes the table anew, so that the change is read in review.
//!
//! Whatever is hidden from somebody must answer him, byte for byte, as what is not there. A request that changes
//! something is undone before the next one, so that each finds the same rows.

use crate::{
    asked::{UNKNOWN, ask, example},
    features,
    program::root,
};
use base::{COOKIE, Problem, Random, Right, Role, Tx};
use db::{Engine, Sql, params, sql};
use ids::{EntryId, MemberId, Uuid, WorkspaceId};
use people::{Browser, Email, Locale, NewMember, NewWorkspace, SetupToken};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    sync::atomic::{AtomicU64, Ordering},
};
use testkit::{Answer, Client, TestApp};

/// The smallest GIF: told a picture by its first bytes.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
const TABLE: &str = "sapa/tests/access.txt";

/// What a path's parameters, and the ids of bodies, mean for somebody.
type Things = HashMap<&'static str, String>;

/// Somebody, and what he is asked about.
struct Asker {
    name: &'static str,
    client: Client,
    things: Things,
    /// Whether he signs in at the desk.
    is_member: bool,
}

/// A signed-in member of the scene.
struct Seat {
    id: MemberId,
    client: Client,
}

struct Scene {
    test: TestApp,
    workspace: WorkspaceId,
    owner: Client,
    numbers: AtomicU64,
}

fn all() -> Vec<base::Feature> {
    let (token, _) = SetupToken::new(&Random::seeded(1));
    features::all(&token)
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

async fn sign_in(tx: &mut Tx<'_>, member: MemberId) -> Result<String, Problem> {
    let browser = Browser { address: "192.0.2.9".to_owned(), user_agent: "Another browser".to_owned() };
    Ok(people::open_sign_in(tx, member, &browser).await?.0.reveal())
}

fn person(name: &str, role: Role) -> NewMember {
    let email = Email::parse(&format!("{}@shop.example", name.to_lowercase())).expect("an address");
    NewMember { name: name.to_owned(), email, role, password_hash: "none".to_owned(), locale: Locale::En }
}

/// Of the member who is signed in at the client.
async fn member_token(client: &mut Client, rights: &[&str]) -> Value {
    let body = json!({ "name": "Program", "rights": rights, "expires_at": testkit::START + 30 * 86_400_000 });
    client.post("/api/v1/member-tokens", body).await.json(201)
}

impl Scene {
    async fn new(test: TestApp) -> Self {
        let new = NewWorkspace::new("Senja", "Ayu", "ayu@shop.example", "a long password".into(), Locale::En);
        let (workspace, owner) = people::set_up(&test.app, new.expect("good values")).await.expect("a workspace");
        let token = test.app.write(workspace, move |tx| Box::pin(sign_in(tx, owner))).await.expect("a sign-in");
        let owner = test.client().with_cookie(COOKIE, &token);
        Self { test, workspace, owner, numbers: AtomicU64::new(1) }
    }

    fn entry(&self) -> String {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        EntryId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0000 + u128::from(number))).to_string()
    }

    async fn role(&self, name: &str, rights: &[&str]) -> Role {
        let made = self.make("/api/v1/roles", json!({ "name": name, "rights": rights })).await;
        Role::parse(&text(&made["role"])).expect("a role")
    }

    async fn seat(&self, name: &str, role: Role) -> Seat {
        self.seat_in(self.workspace, person(name, role)).await
    }

    async fn seat_in(&self, workspace: WorkspaceId, new: NewMember) -> Seat {
        let added = self.test.app.write(workspace, |tx| {
            Box::pin(async move {
                let id = people::add_member(tx, new).await?.id;
                Ok((id, sign_in(tx, id).await?))
            })
        });
        let (id, token) = added.await.expect("a member");
        Seat { id, client: self.test.client().with_cookie(COOKIE, &token) }
    }

    /// Of another workspace on the same server.
    async fn foreigner(&self) -> Seat {
        let workspace = WorkspaceId(Uuid::from_u128(0x0198_f3c2_0000_7000_9000_0000_0000_0001));
        let made = self.test.app.write(workspace, |tx| {
            Box::pin(async move {
                tx.put(
                    sql!("INSERT INTO workspaces (id, name, locale, created_at) VALUES ($1, 'Other', 'en', $2)"),
                    params![tx.workspace, tx.now],
                )
                .await?;
                let position = sql!("INSERT INTO event_positions (workspace_id, position) VALUES ($1, 0)");
                Ok(tx.put(position, params![tx.workspace]).await?)
            })
        });
        made.await.expect("another workspace");
        self.seat_in(workspace, person("Olga", Role::Administrator)).await
    }

    async fn make(&self, path: &str, body: Value) -> Value {
        self.owner.clone().post(path, body).await.json(201)
    }

    async fn inbox(&self, name: &str, members: &[&Seat]) -> String {
        let website = json!({ "title": "Senja", "greeting": "Halo!", "color": "#0b6e69", "allowed_origins": [] });
        let ids: Vec<_> = members.iter().map(|seat| seat.id).collect();
        text(&self.make("/api/v1/inboxes", json!({ "name": name, "website": website, "member_ids": ids })).await["id"])
    }

    /// An API inbox with its token's client and the token's id.
    async fn api_inbox(&self, name: &str, members: &[&Seat]) -> (String, Client, String) {
        let ids: Vec<_> = members.iter().map(|seat| seat.id).collect();
        let api = json!({ "webhook_url": "http://127.0.0.1:9/hook" });
        let body = json!({ "name": name, "api": api, "member_ids": ids });
        let inbox = text(&self.make("/api/v1/inboxes", body).await["id"]);
        let made = self.make(&format!("/api/v1/inboxes/{inbox}/tokens"), json!({})).await;
        let client = self.test.client().without_origin().with_bearer(&text(&made["token"]));
        (inbox, client, text(&made["id"]))
    }

    async fn visitor(&self, inbox: &str) -> Client {
        let asked = json!({ "inbox_id": inbox, "origin": "https://shop.example", "locale": "en" });
        let made = self.test.client().post("/w/api/v1/visitors", asked).await.json(201);
        self.test.client().with_bearer(&text(&made["token"]))
    }

    /// A visitor's message with a picture: its conversation, the message and the file.
    async fn written(&self, visitor: &mut Client, words: &str) -> [String; 3] {
        let file = text(&visitor.upload("/w/api/v1/files?name=a.gif", "image/gif", GIF).await.json(201)["id"]);
        let body = json!({ "id": self.entry(), "text": words, "file_ids": [file] });
        let message = visitor.post("/w/api/v1/messages", body).await.json(201);
        [text(&message["conversation_id"]), text(&message["id"]), file]
    }

    async fn hand(&self, conversation: &str, to: &Value) {
        let path = format!("/api/v1/conversations/{conversation}");
        let holder = self.owner.clone().get(&path).await.json(200)["item"]["conversation"]["holder"].clone();
        let path = format!("{path}/assignment");
        self.owner.clone().put(&path, json!({ "to": to, "holder": holder })).await.json(200);
    }

    /// Everybody who may ask, and what he asks about.
    async fn askers(&self) -> Vec<Asker> {
        let mut holder = self.seat("Budi", Role::Agent).await;
        let [former, beside, away] = [
            self.seat("Sari", Role::Agent).await,
            self.seat("Rina", Role::Agent).await,
            self.seat("Tono", Role::Agent).await,
        ];
        let [chats, leads, leads_away] = [
            self.seat("Citra", Role::ChatAdministrator).await,
            self.seat("Dewi", Role::Supervisor).await,
            self.seat("Eka", Role::Supervisor).await,
        ];
        let [reads, reads_away] = [self.seat("Fajar", Role::Reader).await, self.seat("Gita", Role::Reader).await];
        let foreign = self.foreigner().await;
        let reach_team = [
            "conversation:view:team",
            "conversation:reply:team",
            "conversation:assign:team",
            "conversation:close:team",
            "conversation:note:team",
        ];
        let (reaches, bare) = (self.role("Leads", &reach_team).await, self.role("Nothing", &[]).await);
        let [colleague, nothing] = [self.seat("Hana", reaches).await, self.seat("Intan", bare).await];

        let inside = [&holder, &former, &beside, &leads, &reads, &colleague, &nothing];
        let shop = self.inbox("Shop", &inside).await;
        let remembers = self.inbox("Remembers", &inside).await;
        let elsewhere = self.inbox("Elsewhere", &[&away, &leads_away, &reads_away]).await;
        let (orders, system, token) = self.api_inbox("Orders", &inside).await;
        let bot =
            json!({ "name": "Bot", "messenger": { "channel": "telegram" }, "member_ids": inside.map(|seat| seat.id) });
        let bot = text(&self.make("/api/v1/inboxes", bot).await["id"]);
        let page = json!({ "name": "Page", "messenger": { "channel": "messenger" },
            "member_ids": inside.map(|seat| seat.id) });
        let page = text(&self.make("/api/v1/inboxes", page).await["id"]);
        let comment_rule = format!("cru_{}", self.entry().trim_start_matches("ent_"));
        let path = format!("/api/v1/inboxes/{page}/comment-rules/{comment_rule}");
        self.owner.clone().put(&path, comment_rule_body()).await.json(200);
        let by_mail = json!({ "name": "Mail", "email": {}, "member_ids": inside.map(|seat| seat.id) });
        let by_mail = text(&self.make("/api/v1/inboxes", by_mail).await["id"]);
        let (_, other_system, _) = self.api_inbox("Other", &[]).await;
        let seats = [&beside, &holder, &colleague].map(|seat| json!({ "member_id": seat.id, "leads": false }));
        let team = json!({ "name": "Night", "members": seats });
        let team = text(&self.make("/api/v1/teams", team).await["id"]);
        let mut owner = self.owner.clone();
        owner.patch(&format!("/api/v1/inboxes/{shop}"), json!({ "team_ids": [team] })).await.json(200);
        owner.patch(&format!("/api/v1/inboxes/{remembers}"), json!({ "formers_read": true })).await.json(200);

        let (member, group) =
            (|id: MemberId| json!({ "kind": "member", "id": id }), json!({ "kind": "team", "id": team.as_str() }));
        let mut writes = self.visitor(&shop).await;
        let [held, message, file] = self.written(&mut writes, "Halo").await;
        self.hand(&held, &member(former.id)).await;
        self.hand(&held, &member(holder.id)).await;
        let [waiting, waiting_message, _] = self.written(&mut self.visitor(&shop).await, "Halo").await;
        let [given, given_message, _] = self.written(&mut self.visitor(&shop).await, "Halo").await;
        self.hand(&given, &group).await;
        let [left, left_message, left_file] = self.written(&mut self.visitor(&remembers).await, "Halo").await;
        self.hand(&left, &member(former.id)).await;
        self.hand(&left, &member(holder.id)).await;

        let [deleted, ..] = self.written(&mut self.visitor(&shop).await, "Gone").await;
        owner.put(&format!("/api/v1/conversations/{deleted}/deletion"), json!({})).await.json(200);

        let path = format!("/api/v1/conversations/{held}");
        let answer = json!({ "id": self.entry(), "text": "Hi", "file_ids": [], "holder": member(holder.id) });
        let entry = holder.client.post(&format!("{path}/messages"), answer.clone()).await.json(201);
        let card = json!({ "kind": "link", "url": "https://kopi.example/gayo", "title": "Gayo", "text": null });
        let card = json!({ "id": self.entry(), "text": "", "holder": member(holder.id), "card": card });
        let card = holder.client.post(&format!("{path}/messages"), card).await.json(201);
        let later = json!({ "id": self.entry(), "text": "Later", "holder": member(holder.id), "delay_ms": 86_400_000 });
        let later = holder.client.post(&format!("{path}/scheduled"), later).await.json(201);
        let upload = format!("/api/v1/inboxes/{orders}/files?name=c.gif");
        let api_file = system.clone().upload(&upload, "image/gif", GIF).await.json(201);
        let posted = json!({
            "contact": { "external_id": "text" },
            "message": { "external_id": "m-1", "text": "Halo", "attachments": [{ "upload_id": api_file["id"] }] },
        });
        let posted = system.clone().post(&format!("/api/v1/inboxes/{orders}/messages"), posted).await.json(201);
        let answered = json!({ "id": self.entry(), "text": "Hi", "file_ids": [], "holder": { "kind": "queue" } });
        let path_of_api = format!("/api/v1/conversations/{}/messages", text(&posted["conversation_id"]));
        let answered = owner.post(&path_of_api, answered).await.json(201);
        let calendar = format!("cal_{}", self.entry().trim_start_matches("ent_"));
        let hours = json!({ "zone": "Asia/Jakarta", "week": [], "closed_days": [] });
        let path_of_calendar = format!("/api/v1/calendars/{calendar}");
        owner.put(&path_of_calendar, json!({ "name": "Office", "hours": hours })).await.json(200);
        let tag = self.make("/api/v1/tags", json!({ "name": "Gold", "color": "red" })).await;
        owner.put(&format!("{path}/tags/{}", text(&tag["id"])), json!({})).await.json(200);
        let invited = json!({ "email": "new@shop.example", "role": "agent", "inbox_ids": [] });
        let invited = self.make("/api/v1/invitations", invited).await;
        let scope = json!({ "kind": "inbox", "inbox_id": shop });
        let reply_file = owner.upload("/api/v1/files?name=b.gif", "image/gif", GIF).await.json(201);
        let reply = json!({
            "shortcut": "hi", "title": "Hi", "text": "Hi", "scope": scope, "file_ids": [reply_file["id"]],
        });
        let reply = self.make("/api/v1/quick-replies", reply).await;
        let sign_ins = holder.client.get("/api/v1/me/sign-ins").await.json(200);
        let held_token = member_token(&mut holder.client, &["conversation:view"]).await;
        let looks = member_token(&mut owner, &["conversation:view", "audit:view"]).await;
        let whole: Vec<_> = Right::ALL.into_iter().filter(|right| right.is_for_tokens()).map(|right| right.0).collect();
        let whole = member_token(&mut owner, &whole).await;
        let program = |made: &Value| self.test.client().without_origin().with_bearer(&text(&made["token"]));
        let batch = format!("bat_{}", self.entry().trim_start_matches("ent_"));
        let chosen = json!({ "of": { "kind": "conversations", "ids": [held] } });
        holder.client.put(&format!("/api/v1/batches/{batch}"), chosen).await.json(200);
        let view = format!("svw_{}", self.entry().trim_start_matches("ent_"));
        let shared = json!({ "name": "Team", "list": "view=all", "scope": { "kind": "team", "team_id": team } });
        owner.put(&format!("/api/v1/saved-views/{view}"), shared).await.json(200);
        let [upload, visitor_upload] =
            [self.entry(), self.entry()].map(|id| format!("upl_{}", id.trim_start_matches("ent_")));
        let begun = json!({ "name": "a.txt", "size": 5 });
        holder.client.put(&format!("/api/v1/uploads/{upload}"), begun.clone()).await.json(200);
        writes.put(&format!("/w/api/v1/uploads/{visitor_upload}"), begun).await.json(200);
        let import = format!("cim_{}", self.entry().trim_start_matches("ent_"));
        let people = "First name\nSiti\n";
        let table = owner.upload("/api/v1/files?name=people.csv", "application/octet-stream", people).await.json(201);
        let imported = format!("/api/v1/contact-imports/{import}");
        owner.put(&imported, json!({ "file_id": table["id"] })).await.json(200);
        let plan = json!({ "columns": ["first_name"], "find_by": null, "existing": "skip" });
        owner.put(&format!("{imported}/plan"), plan).await.json(200);
        self.test.run_jobs().await;
        search::catch_up(&self.test.app, &mut |_| ()).await.expect("the index to catch up");

        let mut contacts = HashMap::new();
        for conversation in [&held, &waiting, &given, &left] {
            let shown = owner.get(&format!("/api/v1/conversations/{conversation}")).await.json(200);
            contacts.insert(conversation.clone(), text(&shown["item"]["conversation"]["contact"]["id"]));
        }
        let note = format!("cno_{}", self.entry().trim_start_matches("ent_"));
        let noted = format!("/api/v1/contacts/{}/notes/{note}", contacts[&held]);
        holder.client.put(&noted, json!({ "text": "Drinks no milk" })).await.json(200);
        let attribute = format!("att_{}", self.entry().trim_start_matches("ent_"));
        let declared = json!({ "name": "Level", "kind": "text" });
        owner.put(&format!("/api/v1/contact-attributes/{attribute}"), declared).await.json(200);
        let data_field = format!("dfd_{}", self.entry().trim_start_matches("ent_"));
        let declared = json!({ "name": "plan", "kind": "text", "shown": true });
        owner.put(&format!("/api/v1/data-fields/{data_field}"), declared).await.json(200);
        let record_type = format!("rty_{}", self.entry().trim_start_matches("ent_"));
        owner.put(&format!("/api/v1/record-types/{record_type}"), orders_of_records()).await.json(200);
        let record = format!("rec_{}", self.entry().trim_start_matches("ent_"));
        let recorded = json!({ "type_id": record_type, "number": "KS-1" });
        holder.client.put(&format!("{path}/records/{record}"), recorded).await.json(200);
        let site_visitor = format!("svs_{}", self.entry().trim_start_matches("ent_"));
        let mut website = owner.get(&format!("/api/v1/inboxes/{shop}")).await.json(200)["website"].clone();
        website["visitors_now"] = json!(true);
        owner.patch(&format!("/api/v1/inboxes/{shop}"), json!({ "website": website })).await.json(200);
        let here = json!({
            "origin": "https://shop.example", "url": "https://shop.example/beans", "looks": true, "began_ago_ms": 0,
            "visits": 1,
        });
        self.test.client().put(&format!("/w/api/v1/inboxes/{shop}/here/{site_visitor}"), here).await.json(200);
        // He stays, however long the walk takes.
        let stays = self.test.app.write(self.workspace, |tx| {
            Box::pin(async move {
                let row = sql!("UPDATE site_visitors SET seen_at = $2 WHERE workspace_id = $1");
                Ok(tx.put(row, params![tx.workspace, testkit::START + 90 * 86_400_000]).await?)
            })
        });
        stays.await.expect("a visitor");
        let unknown_entry = format!("ent_{UNKNOWN}");
        let of = |conversation: &str, entry: &str, inbox: &str, holder: Value| -> Things {
            HashMap::from([
                ("conversation", conversation.to_owned()),
                ("contact", contacts[conversation].clone()),
                ("entry", entry.to_owned()),
                ("holder", holder.to_string()),
                ("scheduled", if conversation == held { text(&later["id"]) } else { unknown_entry.clone() }),
                ("file", if conversation == left { left_file.clone() } else { file.clone() }),
                ("inbox", inbox.to_owned()),
                ("api_inbox", orders.clone()),
                ("bot_inbox", bot.clone()),
                ("page_inbox", page.clone()),
                ("comment_rule", comment_rule.clone()),
                ("mail_inbox", by_mail.clone()),
                ("update", format!("upd_{UNKNOWN}")),
                ("upload", upload.clone()),
                ("visitor_upload", visitor_upload.clone()),
                ("api_message", text(&posted["id"])),
                ("card", text(&card["id"])),
                ("api_answer", text(&answered["id"])),
                ("api_file", text(&api_file["id"])),
                ("message", message.clone()),
                ("tag", text(&tag["id"])),
                ("token", token.clone()),
                ("team", team.clone()),
                ("member", away.id.to_string()),
                ("role", reaches.to_string()),
                ("invitation", text(&invited["id"])),
                ("quick_reply", text(&reply["quick_reply"]["id"])),
                ("reply_file", text(&reply_file["id"])),
                ("sign_in", text(&sign_ins["items"][0]["id"])),
                ("batch", batch.clone()),
                ("calendar", calendar.clone()),
                ("member_token", text(&held_token["member_token"]["id"])),
                ("saved_view", view.clone()),
                ("contact_note", note.clone()),
                ("contact_import", import.clone()),
                ("attribute", attribute.clone()),
                ("data_field", data_field.clone()),
                ("record_type", record_type.clone()),
                ("record", record.clone()),
                ("site_visitor", site_visitor.clone()),
                ("deleted", deleted.clone()),
            ])
        };
        let his = || of(&held, &text(&entry["id"]), &shop, member(holder.id));
        let member_asks =
            |name, seat: &Seat, things| Asker { name, client: seat.client.clone(), things, is_member: true };
        let asks = |name, client: Client| Asker { name, client, things: his(), is_member: false };
        vec![
            asks("nobody", self.test.client()),
            Asker { name: "administrator", client: self.owner.clone(), things: his(), is_member: true },
            member_asks("chat administrator", &chats, his()),
            member_asks("supervisor of the inbox", &leads, his()),
            member_asks("supervisor elsewhere", &leads_away, his()),
            member_asks("agent in charge", &holder, his()),
            member_asks(
                "agent before its queue",
                &beside,
                of(&waiting, &waiting_message, &shop, json!({ "kind": "queue" })),
            ),
            member_asks("agent whose team's it is", &beside, of(&given, &given_message, &shop, group.clone())),
            member_asks("agent beside, of the inbox", &beside, his()),
            member_asks("agent who had it before", &former, his()),
            member_asks(
                "agent who had it and may look back",
                &former,
                of(&left, &left_message, &remembers, member(holder.id)),
            ),
            member_asks("agent elsewhere", &away, his()),
            member_asks("member of his team, whose rights reach it", &colleague, his()),
            member_asks("member without any right", &nothing, his()),
            member_asks("reader of the inbox", &reads, his()),
            member_asks("reader elsewhere", &reads_away, his()),
            member_asks("administrator of another workspace", &foreign, his()),
            asks("visitor who wrote it", writes),
            asks("another visitor of the inbox", self.visitor(&shop).await),
            asks("visitor of another inbox", self.visitor(&elsewhere).await),
            asks("token of the API inbox", system),
            asks("token of another API inbox", other_system),
            asks("administrator's token that only looks", program(&looks)),
            asks("administrator's token with all that tokens hold", program(&whole)),
        ]
    }
}

/// What a parameter of a path is called among the things: the same word means different ones in different places.
fn thing(path: &str, parameter: &str) -> &'static str {
    let of_api = ["/tokens", "/webhook", "/messages", "/files", "/read", "/typing"];
    let of_bot = ["/connection", "/failed-updates", "{inbox}/templates"];
    let of_page = ["/comment-rules", "/automation-list"];
    match parameter {
        "inbox" if of_page.iter().any(|part| path.contains(part)) => "page_inbox",
        "inbox" if of_bot.iter().any(|part| path.contains(part)) => "bot_inbox",
        "inbox" if path.contains("/mailbox") || path.contains("/failed-mails") => "mail_inbox",
        "update" | "mail" => "update",
        "other" => "contact",
        "upload" if path.starts_with("/w/") => "visitor_upload",
        "upload" => "upload",
        "inbox" if of_api.iter().any(|part| path.contains(&format!("{{inbox}}{part}"))) => "api_inbox",
        "inbox" => "inbox",
        "entry" if path.contains("/scheduled/") => "scheduled",
        "entry" => "entry",
        "file" if path.contains("/quick-replies/") => "reply_file",
        "file" if path.contains("/inboxes/") => "api_file",
        "file" => "file",
        "message" if path.ends_with("/click") => "card",
        "message" if path.ends_with("/status") => "api_answer",
        "message" if path.contains("/inboxes/") => "api_message",
        "message" => "message",
        "conversation" if path.ends_with("/erasure") => "deleted",
        "conversation" => "conversation",
        "tag" => "tag",
        "token" => "token",
        "team" => "team",
        "member" => "member",
        "invitation" => "invitation",
        "quick_reply" => "quick_reply",
        "role" => "role",
        "sign_in" => "sign_in",
        "batch" => "batch",
        "saved_view" => "saved_view",
        "member_token" => "member_token",
        "calendar" => "calendar",
        "rule" => "comment_rule",
        "contact" => "contact",
        "contact_note" => "contact_note",
        "contact_import" => "contact_import",
        "attribute" => "attribute",
        "data_field" => "data_field",
        "record_type" => "record_type",
        "record" => "record",
        "site_visitor" => "site_visitor",
        other => panic!("{path}: say what {other} is"),
    }
}

fn comment_rule_body() -> Value {
    let case = json!({ "keywords": ["price"], "public": ["See your messages"], "private": null });
    json!({ "name": "Price", "enabled": true, "post": null, "cases": [case] })
}

/// The beginning of the ids of a parameter.
fn prefix(parameter: &str) -> &str {
    match parameter {
        "conversation" => "cnv",
        "message" => "ent",
        "quick_reply" => "qrp",
        "sign_in" => "sgn",
        "saved_view" => "svw",
        "contact_note" => "cno",
        "contact_import" => "cim",
        "data_field" => "dfd",
        "record_type" => "rty",
        "site_visitor" => "svs",
        "token" => "atk",
        "other" => "con",
        "member_token" => "mtk",
        "mail" => "upd",
        "rule" => "cru",
        other => &other[..3],
    }
}

/// The path with each parameter in it replaced.
fn filled(path: &str, of: impl Fn(&str) -> String) -> String {
    let mut address = path.to_owned();
    while let (Some(start), Some(end)) = (address.find('{'), address.find('}')) {
        let value = of(&address[start + 1..end]);
        address.replace_range(start..=end, &value);
    }
    address
}

/// What must stand behind the path.
fn query(path: &str) -> &'static str {
    match path {
        path if path.ends_with("/search") => "?q=halo&zone=Asia/Jakarta",
        path if path.ends_with("/mail") => "?entry=ent_00000000000000000000000000000000",
        _ => "",
    }
}

/// The smallest body, with what its receiver looks at before he does anything else.
fn body(document: &Value, method: &str, path: &str, things: &Things) -> Option<Value> {
    let schema = &document["paths"][path][method]["requestBody"];
    let mut body = example(document, schema)?;
    let holder: Value = serde_json::from_str(&things["holder"]).expect("a holder");
    let known = [
        ("holder", holder),
        ("email", json!("another@shop.example")),
        ("color", json!("#0b6e69")),
        ("url", json!("https://shop.example/beans")),
        ("delay_ms", json!(86_400_000)),
        ("until", json!(testkit::START + 86_400_000)),
        ("position", json!(1)),
    ];
    for (name, value) in known {
        if body.get(name).is_some() {
            body[name] = value;
        }
    }
    match (method, path) {
        ("post", "/api/v1/inboxes") => body["api"] = json!({}),
        ("post", "/api/v1/tags") => body["color"] = json!("red"),
        ("put", "/api/v1/batches/{batch}") => {
            body["of"] = json!({ "kind": "conversations", "ids": [things["conversation"]] });
        }
        ("put", "/api/v1/batches/{batch}/act") => body = json!({ "kind": "close", "reason": "solved" }),
        ("put", "/api/v1/saved-views/{saved_view}") => {
            body["list"] = json!("view=all");
            body["scope"] = json!({ "kind": "workspace" });
        }
        ("post", "/api/v1/inboxes/{inbox}/sessions") => {
            body["with"] = json!({ "kind": "contact", "id": format!("con_{UNKNOWN}") });
            body["text"] = json!("Halo");
        }
        ("post", "/api/v1/member-tokens") => {
            body["rights"] = json!(["conversation:view"]);
            body["expires_at"] = json!(testkit::START + 30 * 86_400_000);
        }
        ("put", "/api/v1/conversations/{conversation}/contact") => body["contact_id"] = json!(things["contact"]),
        ("put", "/api/v1/contact-imports/{contact_import}/plan") => {
            body = json!({ "columns": ["first_name"], "find_by": null, "existing": "skip" });
        }
        ("put", path) if path.ends_with("/comment-rules/{rule}") => body = comment_rule_body(),
        ("put", path) if path.ends_with("/automation-list") => body["listed"] = json!(["@budi"]),
        ("put", "/api/v1/record-types/{record_type}") => body = orders_of_records(),
        ("put", "/api/v1/conversations/{conversation}/records/{record}") => {
            body = json!({ "type_id": things["record_type"], "number": "KS-1" });
        }
        ("post", "/api/v1/contacts") => body["fields"] = json!({ "city": "Bogor" }),
        ("put", "/api/v1/calendars/{calendar}") => body["hours"]["zone"] = json!("UTC"),
        ("post", "/api/v1/quick-replies") => body["scope"] = json!({ "kind": "workspace" }),
        ("post", "/api/v1/inboxes/{inbox}/messages") => body["message"]["text"] = json!("Halo"),
        ("put", path) if path.ends_with("/uploads/{upload}") => body = json!({ "name": "a.txt", "size": 5 }),
        ("post", "/w/api/v1/transcript") => body["address"] = json!("another@shop.example"),
        ("post", "/w/api/v1/visitors") => {
            body = json!({ "inbox_id": things["inbox"], "origin": "https://shop.example", "locale": "en" });
        }
        _ => {}
    }
    Some(body)
}

/// A type of records.
fn orders_of_records() -> Value {
    let open = json!({ "id": "rst_019a0000000070008000000000000001", "name": "Open", "done": false });
    json!({ "name": "Order", "icon": "order", "color": "teal", "states": [open] })
}

/// The rows of the scene, to which every change is taken back.
struct Kept {
    restoring: Vec<&'static Sql>,
}

impl Kept {
    async fn of(test: &TestApp) -> Self {
        let read = test.app.read(WorkspaceId(Uuid::nil()), |tx| {
            Box::pin(async move {
                let tables = sql!(
                    sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                             AND name NOT LIKE 'search_words%' AND name NOT IN ('events', 'event_positions', 'jobs')"
                );
                let rows = tx.query(tables, &[]).await?;
                Ok(rows.iter().map(|row| row.get::<String>("name")).collect::<Result<Vec<_>, _>>()?)
            })
        });
        let tables = read.await.expect("the tables");
        let keeping = tables.iter().map(|table| format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"));
        run(test, keeping.map(stated).collect()).await;
        let restoring = tables.iter().flat_map(|table| {
            [format!("DELETE FROM {table}"), format!("INSERT INTO {table} SELECT * FROM kept_{table}")]
        });
        let jobs = std::iter::once("DELETE FROM jobs".to_owned());
        Self { restoring: restoring.chain(jobs).map(stated).collect() }
    }

    async fn restore(&self, test: &TestApp) {
        run(test, self.restoring.clone()).await;
        test.app.forget_callers();
    }
}

fn stated(text: String) -> &'static Sql {
    let text: &'static str = Box::leak(text.into_boxed_str());
    Box::leak(Box::new(Sql { sqlite: text, postgres: text, place: "a test" }))
}

async fn run(test: &TestApp, statements: Vec<&'static Sql>) {
    let done = test.app.write(WorkspaceId(Uuid::nil()), move |tx| {
        Box::pin(async move {
            for statement in statements {
                tx.execute(statement, &[]).await?;
            }
            Ok(())
        })
    });
    done.await.expect("the rows");
}

/// Whether two answers are the same to whoever asked.
fn same(one: &Answer, other: &Answer) -> bool {
    let seen = |answer: &Answer| (answer.status, answer.headers.clone(), answer.body.clone());
    seen(one) == seen(other)
}

/// One line for each endpoint, in the order of the description, and what is wrong besides.
async fn walk(scene: &Scene, askers: &[Asker], kept: &Kept) -> (String, Vec<String>) {
    let document: Value = scene.test.client().get("/api/v1/openapi.json").await.json(200);
    let (mut table, mut wrong, mut number) = (legend(askers), Vec::new(), 0_u16);
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for method in operations.as_object().expect("operations").keys() {
            write!(table, "{:<6} {path:<59}", method.to_uppercase()).expect("a line");
            for asker in askers {
                // From a network of his own and a while later: nobody is refused for asking so often.
                number += 1;
                scene.test.advance(10_000);
                let [high, low] = number.to_be_bytes();
                let client = asker.client.clone().from_address([10, 0, high, low]);
                let body = body(&document, method, path, &asker.things);
                let address = filled(path, |parameter| asker.things[thing(path, parameter)].clone()) + query(path);
                let answer = ask(client.clone(), method, &address, body.clone()).await;
                write!(table, " {}", answer.status.as_u16()).expect("a cell");
                if answer.status.is_server_error() {
                    wrong.push(format!("{method} {path} failed for {}", asker.name));
                }
                if answer.status == 404 && path.contains('{') {
                    let missing = filled(path, |parameter| format!("{}_{UNKNOWN}", prefix(parameter))) + query(path);
                    let missing = ask(client, method, &missing, body).await;
                    if !same(&answer, &missing) {
                        wrong.push(format!("{method} {path} tells {} that it is there: {missing:?}", asker.name));
                    }
                }
                if method != "get" && answer.status.is_success() {
                    kept.restore(&scene.test).await;
                }
            }
            table.push('\n');
        }
    }
    (table, wrong)
}

/// Who the columns are.
fn legend(askers: &[Asker]) -> String {
    let mut text = "# Who is answered how. Each column is somebody who asks about one and the same thing, or about one to \
                    which he stands as\n# said; each cell is the status of the answer. Written by `scripts/access`.\n#\n"
        .to_owned();
    for (at, asker) in askers.iter().enumerate() {
        writeln!(text, "# {:>3} {}", letter(at), asker.name).expect("a line");
    }
    let letters: Vec<_> = (0..askers.len()).map(|at| format!("{:>3}", letter(at))).collect();
    writeln!(text, "#\n#{:66}{}", "", letters.join(" ")).expect("a line");
    text
}

fn letter(at: usize) -> char {
    char::from(b'a' + u8::try_from(at).expect("few columns"))
}

/// C01
#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_answered_as_the_table_says_and_hidden_is_as_missing() {
    let scene = Scene::new(TestApp::new(Engine::Sqlite, all).await).await;
    let askers = scene.askers().await;
    let kept = Kept::of(&scene.test).await;
    let (table, wrong) = walk(&scene, &askers, &kept).await;
    kept.restore(&scene.test).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let path = root().join(TABLE);
    if std::env::var_os("SAPA_WRITE_ACCESS").is_some() {
        fs::write(&path, &table).expect("the table to be written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let (mut changed, mut lines) = (Vec::new(), committed.lines());
    for line in table.lines() {
        let known = lines.next().unwrap_or_default();
        if known != line {
            changed.push(format!("- {known}\n+ {line}"));
        }
    }
    assert!(
        changed.is_empty() && lines.next().is_none(),
        "{TABLE} is not what the server does: see whether that is meant, and run `scripts/access`\n{}",
        changed.join("\n")
    );
}

/// What a member reads by its id is what his lists and the search show him; what he may only look back at is not listed.
async fn lists_and_search_show_what_reads_show(scene: &Scene) {
    let askers = scene.askers().await;
    let (mut seen, mut hidden) = (0, 0);
    for asker in askers.iter().filter(|asker| asker.is_member) {
        let mut client = asker.client.clone();
        let id = asker.things["conversation"].as_str();
        let reads = client.get(&format!("/api/v1/conversations/{id}")).await.status == 200;
        let listed = client.get("/api/v1/conversations?view=all").await.json(200)["items"].clone();
        let listed = listed.as_array().expect("items").iter().any(|item| item["conversation"]["id"] == id);
        let found = client.get("/api/v1/search?q=halo&zone=Asia/Jakarta").await.json(200)["hits"].clone();
        let found = found.as_array().expect("hits").iter().any(|hit| hit["conversation_id"] == id);
        let looks_back = asker.name.contains("look back");
        assert_eq!((listed, found), (reads && !looks_back, reads && !looks_back), "{}", asker.name);
        (seen, hidden) = (seen + usize::from(reads), hidden + usize::from(!reads));
    }
    assert!(seen >= 8 && hidden >= 6, "{seen} and {hidden}");
}

/// C01
#[tokio::test(flavor = "multi_thread")]
async fn lists_and_search_show_what_reads_show_on_both_engines() {
    testkit::on_both(all, async |test| {
        let scene = Scene::new(test).await;
        lists_and_search_show_what_reads_show(&scene).await;
    })
    .await;
}
