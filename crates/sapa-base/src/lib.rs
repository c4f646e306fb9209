//! What every feature stands on.
//!
//! A request becomes a [`Ctx`]: who asks, and a permit of the type in the handler's signature. A change is a
//! function over [`Tx`], which holds the caller's workspace, the time, the events and the jobs of one
//! transaction; [`App`] commits them together and rings the [`stream`].
//! What must stay true: no handler reaches the database without a permit; events leave only after the commit;
//! time, randomness and files come from the app.
//! Absent on purpose: any noun of the product, any list that a feature must edit.

mod app;
mod audit;
mod caller;
mod callers;
mod clock;
mod country;
mod ctx;
mod document;
mod event;
mod feature;
mod job;
mod keys;
mod limit;
mod metrics;
mod migrations;
mod page;
mod problem;
mod random;
mod rights;
pub mod server;
pub mod sheet;
pub mod stream;
mod throttle;
mod token;
mod tx;

pub use app::{App, AppParts};
pub use audit::{AuditChange, AuditLine, Audited};
pub use caller::{Caller, InboxCaller, MemberCaller, Proven, TeamSeat, VisitorCaller};
pub use clock::{Clock, Ms};
pub use country::Countries;
pub use ctx::{
    AnyMember, Anyone, Body, COOKIE, ClientAddress, Ctx, Permit, QueryOf, REQUESTS_PER_MEMBER_TOKEN, SignedIn,
    client_address, network_of, user_agent,
};
pub use event::{Audience, Event, EventKind, NewEvent, View, WholeWorkspace};
pub use feature::{
    Attendance, Authenticate, Credentials, EventShape, Feature, Follow, Listeners, Presence, SocketFrame, Task,
};
pub use job::{JOB_WORKERS, JobFailure, JobKind, run_due_jobs};
pub use keys::Keys;
pub use limit::{name, optional, trimmed, turns_direction};
pub use metrics::Metrics;
pub use migrations::migrations;
pub use page::{Cursor, PAGE_LIMIT, page_size};
pub use problem::{Problem, ProblemBody, REFUSALS, Refusal};
pub use random::Random;
pub use rights::{Right, Rights, Role, Scope};
pub use throttle::ThrottleKind;
pub use token::{Token, TokenHash};
pub use tx::Tx;

pub mod refusal {
    //! The refusals that any handler may give.
    pub use crate::problem::{
        BODY_TOO_LARGE, CURSOR_INVALID, FORBIDDEN, INVALID_BODY, METHOD_NOT_ALLOWED, NOT_FOUND, STORAGE_FULL,
        TOO_MANY_REQUESTS, UNAUTHENTICATED, UNAVAILABLE, WRONG_ORIGIN,
    };
}
