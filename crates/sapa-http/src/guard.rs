//! Which addresses are public. Everything else may be a router, a database or the metadata of a cloud, which trusts
//! whoever reaches it (server-side request forgery).
//!
//! Source: the special-purpose address registries of IANA (RFC 6890 and its updates).

use ipnet::IpNet;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::LazyLock,
};

const NOT_PUBLIC_V4: &[&str] = &[
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
];
/// Within 2000::/3, outside of which nothing is public. 2002::/16 and 2001::/32 carry IPv4 addresses inside.
const NOT_PUBLIC_V6: &[&str] = &["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];
const PUBLIC_V6: &str = "2000::/3";
/// IPv4 through a translator (RFC 6052): as public as the address inside.
const TRANSLATED: &str = "64:ff9b::/96";

static CLOSED: LazyLock<Vec<IpNet>> = LazyLock::new(|| NOT_PUBLIC_V4.iter().chain(NOT_PUBLIC_V6).map(net).collect());
static OPEN_V6: LazyLock<IpNet> = LazyLock::new(|| net(&PUBLIC_V6));
static INSIDE: LazyLock<IpNet> = LazyLock::new(|| net(&TRANSLATED));

#[expect(clippy::unwrap_used, reason = "constants above, which a test reads")]
fn net(text: &&str) -> IpNet {
    text.parse().unwrap()
}

/// Whether anybody on the internet may be meant by it.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) if INSIDE.contains(&IpAddr::V6(address)) => is_public_v4(inner(address)),
        address => OPEN_V6.contains(&address) && !CLOSED.iter().any(|network| network.contains(&address)),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !CLOSED.iter().any(|network| network.contains(&IpAddr::V4(address)))
}

fn inner(address: Ipv6Addr) -> Ipv4Addr {
    let [.., a, b, c, d] = address.octets();
    Ipv4Addr::new(a, b, c, d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        let public = |text: &str| is_public(text.parse().expect("an address"));
        for text in ["8.8.8.8", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"] {
            assert!(public(text), "{text}");
        }
        for text in [
            "0.0.0.0",
            "127.0.0.1",
            "127.255.255.254",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "255.255.255.255",
            "224.0.0.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:a9fe:a9fe",
            "::127.0.0.1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::7f00:1",
            "2001::1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(!public(text), "{text}");
        }
    }
}
