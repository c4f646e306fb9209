//! How often visitors may do things, in a minute. Behind a proxy all share its address: raise the first then.

use base::ThrottleKind;

pub const VISITORS_PER_ADDRESS: ThrottleKind = ThrottleKind { name: "visitors_per_address", per_minute: 120 };
pub const MESSAGES_PER_VISITOR: ThrottleKind = ThrottleKind { name: "messages_per_visitor", per_minute: 120 };
pub const UPLOADS_PER_VISITOR: ThrottleKind = ThrottleKind { name: "uploads_per_visitor", per_minute: 30 };
