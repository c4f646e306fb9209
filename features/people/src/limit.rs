//! How often somebody may try to get in.

use base::ThrottleKind;

/// Who guesses a password from one network is stopped soon, and does not keep the member himself out elsewhere.
/// Known and unknown accounts count alike, or the refusal would tell which is which.
pub const SIGN_INS_PER_ACCOUNT_AND_ADDRESS: ThrottleKind =
    ThrottleKind { name: "sign_ins_per_account_and_address", limit: 10, minutes: 15 };
/// Guessing from many networks at once.
pub const SIGN_INS_PER_ACCOUNT: ThrottleKind = ThrottleKind { name: "sign_ins_per_account", limit: 100, minutes: 15 };
/// A whole office may sign in from one address in the morning.
pub const SIGN_INS_PER_ADDRESS: ThrottleKind = ThrottleKind { name: "sign_ins_per_address", limit: 100, minutes: 15 };
pub const INVITATIONS_PER_ADDRESS: ThrottleKind =
    ThrottleKind { name: "invitations_per_address", limit: 60, minutes: 15 };
pub const PASSWORD_LINKS_PER_ADDRESS: ThrottleKind =
    ThrottleKind { name: "password_links_per_address", limit: 60, minutes: 15 };
