//! Roles and the rights behind them. A right is `area:action`, held within a scope; the five shipped roles
//! are tables of rights, so that free roles can become rows of the same form.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a right reaches. The order is meant: a wider scope includes the narrower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    None,
    /// What the member holds, and what waits in the queue of the member's inboxes.
    Own,
    /// Everything in the member's inboxes.
    Inbox,
    All,
}

/// The name of a right, `area:action`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right(pub &'static str);

impl Right {
    pub const CONVERSATION_VIEW: Self = Self("conversation:view");
    pub const CONVERSATION_REPLY: Self = Self("conversation:reply");
    /// Taking one's own is part of replying; this is giving to others.
    pub const CONVERSATION_ASSIGN: Self = Self("conversation:assign");
    pub const CONVERSATION_CLOSE: Self = Self("conversation:close");
    pub const CONVERSATION_NOTE: Self = Self("conversation:note");
    /// Removing the words of others.
    pub const CONVERSATION_REDACT: Self = Self("conversation:redact");
    /// Exchanging nothing with a contact any more, and with all his conversations.
    pub const CONTACT_BLOCK: Self = Self("contact:block");
    pub const CONTACT_UNBLOCK: Self = Self("contact:unblock");
    /// Those of inboxes and of the workspace; his own ones manages whoever may reply.
    pub const QUICK_REPLY_MANAGE_SHARED: Self = Self("quick_reply:manage_shared");
    /// The workspace's tags; putting them on conversations is part of replying.
    pub const TAG_MANAGE: Self = Self("tag:manage");
    /// The saved views of the workspace and of its teams; everybody has his own.
    pub const VIEW_MANAGE_SHARED: Self = Self("view:manage_shared");
    pub const INBOX_MANAGE: Self = Self("inbox:manage");
    pub const MEMBER_MANAGE: Self = Self("member:manage");
    pub const WORKSPACE_MANAGE: Self = Self("workspace:manage");
    /// Reading who changed which setting or right.
    pub const AUDIT_VIEW: Self = Self("audit:view");
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Administrator,
    ChatAdministrator,
    Supervisor,
    Agent,
    Reader,
}

type Table = &'static [(Right, Scope)];

const ADMINISTRATOR: Table = &[
    (Right::CONVERSATION_VIEW, Scope::All),
    (Right::CONVERSATION_REPLY, Scope::All),
    (Right::CONVERSATION_ASSIGN, Scope::All),
    (Right::CONVERSATION_CLOSE, Scope::All),
    (Right::CONVERSATION_NOTE, Scope::All),
    (Right::CONVERSATION_REDACT, Scope::All),
    (Right::CONTACT_BLOCK, Scope::All),
    (Right::CONTACT_UNBLOCK, Scope::All),
    (Right::QUICK_REPLY_MANAGE_SHARED, Scope::All),
    (Right::TAG_MANAGE, Scope::All),
    (Right::VIEW_MANAGE_SHARED, Scope::All),
    (Right::INBOX_MANAGE, Scope::All),
    (Right::MEMBER_MANAGE, Scope::All),
    (Right::WORKSPACE_MANAGE, Scope::All),
    (Right::AUDIT_VIEW, Scope::All),
];
const CHAT_ADMINISTRATOR: Table = &[
    (Right::CONVERSATION_VIEW, Scope::All),
    (Right::CONVERSATION_REPLY, Scope::All),
    (Right::CONVERSATION_ASSIGN, Scope::All),
    (Right::CONVERSATION_CLOSE, Scope::All),
    (Right::CONVERSATION_NOTE, Scope::All),
    (Right::CONVERSATION_REDACT, Scope::All),
    (Right::CONTACT_BLOCK, Scope::All),
    (Right::CONTACT_UNBLOCK, Scope::All),
    (Right::QUICK_REPLY_MANAGE_SHARED, Scope::All),
    (Right::TAG_MANAGE, Scope::All),
    (Right::VIEW_MANAGE_SHARED, Scope::All),
];
const SUPERVISOR: Table = &[
    (Right::CONVERSATION_VIEW, Scope::Inbox),
    (Right::CONVERSATION_REPLY, Scope::Inbox),
    (Right::CONVERSATION_ASSIGN, Scope::Inbox),
    (Right::CONVERSATION_CLOSE, Scope::Inbox),
    (Right::CONVERSATION_NOTE, Scope::Inbox),
    (Right::CONVERSATION_REDACT, Scope::Inbox),
    (Right::CONTACT_BLOCK, Scope::Inbox),
    (Right::CONTACT_UNBLOCK, Scope::Inbox),
    (Right::QUICK_REPLY_MANAGE_SHARED, Scope::Inbox),
    // Tags belong to no inbox.
    (Right::TAG_MANAGE, Scope::All),
];
const AGENT: Table = &[
    (Right::CONVERSATION_VIEW, Scope::Own),
    (Right::CONVERSATION_REPLY, Scope::Own),
    (Right::CONVERSATION_ASSIGN, Scope::Own),
    (Right::CONVERSATION_CLOSE, Scope::Own),
    (Right::CONVERSATION_NOTE, Scope::Own),
    (Right::CONTACT_BLOCK, Scope::Own),
];
const READER: Table = &[(Right::CONVERSATION_VIEW, Scope::Inbox)];

impl Role {
    pub const ALL: [Self; 5] =
        [Self::Administrator, Self::ChatAdministrator, Self::Supervisor, Self::Agent, Self::Reader];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::ChatAdministrator => "chat_administrator",
            Self::Supervisor => "supervisor",
            Self::Agent => "agent",
            Self::Reader => "reader",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// How far the role holds a right.
    pub fn scope(self, right: Right) -> Scope {
        self.table().iter().find(|(held, _)| *held == right).map_or(Scope::None, |(_, scope)| *scope)
    }

    /// Whether somebody in this role may hand out `other`: nobody grants what he lacks.
    pub fn covers(self, other: Self) -> bool {
        other.table().iter().all(|(right, scope)| self.scope(*right) >= *scope)
    }

    /// The rights as the interface gets them: `area:action:scope`.
    pub fn rights(self) -> Vec<String> {
        let name = |scope| match scope {
            Scope::None => "none",
            Scope::Own => "own",
            Scope::Inbox => "inbox",
            Scope::All => "all",
        };
        self.table().iter().map(|(right, scope)| format!("{}:{}", right.0, name(*scope))).collect()
    }

    fn table(self) -> Table {
        match self {
            Self::Administrator => ADMINISTRATOR,
            Self::ChatAdministrator => CHAT_ADMINISTRATOR,
            Self::Supervisor => SUPERVISOR,
            Self::Agent => AGENT,
            Self::Reader => READER,
        }
    }
}

impl db::FromValue for Role {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        Self::parse(&String::from_value(value)?).ok_or("a role was expected")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_cover_what_they_hold_and_nothing_more() {
        assert!(Role::ALL.iter().all(|role| Role::Administrator.covers(*role) && role.covers(*role)));
        assert!(!Role::Supervisor.covers(Role::Administrator));
        assert!(!Role::Agent.covers(Role::Reader), "an agent sees less of an inbox than a reader");
    }
}
