//! Backup and restore: what comes back is what was there, and a damaged copy is refused.

use crate::program::{Server, path, run, text};
use rusqlite::{Connection, OpenFlags, types::Value};
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// A demo that was copied while it ran, and stopped after.
struct Copied {
    folder: tempfile::TempDir,
    data: PathBuf,
    backup: PathBuf,
}

fn copied() -> Copied {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, backup) = (folder.path().join("data"), folder.path().join("backup"));
    let server = Server::start("demo", &data, &[]);
    // Previews are made and words indexed after the start; what comes after the copy would be a difference.
    let database = data.join("sapa.db");
    let give_up = Instant::now() + Duration::from_secs(30);
    let under_way = "SELECT (SELECT count(*) FROM files WHERE preview = 'pending') + (SELECT count(*) \
                     FROM conversations c LEFT JOIN search_conversations s ON s.conversation_id = c.id \
                     WHERE s.position IS NULL OR s.position < c.last_position)";
    while count(&database, under_way) > 0 {
        assert!(Instant::now() < give_up, "previews or the index are not made");
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = run(&["backup", path(&backup), "--data", path(&data)]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    server.stop();
    Copied { folder, data, backup }
}

fn open(database: &Path) -> Connection {
    Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database")
}

fn count(database: &Path, query: &str) -> i64 {
    open(database).query_row(query, [], |row| row.get(0)).expect("a number")
}

/// Every row of every table but the counters of positions, as text in a fixed order.
fn contents(database: &Path) -> Vec<String> {
    let connection = open(database);
    let mut names = connection
        .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                  AND name <> 'event_positions' ORDER BY name",
        )
        .expect("tables");
    let names: Vec<String> =
        names.query_map([], |row| row.get(0)).expect("names").collect::<Result<_, _>>().expect("names");
    let mut all = Vec::new();
    for name in names {
        let mut rows = connection.prepare(&format!("SELECT * FROM {name}")).expect("a table");
        let columns = rows.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            (0..columns).map(|column| row.get::<_, Value>(column)).collect::<Result<Vec<_>, _>>()
        };
        let mut found: Vec<String> =
            rows.query_map([], row).expect("rows").map(|row| format!("{name} {:?}", row.expect("a row"))).collect();
        found.sort_unstable();
        all.extend(found);
    }
    all
}

fn restore(backup: &Path, data: &Path) -> std::process::Output {
    run(&["restore", path(backup), "--data", path(data)])
}

#[test]
fn what_comes_back_is_what_was_there() {
    let Copied { folder, data, backup } = copied();
    let back = folder.path().join("back");
    let output = restore(&backup, &back);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let (was, is) = (contents(&data.join("sapa.db")), contents(&back.join("sapa.db")));
    assert!(was.len() > 300, "the demo holds only {} rows", was.len());
    assert!(was == is, "the database is another one");
    let newest = "SELECT position FROM event_positions";
    let gap = count(&back.join("sapa.db"), newest) - count(&data.join("sapa.db"), newest);
    assert_eq!(gap, 1_000_000_000, "positions that clients hold from after the backup are never given again");
    let doctor = run(&["doctor", "--data", path(&back)]);
    assert!(doctor.status.success(), "{}", text(&doctor.stdout));
    // Every file that the database names is there, whole.
    let connection = open(&back.join("sapa.db"));
    let mut blobs = connection
        .prepare("SELECT blob FROM files UNION SELECT preview_blob FROM files WHERE preview_blob IS NOT NULL")
        .expect("files");
    let blobs: Vec<String> =
        blobs.query_map([], |row| row.get(0)).expect("names").map(|row| row.expect("a name")).collect();
    assert!(blobs.len() >= 3);
    for blob in blobs {
        let place = |data: &Path| data.join("files").join(&blob[..2]).join(&blob);
        assert_eq!(fs::read(place(&back)).expect("a file"), fs::read(place(&data)).expect("a file"));
    }
}

