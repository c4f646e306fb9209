//! `sapa import --dataset FILE`: conversations of another system, one JSON object a line.
//!
//! What must stay true: a line that cannot be read stops the import before its group is written, and names itself;
//! how many were imported is said as soon as all are written, whatever comes after: a second run would double them.
//! Then what was imported is made searchable and the planner's statistics are refreshed; when that fails it says so.

use crate::{
    open::{self, Program},
    progress, say,
    serve::{self, internal},
    settings::Settings,
};
use anyhow::{Context as _, bail};
use base::{App, MemberCaller, Ms, Problem, Proven, Rights, Role};
use clap::Args;
use conversations::{CloseReason, Told, ToldMessage, import};
use ids::{InboxId, TagId, WorkspaceId};
use inboxes::{CreateInbox, Website};
use serde::Deserialize;
use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};
use tags::{CreateTag, TagColor};

/// Conversations of one commit: many, because each commit is flushed; few enough to keep a group small in memory.
const GROUP: usize = 500;
/// The log of an embedded database is emptied after so many conversations; it would grow beside the file otherwise.
const SETTLE_EVERY: usize = 10 * GROUP;

#[derive(Args)]
pub struct Arguments {
    /// A file of conversations, one JSON object a line
    #[arg(long, value_name = "FILE")]
    dataset: PathBuf,
}

/// One line of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    contact_name: Option<String>,
    email: Option<String>,
    status: Status,
    /// A member's address; nobody: the conversation waits in the queue.
    holder_email: Option<String>,
    /// The name of an inbox, which is made when it is missing; none: the first one.
    inbox: Option<String>,
    /// Names of tags, which are made when they are missing.
    #[serde(default)]
    tags: Vec<String>,
    messages: Vec<Message>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Open,
    Closed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    from: From,
    text: String,
    at: Ms,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum From {
    Contact,
    Member,
}

