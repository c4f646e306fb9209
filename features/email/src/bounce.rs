//! A server says that one of our mails did not arrive.

use crate::{mailbox, thread::entry_of};
use base::{Problem, Tx};
use conversations::{Delivery, Failure, lock, place_of, set_delivery};
use ids::InboxId;
use mail::Bounce;

/// Says so in the thread; what is about no mail of ours is counted.
pub(crate) async fn take(tx: &mut Tx<'_>, inbox: InboxId, bounce: &Bounce) -> Result<(), Problem> {
    for id in &bounce.about {
        let Some(entry) = entry_of(tx, inbox, id).await? else { continue };
        if !bounce.is_final {
            return Ok(());
        }
        let Some(place) = place_of(tx, entry).await? else { return Ok(()) };
        let Some(thread) = lock(tx, place.conversation).await? else { return Ok(()) };
        let parts: Vec<&str> = bounce.recipient.iter().chain(&bounce.reason).map(String::as_str).collect();
        let detail = (!parts.is_empty()).then(|| parts.join(": "));
        set_delivery(tx, thread, entry, Delivery::Failed, Some(Failure { code: "mail_bounced", detail })).await?;
        return Ok(());
    }
    mailbox::count_dropped(tx, inbox).await
}
