//! Makes the sample workspace: members, inboxes, and what happened in the last days, in the order of time.

use super::sample::{Conversation, Sample, Seen, Step};
use crate::{past::Story, serve::internal};
use anyhow::Context as _;
use axum::{body::Body, extract::Request};
use base::{App, MemberCaller, Ms, Problem, Proven, Right, Rights, Scope};
use conversations::{Holder, MentionId, Uploader, upload};
use ids::{FileId, InboxId, MemberId, QuickReplyUseId, TagId, TeamId, WorkspaceId};
use inboxes::CreateInbox;
use people::{CreateTeam, Email, NewMember, NewWorkspace, Password, Passwords, TeamMember, add_member};
use replies::{CreateQuickReply, QuickReplyScope};
use std::{collections::HashMap, sync::Arc};
use tags::CreateTag;

type Members = HashMap<String, Arc<MemberCaller>>;
type Tags = HashMap<String, TagId>;
type Teams = HashMap<String, TeamId>;

/// Fills an empty database; answers the inbox of the shop page, which is the sample's first.
pub async fn fill(app: &App, sample: &Sample, password: &str) -> anyhow::Result<InboxId> {
    let now = app.clock.now();
    let began = sample.conversations.iter().flat_map(|one| one.timed(now)).map(|(at, _)| at).min().unwrap_or(now);
    let (workspace, ids) = people(app, sample, password, began).await?;
    let inboxes = inboxes(app, workspace, sample, &ids, began).await?;
    let teams = teams(app, workspace, sample, &ids, began).await?;
    let members = callers(workspace, sample, &ids, &inboxes);
    quick_replies(app, workspace, sample, &members, (&inboxes, &teams), began).await?;
    let tags = tags(app, workspace, sample, began).await?;
    Box::pin(stories(app, workspace, sample, &members, &inboxes, (&tags, &teams), now)).await?;
    let shop = sample.inboxes.first().and_then(|inbox| inboxes.get(&inbox.key));
    shop.copied().context("the sample has no inbox")
}

async fn people(
    app: &App,
    sample: &Sample,
    password: &str,
    joined: Ms,
) -> anyhow::Result<(WorkspaceId, HashMap<String, MemberId>)> {
    let (first, others) = sample.members.split_first().context("the sample has no member")?;
    let new = NewWorkspace::new(
        &sample.workspace.name,
        &first.name,
        &first.email,
        password.to_owned(),
        sample.workspace.locale,
    );
    let (workspace, administrator) = people::set_up(app, new.map_err(internal)?).await.map_err(internal)?;
    let mut ids = HashMap::from([(first.key.clone(), administrator)]);
    let passwords = Passwords::default();
    for member in others {
        let password = Password::new(password.to_owned()).map_err(internal)?;
        let new = NewMember {
            name: member.name.clone(),
            email: Email::parse(&member.email).map_err(internal)?,
            role: member.role,
            password_hash: passwords.hash(app, password).await.map_err(internal)?,
            locale: sample.workspace.locale,
        };
        let added = app.write(workspace, move |tx| {
            Box::pin(async move {
                tx.now = joined;
                add_member(tx, new).await
            })
        });
        ids.insert(member.key.clone(), added.await.map_err(internal)?.id);
    }
    Ok((workspace, ids))
}

async fn inboxes(
    app: &App,
    workspace: WorkspaceId,
    sample: &Sample,
    ids: &HashMap<String, MemberId>,
    made: Ms,
) -> anyhow::Result<HashMap<String, InboxId>> {
    let mut inboxes = HashMap::new();
    for inbox in &sample.inboxes {
        let asked = CreateInbox {
            id: None,
            name: inbox.name.clone(),
            website: Some(inbox.website()),
            api: None,
            email: None,
            messenger: None,
            member_ids: inbox.members.iter().filter_map(|key| ids.get(key)).copied().collect(),
            close_after_minutes: inboxes::CLOSE_AFTER_MINUTES,
            closing_needs_tag: false,
            closing_needs_note: false,
            close_waiting: false,
            close_queued_after_minutes: 0,
        };
        let created = app.write(workspace, move |tx| {
            Box::pin(async move {
                tx.now = made;
                inboxes::create(tx, asked).await
            })
        });
        inboxes.insert(inbox.key.clone(), created.await.map_err(internal)?.id);
    }
    Ok(inboxes)
}