#[tokio::main]
pub async fn run(settings: Settings, arguments: Arguments) -> anyhow::Result<ExitCode> {
    serve::start_log(&settings.log);
    let shown = arguments.dataset.display().to_string();
    let file = File::open(&arguments.dataset).with_context(|| format!("{shown} cannot be read"))?;
    let length = file.metadata()?.len();
    let program = open::program(&settings).await?;
    let mut place = Box::pin(Place::find(&program)).await?;
    let bar = progress::bar(length, "bytes");
    let (mut group, mut count) = (Vec::with_capacity(GROUP), 0_usize);
    let mut lines = BufReader::new(file).lines().enumerate();
    loop {
        let line = lines.next();
        let is_last = line.is_none();
        if let Some((number, text)) = line {
            let text = text.with_context(|| format!("{shown} cannot be read"))?;
            let told: Line = serde_json::from_str(&text).with_context(|| format!("line {} of {shown}", number + 1))?;
            group.push(told);
            bar.inc(text.len() as u64 + 1);
        }
        if group.len() == GROUP || (is_last && !group.is_empty()) {
            count += group.len();
            Box::pin(place.write(&program.app, std::mem::take(&mut group))).await.map_err(internal)?;
            if count.is_multiple_of(SETTLE_EVERY) {
                program.app.db.settle().await?;
            }
        }
        if is_last {
            break;
        }
    }
    bar.finish_and_clear();
    say(&format!("{count} conversations were imported."));
    if let Err(error) = Box::pin(finish(&program.app, count as u64)).await {
        say(&format!(
            "not all of them can be searched yet ({error:#}). A server that runs finishes that; import no more."
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn finish(app: &App, count: u64) -> anyhow::Result<()> {
    // Before, for looking at what is new, and after, for what that wrote.
    app.db.analyze().await?;
    let bar = progress::bar(count, "conversations made searchable");
    search::catch_up(app, &mut |looked| bar.inc(looked as u64)).await.map_err(internal)?;
    bar.finish_and_clear();
    app.db.analyze().await?;
    Ok(app.db.settle().await?)
}

/// Where conversations are put: the workspace, an inbox of it, and its members by address.
struct Place {
    workspace: WorkspaceId,
    inbox: InboxId,
    /// By name.
    inboxes: HashMap<String, InboxId>,
    tags: HashMap<String, TagId>,
    members: HashMap<String, Arc<MemberCaller>>,
    /// Writes where nobody is in charge.
    administrator: Arc<MemberCaller>,
}

impl Place {
    async fn find(program: &Program) -> anyhow::Result<Self> {
        let Some(workspace) = people::find_workspace(&program.app).await.map_err(internal)? else {
            bail!("there is no workspace yet: make one with `sapa setup`, then import into it.");
        };
        let found = program.app.read(workspace, |tx| Box::pin(people::list_members(tx)));
        let found = found.await.map_err(internal)?;
        let administrator = found.iter().find(|member| member.role == Role::Administrator).map(|member| member.id);
        let members: HashMap<_, _> = found
            .into_iter()
            .map(|member| {
                let caller = MemberCaller {
                    workspace,
                    id: member.id,
                    name: member.name,
                    rights: Rights::stored(member.role, None),
                    inboxes: Vec::new(),
                    teams: Vec::new(),
                    colleagues: Vec::new(),
                    message_characters: people::Limits::MOST.message_characters,
                    proven: Proven::Unasked,
                };
                (member.email.to_lowercase(), Arc::new(caller))
            })
            .collect();
        let administrator = members.values().find(|member| Some(member.id) == administrator).cloned();
        let administrator = administrator.context("the workspace has no administrator")?;
        let inbox = inbox(program, workspace, &administrator, &members).await.map_err(internal)?;
        let tags = program.app.read(workspace, |tx| Box::pin(tags::list(tx))).await.map_err(internal)?;
        let tags = tags.into_iter().map(|tag| (tag.name, tag.id)).collect();
        let caller = administrator.clone();
        let inboxes = program.app.read(workspace, |tx| Box::pin(async move { inboxes::visible(tx, &caller).await }));
        let inboxes = inboxes.await.map_err(internal)?.into_iter().map(|inbox| (inbox.name, inbox.id)).collect();
        Ok(Self { workspace, inbox, inboxes, tags, members, administrator })
    }

    /// Makes the inboxes and tags of these lines that are missing.
    async fn prepare(&mut self, app: &App, lines: &[Line]) -> Result<(), Problem> {
        for name in lines.iter().filter_map(|line| line.inbox.as_ref()) {
            if !self.inboxes.contains_key(name) {
                let asked = new_inbox(name, &self.members);
                let made = app.write(self.workspace, |tx| Box::pin(inboxes::create(tx, asked))).await?;
                self.inboxes.insert(name.clone(), made.id);
            }
        }
        for name in lines.iter().flat_map(|line| &line.tags) {
            if !self.tags.contains_key(name) {
                let asked = CreateTag { id: None, name: name.clone(), color: TagColor::Teal, pinned: false };
                let made = app.write(self.workspace, |tx| Box::pin(tags::create(tx, asked))).await?;
                self.tags.insert(name.clone(), made.id);
            }
        }
        Ok(())
    }

    async fn write(&mut self, app: &App, lines: Vec<Line>) -> Result<(), Problem> {
        self.prepare(app, &lines).await?;
        let (inbox, administrator, members) = (self.inbox, self.administrator.clone(), self.members.clone());
        let (inboxes, tags) = (self.inboxes.clone(), self.tags.clone());
        app.write(self.workspace, move |tx| {
            Box::pin(async move {
                let mut told = Vec::with_capacity(lines.len());
                for line in lines {
                    if let Some(first) = line.messages.first() {
                        tx.now = first.at;
                    }
                    let contact = contacts::create(
                        tx,
                        contacts::Profile { name: line.contact_name, email: line.email, phone: None },
                        contacts::By::import(None),
                    )
                    .await?;
                    let holder = line.holder_email.and_then(|email| members.get(&email.to_lowercase()).cloned());
                    told.push(Told {
                        inbox: line.inbox.and_then(|name| inboxes.get(&name).copied()).unwrap_or(inbox),
                        contact,
                        holder,
                        writer: administrator.clone(),
                        closed: (line.status == Status::Closed).then_some(CloseReason::Solved),
                        tag_ids: line.tags.iter().filter_map(|name| tags.get(name).copied()).collect(),
                        messages: line.messages.into_iter().map(ToldMessage::from).collect(),
                    });
                }
                import(tx, told).await
            })
        })
        .await
    }
}

impl std::convert::From<Message> for ToldMessage {
    fn from(message: Message) -> Self {
        Self { by_contact: message.from == From::Contact, text: message.text, at: message.at }
    }
}

/// The first inbox that the administrator sees, or a new one with everybody in it.
async fn inbox(
    program: &Program,
    workspace: WorkspaceId,
    administrator: &Arc<MemberCaller>,
    members: &HashMap<String, Arc<MemberCaller>>,
) -> Result<InboxId, Problem> {
    let caller = administrator.clone();
    let found = program.app.read(workspace, move |tx| Box::pin(async move { inboxes::visible(tx, &caller).await }));
    if let Some(inbox) = found.await?.first() {
        return Ok(inbox.id);
    }
    let asked = new_inbox("Import", members);
    Ok(program.app.write(workspace, |tx| Box::pin(inboxes::create(tx, asked))).await?.id)
}

/// With everybody in it.
fn new_inbox(name: &str, members: &HashMap<String, Arc<MemberCaller>>) -> CreateInbox {
    CreateInbox {
        id: None,
        name: name.to_owned(),
        website: Some(Website::new(name, "Hi!", "#0B6E69")),
        api: None,
        email: None,
        messenger: None,
        member_ids: members.values().map(|member| member.id).collect(),
        close_after_minutes: 0,
        closing_needs_tag: false,
        closing_needs_note: false,
        close_waiting: false,
        close_queued_after_minutes: 0,
    }
}
