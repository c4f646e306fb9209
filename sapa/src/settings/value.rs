//! The values of settings as types: what is not allowed cannot be held. The error of each is the rest of the
//! sentence "KEY …".

use ipnet::IpNet;
use serde::Deserialize;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};
use tracing_subscriber::EnvFilter;

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Listen(pub SocketAddr);

impl TryFrom<String> for Listen {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| "is no address with a port: write for example 127.0.0.1:8787")
    }
}

/// Without a slash at the end; `None` when it is not set.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicUrl(pub Option<String>);

impl TryFrom<String> for PublicUrl {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let text = text.trim_end_matches('/').to_lowercase();
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        match host {
            Some(host) if is_host(host) => Ok(Self(Some(without_usual_port(&text)))),
            _ => Err("is no public address: write for example https://desk.example.com, without a path"),
        }
    }
}

fn is_host(host: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    !host.is_empty() && host.bytes().all(allowed) && format!("http://{host}/").parse::<axum::http::Uri>().is_ok()
}

/// As browsers write an origin: the scheme's own port is left out.
fn without_usual_port(url: &str) -> String {
    let usual = if url.starts_with("https://") { ":443" } else { ":80" };
    url.strip_suffix(usual).unwrap_or(url).to_owned()
}

/// Addresses, or networks such as 10.0.0.0/8.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Proxies(pub Vec<IpNet>);

impl TryFrom<Vec<String>> for Proxies {
    type Error = &'static str;

    fn try_from(texts: Vec<String>) -> Result<Self, Self::Error> {
        let network = |text: &String| text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        let networks: Option<Vec<IpNet>> = texts.iter().map(network).collect();
        networks.map(Self).ok_or("is no list of addresses: write for example [\"127.0.0.1\", \"10.0.0.0/8\"]")
    }
}

/// `None` for the embedded database in the data folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct DatabaseUrl(pub Option<String>);

impl TryFrom<String> for DatabaseUrl {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        match text.as_str() {
            "" => Ok(Self(None)),
            "sqlite:" => Err("names no file: write for example sqlite:/var/lib/sapa/sapa.db"),
            url if known.iter().any(|scheme| url.starts_with(scheme)) => Ok(Self(Some(text))),
            _ => Err("is no database: write sqlite:PATH, or postgres://USER:PASSWORD@HOST/DATABASE"),
        }
    }
}

/// `None` for `files/` in the data folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct BlobsUrl(pub Option<PathBuf>);

impl TryFrom<String> for BlobsUrl {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.strip_prefix("file:") {
            _ if text.is_empty() => Ok(Self(None)),
            Some(path) if !path.is_empty() => Ok(Self(Some(path.into()))),
            _ => Err("is no place for files: write file:PATH, for example file:/var/lib/sapa/files"),
        }
    }
}

/// A filter of the log.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Level(pub String);

impl TryFrom<String> for Level {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // A bare word that is no level would be taken for a module that is never there.
        let levels = ["error", "warn", "info", "debug", "trace", "off"];
        let known = text.split(',').all(|part| part.contains('=') || levels.contains(&part));
        if known && EnvFilter::try_new(&text).is_ok() {
            Ok(Self(text))
        } else {
            Err("is no level of the log: write error, warn, info, debug or trace")
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "i64")]
pub struct Workers(pub usize);

const WORKERS_MAX: i64 = 64;

impl TryFrom<i64> for Workers {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        if (1..=WORKERS_MAX).contains(&number) {
            Ok(Self(number as usize))
        } else {
            Err(format!("is out of range: write a number from 1 to {WORKERS_MAX}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_an_origin_as_browsers_write_it() {
        let parse = |text: &str| PublicUrl::try_from(text.to_owned()).map(|url| url.0);
        assert_eq!(parse(""), Ok(None));
        assert_eq!(parse("https://Desk.example.com:443/"), Ok(Some("https://desk.example.com".into())));
        assert_eq!(parse("http://[::1]:8787"), Ok(Some("http://[::1]:8787".into())));
        for wrong in ["desk.example.com", "https://", "https://a/b", "ftp://a", "https://u:p@a", "https://a b"] {
            assert!(parse(wrong).is_err(), "{wrong} must be refused");
        }
    }

    #[test]
    fn a_misspelt_level_is_no_module() {
        for (text, right) in [("info", true), ("info,sapa_base=debug", true), ("inof", false), ("info,=", false)] {
            assert_eq!(Level::try_from(text.to_owned()).is_ok(), right, "{text}");
        }
    }
}