async fn teams(
    app: &App,
    workspace: WorkspaceId,
    sample: &Sample,
    ids: &HashMap<String, MemberId>,
    made: Ms,
) -> anyhow::Result<Teams> {
    let mut teams = Teams::new();
    for team in &sample.teams {
        let seat = |key: &String| Some(TeamMember { member_id: *ids.get(key)?, leads: team.leads.contains(key) });
        let members = team.members.iter().filter_map(seat).collect();
        let asked = CreateTeam { id: None, name: team.name.clone(), members };
        let created = app.write(workspace, move |tx| {
            Box::pin(async move {
                tx.now = made;
                people::create_team(tx, asked).await
            })
        });
        teams.insert(team.name.clone(), created.await.map_err(internal)?.id);
    }
    Ok(teams)
}

/// The members as the commands know them.
fn callers(
    workspace: WorkspaceId,
    sample: &Sample,
    ids: &HashMap<String, MemberId>,
    inboxes: &HashMap<String, InboxId>,
) -> Members {
    let caller = |member: &super::sample::Member| {
        let works = |inbox: &&super::sample::Inbox| inbox.members.contains(&member.key);
        Some(Arc::new(MemberCaller {
            workspace,
            id: *ids.get(&member.key)?,
            name: member.name.clone(),
            rights: Rights::stored(member.role, None),
            inboxes: sample.inboxes.iter().filter(works).filter_map(|inbox| inboxes.get(&inbox.key).copied()).collect(),
            // What is shared is made by the first, who leads none and need not.
            teams: Vec::new(),
            colleagues: Vec::new(),
            message_characters: people::Limits::MOST.message_characters,
            proven: Proven::Unasked,
        }))
    };
    sample.members.iter().filter_map(|member| Some((member.key.clone(), caller(member)?))).collect()
}

/// Each is made by its owner; what is shared by the first member.
async fn quick_replies(
    app: &App,
    workspace: WorkspaceId,
    sample: &Sample,
    members: &Members,
    (inboxes, teams): (&HashMap<String, InboxId>, &Teams),
    made: Ms,
) -> anyhow::Result<()> {
    let first = &sample.members.first().context("the sample has no member")?.key;
    for one in &sample.quick_replies {
        let member = members.get(one.member.as_ref().unwrap_or(first)).context("an unknown member")?.clone();
        let scope = match (&one.member, &one.inbox, &one.team) {
            (Some(_), ..) => QuickReplyScope::Personal { member_id: member.id },
            (_, Some(key), _) => QuickReplyScope::Inbox { inbox_id: *inboxes.get(key).context("an unknown inbox")? },
            (_, _, Some(name)) => QuickReplyScope::Team { team_id: *teams.get(name).context("an unknown team")? },
            _ => QuickReplyScope::Workspace,
        };
        let asked = CreateQuickReply {
            id: None,
            shortcut: one.shortcut.clone(),
            title: one.title.clone(),
            group: one.group.clone(),
            text: one.text.clone(),
            file_ids: Vec::new(),
            scope,
        };
        let uses = one.uses;
        let created = app.write(workspace, move |tx| {
            Box::pin(async move {
                tx.now = made;
                let made = replies::create(tx, &member, asked).await?;
                for _ in 0..uses {
                    let id = QuickReplyUseId(tx.uuid());
                    replies::count_use(tx, &made, id).await?;
                }
                Ok(())
            })
        });
        created.await.map_err(internal)?;
    }
    Ok(())
}

async fn tags(app: &App, workspace: WorkspaceId, sample: &Sample, made: Ms) -> anyhow::Result<Tags> {
    let mut tags = Tags::new();
    for one in &sample.tags {
        let asked = CreateTag { id: None, name: one.name.clone(), color: one.color, pinned: one.pinned };
        let created = app.write(workspace, move |tx| {
            Box::pin(async move {
                tx.now = made;
                tags::create(tx, asked).await
            })
        });
        tags.insert(one.name.clone(), created.await.map_err(internal)?.id);
    }
    Ok(tags)
}

