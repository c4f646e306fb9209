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

#[test]
fn what_a_killed_server_was_at_goes_on_with_the_next_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    drop(Server::start("serve", &data, &[]));
    let open = || rusqlite::Connection::open(data.join("sapa.db")).expect("the database");
    // Leased by the one that was killed; nobody knows its kind, so it is put aside as soon as it is looked at.
    let leased = "INSERT INTO jobs (id, workspace_id, kind, payload, due_at, attempts, lease, lane) \
                  VALUES (randomblob(16), randomblob(16), 'unknown', '{}', (unixepoch() + 50) * 1000, 1, 1, 0)";
    assert_eq!(open().execute(leased, []).expect("a job"), 1);
    let server = Server::start("serve", &data, &[]);
    std::thread::sleep(Duration::from_secs(5));
    server.stop();
    let aside = "SELECT COUNT(*) FROM jobs WHERE parked_at IS NOT NULL";
    assert_eq!(open().query_row(aside, [], |row| row.get::<_, i64>(0)).expect("a number"), 1);
}
