//! The log of events: no gaps, causes before effects, and nothing left out, from however many nodes.

use crate::on_both;
use futures_util::future::join_all;
use sapa_db::{Db, Engine, Error, NewEvent, Tx, Uuid, params, sql};

const WORKSPACE: Uuid = Uuid::from_u128(7);
const THINGS: i64 = 5;
const COMMANDS: i64 = 400;

/// As the migrations make them.
const TABLES: &str = "DROP TABLE IF EXISTS event_positions; DROP TABLE IF EXISTS events; DROP TABLE IF EXISTS db_things; \
    CREATE TABLE event_positions (workspace_id UUID NOT NULL PRIMARY KEY, position BIGINT NOT NULL); \
    CREATE TABLE events (workspace_id UUID NOT NULL, position BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, \
        audience TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (workspace_id, position)); \
    CREATE TABLE db_things (id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL);";
const DROP_NEW: &str = "DROP TABLE IF EXISTS new_events; DROP SEQUENCE IF EXISTS new_events_ticket;";
const NEW: &str = include_str!("../../../../migrations/0056_new_events.postgres.sql");

async fn set_up(db: &Db) {
    let text = match db.engine() {
        Engine::Sqlite => TABLES.to_owned(),
        Engine::Postgres => format!("{TABLES}{DROP_NEW}{NEW}"),
    };
    db.write(
        move |tx| {
            Box::pin(async move {
                tx.batch(&text).await?;
                let begin = sql!("INSERT INTO event_positions (workspace_id, position) VALUES ($1, 0)");
                tx.put(begin, params![WORKSPACE]).await?;
                for id in 0..THINGS {
                    tx.put(sql!("INSERT INTO db_things (id, n) VALUES ($1, 0)"), params![id]).await?;
                }
                Ok::<_, Error>(())
            })
        },
        |(), _| (),
    )
    .await
    .expect("tables");
}

/// Counts some things up and logs what each is at; answers the position and what was logged last.
async fn count_up(db: &Db, command: i64) -> Result<(Option<i64>, String), Error> {
    db.write(
        move |tx: &mut Tx| {
            Box::pin(async move {
                let mut told = Vec::new();
                // Some change two, always in this order.
                let first = command % THINGS;
                let second = (command % 3 == 0 && first + 1 < THINGS).then_some(first + 1);
                for thing in [Some(first), second].into_iter().flatten() {
                    let up = sql!("UPDATE db_things SET n = n + 1 WHERE id = $1 RETURNING n");
                    let n: i64 = tx.first(up, &params![thing]).await?.expect("a thing").get("n")?;
                    told.push(format!("{thing} {n}"));
                }
                let events = told.iter().map(|payload| NewEvent { kind: "counted", audience: "{}", payload });
                tx.log(WORKSPACE, 0, events).await?;
                if command % 10 == 9 {
                    return Err(Error::Unsupported("on purpose"));
                }
                Ok(told.pop().expect("an event"))
            })
        },
        |told, position| (position, told),
    )
    .await
}

async fn logged(db: &Db) -> Vec<(i64, String)> {
    let read = db.read(|tx| {
        Box::pin(async move {
            let text = sql!("SELECT position, payload FROM events WHERE workspace_id = $1 ORDER BY position");
            let rows = tx.query(text, &params![WORKSPACE]).await?;
            rows.iter().map(|row| Ok::<_, Error>((row.get("position")?, row.get("payload")?))).collect()
        })
    });
    read.await.expect("the log")
}

/// Another node on the same database: an embedded one has none.
async fn beside(db: &Db) -> Db {
    match db.engine() {
        Engine::Sqlite => db.clone(),
        Engine::Postgres => {
            Db::open(&std::env::var("SAPA_TEST_POSTGRES").expect("an address")).await.expect("PostgreSQL opens")
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_numbered_without_gaps_and_never_before_their_cause() {
    on_both(async |db, _| {
        set_up(&db).await;
        let nodes = [db.clone(), beside(&db).await];
        let answers = join_all((0..COMMANDS).map(|command| count_up(&nodes[(command % 2) as usize], command))).await;
        for (command, answer) in answers.iter().enumerate() {
            assert_eq!(answer.is_err(), command % 10 == 9, "{answer:?}");
        }
        let log = logged(&db).await;
        let positions: Vec<_> = log.iter().map(|(position, _)| *position).collect();
        assert_eq!(positions, (1..=log.len() as i64).collect::<Vec<_>>());
        let mut things = [0; THINGS as usize];
        for (_, payload) in &log {
            let (thing, n) = payload.split_once(' ').expect("a thing and its number");
            let thing = &mut things[thing.parse::<usize>().expect("a thing")];
            *thing += 1;
            assert_eq!(*thing, n.parse::<i64>().expect("a number"), "{payload}");
        }
        let told: Vec<_> = answers.into_iter().flatten().collect();
        assert!(told.iter().any(|(position, _)| position.is_some()));
        assert!(db.engine() == Engine::Postgres || told.iter().all(|(position, _)| position.is_some()));
        for (position, payload) in told {
            let found = log.iter().find(|(_, logged)| *logged == payload).expect("what was acknowledged is in the log");
            assert_eq!(position.unwrap_or(found.0), found.0, "{payload}");
        }
        if db.engine() == Engine::Postgres {
            what_a_dead_node_left_is_numbered(&db).await;
        }
    })
    .await;
}

async fn what_a_dead_node_left_is_numbered(db: &Db) {
    let before = logged(db).await.len() as i64;
    let leave = "INSERT INTO new_events (ticket, part, workspace_id, at, kind, audience, payload) \
                 VALUES (nextval('new_events_ticket'), 0, '00000000-0000-0000-0000-000000000007', 0, 'counted', '{}', 'left')";
    db.write(move |tx| Box::pin(async move { tx.batch(leave).await }), |(), _| ())
        .await
        .expect("an event that is left");
    assert_eq!(logged(db).await.len() as i64, before);
    db.complete_log().await.expect("a whole log");
    assert_eq!(logged(db).await.last(), Some(&(before + 1, "left".to_owned())));
}
