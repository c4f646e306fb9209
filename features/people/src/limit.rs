//! How often somebody may try to get in.

use base::ThrottleKind;
use std::net::IpAddr;

/// Known and unknown addresses count alike, or the refusal would tell which is which.
pub const SIGN_INS_PER_ACCOUNT: ThrottleKind = ThrottleKind { name: "sign_ins_per_account", limit: 10, minutes: 15 };
/// A whole office may sign in from one address in the morning.
pub const SIGN_INS_PER_ADDRESS: ThrottleKind = ThrottleKind { name: "sign_ins_per_address", limit: 100, minutes: 15 };
pub const INVITATIONS_PER_ADDRESS: ThrottleKind =
    ThrottleKind { name: "invitations_per_address", limit: 60, minutes: 15 };

/// What one customer of a network provider holds: an IPv4 address, or 64 bits of an IPv6 one.
pub fn prefix(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_counts_as_one() {
        assert_eq!(prefix("2001:db8:1:2:3:4:5:6"), prefix("2001:db8:1:2:ffff::1"));
        assert_ne!(prefix("2001:db8:1:2::1"), prefix("2001:db8:1:3::1"));
        assert_eq!(prefix("::ffff:192.0.2.1"), prefix("192.0.2.1"));
    }
}
