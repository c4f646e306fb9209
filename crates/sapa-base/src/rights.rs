//! Roles and the rights behind them. A right is `area:action`, held within a scope; a role is a table of rights. Five
//! roles are shipped and known here; others are rows of their workspace (`people`), of the same form.
//!
//! What must stay true: what somebody may do is asked of his [`Rights`], and never of his role's name.

use ids::RoleId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{borrow::Cow, fmt};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, RefOr, Schema,
        schema::{OneOfBuilder, Type},
    },
};

/// How far a right reaches. The order is meant: a wider scope includes the narrower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    None,
    /// What the member holds, and what waits in the queue of the member's inboxes or for a team of his.
    Own,
    /// Besides, in the member's inboxes: what his teams have, and what the members of his teams hold.
    Team,
    /// Everything in the member's inboxes.
    Inbox,
    All,
}

impl Scope {
    const ALL: [Self; 5] = [Self::None, Self::Own, Self::Team, Self::Inbox, Self::All];

    fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Own => "own",
            Self::Team => "team",
            Self::Inbox => "inbox",
            Self::All => "all",
        }
    }
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
    /// Taking whole conversations away from everybody, and putting them back.
    pub const CONVERSATION_DELETE: Self = Self("conversation:delete");
    /// Taking what is known of a conversation or a contact out of the desk, as a table or a file.
    pub const CONVERSATION_EXPORT: Self = Self("conversation:export");
    /// Exchanging nothing with a contact any more, and with all his conversations.
    pub const CONTACT_BLOCK: Self = Self("contact:block");
    pub const CONTACT_UNBLOCK: Self = Self("contact:unblock");
    /// Writing what is known of a contact, and which conversations are his.
    pub const CONTACT_EDIT: Self = Self("contact:edit");
    /// Every contact of the workspace, also without seeing a conversation of his.
    pub const CONTACT_VIEW: Self = Self("contact:view");
    /// The records of whoever is seen.
    pub const RECORD_VIEW: Self = Self("record:view");
    /// Making records, changing them, and saying to which conversations they belong.
    pub const RECORD_EDIT: Self = Self("record:edit");
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

    pub const ALL: [Self; 21] = [
        Self::CONVERSATION_VIEW,
        Self::CONVERSATION_REPLY,
        Self::CONVERSATION_ASSIGN,
        Self::CONVERSATION_CLOSE,
        Self::CONVERSATION_NOTE,
        Self::CONVERSATION_REDACT,
        Self::CONVERSATION_DELETE,
        Self::CONVERSATION_EXPORT,
        Self::CONTACT_BLOCK,
        Self::CONTACT_UNBLOCK,
        Self::CONTACT_EDIT,
        Self::CONTACT_VIEW,
        Self::RECORD_VIEW,
        Self::RECORD_EDIT,
        Self::QUICK_REPLY_MANAGE_SHARED,
        Self::TAG_MANAGE,
        Self::VIEW_MANAGE_SHARED,
        Self::INBOX_MANAGE,
        Self::MEMBER_MANAGE,
        Self::WORKSPACE_MANAGE,
        Self::AUDIT_VIEW,
    ];

    /// Whether it is about single conversations: nobody does to one what he does not see.
    pub fn is_about_conversations(self) -> bool {
        let area = self.0.split(':').next().unwrap_or_default();
        ![Self::CONTACT_VIEW, Self::RECORD_VIEW].contains(&self)
            && ["conversation", "contact", "record"].contains(&area)
    }

    /// Whether a program can hold it in a member's name. Who may do what is decided by people who are signed in.
    pub fn is_for_tokens(self) -> bool {
        self != Self::MEMBER_MANAGE
    }

    /// Whether it lets somebody look, and change nothing.
    fn only_looks(self) -> bool {
        [Self::CONVERSATION_VIEW, Self::CONVERSATION_EXPORT, Self::CONTACT_VIEW, Self::RECORD_VIEW, Self::AUDIT_VIEW]
            .contains(&self)
    }

    /// The one of this name, `area:action`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.0 == name)
    }

    /// How far a role can hold it, besides not at all.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            one if one.is_about_conversations() => &[Scope::Own, Scope::Team, Scope::Inbox, Scope::All],
            Self::QUICK_REPLY_MANAGE_SHARED => &[Scope::Inbox, Scope::All],
            _ => &[Scope::All],
        }
    }

    fn place(self) -> Option<usize> {
        Self::ALL.iter().position(|one| *one == self)
    }
}

/// How far each right is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights([Scope; Right::ALL.len()]);

impl Rights {
    const NONE: Self = Self([Scope::None; Right::ALL.len()]);

    /// How far a right is held.
    pub fn scope(self, right: Right) -> Scope {
        right.place().map_or(Scope::None, |place| self.0[place])
    }

