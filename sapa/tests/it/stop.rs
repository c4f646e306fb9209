//! The end of a server.

use crate::program::{Server, path, run, text};
use std::{net::TcpStream, time::Duration};

#[test]
fn a_server_that_is_told_to_stop_does_so_soon_and_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start("serve", &folder.path().join("data"), &[]);
    // A connection that says nothing must not hold it up.
    let _idle = TcpStream::connect(("127.0.0.1", server.port)).expect("a connection");
    let (code, took) = server.stop();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(25), "it took {took:?}");
    let log = std::fs::metadata(folder.path().join("data/sapa.db-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0, "the next start finds a log to go through");
}

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let _server = Server::start("serve", &data, &[]);
    let (other, same) = (folder.path().join("other"), format!("sqlite:{}", data.join("sapa.db").display()));
    for storage in [vec!["--data", path(&data)], vec!["--data", path(&other), "--database", &same]] {
        let second = run(&[&["serve", "--listen", "127.0.0.1:0"], &storage[..]].concat());
        assert!(!second.status.success());
        assert!(text(&second.stderr).contains("in use by another sapa"), "{storage:?}");
    }
}

#[test]
fn the_set_up_link_is_shown_until_there_is_a_workspace() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let server = Server::start("serve", &data, &[]);
    assert!(server.output().contains("/setup#"), "{}", server.output());
    server.stop();
    let mut setup = crate::program::sapa(&["setup", "--data", crate::program::path(&data)]);
    setup.args(["--workspace", "Kopi Senja", "--name", "Ayu", "--email", "ayu@example.com"]);
    let mut setup = setup.stdin(std::process::Stdio::piped()).spawn().expect("the set-up");
    let mut input = setup.stdin.take().expect("its input");
    std::io::Write::write_all(&mut input, b"a long password\n").expect("the password");
    drop(input);
    assert!(setup.wait().expect("its end").success());
    let server = Server::start("serve", &data, &[]);
    assert!(!server.output().contains("/setup#"), "{}", server.output());
    assert!(server.get("/api/v1/setup").expect("an answer").ends_with(r#"{"needed":false}"#));
}
