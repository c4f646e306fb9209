//! Who has what, against a model that is small enough to be believed: random steps, and after each of them what the
//! lists, links and counters say is compared with what must follow from holders, teams, roles and presences.

use crate::scene::{Member, Scene, Visitor, on_both};
use axum::http::StatusCode;
use db::Engine;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::{Client, Dice, Socket};

/// Each from another number of the dice, on each engine.
const WORLDS: usize = 4;
/// In each; `SAPA_STEPS` takes another number.
const STEPS: usize = 250;
const AGENTS: usize = 4;
const VISITORS: usize = 9;
const LIMIT: i64 = 2;
/// Things that happen at once.
const AT_ONCE: usize = 5;

struct Agent {
    member: Member,
    role: &'static str,
    disabled: bool,
    in_team: bool,
    _socket: Option<Socket>,
}

struct World {
    scene: Scene,
    owner: Client,
    agents: Vec<Agent>,
    visitors: Vec<Visitor>,
    team: String,
    deleted: Vec<Seen>,
    trail: Vec<String>,
}

/// What the owner sees of all of them.
#[derive(Clone, Debug)]
struct Seen {
    id: String,
    open: bool,
    holder: Value,
    position: i64,
}

/// One thing that somebody does.
#[derive(Clone, Debug)]
enum Act {
    Writes(usize),
    Takes(usize, Seen),
    Given(Seen, Value),
    Closes(usize, Seen),
    Reopens(usize, Seen),
    Answers(usize, Seen),
    Is(usize, &'static str),
    Disabled(usize, bool),
    Role(usize, &'static str),
    Deletes(Seen),
    PutsBack(Seen),
}

impl Act {
    /// Whose sign-in it ends.
    fn ends(&self) -> Option<usize> {
        match self {
            Self::Disabled(who, _) | Self::Role(who, _) => Some(*who),
            _ => None,
        }
    }
}

impl Seen {
    fn path(&self, part: &str) -> String {
        format!("/api/v1/conversations/{}/{part}", self.id)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

impl World {
    async fn new(scene: Scene) -> Self {
        let mut owner = scene.owner.clone();
        owner.patch("/api/v1/workspace", json!({ "open_limit": LIMIT })).await.json(200);
        let mut agents = Vec::new();
        for number in 0..AGENTS {
            let in_team = number < 2;
            let member = scene.agent(&format!("agent{number}")).await;
            agents.push(Agent { member, role: "agent", disabled: false, in_team, _socket: None });
        }
        let seats: Vec<_> = agents
            .iter()
            .filter(|agent| agent.in_team)
            .map(|agent| json!({ "member_id": agent.member.id, "leads": false }))
            .collect();
        let team = owner.post("/api/v1/teams", json!({ "name": "Team", "members": seats })).await.json(201);
        let team = text(&team["id"]).to_owned();
        let inbox = format!("/api/v1/inboxes/{}", scene.inbox);
        let rules = json!({ "claim": "automatic", "absence": "unanswered", "last_handler_first": true });
        owner.patch(&inbox, json!({ "routing": rules, "team_ids": [team] })).await.json(200);
        let mut visitors = Vec::new();
        for _ in 0..VISITORS {
            visitors.push(scene.visitor().await);
        }
        let mut world = Self { scene, owner, agents, visitors, team, deleted: Vec::new(), trail: Vec::new() };
        for number in 0..AGENTS {
            world.comes(number).await;
        }
        world
    }

    /// A socket anew: whoever has other rights loses the old one.
    async fn comes(&mut self, number: usize) {
        let agent = &mut self.agents[number];
        let mut socket = agent.member.socket("/ws").await.expect("a socket");
        socket.hello(None).await;
        agent._socket = Some(socket);
        self.scene.is_here(&agent.member).await;
    }

    async fn all(&mut self) -> Vec<Seen> {
        let mut all = Vec::new();
        for view in ["all", "closed"] {
            let page = self.owner.get(&format!("/api/v1/conversations?view={view}&limit=100")).await.json(200);
            for item in page["items"].as_array().expect("items") {
                let one = &item["conversation"];
                all.push(Seen {
                    id: text(&one["id"]).to_owned(),
                    open: one["status"] == "open",
                    holder: one["holder"].clone(),
                    position: one["last_position"].as_i64().expect("a position"),
                });
            }
        }
        all
    }

    async fn presences(&mut self) -> BTreeMap<String, (String, i64)> {
        let list = self.owner.get("/api/v1/presences").await.json(200);
        let one = |one: &Value| {
            (
                text(&one["member_id"]).to_owned(),
                (text(&one["state"]).to_owned(), one["open"].as_i64().expect("a number")),
            )
        };
        list["items"].as_array().expect("presences").iter().map(one).collect()
    }

    fn plan(&self, dice: &mut Dice, all: &[Seen]) -> Act {
        let who = dice.throw(AGENTS);
        let visitor = dice.throw(VISITORS);
        let any = if all.is_empty() { None } else { Some(all[dice.throw(all.len())].clone()) };
        match (dice.throw(17), any) {
            (0..=3, _) | (_, None) => Act::Writes(visitor),
            (4, Some(one)) => Act::Takes(who, one),
            (5, Some(one)) => {
                let to = match dice.throw(3) {
                    0 => json!({ "kind": "queue" }),
                    1 => json!({ "kind": "team", "id": self.team }),
                    _ => json!({ "kind": "member", "id": self.agents[dice.throw(AGENTS)].member.id }),
                };
                Act::Given(one, to)
            }
            (6 | 7, Some(one)) => Act::Closes(who, one),
            (8, Some(one)) => Act::Reopens(who, one),
            (9, Some(one)) => Act::Answers(who, one),
            (10 | 11, _) => Act::Is(who, ["online", "online", "away", "offline"][dice.throw(4)]),
            (12, _) => Act::Disabled(who, !self.agents[who].disabled && dice.throw(3) == 0),
            (14, Some(one)) => Act::Deletes(one),
            (15 | 16, _) if !self.deleted.is_empty() => {
                Act::PutsBack(self.deleted[dice.throw(self.deleted.len())].clone())
            }
            (_, _) => Act::Role(who, if dice.throw(3) == 0 { "reader" } else { "agent" }),
        }
    }

    /// What somebody does, at the server that `at` chooses for each browser, whether it was done, and how it went. What
    /// is refused is no step.
    async fn act(&self, act: &Act, at: impl Fn(Client) -> Client) -> (bool, String) {
        let member = |who: usize| {
            let member = &self.agents[who].member;
            Member::new(at(member.client()), &member.id, &member.name)
        };
        let mut owner = at(self.owner.clone());
        let (status, what) = match act {
            Act::Writes(visitor) => {
                let mut browser = self.visitors[*visitor].clone();
                browser.client = at(browser.client);
                browser.write("hello?").await;
                (StatusCode::CREATED, format!("visitor {visitor} writes"))
            }
            Act::Takes(who, one) => {
                let to = json!({ "kind": "member", "id": self.agents[*who].member.id });
                let asked = json!({ "to": to, "holder": one.holder });
                (member(*who).put(&one.path("assignment"), asked).await.status, format!("{who} takes {}", one.id))
            }
            Act::Given(one, to) => {
                let asked = json!({ "to": to, "holder": one.holder });
                (owner.put(&one.path("assignment"), asked).await.status, format!("owner gives {} to {to}", one.id))
            }
            Act::Closes(who, one) => {
                let asked = json!({ "reason": "solved" });
                (member(*who).put(&one.path("closure"), asked).await.status, format!("{who} closes {}", one.id))
            }
            Act::Reopens(who, one) => {
                (member(*who).delete(&one.path("closure")).await.status, format!("{who} reopens {}", one.id))
            }
            Act::Answers(who, one) => {
                let answer = self.scene.answer(&mut member(*who), &one.id, "hi", one.holder.clone()).await;
                (answer.status, format!("{who} answers {}", one.id))
            }
            Act::Is(who, chosen) => {
                let asked = json!({ "chosen": chosen });
                (member(*who).put("/api/v1/me/presence", asked).await.status, format!("{who} is {chosen}"))
            }
            Act::Disabled(who, disabled) => {
                (self.change(owner, *who, json!({ "disabled": disabled })).await, format!("{who} disabled: {disabled}"))
            }
            Act::Role(who, role) => {
                (self.change(owner, *who, json!({ "role": role })).await, format!("{who} is {role}"))
            }
            Act::Deletes(one) => {
                (owner.put(&one.path("deletion"), json!({})).await.status, format!("owner deletes {}", one.id))
            }
            Act::PutsBack(one) => {
                (owner.delete(&one.path("deletion")).await.status, format!("owner puts {} back", one.id))
            }
        };
        (status.is_success(), format!("{what}: {status}"))
    }

    /// What the model knows of it.
    async fn note(&mut self, act: &Act) {
        match act {
            Act::Disabled(who, disabled) => self.agents[*who].disabled = *disabled,
            Act::Role(who, role) => self.agents[*who].role = role,
            Act::Deletes(one) if self.deleted.iter().all(|other| other.id != one.id) => self.deleted.push(one.clone()),
            Act::PutsBack(one) => self.deleted.retain(|other| other.id != one.id),
            _ => {}
        }
        if let Some(who) = act.ends().filter(|who| !self.agents[*who].disabled) {
            self.back(who).await;
        }
    }

    async fn change(&self, mut owner: Client, who: usize, change: Value) -> StatusCode {
        let path = format!("/api/v1/members/{}", self.agents[who].member.id);
        let answer = owner.patch(&path, change).await;
        answer.json(200);
        answer.status
    }

    /// Signs in anew, for whoever was out.
    async fn back(&mut self, who: usize) {
        let Member { id, name, .. } = self.agents[who].member.clone();
        let client = self.scene.browser_of(id.parse().expect("an id")).await;
        self.agents[who].member = Member::new(client, &id, &name);
        self.comes(who).await;
    }

    /// Counters, queues, and what one of them sees; `before` when only one thing happened since.
    async fn check(&mut self, before: Option<&[Seen]>, whose: usize) {
        let (all, presences) = (self.all().await, self.presences().await);
        let trail = self.trail.iter().rev().take(12).cloned().collect::<Vec<_>>();
        let held = |id: &str| all.iter().filter(|one| one.open && one.holder["id"] == *id).count() as i64;
        // Counters are what is there.
        for (id, (_, open)) in &presences {
            assert_eq!(*open, held(id), "open of {id} after {trail:#?}");
        }
        // What was deleted is in no list, and opened by nobody.
        for gone in &self.deleted {
            assert!(all.iter().all(|one| one.id != gone.id), "{} after {trail:#?}", gone.id);
            self.owner.get(&format!("/api/v1/conversations/{}", gone.id)).await.refused(404, "not_found");
        }
        let waits = |kind: &str| all.iter().filter(|one| one.open && one.holder["kind"] == *kind).count() as i64;
        let desk = self.owner.get("/api/v1/desk").await.json(200);
        assert_eq!(desk["counters"][0]["queued"], waits("queue"), "after {trail:#?}");
        let of_team =
            desk["team_queues"].as_array().expect("queues").first().map_or(json!(0), |one| one["queued"].clone());
        assert_eq!(of_team, waits("team"), "after {trail:#?}");
        // Nothing waits while somebody is free who may have it.
        let free = |agent: &Agent| {
            let (state, open) = &presences[&agent.member.id];
            state == "online" && *open < LIMIT && !agent.disabled && agent.role == "agent"
        };
        let somebody = self.agents.iter().any(free);
        let of_team = self.agents.iter().any(|agent| agent.in_team && free(agent));
        assert!(waits("queue") == 0 || !somebody, "{} wait after {trail:#?}", waits("queue"));
        assert!(waits("team") == 0 || !of_team, "{} wait for the team after {trail:#?}", waits("team"));
        // Whoever was given one automatically was there, and has no more than he can take.
        for (one, before) in before.iter().flat_map(|before| all.iter().map(move |one| (one, before))) {
            let Some(why) = self.given(one, before).await else { continue };
            let holder = text(&one.holder["id"]).to_owned();
            let (state, open) = &presences[&holder];
            assert!(matches!(state.as_str(), "online" | "busy") && *open <= LIMIT, "{why} to {state} after {trail:#?}");
        }
        self.check_sight(&all, whose, &trail).await;
    }

    /// Why the one who has it was given it in the last step.
    async fn given(&mut self, one: &Seen, before: &[Seen]) -> Option<String> {
        let was = before.iter().find(|was| was.id == one.id);
        if was.is_some_and(|was| was.holder == one.holder) || one.holder["kind"] != "member" {
            return None;
        }
        let thread = self.owner.get(&format!("/api/v1/conversations/{}", one.id)).await.json(200);
        let last =
            thread["entries"].as_array().expect("entries").iter().rfind(|entry| entry["kind"] == "assigned")?.clone();
        let new = last["position"].as_i64() > Some(was.map_or(0, |was| was.position));
        last["assignment"]["why"].as_str().filter(|_| new && one.open).map(str::to_owned)
    }

    /// Each assignment begins where the one before it ended, and the last one is what holds.
    async fn check_history(&mut self, before: &[Seen]) {
        let trail = self.trail.iter().rev().take(12).cloned().collect::<Vec<_>>();
        for one in self.all().await {
            if before.iter().any(|was| was.id == one.id && was.position == one.position) {
                continue;
            }
            let thread = self.owner.get(&format!("/api/v1/conversations/{}", one.id)).await.json(200);
            let entries = thread["entries"].as_array().expect("entries");
            // What was written while it was deleted has a history of its own, which was joined in.
            let joined = entries.iter().skip(1).any(|entry| entry["kind"] == "opened");
            let mut holder = None;
            for step in entries.iter().filter(|entry| entry["kind"] == "assigned").map(|entry| &entry["assignment"]) {
                assert!(joined || holder.is_none_or(|holder| holder == &step["from"]), "{} after {trail:#?}", one.id);
                holder = Some(&step["to"]);
            }
            assert!(holder.is_none_or(|holder| *holder == one.holder), "{} after {trail:#?}", one.id);
        }
    }

    /// Lists and links of one of them say the same, and what must follow.
    async fn check_sight(&mut self, all: &[Seen], whose: usize, trail: &[String]) {
        let team = self.team.clone();
        for agent in self.agents[whose..].iter_mut().take(1).filter(|agent| !agent.disabled) {
            let me = agent.member.id.clone();
            let sees = |one: &Seen| match text(&one.holder["kind"]) {
                _ if agent.role == "reader" => true,
                "queue" => true,
                "team" => agent.in_team && one.holder["id"] == *team,
                _ => one.holder["id"] == *me,
            };
            for (view, open) in [("all", true), ("closed", false)] {
                let page =
                    agent.member.client().get(&format!("/api/v1/conversations?view={view}&limit=100")).await.json(200);
                let mut listed: Vec<_> = page["items"]
                    .as_array()
                    .expect("items")
                    .iter()
                    .map(|item| text(&item["conversation"]["id"]).to_owned())
                    .collect();
                let mut wanted: Vec<_> =
                    all.iter().filter(|one| one.open == open && sees(one)).map(|one| one.id.clone()).collect();
                listed.sort();
                wanted.sort();
                assert_eq!(listed, wanted, "{view} of {me} after {trail:#?}");
            }
            for one in all {
                let status = agent.member.client().get(&format!("/api/v1/conversations/{}", one.id)).await.status;
                assert_eq!(status == 200, sees(one), "{} for {me} after {trail:#?}", one.id);
            }
        }
    }
}

fn asked(name: &str) -> Option<usize> {
    std::env::var(name).ok().and_then(|number| number.parse().ok())
}

/// The same worlds in every run; `SAPA_SEED` takes another one.
fn seeds() -> Vec<usize> {
    asked("SAPA_SEED").map_or_else(|| (1..=WORLDS).collect(), |seed| vec![seed])
}

/// R103, R106, R140, R188, R232, C01, C03, C04, C06, C17, C41
#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_everybody_has_and_sees_what_the_model_says() {
    for seed in seeds() {
        on_both(async |scene| {
            let mut dice = Dice(seed as u64);
            let mut world = World::new(scene).await;
            world.trail.push(format!("world {seed}"));
            for _ in 0..asked("SAPA_STEPS").unwrap_or(STEPS) {
                let mut before = world.all().await;
                let act = world.plan(&mut dice, &before);
                before.extend(world.deleted.clone());
                let (done, told) = world.act(&act, |client| client).await;
                if done {
                    world.note(&act).await;
                }
                world.trail.push(told);
                world.scene.test.advance(1_000);
                world.scene.test.run_jobs().await;
                world.check(Some(&before), dice.throw(AGENTS)).await;
            }
        })
        .await;
    }
}

/// Several things at once, on PostgreSQL at two servers.
/// R018, R023, R103, R106, R188, C01, C05
#[tokio::test(flavor = "multi_thread")]
async fn what_happens_at_once_leaves_one_truth() {
    for seed in seeds() {
        on_both(async |scene| {
            let mut dice = Dice(seed as u64);
            let other = match scene.test.engine {
                Engine::Postgres => Some(scene.test.beside().await),
                Engine::Sqlite => None,
            };
            let at = |there: bool, client: Client| match &other {
                Some(node) if there => client.at(node),
                _ => client,
            };
            let mut world = World::new(scene).await;
            world.trail.push(format!("world {seed}"));
            for _ in 0..asked("SAPA_STEPS").unwrap_or(STEPS) / AT_ONCE {
                let before = world.all().await;
                let mut acts: Vec<(Act, bool)> = Vec::new();
                for _ in 0..AT_ONCE {
                    let (act, there) = (world.plan(&mut dice, &before), dice.throw(2) == 1);
                    // Of two changes of one member at once either may be the last.
                    if act.ends().is_none() || acts.iter().all(|(other, _)| other.ends() != act.ends()) {
                        acts.push((act, there));
                    }
                }
                let all = acts.iter().map(|(act, there)| world.act(act, |client| at(*there, client)));
                let ended = futures_util::future::join_all(all).await;
                for ((act, _), (done, told)) in acts.iter().zip(ended) {
                    if done {
                        world.note(act).await;
                    }
                    world.trail.push(told);
                }
                world.scene.test.advance(1_000);
                // Jobs at both as well, until none is left: one may leave another.
                let apps: Vec<_> =
                    [&world.scene.test.app].into_iter().chain(other.iter().map(|node| &node.app)).collect();
                loop {
                    let ran = futures_util::future::try_join_all(apps.iter().map(|app| base::run_due_jobs(app))).await;
                    if ran.expect("due jobs to run").iter().sum::<usize>() == 0 {
                        break;
                    }
                }
                world.check(None, dice.throw(AGENTS)).await;
                world.check_history(&before).await;
            }
        })
        .await;
    }
}
