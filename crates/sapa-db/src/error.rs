//! What can go wrong in an engine, as far as the product answers differently.

#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// A unique index refused a row; holds the engine's own words (the index or columns are named in them).
    #[error("a unique index refused the row: {0}")]
    Unique(String),
    #[error("the disk is full")]
    Full,
    /// The engine cannot be reached or is too busy: worth another try later.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A change that had to touch one row touched another number: somebody else was quicker. Worth another try.
    #[error("a row is not as it was")]
    Moved,
    #[error("the database address must begin with sqlite: or postgres://")]
    Address,
    #[error("{0}")]
    Unsupported(&'static str),
    #[error("column {column}: {problem}")]
    Column { column: String, problem: &'static str },
    #[error("a transaction awaited something other than its own statements")]
    ForeignAwait,
    /// The command panicked, or the engine could not begin it; the log says which.
    #[error("the command gave no answer")]
    NoAnswer,
    #[error("{0}")]
    Other(String),
}

impl Error {
    pub fn other(error: impl std::fmt::Display) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let rusqlite::Error::SqliteFailure(failure, text) = &error else { return Self::other(error) };
        let text = text.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::ConstraintViolation
                if matches!(
                    failure.extended_code,
                    rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                ) =>
            {
                Self::Unique(text)
            }
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::CannotOpen => Self::Unavailable(text),
            _ => Self::other(error),
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(detail) = error.as_db_error() else { return Self::Unavailable(error.to_string()) };
        match *detail.code() {
            SqlState::UNIQUE_VIOLATION => {
                Self::Unique(format!("{} ({})", detail.message(), detail.constraint().unwrap_or_default()))
            }
            SqlState::DISK_FULL => Self::Full,
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::TOO_MANY_CONNECTIONS
            // Two transactions that wait for each other: the other one goes on, this one may try again.
            | SqlState::T_R_DEADLOCK_DETECTED
            | SqlState::T_R_SERIALIZATION_FAILURE => Self::Unavailable(detail.message().to_owned()),
            _ => Self::Other(format!("{}: {}", detail.code().code(), detail.message())),
        }
    }
}

impl From<deadpool_postgres::PoolError> for Error {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            other => Self::Unavailable(other.to_string()),
        }
    }
}
