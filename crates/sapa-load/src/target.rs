//! The server that is measured: its address, and the rule that it must be this machine.
//!
//! Must stay true: nothing is ever sent to another machine unless the caller says that the server is theirs. Absent on
//! purpose: TLS; the program measures the server, not a proxy in front of it.

use std::net::{SocketAddr, ToSocketAddrs};

use anyhow::{Context, Result, bail};

/// Where the server answers.
#[derive(Clone, Debug)]
pub struct Target {
    pub address: SocketAddr,
    /// `host:port`, as the Host header wants it.
    pub host: String,
    /// `http://host:port`, as the Origin header wants it.
    pub origin: String,
}

impl Target {
    /// Reads `http://host:port`.
    pub fn parse(url: &str, own_server: bool) -> Result<Self> {
        let Some(rest) = url.strip_prefix("http://") else {
            bail!("{url} is not a plain http:// address; sapa-load speaks to the server itself, not through TLS");
        };
        let host = rest.trim_end_matches('/');
        if host.is_empty() || host.contains(['/', '@', '?', '#']) {
            bail!("{url} must be of the form http://host:port");
        }
        let with_port = if has_port(host) { host.to_owned() } else { format!("{host}:80") };
        let address = with_port
            .to_socket_addrs()
            .with_context(|| format!("{host} has no address"))?
            .next()
            .with_context(|| format!("{host} has no address"))?;
        if !address.ip().is_loopback() && !own_server {
            bail!("{host} is not this machine; load is sent elsewhere only with --i-own-this-server");
        }
        Ok(Self { address, host: host.to_owned(), origin: format!("http://{host}") })
    }

    pub fn is_this_machine(&self) -> bool {
        self.address.ip().is_loopback()
    }
}

fn has_port(host: &str) -> bool {
    let after_brackets = host.rsplit_once(']').map_or(host, |(_, rest)| rest);
    after_brackets.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_host_and_port() {
        let target = Target::parse("http://127.0.0.1:8080/", false).expect("a loopback address");
        assert_eq!(target.host, "127.0.0.1:8080");
        assert_eq!(target.origin, "http://127.0.0.1:8080");
        assert_eq!(target.address.port(), 8080);
        assert!(Target::parse("http://[::1]:99", false).expect("a loopback address").address.is_ipv6());
    }

    #[test]
    fn another_machine_needs_the_flag() {
        assert!(Target::parse("http://192.0.2.1:80", false).is_err());
        assert!(Target::parse("http://192.0.2.1:80", true).is_ok());
    }

    #[test]
    fn refuses_what_is_not_plain_http() {
        for url in ["https://127.0.0.1", "127.0.0.1:80", "http://", "http://127.0.0.1/path", "http://a@127.0.0.1"] {
            assert!(Target::parse(url, true).is_err(), "{url}");
        }
    }
}
