//! The one error form (RFC 9457): a stable code that clients translate, and the values its sentence needs.
//! Causes inside the server are logged once, here, and never sent.

use crate::throttle::RETRY_AFTER;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

/// A refusal by design: its HTTP status and its stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: &'static str,
}

/// Declares the refusals of a feature, and `REFUSALS`, the list that its `feature()` hands over so that
/// `openapi.json` names every code and the translations can be checked against it.
#[macro_export]
macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $status:literal $code:literal;)*) => {
        $($(#[$doc])* pub const $name: $crate::Refusal = $crate::Refusal { status: $status, code: $code };)*
        pub const REFUSALS: &[$crate::Refusal] = &[$($name),*];
    };
}

refusals! {
    INVALID_BODY = 400 "invalid_body";
    CURSOR_INVALID = 400 "cursor_invalid";
    UNAUTHENTICATED = 401 "unauthenticated";
    FORBIDDEN = 403 "forbidden";
    WRONG_ORIGIN = 403 "wrong_origin";
    /// Missing and hidden objects answer the same.
    NOT_FOUND = 404 "not_found";
    METHOD_NOT_ALLOWED = 405 "method_not_allowed";
    BODY_TOO_LARGE = 413 "body_too_large";
    TOO_MANY_REQUESTS = 429 "too_many_requests";
    INTERNAL = 500 "internal";
    UNAVAILABLE = 503 "unavailable";
    STORAGE_FULL = 507 "storage_full";
}

/// What a handler answers instead of a result.
#[derive(Debug)]
pub enum Problem {
    Refused(Refusal, Map<String, Value>),
    Internal(anyhow::Error),
}

impl Problem {
    /// Adds a value that the translated sentence needs.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        if let Self::Refused(_, params) = &mut self {
            params.insert(name.to_owned(), value.into());
        }
        self
    }

    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal, _) => *refusal,
            Self::Internal(_) => INTERNAL,
        }
    }
}

impl Refusal {
    /// As a problem with a value that the translated sentence needs.
    pub fn with(self, name: &str, value: impl Into<Value>) -> Problem {
        Problem::from(self).with(name, value)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal, Map::new())
    }
}

impl From<db::Error> for Problem {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Full => STORAGE_FULL.into(),
            db::Error::Unavailable(cause) => {
                tracing::warn!(cause, "the database is not available");
                UNAVAILABLE.into()
            }
            error => Self::Internal(error.into()),
        }
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull { STORAGE_FULL.into() } else { Self::Internal(error.into()) }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal, _) => f.write_str(refusal.code),
            Self::Internal(error) => write!(f, "{error:#}"),
        }
    }
}

/// A full disk is not emptied at once.
const FULL_DISK_RETRY_S: i64 = 30;

/// How the form looks on the wire.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Always `about:blank`: the code says what the problem is.
    pub r#type: &'static str,
    /// The status in English, for people who read raw answers.
    pub title: String,
    pub status: u16,
    /// Stable; clients translate it.
    pub code: String,
    /// The values of the translated sentence.
    #[schema(value_type = std::collections::HashMap<String, Value>)]
    pub params: Map<String, Value>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let refusal = self.refusal();
        let params = match self {
            Self::Refused(_, params) => params,
            Self::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "failed to answer a request");
                Map::new()
            }
        };
        let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = ProblemBody {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: refusal.status,
            code: refusal.code.to_owned(),
            params,
        };
        let retry_after = body.params.get(RETRY_AFTER).and_then(Value::as_i64);
        let mut response = (status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        let usual = match refusal.status {
            429 | 503 => Some(1),
            507 => Some(FULL_DISK_RETRY_S),
            _ => None,
        };
        if let Some(seconds) = retry_after.or(usual) {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
