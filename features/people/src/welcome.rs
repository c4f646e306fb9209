//! Getting in: what setting up, signing in and accepting an invitation have in common.

use crate::{Browser, Me, event::Ended, me, open_sign_in, sign_ins};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use base::{COOKIE, Caller, MemberCaller, Permit, Problem, Token, Tx};
use ids::MemberId;
use std::sync::Arc;

/// Somebody who is about to get in, perhaps from a browser that somebody is signed in with. Open to everybody.
pub struct Arriving {
    before: Option<Arc<MemberCaller>>,
}

impl Permit for Arriving {
    type Target = ();

    async fn grant(caller: &Caller, (): (), _tx: &mut Tx<'_>) -> Result<Self, Problem> {
        Ok(Self { before: caller.member().ok().cloned() })
    }
}

/// A fresh sign-in: the cookie, and who it is.
pub(crate) struct Welcome {
    token: Token,
    me: Me,
}

impl Arriving {
    /// Signs the member in. The token is always a new one, and the browser's sign-in before it ends.
    pub(crate) async fn enter(self, tx: &mut Tx<'_>, member: MemberId, browser: &Browser) -> Result<Welcome, Problem> {
        if let Some(before) = self.before.filter(|before| before.workspace == tx.workspace)
            && let Some(sign_in) = before.sign_in()
        {
            sign_ins::end(tx, before.id, Ended::One(sign_in)).await?;
        }
        let (token, sign_in) = open_sign_in(tx, member, browser).await?;
        Ok(Welcome { token, me: me::load(tx, member, Some(sign_in)).await? })
    }
}

impl Welcome {
    /// The answer with the cookie. It may live as long as a sign-in can; the server decides when it is over.
    pub(crate) fn answer(self, status: StatusCode) -> Response {
        let cookie = cookie(&self.token.reveal(), sign_ins::LIFETIME_MS / 1_000);
        (status, AppendHeaders([(header::SET_COOKIE, cookie)]), Json(self.me)).into_response()
    }
}

/// The answer that makes the browser forget its cookie.
pub(crate) fn farewell() -> Response {
    (StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie("", 0))])).into_response()
}

fn cookie(value: &str, seconds: i64) -> String {
    format!("{COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}")
}