    /// Whether whoever holds these may hand out `other`: nobody grants what he lacks.
    pub fn covers(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(mine, his)| *mine >= his)
    }

    /// These as far as they are among `those`.
    pub fn only(self, those: &[Right]) -> Self {
        let mut rights = Self::NONE;
        for right in those {
            rights.hold(*right, self.scope(*right));
        }
        rights
    }

    /// Whether none of them changes anything.
    pub fn only_look(self) -> bool {
        Right::ALL.iter().zip(self.0).all(|(right, scope)| scope == Scope::None || right.only_looks())
    }

    /// Whether one of them reaches as far as the teams of whoever holds it.
    pub fn reach_teams(self) -> bool {
        self.0.contains(&Scope::Team)
    }

    /// As the interface gets them and rows keep them: `area:action:scope`, what is not held left out.
    pub fn names(self) -> Vec<String> {
        let held = Right::ALL.iter().zip(self.0).filter(|(_, scope)| *scope > Scope::None);
        held.map(|(right, scope)| format!("{}:{}", right.0, scope.as_str())).collect()
    }

    /// From `area:action:scope`; the first that is none, or that no role can hold, is the error.
    pub fn parse(names: &[String]) -> Result<Self, &str> {
        let mut rights = Self::NONE;
        for name in names {
            let (right, scope) = known(name).ok_or(name.as_str())?;
            if !right.scopes().contains(&scope) {
                return Err(name);
            }
            rights.hold(right, scope);
        }
        Ok(rights)
    }

    /// Of a row: the shipped role that it names, or the rights of its own as [`Self::names`] in JSON. What this
    /// version does not know is not held.
    pub fn stored(role: Role, own: Option<&str>) -> Self {
        if let Some(shipped) = role.table() {
            return Self::of(shipped);
        }
        let names: Vec<String> = own.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let mut rights = Self::NONE;
        for (right, scope) in names.iter().filter_map(|name| known(name)) {
            rights.hold(right, scope);
        }
        rights
    }

    fn of(table: Table) -> Self {
        let mut rights = Self::NONE;
        for (right, scope) in table {
            rights.hold(*right, *scope);
        }
        rights
    }

    fn hold(&mut self, right: Right, scope: Scope) {
        if let Some(place) = right.place() {
            self.0[place] = scope;
        }
    }
}

/// A right and its scope, from `area:action:scope`.
fn known(name: &str) -> Option<(Right, Scope)> {
    let (right, scope) = name.rsplit_once(':')?;
    Some((Right::parse(right)?, Scope::ALL.into_iter().find(|one| one.as_str() == scope)?))
}

/// What a member is: one of the shipped roles, or one that his workspace made. As text it is the shipped one's name or
/// the other's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Administrator,
    ChatAdministrator,
    Supervisor,
    Agent,
    Reader,
    Free(RoleId),
}

type Table = &'static [(Right, Scope)];

const ADMINISTRATOR: Table = &[
    (Right::CONVERSATION_VIEW, Scope::All),
    (Right::CONVERSATION_REPLY, Scope::All),
    (Right::CONVERSATION_ASSIGN, Scope::All),
    (Right::CONVERSATION_CLOSE, Scope::All),
    (Right::CONVERSATION_NOTE, Scope::All),
    (Right::CONVERSATION_REDACT, Scope::All),
    (Right::CONVERSATION_DELETE, Scope::All),
    (Right::CONVERSATION_EXPORT, Scope::All),
    (Right::CONTACT_BLOCK, Scope::All),
    (Right::CONTACT_UNBLOCK, Scope::All),
    (Right::CONTACT_EDIT, Scope::All),
    (Right::CONTACT_VIEW, Scope::All),
    (Right::RECORD_VIEW, Scope::All),
    (Right::RECORD_EDIT, Scope::All),
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
    (Right::CONVERSATION_EXPORT, Scope::All),
    (Right::CONTACT_BLOCK, Scope::All),
    (Right::CONTACT_UNBLOCK, Scope::All),
    (Right::CONTACT_EDIT, Scope::All),
    (Right::CONTACT_VIEW, Scope::All),
    (Right::RECORD_VIEW, Scope::All),
    (Right::RECORD_EDIT, Scope::All),
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
    (Right::CONVERSATION_EXPORT, Scope::Inbox),
    (Right::CONTACT_BLOCK, Scope::Inbox),
    (Right::CONTACT_UNBLOCK, Scope::Inbox),
    (Right::CONTACT_EDIT, Scope::Inbox),
    (Right::RECORD_VIEW, Scope::All),
    (Right::RECORD_EDIT, Scope::Inbox),
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
    (Right::CONVERSATION_EXPORT, Scope::Own),
    (Right::CONTACT_BLOCK, Scope::Own),
    (Right::CONTACT_EDIT, Scope::Own),
    (Right::RECORD_VIEW, Scope::All),
    (Right::RECORD_EDIT, Scope::Own),
];
const READER: Table = &[(Right::CONVERSATION_VIEW, Scope::Inbox), (Right::RECORD_VIEW, Scope::All)];

