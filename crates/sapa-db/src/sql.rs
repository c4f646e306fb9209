//! Statements: static texts that register themselves.

use linkme::distributed_slice;

/// One statement: the same text with `$1` for PostgreSQL and `?1` for SQLite, or a named pair where the
/// engines truly differ. Empty for an engine that is never asked it.
pub struct Sql {
    pub postgres: &'static str,
    pub sqlite: &'static str,
    /// Where it stands, for the test that prepares all of them.
    pub place: &'static str,
}

/// Every statement of the program.
#[distributed_slice]
pub static STATEMENTS: [Sql];

/// Makes a statement: `sql!("… $1 …")`, or `sql!(sqlite: "… ?1 …", postgres: "… $1 …")`, or one of the two alone
/// where the other engine has no use for it. What is written for SQLite may say `$1` too, so that the two can share text.
#[macro_export]
macro_rules! sql {
    ($text:expr) => {{
        const TEXT: &str = $text;
        $crate::sql!(@register $crate::sql!(@twin TEXT), TEXT)
    }};
    (sqlite: $sqlite:expr, postgres: $postgres:expr) => {
        $crate::sql!(@register $crate::sql!(@twin $sqlite), $postgres)
    };
    (sqlite: $sqlite:expr) => { $crate::sql!(@register $crate::sql!(@twin $sqlite), "") };
    (postgres: $postgres:expr) => { $crate::sql!(@register "", $postgres) };
    (@twin $text:expr) => {{
        const OURS: &str = $text;
        const TWIN: [u8; OURS.len()] = $crate::twin(OURS);
        match core::str::from_utf8(&TWIN) {
            Ok(text) => text,
            Err(_) => panic!("SQL must be UTF-8"),
        }
    }};
    (@register $sqlite:expr, $postgres:expr) => {{
        #[expect(unsafe_code, reason = "a registry across crates lives in a link section; no memory is touched")]
        #[$crate::linkme::distributed_slice($crate::STATEMENTS)]
        #[linkme(crate = $crate::linkme)]
        static STATEMENT: $crate::Sql =
            $crate::Sql { sqlite: $sqlite, postgres: $postgres, place: concat!(file!(), ":", line!()) };
        &STATEMENT
    }};
}

/// Turns `$1` into `?1`. A dollar sign has no other use in our texts.
pub const fn twin<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    let mut twin = [0; N];
    let mut index = 0;
    while index < N {
        twin[index] = if bytes[index] == b'$' { b'?' } else { bytes[index] };
        index += 1;
    }
    twin
}
