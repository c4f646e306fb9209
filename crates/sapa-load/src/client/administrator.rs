//! What an administrator does before a run: a workspace on a fresh server, an inbox of its own, and its agents.
//!
//! Must stay true: a run's agents get a random password and are disabled afterwards, so that a run leaves no way in.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::agent::Agent;
use super::http::{Connection, Credential};

/// Length of a random password, in characters.
const PASSWORD_CHARACTERS: usize = 24;

/// The first administrator of a fresh server.
#[derive(Serialize)]
pub struct Setup<'a> {
    pub token: &'a str,
    pub workspace_name: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    pub locale: &'a str,
}

/// Makes the workspace and its first administrator.
pub async fn set_up(connection: &mut Connection, setup: &Setup<'_>) -> Result<Agent> {
    let answer = connection.post("/api/v1/setup", &Credential::Nobody, setup).await?;
    Agent::from_answer(answer.success().context("failed to set the server up")?)
}

/// Makes a website inbox with these members; returns its id.
pub async fn add_inbox(
    connection: &mut Connection,
    administrator: &Agent,
    name: &str,
    members: &[Agent],
) -> Result<String> {
    #[derive(Serialize)]
    struct Website<'a> {
        allowed_origins: [&'a str; 0],
        title: &'a str,
        greeting: &'a str,
        color: &'a str,
    }
    #[derive(Serialize)]
    struct NewInbox<'a> {
        name: &'a str,
        website: Website<'a>,
        member_ids: Vec<&'a str>,
    }
    #[derive(Deserialize)]
    struct Inbox {
        id: String,
    }
    let body = NewInbox {
        name,
        website: Website { allowed_origins: [], title: name, greeting: "Halo!", color: "#0B6E69" },
        member_ids: members.iter().map(|member| member.member_id.as_str()).collect(),
    };
    let answer = connection.post("/api/v1/inboxes", &administrator.credential, &body).await?;
    Ok(answer.json::<Inbox>().context("failed to make an inbox")?.id)
}

/// Invites an agent and accepts for them.
pub async fn add_agent(connection: &mut Connection, administrator: &Agent, email: &str, name: &str) -> Result<Agent> {
    #[derive(Serialize)]
    struct NewInvitation<'a> {
        email: &'a str,
        role: &'a str,
        inbox_ids: [&'a str; 0],
    }
    #[derive(Deserialize)]
    struct Invitation {
        link: String,
    }
    #[derive(Serialize)]
    struct Accept<'a> {
        token: &'a str,
        name: &'a str,
        password: &'a str,
        locale: &'a str,
    }
    let body = NewInvitation { email, role: "agent", inbox_ids: [] };
    let answer = connection.post("/api/v1/invitations", &administrator.credential, &body).await?;
    let link = answer.json::<Invitation>().context("failed to invite an agent")?.link;
    let (_, token) = link.rsplit_once('#').context("an invitation's link has no token")?;
    let accept = Accept { token, name, password: &random_password(), locale: "en" };
    let answer = connection.post("/api/v1/invitations/accept", &Credential::Nobody, &accept).await?;
    Agent::from_answer(answer.success().context("failed to accept an invitation")?)
}

/// Lets no visitor into an inbox any more.
pub async fn disable_inbox(connection: &mut Connection, administrator: &Agent, inbox_id: &str) -> Result<()> {
    let path = format!("/api/v1/inboxes/{inbox_id}");
    let body = serde_json::json!({ "enabled": false });
    connection.patch(&path, &administrator.credential, &body).await?.success()?;
    Ok(())
}

/// Ends an agent's access.
pub async fn disable_agent(connection: &mut Connection, administrator: &Agent, agent: &Agent) -> Result<()> {
    let path = format!("/api/v1/members/{}", agent.member_id);
    let body = serde_json::json!({ "disabled": true });
    connection.patch(&path, &administrator.credential, &body).await?.success()?;
    Ok(())
}

/// A password that nobody knows.
pub fn random_password() -> String {
    use rand::Rng;
    use rand::distr::Alphanumeric;
    crate::outside::randomness().sample_iter(Alphanumeric).take(PASSWORD_CHARACTERS).map(char::from).collect()
}