#[test]
fn a_damaged_or_foreign_backup_is_refused_and_nothing_is_written() {
    let Copied { folder, backup, .. } = copied();
    let flip = |file: &Path, at: usize| {
        let mut bytes = fs::read(file).expect("a file");
        let at = at.min(bytes.len() - 1);
        bytes[at] ^= 1;
        fs::write(file, bytes).expect("the damage");
    };
    let sums = |backup: &Path| fs::read_to_string(backup.join("SHA256SUMS")).expect("the list");
    let some_file = |backup: &Path| {
        let line = sums(backup).lines().find(|line| line.contains("  files/")).expect("a file").to_owned();
        backup.join(line.split_once("  ").expect("a path").1)
    };
    type Damage<'a> = (&'a str, Box<dyn Fn(&Path) + 'a>);
    let damages: Vec<Damage<'_>> = vec![
        ("a bit of the database", Box::new(|backup| flip(&backup.join("sapa.db"), 40_000))),
        ("the database's last byte", Box::new(|backup| flip(&backup.join("sapa.db"), usize::MAX))),
        ("a bit of a file", Box::new(|backup| flip(&some_file(backup), 100))),
        ("a missing file", Box::new(|backup| fs::remove_file(some_file(backup)).expect("the damage"))),
        ("a missing database", Box::new(|backup| fs::remove_file(backup.join("sapa.db")).expect("the damage"))),
        ("a stray file", Box::new(|backup| fs::write(backup.join("files/stray"), "x").expect("the damage"))),
        ("what it says of itself", Box::new(|backup| flip(&backup.join("backup.json"), 20))),
        ("a bit of the list", Box::new(|backup| flip(&backup.join("SHA256SUMS"), 3))),
        ("no list", Box::new(|backup| fs::remove_file(backup.join("SHA256SUMS")).expect("the damage"))),
        (
            "a cut list",
            Box::new(|backup| {
                let list = sums(backup);
                let kept: String = list.lines().skip(1).map(|line| format!("{line}\n")).collect();
                fs::write(backup.join("SHA256SUMS"), kept).expect("the damage");
            }),
        ),
    ];
    for (number, (what, damage)) in damages.iter().enumerate() {
        let (damaged, back) =
            (folder.path().join(format!("damaged{number}")), folder.path().join(format!("back{number}")));
        copy(&backup, &damaged);
        damage(&damaged);
        let output = restore(&damaged, &back);
        assert!(!output.status.success(), "{what} was not noticed");
        assert!(!back.join("sapa.db").exists() && !back.join("files").exists(), "{what}: something was written");
    }
}

#[test]
fn what_is_missing_or_damaged_is_named_and_keeps_nothing_else_from_being_copied() {
    let Copied { folder, data, .. } = copied();
    let connection = open(&data.join("sapa.db"));
    let mut blobs = connection.prepare("SELECT DISTINCT blob FROM files ORDER BY blob").expect("files");
    let blobs: Vec<String> =
        blobs.query_map([], |row| row.get(0)).expect("names").map(|row| row.expect("a name")).collect();
    let place = |blob: &str| data.join("files").join(&blob[..2]).join(blob);
    fs::remove_file(place(&blobs[0])).expect("a file less");
    fs::write(place(&blobs[1]), "other bytes").expect("the damage");
    let doctor = run(&["doctor", "--data", path(&data)]);
    assert!(!doctor.status.success() && text(&doctor.stdout).contains(&blobs[0]), "{}", text(&doctor.stdout));

    let (second, back) = (folder.path().join("second"), folder.path().join("second-back"));
    let output = run(&["backup", path(&second), "--data", path(&data)]);
    let told = text(&output.stdout) + &text(&output.stderr);
    assert!(!output.status.success() && told.contains(&blobs[0]) && told.contains(&blobs[1]), "{told}");
    assert!(restore(&second, &back).status.success(), "the rest is a whole backup");
    assert_eq!(contents(&back.join("sapa.db")), contents(&data.join("sapa.db")));
}

#[test]
fn only_the_owner_reads_what_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let Copied { folder: _kept, data, backup } = copied();
    for place in [&data, &data.join("sapa.db"), &data.join("files"), &backup, &backup.join("sapa.db")] {
        let mode = fs::metadata(place).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} has mode {mode:o}", place.display());
    }
}

#[test]
fn neither_overwrites() {
    let Copied { folder, data, backup } = copied();
    assert!(!run(&["backup", path(&backup), "--data", path(&data)]).status.success());
    let before = contents(&data.join("sapa.db"));
    assert!(!restore(&backup, &data).status.success());
    assert!(before == contents(&data.join("sapa.db")));
    let empty = folder.path().join("empty");
    assert!(!run(&["backup", path(&folder.path().join("b2")), "--data", path(&empty)]).status.success());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
