//! How often visitors may do things, by default. Behind a proxy all share its address: raise the first then.

use base::ThrottleKind;

pub const VISITORS_PER_ADDRESS: ThrottleKind = ThrottleKind { name: "visitors_per_address", limit: 120, minutes: 1 };
/// Each page of a site may say once who its visitor is, or that he is nobody any more.
pub const IDENTITIES_PER_ADDRESS: ThrottleKind =
    ThrottleKind { name: "identities_per_address", limit: 600, minutes: 1 };
pub const MESSAGES_PER_VISITOR: ThrottleKind = ThrottleKind { name: "messages_per_visitor", limit: 120, minutes: 1 };
pub const PAGES_PER_VISITOR: ThrottleKind = ThrottleKind { name: "pages_per_visitor", limit: 60, minutes: 1 };
/// That somebody is on the site, four times a minute for each page that is looked at.
pub const SIGNS_PER_ADDRESS: ThrottleKind = ThrottleKind { name: "signs_per_address", limit: 1_200, minutes: 1 };
/// New visitors cost nothing, so the network is counted too.
pub const UPLOADS_PER_ADDRESS: ThrottleKind = ThrottleKind { name: "uploads_per_address", limit: 120, minutes: 1 };
pub const UPLOADS_PER_VISITOR: ThrottleKind = ThrottleKind { name: "uploads_per_visitor", limit: 30, minutes: 1 };
/// Of files that come in parts: more than the largest of [`UPLOADS_PER_VISITOR`] have.
pub const UPLOAD_PARTS_PER_VISITOR: ThrottleKind =
    ThrottleKind { name: "upload_parts_per_visitor", limit: 600, minutes: 1 };
