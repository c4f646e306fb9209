//! The machine under the program: folders, disk, clock, addresses.

use super::Finding;
use crate::settings::Settings;
use base::Clock;
use std::{fs, net::IpAddr, path::Path};

/// Below it, a busy day could fill the disk.
const DISK_LEFT: u64 = 1024 * 1024 * 1024;
const GIB: f64 = (1024 * 1024 * 1024) as f64;
/// 1 November 2026: this program did not exist before.
const OLDEST_NOW_MS: i64 = 1_793_491_200_000;

pub fn look(settings: &Settings) -> Vec<Finding> {
    let storage = &settings.storage;
    vec![
        writable("data folder", &storage.data),
        writable("file store", &storage.blobs()),
        disk(&storage.data),
        clock(),
        public_address(settings),
    ]
}

fn writable(what: &str, folder: &Path) -> Finding {
    let shown = folder.display();
    if !folder.exists() {
        return Finding::Note(format!("The {what} {shown} does not exist yet; the first start makes it."));
    }
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let tried = fs::write(&probe, b"probe").and_then(|()| fs::remove_file(&probe));
    match tried {
        Ok(()) => Finding::Fine(format!("The {what} {shown} can be written.")),
        Err(error) => Finding::Problem(format!(
            "The {what} {shown} cannot be written ({error}): give the user of this program the right to."
        )),
    }
}

fn disk(folder: &Path) -> Finding {
    let existing = folder.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    match rustix::fs::statvfs(existing) {
        Ok(disk) => {
            let free = disk.f_bavail * disk.f_frsize;
            let sentence = format!("The disk has {:.1} GiB left", free as f64 / GIB);
            if free < DISK_LEFT {
                Finding::Problem(format!("{sentence}: make room, messages cannot be stored on a full disk."))
            } else {
                Finding::Fine(sentence + ".")
            }
        }
        Err(error) => Finding::Note(format!("The disk does not tell how much room is left ({error}).")),
    }
}

fn clock() -> Finding {
    let now = Clock::System.now();
    if now < OLDEST_NOW_MS {
        return Finding::Problem("The clock of this machine is years behind: set it, for example with NTP.".into());
    }
    Finding::Fine("The clock is plausible.".into())
}

fn public_address(settings: &Settings) -> Finding {
    let listen = settings.server.listen.0;
    match &settings.server.public_url.0 {
        Some(url) if url.starts_with("https://") => Finding::Fine(format!("The public address is {url}.")),
        Some(url) if is_this_machine(url) => Finding::Fine(format!("The public address is {url}.")),
        Some(url) => Finding::Problem(format!(
            "The public address {url} is not HTTPS: browsers will drop the sign-in; put a proxy with HTTPS before it."
        )),
        None if listen.ip().is_loopback() => Finding::Note(
            "No public address is set (server.public_url): fine on this machine; invitations need it elsewhere.".into(),
        ),
        None => Finding::Problem(format!(
            "The server listens on {listen} without a public address: set server.public_url to what browsers open."
        )),
    }
}

fn is_this_machine(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']);
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_may_do_without_https() {
        for (url, here) in [
            ("http://localhost:8787", true),
            ("http://127.0.0.1", true),
            ("http://[::1]:80", true),
            ("http://desk.example.com", false),
            ("http://localhost.example.com", false),
        ] {
            assert_eq!(is_this_machine(url), here, "{url}");
        }
    }
}
