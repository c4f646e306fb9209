//! The event stream: one hub for each app puts committed events in order and hands them to the sockets that
//! may see them; a socket resumes from its last position.
//!
//! What must stay true: a listener gets every event that it may see, once and in order, or is told to reset;
//! an event is turned into a frame once, not once for each socket; a socket that does not read is cut.

mod attendance;
mod hub;
mod presence;
mod replay;
mod socket;
pub mod trim;

pub use hub::{ATTENDANCE_S, Hub, Whisper};
pub use socket::{upgrade_member, upgrade_visitor};

use crate::{Caller, Event, MemberCaller, View, VisitorCaller};
use axum::extract::ws::Utf8Bytes;
use std::sync::Arc;

/// Why a socket ends; the client acts on the code.
pub mod close {
    pub const GOING: u16 = 1012;
    pub const BAD_FRAME: u16 = 4400;
    pub const SIGNED_OUT: u16 = 4401;
    pub const RIGHTS_CHANGED: u16 = 4403;
    pub const TOO_SLOW: u16 = 4408;
    pub const TOO_MANY: u16 = 4429;
}

/// What a socket task writes.
#[derive(Clone, Debug)]
pub(crate) enum Frame {
    Text(Utf8Bytes),
    Close(u16),
}

/// Who listens.
#[derive(Clone)]
pub enum Who {
    Member(Arc<MemberCaller>),
    Visitor(Arc<VisitorCaller>),
}

impl Who {
    fn member(caller: &Caller) -> Option<Self> {
        Some(Self::Member(caller.member().ok()?.clone()))
    }

    fn visitor(caller: &Caller) -> Option<Self> {
        Some(Self::Visitor(caller.visitor().ok()?.clone()))
    }

    fn view(&self, event: &Event) -> View {
        match self {
            Self::Member(member) => event.audience.member(member),
            Self::Visitor(visitor) => event.audience.visitor(visitor),
        }
    }
}

/// The frames of one event, each made at most once however many sockets get it.
#[derive(Default)]
struct Frames {
    whole: Vec<(u16, Utf8Bytes)>,
    visitor: Option<Option<Utf8Bytes>>,
    gone: Option<Option<Utf8Bytes>>,
    visitor_gone: Option<Option<Utf8Bytes>>,
}

impl Frames {
    /// The frame of `event` for a listener with this view.
    fn frame(&mut self, event: &Event, who: &Who, view: View) -> Option<Frame> {
        let text = match (view, who) {
            (View::Hidden, _) => return None,
            (View::Close(code), _) => return Some(Frame::Close(code)),
            (View::Gone, Who::Member(_)) => {
                self.gone.get_or_insert_with(|| told(event, event.audience.gone())).clone()?
            }
            (View::Gone, Who::Visitor(_)) => {
                self.visitor_gone.get_or_insert_with(|| told(event, event.audience.visitor_gone())).clone()?
            }
            (View::Whole(_), Who::Visitor(_)) => self
                .visitor
                .get_or_insert_with(|| told(event, event.audience.visitor_payload(&event.payload)))
                .clone()?,
            (View::Whole(variant), Who::Member(_)) => match self.whole.iter().find(|(made, _)| *made == variant) {
                Some((_, text)) => text.clone(),
                None => {
                    let text =
                        event_text(event.position, event.kind, &event.audience.envelope(variant), &event.payload);
                    self.whole.push((variant, text.clone()));
                    text
                }
            },
        };
        Some(Frame::Text(text))
    }
}

/// What the audience says instead of the event as it is.
fn told(event: &Event, instead: Option<(&'static str, String)>) -> Option<Utf8Bytes> {
    let (kind, data) = instead?;
    Some(event_text(event.position, kind, "", &data))
}

fn event_text(position: i64, kind: &str, envelope: &str, data: &str) -> Utf8Bytes {
    format!(r#"{{"type":"event","position":{position},"kind":"{kind}"{envelope},"data":{data}}}"#).into()
}

fn position_text(kind: &str, position: i64) -> Utf8Bytes {
    format!(r#"{{"type":"{kind}","position":{position}}}"#).into()
}