impl Role {
    pub const SHIPPED: [Self; 5] =
        [Self::Administrator, Self::ChatAdministrator, Self::Supervisor, Self::Agent, Self::Reader];

    pub fn parse(text: &str) -> Option<Self> {
        let free = || text.parse().map(Self::Free).ok();
        Self::SHIPPED.into_iter().find(|role| role.name() == Some(text)).or_else(free)
    }

    /// What a shipped role may do.
    pub fn rights(self) -> Option<Rights> {
        self.table().map(Rights::of)
    }

    /// Of a shipped one.
    fn name(self) -> Option<&'static str> {
        match self {
            Self::Administrator => Some("administrator"),
            Self::ChatAdministrator => Some("chat_administrator"),
            Self::Supervisor => Some("supervisor"),
            Self::Agent => Some("agent"),
            Self::Reader => Some("reader"),
            Self::Free(_) => None,
        }
    }

    fn table(self) -> Option<Table> {
        match self {
            Self::Administrator => Some(ADMINISTRATOR),
            Self::ChatAdministrator => Some(CHAT_ADMINISTRATOR),
            Self::Supervisor => Some(SUPERVISOR),
            Self::Agent => Some(AGENT),
            Self::Reader => Some(READER),
            Self::Free(_) => None,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Free(id) => write!(f, "{id}"),
            shipped => f.write_str(shipped.name().unwrap_or_default()),
        }
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a role was expected"))
    }
}

impl From<Role> for db::Value {
    fn from(role: Role) -> Self {
        role.to_string().into()
    }
}

impl db::FromValue for Role {
    fn from_value(value: db::Value) -> Result<Self, &'static str> {
        Self::parse(&String::from_value(value)?).ok_or("a role was expected")
    }
}

impl PartialSchema for Role {
    fn schema() -> RefOr<Schema> {
        let names = Self::SHIPPED.into_iter().filter_map(Self::name);
        let shipped = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names));
        OneOfBuilder::new()
            .description(Some("A shipped one, or one of the workspace's own."))
            .item(shipped)
            .item(RoleId::schema())
            .into()
    }
}

impl ToSchema for Role {}

#[cfg(test)]
mod tests {
    use super::*;
    use ids::Uuid;

    fn of(role: Role) -> Rights {
        role.rights().expect("a shipped role")
    }

    #[test]
    fn roles_cover_what_they_hold_and_nothing_more() {
        for role in Role::SHIPPED {
            assert!(of(Role::Administrator).covers(of(role)) && of(role).covers(of(role)));
            assert!(Right::ALL.iter().all(|right| {
                let scope = of(role).scope(*right);
                scope == Scope::None || right.scopes().contains(&scope)
            }));
        }
        assert!(!of(Role::Supervisor).covers(of(Role::Administrator)));
        assert!(!of(Role::Agent).covers(of(Role::Reader)), "an agent sees less of an inbox than a reader");
    }

    #[test]
    fn a_part_of_rights_is_never_more_and_looking_is_no_change() {
        let supervisor = of(Role::Supervisor);
        let part = supervisor.only(&[Right::CONVERSATION_VIEW, Right::WORKSPACE_MANAGE]);
        assert_eq!(part.names(), ["conversation:view:inbox"]);
        assert!(part.only_look() && !supervisor.only_look() && of(Role::Reader).only_look());
        assert!(supervisor.covers(supervisor.only(&Right::ALL)) && supervisor.only(&Right::ALL) == supervisor);
    }

    /// C29
    #[test]
    fn rights_are_read_as_they_are_written_and_nothing_else_is_one() {
        for role in Role::SHIPPED {
            assert_eq!(Rights::parse(&of(role).names()), Ok(of(role)));
            assert_eq!(Role::parse(&role.to_string()), Some(role));
        }
        for wrong in ["conversation:view", "conversation:view:some", "view:own", "tag:manage:inbox", "tag:manage:none"]
        {
            assert_eq!(Rights::parse(&[wrong.to_owned()]), Err(wrong));
        }
        let free = Role::Free(RoleId(Uuid::from_u128(7)));
        assert_eq!(Role::parse(&free.to_string()), Some(free));
        let kept = r#"["conversation:view:team","what:later:all"]"#;
        assert_eq!(Rights::stored(free, Some(kept)).names(), ["conversation:view:team"]);
        assert_eq!(Rights::stored(free, None).names(), Vec::<String>::new());
        assert_eq!(Rights::stored(Role::Reader, Some(kept)), of(Role::Reader));
    }
}
