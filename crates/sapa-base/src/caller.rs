//! Who is asking.

use crate::{Ms, Problem, Right, Rights, Scope, TokenHash, refusal};
use ids::{ApiTokenId, ContactId, InboxId, MemberId, MemberTokenId, SignInId, TeamId, VisitorId, WorkspaceId};
use std::sync::Arc;

/// The proven identity behind a request or a socket. Cheap to clone.
#[derive(Clone)]
pub enum Caller {
    Nobody,
    Member(Arc<MemberCaller>),
    Visitor(Arc<VisitorCaller>),
    /// Another system, which writes for the contacts of one inbox.
    Inbox(Arc<InboxCaller>),
}

pub struct MemberCaller {
    pub workspace: WorkspaceId,
    pub id: MemberId,
    pub name: String,
    /// His own, or what his token leaves of them.
    pub rights: Rights,
    /// The inboxes in which the member works.
    pub inboxes: Vec<InboxId>,
    pub teams: Vec<TeamSeat>,
    /// The other members of his teams, by their ids: known where a right of his reaches them, otherwise nobody.
    pub colleagues: Vec<MemberId>,
    /// How long what he writes may be, by his workspace: Unicode code points.
    pub message_characters: usize,
    pub proven: Proven,
}

/// How it is known that it is he.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proven {
    /// He is signed in and asks himself.
    SignIn(SignInId),
    /// A program asks in his name, until then.
    Token { id: MemberTokenId, until: Ms },
    /// He does not ask.
    Unasked,
}

/// A member's place in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamSeat {
    pub team: TeamId,
    /// Whether he looks after what the team shares.
    pub leads: bool,
}

pub struct VisitorCaller {
    pub workspace: WorkspaceId,
    pub id: VisitorId,
    pub inbox: InboxId,
    pub contact: ContactId,
    /// By which he was recognized; another may have taken its place since.
    pub token: TokenHash,
    /// Whether the inbox takes messages.
    pub inbox_open: bool,
}

pub struct InboxCaller {
    pub workspace: WorkspaceId,
    pub inbox: InboxId,
    pub token: ApiTokenId,
    /// Whether the inbox takes messages.
    pub inbox_open: bool,
}

impl Caller {
    pub fn member(&self) -> Result<&Arc<MemberCaller>, Problem> {
        match self {
            Self::Member(member) => Ok(member),
            _ => Err(refusal::UNAUTHENTICATED.into()),
        }
    }

    pub fn visitor(&self) -> Result<&Arc<VisitorCaller>, Problem> {
        match self {
            Self::Visitor(visitor) => Ok(visitor),
            _ => Err(refusal::UNAUTHENTICATED.into()),
        }
    }

    pub fn inbox(&self) -> Result<&Arc<InboxCaller>, Problem> {
        match self {
            Self::Inbox(inbox) => Ok(inbox),
            _ => Err(refusal::UNAUTHENTICATED.into()),
        }
    }

    /// Until when what he showed opens something, where that is known: the end of a member's token.
    pub(crate) fn until(&self) -> Option<Ms> {
        self.member().ok()?.token().map(|(_, until)| until)
    }

    /// The workspace of the caller; nobody has the nil one, in which nothing lives.
    pub fn workspace(&self) -> WorkspaceId {
        match self {
            Self::Nobody => WorkspaceId(ids::Uuid::nil()),
            Self::Member(member) => member.workspace,
            Self::Visitor(visitor) => visitor.workspace,
            Self::Inbox(inbox) => inbox.workspace,
        }
    }
}

impl MemberCaller {
    pub fn scope(&self, right: Right) -> Scope {
        self.rights.scope(right)
    }

    /// Refuses unless the member holds the right in the whole workspace.
    pub fn must_hold(&self, right: Right) -> Result<(), Problem> {
        if self.scope(right) == Scope::All { Ok(()) } else { Err(refusal::FORBIDDEN.into()) }
    }

    /// Refuses a program that asks in his name.
    pub fn must_be_signed_in(&self) -> Result<(), Problem> {
        if self.token().is_none() { Ok(()) } else { Err(refusal::FORBIDDEN.into()) }
    }

    pub fn sign_in(&self) -> Option<SignInId> {
        match self.proven {
            Proven::SignIn(id) => Some(id),
            Proven::Token { .. } | Proven::Unasked => None,
        }
    }

    /// The token that a program shows, and until when it opens something.
    pub fn token(&self) -> Option<(MemberTokenId, Ms)> {
        match self.proven {
            Proven::Token { id, until } => Some((id, until)),
            Proven::SignIn(_) | Proven::Unasked => None,
        }
    }

    pub fn works_in(&self, inbox: InboxId) -> bool {
        self.inboxes.contains(&inbox)
    }

    pub fn is_in(&self, team: TeamId) -> bool {
        self.teams.iter().any(|seat| seat.team == team)
    }

    /// Whether his rights reach what this member of his teams holds.
    pub fn is_with(&self, member: MemberId) -> bool {
        self.colleagues.binary_search(&member).is_ok()
    }

    /// No right that a token could name: a program leads nothing.
    pub fn leads(&self, team: TeamId) -> bool {
        self.token().is_none() && self.teams.iter().any(|seat| seat.team == team && seat.leads)
    }
}
