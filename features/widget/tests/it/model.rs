//! Who has what, against a model that is small enough to be believed: random steps, and after each of them what the
//! lists, links and counters say is compared with what must follow from holders, teams, roles and presences.

use crate::scene::{Member, Scene, Visitor, on_both};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::{Client, Socket};

/// `SAPA_STEPS` takes another number.
const STEPS: usize = 250;
const AGENTS: usize = 4;
const VISITORS: usize = 9;
const LIMIT: i64 = 2;

/// The same steps in every run; `SAPA_SEED` takes others.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

struct Agent {
    member: Member,
    role: &'static str,
    disabled: bool,
    chosen: &'static str,
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
            agents.push(Agent { member, role: "agent", disabled: false, chosen: "online", in_team, _socket: None });
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

    /// One thing that somebody does. What is refused is no step.
    async fn step(&mut self, dice: &mut Dice) {
        let all = self.all().await;
        let who = dice.throw(AGENTS);
        let visitor = dice.throw(VISITORS);
        let any = if all.is_empty() { None } else { Some(all[dice.throw(all.len())].clone()) };
        let what = dice.throw(17);
        let told = match (what, any) {
            (0..=3, _) | (_, None) => {
                self.visitors[visitor].write("hello?").await;
                format!("visitor {visitor} writes")
            }
            (4, Some(one)) => {
                let to = json!({ "kind": "member", "id": self.agents[who].member.id });
                self.assign(who, &one, to).await
            }
            (5, Some(one)) => {
                let to = match dice.throw(3) {
                    0 => json!({ "kind": "queue" }),
                    1 => json!({ "kind": "team", "id": self.team }),
                    _ => json!({ "kind": "member", "id": self.agents[dice.throw(AGENTS)].member.id }),
                };
                let path = format!("/api/v1/conversations/{}/assignment", one.id);
                let status = self.owner.put(&path, json!({ "to": to, "holder": one.holder })).await.status;
                format!("owner gives {} to {to}: {status}", one.id)
            }
            (6 | 7, Some(one)) => {
                let path = format!("/api/v1/conversations/{}/closure", one.id);
                let status = self.agents[who].member.put(&path, json!({ "reason": "solved" })).await.status;
                format!("{who} closes {}: {status}", one.id)
            }
            (8, Some(one)) => {
                let path = format!("/api/v1/conversations/{}/closure", one.id);
                let status = self.agents[who].member.delete(&path).await.status;
                format!("{who} reopens {}: {status}", one.id)
            }
            (9, Some(one)) => {
                let scene = &self.scene;
                let status = scene.answer(&mut self.agents[who].member, &one.id, "hi", one.holder.clone()).await.status;
                format!("{who} answers {}: {status}", one.id)
            }
            (10 | 11, _) => {
                let chosen = ["online", "online", "away", "offline"][dice.throw(4)];
                let status =
                    self.agents[who].member.put("/api/v1/me/presence", json!({ "chosen": chosen })).await.status;
                if status == 200 {
                    self.agents[who].chosen = chosen;
                }
                format!("{who} is {chosen}: {status}")
            }
            (12, _) => {
                let disabled = !self.agents[who].disabled && dice.throw(3) == 0;
                self.change(who, json!({ "disabled": disabled })).await;
                self.agents[who].disabled = disabled;
                if !disabled {
                    self.back(who).await;
                }
                format!("{who} disabled: {disabled}")
            }
            (14, Some(one)) => {
                self.owner.put(&format!("/api/v1/conversations/{}/deletion", one.id), json!({})).await.json(200);
                self.deleted.push(one.clone());
                format!("owner deletes {}", one.id)
            }
            (15 | 16, _) if self.deleted.is_empty() => return,
            (15 | 16, _) => {
                let one = self.deleted.swap_remove(dice.throw(self.deleted.len()));
                self.owner.delete(&format!("/api/v1/conversations/{}/deletion", one.id)).await.json(200);
                format!("owner puts {} back", one.id)
            }
            (_, _) => {
                let role = if dice.throw(3) == 0 { "reader" } else { "agent" };
                self.change(who, json!({ "role": role })).await;
                self.agents[who].role = role;
                if !self.agents[who].disabled {
                    self.back(who).await;
                }
                format!("{who} is {role}")
            }
        };
        self.trail.push(told);
    }

    async fn assign(&mut self, who: usize, one: &Seen, to: Value) -> String {
        let path = format!("/api/v1/conversations/{}/assignment", one.id);
        let status = self.agents[who].member.put(&path, json!({ "to": to, "holder": one.holder })).await.status;
        format!("{who} takes {}: {status}", one.id)
    }

    async fn change(&mut self, who: usize, change: Value) {
        let path = format!("/api/v1/members/{}", self.agents[who].member.id);
        self.owner.patch(&path, change).await.json(200);
    }

    /// Signs in anew, for whoever was out.
    async fn back(&mut self, who: usize) {
        let Member { id, name, .. } = self.agents[who].member.clone();
        let client = self.scene.browser_of(id.parse().expect("an id")).await;
        self.agents[who].member = Member::new(client, &id, &name);
        self.comes(who).await;
    }

    async fn check(&mut self, before: &[Seen], whose: usize) {
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
            let path = format!("/api/v1/conversations/{}", gone.id);
            self.owner.get(&path).await.refused(404, "not_found");
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
        for one in &all {
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

/// R103, R106, R140, R188, R232, C01, C03, C04, C06, C17, C41
#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_everybody_has_and_sees_what_the_model_says() {
    on_both(async |scene| {
        let asked = |name| std::env::var(name).ok().and_then(|number| number.parse::<usize>().ok());
        let mut dice = Dice(asked("SAPA_SEED").unwrap_or(1) as u64);
        let mut world = World::new(scene).await;
        for _ in 0..asked("SAPA_STEPS").unwrap_or(STEPS) {
            let mut before = world.all().await;
            before.extend(world.deleted.clone());
            world.step(&mut dice).await;
            world.scene.test.advance(1_000);
            world.scene.test.run_jobs().await;
            world.check(&before, dice.throw(AGENTS)).await;
        }
    })
    .await;
}
