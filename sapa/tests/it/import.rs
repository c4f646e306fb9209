//! Conversations of another system: they stand as if they had happened here.

use crate::program::{path, run, sapa, text};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

const LINES: &str = r#"{"contact_name":"Dewi","email":"dewi@example.com","status":"open","holder_email":null,"messages":[{"from":"contact","text":"Halo","at":1760000000000},{"from":"member","text":"Halo Kak","at":1760000060000},{"from":"contact","text":"Masih ada?","at":1760000120000}]}
{"contact_name":"Sarah","email":"sarah@example.com","status":"open","holder_email":"Ayu@Example.com","messages":[{"from":"contact","text":"Hi","at":1760000000000}]}
{"contact_name":null,"email":null,"status":"closed","holder_email":null,"messages":[{"from":"contact","text":"Bye","at":1760000000000},{"from":"member","text":"Bye","at":1760000060000}]}
"#;

/// A data folder with a workspace whose administrator is ayu@example.com.
fn workspace() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut setup = sapa(&["setup", "--data", path(&data)]);
    setup.args(["--workspace", "Senja", "--name", "Ayu", "--email", "ayu@example.com"]).stdin(Stdio::piped());
    let mut setup = setup.spawn().expect("the set-up");
    setup.stdin.take().expect("its input").write_all(b"a long password\n").expect("the password");
    assert!(setup.wait().expect("its end").success());
    (folder, data)
}

fn import(data: &Path, lines: &str) -> Output {
    let file = data.with_extension("jsonl");
    fs::write(&file, lines).expect("a data set");
    run(&["import", "--data", path(data), "--dataset", path(&file)])
}

fn number(data: &Path, query: &str) -> i64 {
    let database = Connection::open_with_flags(data.join("sapa.db"), OpenFlags::SQLITE_OPEN_READ_ONLY);
    database.expect("the database").query_row(query, [], |row| row.get(0)).expect("a number")
}

#[test]
fn conversations_arrive_with_their_messages_holders_and_counters() {
    let (_folder, data) = workspace();
    let output = import(&data, LINES);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let count = |what: &str| number(&data, &format!("SELECT count(*) FROM {what}"));
    assert_eq!(count("conversations"), 3);
    assert_eq!(count("entries WHERE kind = 'message'"), 6);
    assert_eq!(
        count("conversations WHERE status = 'open' AND holder_member_id IS NULL AND waiting_since = 1760000120000"),
        1
    );
    assert_eq!(count("conversations WHERE status = 'open' AND holder_member_id IS NOT NULL"), 1);
    assert_eq!(count("sessions WHERE closed_at = 1760000060000 AND close_reason = 'solved'"), 1);
    assert_eq!((number(&data, "SELECT queued FROM inboxes"), number(&data, "SELECT open FROM inboxes")), (1, 2));
    // All of it can be searched already.
    assert_eq!(
        count(
            "search_conversations s JOIN conversations c ON c.id = s.conversation_id \
                      AND s.position = c.last_position"
        ),
        3
    );
    // Positions are 1..n, and the row knows the last.
    assert_eq!(
        count(
            "conversations c WHERE last_position <> (SELECT count(*) FROM entries e WHERE e.conversation_id = c.id) \
             OR last_position <> (SELECT max(position) FROM entries e WHERE e.conversation_id = c.id)"
        ),
        0
    );
    let doctor = run(&["doctor", "--data", path(&data)]);
    assert!(doctor.status.success(), "{}", text(&doctor.stdout));
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_its_group_is_not_written() {
    let (_folder, data) = workspace();
    let output = import(&data, &format!("{LINES}{{\"contact_name\":1}}\n"));
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("line 4"), "{}", text(&output.stderr));
    assert_eq!(number(&data, "SELECT count(*) FROM conversations"), 0);
}

#[test]
fn what_cannot_be_made_searchable_is_imported_all_the_same() {
    let (_folder, data) = workspace();
    let database = Connection::open(data.join("sapa.db")).expect("the database");
    database.execute("ALTER TABLE search_conversations RENAME TO put_aside", []).expect("no index");
    drop(database);
    let output = import(&data, LINES);
    let said = text(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("3 conversations were imported") && said.contains("not all of them can be searched"),
        "{said}"
    );
    assert_eq!(number(&data, "SELECT count(*) FROM conversations"), 3);
}

#[test]
fn without_a_workspace_it_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = import(&folder.path().join("data"), LINES);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("sapa setup"));
}
