//! Search: finding names, messages, notes and files again.
//!
//! What must stay true: nobody finds what he may not see now; both engines find the same, because both hold words that
//! were folded here; no request looks at everything. Absent: ranking, and what happens inside a message's transaction:
//! the index follows.

mod again;
mod everywhere;
mod find;
mod follow;
mod index;
mod query;
mod snippet;
mod within;

pub use follow::catch_up;

use base::Feature;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

base::refusals! {
    QUERY_EMPTY = 422 "query_empty";
    /// `max` characters.
    QUERY_TOO_LONG = 422 "query_too_long";
    /// `max` words.
    QUERY_TOO_MANY_WORDS = 422 "query_too_many_words";
    /// `max` of `tag:`.
    QUERY_TOO_MANY_TAGS = 422 "query_too_many_tags";
    ZONE_UNKNOWN = 422 "zone_unknown";
}

/// The schema that only a query names.
#[derive(OpenApi)]
#[openapi(components(schemas(everywhere::SearchPart)))]
struct Schemas;

const JOBS: &[&base::JobKind] = &[&again::INDEX_AGAIN];

pub fn feature() -> Feature {
    Feature {
        name: "search",
        routes: OpenApiRouter::with_openapi(Schemas::openapi())
            .routes(routes!(everywhere::search_everywhere))
            .routes(routes!(within::search_conversation)),
        jobs: JOBS,
        follows: &[again::FOLLOW],
        tasks: &[follow::run],
        refusals: REFUSALS,
        ..Feature::default()
    }
}
