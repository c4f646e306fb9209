//! The way back of who forgot his password, at the terminal, while the server runs.

use crate::program::{Server, path, run, sapa, text};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    process::Stdio,
};

/// The whole answer to a page's request.
fn post(port: u16, address: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server");
    let head =
        format!("POST {address} HTTP/1.1\r\nhost: localhost\r\norigin: http://localhost\r\nconnection: close\r\n");
    let length = body.len();
    write!(stream, "{head}content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    text(&answer)
}

#[test]
fn a_link_is_made_beside_a_running_server_and_opens_the_account_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let asks = |email: &str| run(&["reset-password", "--data", path(&data), email]);
    let before = asks("ayu@example.com");
    assert!(!before.status.success() && text(&before.stderr).contains("there is no database"), "{before:?}");
    let who = ["--workspace", "Senja", "--name", "Ayu", "--email", "ayu@example.com"];
    let mut setup = sapa(&["setup", "--data", path(&data)]).args(who).stdin(Stdio::piped()).spawn().expect("to start");
    setup.stdin.take().expect("its input").write_all(b"a long password\n").expect("a password");
    assert!(setup.wait().expect("its end").success());

    let server = Server::start("serve", &data, &[]);
    let unknown = asks("nobody@example.com");
    assert!(!unknown.status.success() && unknown.stdout.is_empty());
    assert!(text(&unknown.stderr).contains("nobody who may sign in"), "{unknown:?}");
    let made = asks("AYU@example.com");
    assert!(made.status.success(), "{made:?}");
    let link = text(&made.stdout);
    let token = link.trim_end().strip_prefix("http://localhost:8787/password#").expect("one link");
    assert!(!text(&made.stderr).contains(token), "it stands where it was asked for only");
    let body = format!(r#"{{"token":"{token}","password":"another password"}}"#);
    let answer = post(server.port, "/api/v1/password-links/use", &body);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("ayu@example.com"), "{answer}");
    let again = post(server.port, "/api/v1/password-links/use", &body);
    assert!(again.starts_with("HTTP/1.1 404"), "{again}");
}
