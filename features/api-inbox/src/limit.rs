//! How often another system may do things in one inbox, by default.

use base::ThrottleKind;

pub const REQUESTS_PER_INBOX: ThrottleKind = ThrottleKind { name: "api_requests_per_inbox", limit: 1_200, minutes: 1 };
pub const UPLOADS_PER_INBOX: ThrottleKind = ThrottleKind { name: "api_uploads_per_inbox", limit: 240, minutes: 1 };
