//! The promises of the layer, on both engines.

mod log;

use futures_util::future::join_all;
use sapa_db::{self as db, Db, Error, Tx, params, sql};

/// A fresh table on each engine; PostgreSQL gets a schema of its own through the table's name.
async fn on_both(test: impl AsyncFn(Db, &'static str)) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    let sqlite = Db::open(&format!("sqlite:{}", path.display())).await.expect("SQLite opens");
    test(sqlite, "sqlite").await;
    let url = std::env::var("SAPA_TEST_POSTGRES").expect("SAPA_TEST_POSTGRES must name a PostgreSQL server");
    let postgres = Db::open(&url).await.expect("PostgreSQL opens");
    test(postgres, "postgres").await;
}

async fn fresh(db: &Db, table: &'static str) {
    let text = format!("DROP TABLE IF EXISTS {table}; CREATE TABLE {table} (id BIGINT NOT NULL PRIMARY KEY, n BIGINT)");
    db.write(move |tx| Box::pin(async move { tx.batch(&text).await }), |(), _| ()).await.expect("a table");
}

async fn count(db: &Db, sql: &'static db::Sql) -> i64 {
    let counted = db.read(move |tx| Box::pin(async move { tx.first(sql, &[]).await?.expect("a row").get::<i64>("n") }));
    counted.await.expect("a count")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_command_takes_back_its_own_changes_only() {
    on_both(async |db, _| {
        fresh(&db, "db_failures").await;
        let commands = (0..200_i64).map(|id| {
            db.write(
                move |tx: &mut Tx| {
                    Box::pin(async move {
                        tx.put(sql!("INSERT INTO db_failures (id, n) VALUES ($1, 0)"), params![id]).await?;
                        if id % 3 == 0 {
                            return Err(Error::Unsupported("on purpose"));
                        }
                        assert!(id % 7 != 5, "a panic on purpose");
                        Ok(id)
                    })
                },
                |id, _| id,
            )
        });
        let results = join_all(commands).await;
        for (id, result) in results.iter().enumerate() {
            assert_eq!(result.is_ok(), id % 3 != 0 && id % 7 != 5, "{id}: {result:?}");
        }
        let stored = count(&db, sql!("SELECT count(*) AS n FROM db_failures")).await;
        assert_eq!(stored, results.iter().filter(|result| result.is_ok()).count() as i64);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_of_many_megabytes_is_kept_or_taken_back_as_a_whole() {
    const ROWS: i64 = 1_500;
    on_both(async |db, _| {
        let table = "DROP TABLE IF EXISTS db_large; CREATE TABLE db_large (id BIGINT NOT NULL PRIMARY KEY, n TEXT)";
        db.write(move |tx| Box::pin(async move { tx.batch(table).await }), |(), _| ()).await.expect("a table");
        let write = async |text: &'static str, kept: bool| {
            let written = db.write(
                move |tx: &mut Tx| {
                    Box::pin(async move {
                        for id in 0..ROWS {
                            let put = sql!(
                                "INSERT INTO db_large (id, n) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET n = $2"
                            );
                            tx.put(put, params![id, text.repeat(3_000)]).await?;
                        }
                        if kept { Ok(()) } else { Err(Error::Unsupported("on purpose")) }
                    })
                },
                |(), _| (),
            );
            assert_eq!(written.await.is_ok(), kept, "{text}");
        };
        write("a", true).await;
        write("b", false).await;
        write("c", true).await;
        let counted = count(&db, sql!("SELECT count(*) AS n FROM db_large WHERE n LIKE 'ccc%'")).await;
        assert_eq!(counted, ROWS);
        write("d", false).await;
        let counted = count(&db, sql!("SELECT count(*) AS n FROM db_large WHERE n LIKE 'ccc%'")).await;
        assert_eq!(counted, ROWS);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_must_touch_one_row_takes_everything_back_otherwise() {
    on_both(async |db, _| {
        fresh(&db, "db_one").await;
        let change = async |id: i64| {
            db.write(
                move |tx: &mut Tx| {
                    Box::pin(async move {
                        tx.put(sql!("INSERT INTO db_one (id, n) VALUES ($1, 0)"), params![id]).await?;
                        tx.put_one(sql!("UPDATE db_one SET n = n + 1 WHERE id = $1 - 1"), params![id]).await
                    })
                },
                |(), _| (),
            )
            .await
        };
        assert!(matches!(change(1).await, Err(Error::Moved)), "there is no row before it");
        assert_eq!(count(&db, sql!("SELECT count(*) AS n FROM db_one")).await, 0);
        let first = db.write(
            |tx: &mut Tx| {
                Box::pin(async move { tx.put(sql!("INSERT INTO db_one (id, n) VALUES ($1, 0)"), params![1_i64]).await })
            },
            |(), _| (),
        );
        first.await.expect("a row");
        change(2).await.expect("one row before it");
        assert_eq!(count(&db, sql!("SELECT count(*) AS n FROM db_one WHERE n = 1")).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_put_fails_its_transaction_with_its_own_error() {
    on_both(async |db, _| {
        fresh(&db, "db_unique").await;
        let twice = db.write(
            |tx: &mut Tx| {
                Box::pin(async move {
                    for _ in 0..2 {
                        tx.put(sql!("INSERT INTO db_unique (id, n) VALUES (1, 0)"), params![]).await?;
                    }
                    tx.put(sql!("INSERT INTO db_unique (id, n) VALUES (2, 0)"), params![]).await
                })
            },
            |(), _| (),
        );
        assert!(matches!(twice.await, Err(Error::Unique(_))));
        assert_eq!(count(&db, sql!("SELECT count(*) AS n FROM db_unique")).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_a_command_swallows_takes_it_back_all_the_same() {
    on_both(async |db, _| {
        fresh(&db, "db_swallowed").await;
        let swallowed = db.write(
            |tx: &mut Tx| {
                Box::pin(async move {
                    tx.execute(sql!("INSERT INTO db_swallowed (id, n) VALUES (1, 0)"), &[]).await?;
                    let again = tx.execute(sql!("INSERT INTO db_swallowed (id, n) VALUES (1, 1)"), &[]).await;
                    assert!(matches!(again, Err(Error::Unique(_))));
                    Ok::<_, Error>(())
                })
            },
            |(), _| (),
        );
        assert!(matches!(swallowed.await, Err(Error::Unique(_))));
        assert_eq!(count(&db, sql!("SELECT count(*) AS n FROM db_swallowed")).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_goes_away_leaves_a_whole_change() {
    on_both(async |db, _| {
        fresh(&db, "db_gone").await;
        for id in 0..50_i64 {
            let write = db.write(
                move |tx: &mut Tx| {
                    Box::pin(async move {
                        tx.execute(sql!("INSERT INTO db_gone (id, n) VALUES ($1, 1)"), &params![id]).await?;
                        tx.put(sql!("UPDATE db_gone SET n = 2 WHERE id = $1"), params![id]).await
                    })
                },
                |(), _| (),
            );
            let _ = tokio::time::timeout(std::time::Duration::from_micros(id as u64 * 20), write).await;
        }
        // The next change waits for nobody who is still inside.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(count(&db, sql!("SELECT count(*) AS n FROM db_gone WHERE n = 1")).await, 0, "no half change");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_may_not_await_the_world_on_the_writer_thread() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::open(&format!("sqlite:{}", folder.path().join("a.db").display())).await.expect("opens");
    let waits = db.write(
        |_tx| {
            Box::pin(async move {
                tokio::task::yield_now().await;
                Ok::<_, Error>(())
            })
        },
        |(), _| (),
    );
    assert!(matches!(waits.await, Err(Error::ForeignAwait)));
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_cannot_write_and_null_text_and_ids_come_back() {
    on_both(async |db, engine| {
        fresh(&db, "db_values").await;
        if engine == "sqlite" {
            let write = sql!("INSERT INTO db_values (id, n) VALUES (9, 9)");
            let written = db.read(move |tx| Box::pin(async move { tx.execute(write, &[]).await }));
            assert!(written.await.is_err());
        }
        let table = "DROP TABLE IF EXISTS db_kinds; CREATE TABLE db_kinds (u UUID, t TEXT, b BYTEA, n BIGINT)";
        db.write(move |tx| Box::pin(async move { tx.batch(table).await }), |(), _| ()).await.expect("a table");
        let id = db::Uuid::from_u128(0x0198_f3c2_0000_7000_8000_0000_0000_0001);
        let back = db.write(
            move |tx: &mut Tx| {
                Box::pin(async move {
                    let params = params![id, "naïve 😀", vec![0_u8, 255], None::<i64>];
                    tx.put(sql!("INSERT INTO db_kinds (u, t, b, n) VALUES ($1, $2, $3, $4)"), params).await?;
                    let row = tx.first(sql!("SELECT u, t, b, n FROM db_kinds WHERE u = $1"), &params![id]).await?;
                    let row = row.expect("the row");
                    Ok::<_, Error>((
                        row.get::<db::Uuid>("u")?,
                        row.get::<String>("t")?,
                        row.get::<Vec<u8>>("b")?,
                        row.get::<Option<i64>>("n")?,
                    ))
                })
            },
            |values, _| values,
        );
        assert_eq!(back.await.expect("values"), (id, "naïve 😀".to_owned(), vec![0, 255], None));
    })
    .await;
}

/// PostgreSQL's commits are flushed together on a connection of its own (see `flush`).
#[tokio::test(flavor = "multi_thread")]
async fn without_the_connection_that_flushes_nobody_is_told_that_his_change_is_kept() {
    let url = std::env::var("SAPA_TEST_POSTGRES").expect("SAPA_TEST_POSTGRES must name a PostgreSQL server");
    let mark = if url.contains('?') { '&' } else { '?' };
    let db = Db::open(&format!("{url}{mark}application_name=db_flush")).await.expect("PostgreSQL opens");
    fresh(&db, "db_flush").await;
    let write = async |id: i64| {
        let written = db.write(
            move |tx: &mut Tx| {
                Box::pin(async move {
                    tx.put(sql!("INSERT INTO db_flush (id, n) VALUES ($1, 0)"), params![id]).await?;
                    Ok::<_, Error>(())
                })
            },
            |(), _| (),
        );
        written.await
    };
    write(1).await.expect("a flushed change");
    let ended = db.write(
        |tx: &mut Tx| {
            Box::pin(async move {
                let ended = sql!(
                    sqlite: "SELECT 1 AS n",
                    postgres: "SELECT count(pg_terminate_backend(pid)) AS n FROM pg_stat_activity \
                               WHERE application_name = 'db_flush' AND query LIKE '%pg_logical_emit_message(true%' \
                               AND pid <> pg_backend_pid()"
                );
                tx.first(ended, &[]).await?.expect("a row").get::<i64>("n")
            })
        },
        |ended, _| ended,
    );
    // The command that ends the connection waits for that very connection.
    assert!(matches!(ended.await, Err(Error::Unavailable(_))));
    let mut id = 2;
    while let Err(error) = write(id).await {
        assert!(matches!(error, Error::Unavailable(_)), "{error}");
        id += 1;
        assert!(id < 1_000, "the connection never comes back");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(count(&db, sql!("SELECT count(*) AS n FROM db_flush")).await >= 2);
}