/// Everything that happened, in the order of time over all conversations.
async fn stories(
    app: &App,
    workspace: WorkspaceId,
    sample: &Sample,
    members: &Members,
    inboxes: &HashMap<String, InboxId>,
    (tags, teams): (&Tags, &Teams),
    now: Ms,
) -> anyhow::Result<()> {
    let mut happened: Vec<(Ms, usize, &Step)> = Vec::new();
    for (index, conversation) in sample.conversations.iter().enumerate() {
        happened.extend(conversation.timed(now).into_iter().map(|(at, step)| (at, index, step)));
    }
    happened.sort_by_key(|(at, _, _)| *at);
    let mut stories: HashMap<usize, Story> = HashMap::new();
    for (at, index, step) in happened {
        let conversation = &sample.conversations[index];
        let story = match stories.remove(&index) {
            Some(story) => story,
            None => {
                let inbox = *inboxes.get(&conversation.inbox).context("an unknown inbox")?;
                begin(app, workspace, conversation, inbox, at).await.map_err(internal)?
            }
        };
        let story = play(app, workspace, (members, tags, teams), story, at, step).await.map_err(internal)?;
        stories.insert(index, story);
    }
    for (index, story) in stories {
        settle(app, workspace, members, story, &sample.conversations[index], now).await.map_err(internal)?;
    }
    Ok(())
}

async fn begin(
    app: &App,
    workspace: WorkspaceId,
    conversation: &Conversation,
    inbox: InboxId,
    at: Ms,
) -> Result<Story, Problem> {
    let (name, email) = (conversation.contact.clone(), conversation.email.clone());
    app.write(workspace, move |tx| Box::pin(Story::begin(tx, at, inbox, name, email))).await
}

async fn play(
    app: &App,
    workspace: WorkspaceId,
    (members, tags, teams): (&Members, &Tags, &Teams),
    mut story: Story,
    at: Ms,
    step: &Step,
) -> Result<Story, Problem> {
    let member = members.get(&step.by).cloned();
    let uploader = member.as_ref().map_or(Uploader::Visitor(story.browser), |member| Uploader::Member(member.id));
    let files = file(app, workspace, uploader, step).await?;
    let to = step.assign.as_ref().and_then(|key| members.get(key)).map(|member| Holder::Member { id: member.id });
    let tag_ids = step.tags.iter().filter_map(|name| tags.get(name)).copied().collect();
    let mention = step.mention.as_ref().and_then(|name| teams.get(name)).copied();
    let step = step.clone();
    app.write(workspace, move |tx| {
        Box::pin(async move {
            if let (Some(member), Some(team)) = (&member, mention) {
                story.member_notes(tx, at, member, &step.text, vec![MentionId::Team(team)]).await?;
                return Ok(story);
            }
            match (member, to, step.close) {
                (None, ..) => {
                    // Whoever writes has read what was there.
                    story.contact_receives(tx, at, true).await?;
                    story.contact_writes(tx, at, &step.text, files).await?;
                }
                (Some(member), Some(to), _) => {
                    story.member_assigns(tx, at, &member, to, step.comment.clone()).await?;
                }
                (Some(member), None, Some(reason)) => story.member_closes(tx, at, &member, reason, tag_ids).await?,
                (Some(member), None, None) => story.member_writes(tx, at, &member, &step.text, files).await?,
            }
            Ok(story)
        })
    })
    .await
}

async fn file(app: &App, workspace: WorkspaceId, uploader: Uploader, step: &Step) -> Result<Vec<FileId>, Problem> {
    let Some((name, bytes)) = step.bytes() else { return Ok(Vec::new()) };
    let request = Request::new(Body::from(bytes));
    Ok(vec![upload(app, workspace, uploader, name, request).await?.id])
}

/// How things stand now: what the contact has seen of the last answer, and what the members have looked at.
async fn settle(
    app: &App,
    workspace: WorkspaceId,
    members: &Members,
    story: Story,
    conversation: &Conversation,
    now: Ms,
) -> Result<(), Problem> {
    let (last, step) = conversation.timed(now).last().map_or((now, None), |(at, step)| (*at, Some((*step).clone())));
    // Who leads has looked at what others handle; what waits in the queue nobody has opened.
    let answered = conversation.steps.iter().any(|step| step.by != "visitor" && step.mention.is_none());
    let readers: Vec<_> = members
        .values()
        .filter(|member| answered && member.scope(Right::CONVERSATION_VIEW) >= Scope::Inbox)
        .cloned()
        .collect();
    let seen = conversation.seen;
    let visitor_last = step.is_some_and(|step| step.by == "visitor");
    app.write(workspace, move |tx| {
        Box::pin(async move {
            if let Some(seen) = seen.filter(|_| !visitor_last) {
                story.contact_receives(tx, last, seen == Seen::Read).await?;
            }
            for member in readers {
                match story.member_reads(tx, last, &member).await {
                    // A supervisor sees the conversations of his inboxes.
                    Err(problem) if problem.refusal() == base::refusal::NOT_FOUND => {}
                    read => read?,
                }
            }
            Ok(())
        })
    })
    .await
}
