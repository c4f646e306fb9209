//! Receipts: up to which entry the contact has received, and read.

use base::{Problem, Tx};
use conversations::{Delivery, Thread};

/// Positions of the contact's conversation; a reading includes the receiving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub delivered: i64,
    pub read: i64,
}

/// Where the receipts stand after another one: never back, never beyond the last entry.
fn forward(now: Receipt, came: Receipt, last: i64) -> Receipt {
    let read = came.read.min(last).max(now.read);
    Receipt { read, delivered: came.delivered.min(last).max(now.delivered).max(read) }
}

/// Takes a receipt. One that tells nothing new changes nothing and emits nothing.
pub async fn receive(tx: &mut Tx<'_>, mut thread: Thread, came: Receipt) -> Result<(), Problem> {
    let now = Receipt { delivered: thread.contact_delivered_position, read: thread.contact_read_position };
    let moved = forward(now, came, thread.conversation.last_position);
    if moved == now {
        return Ok(());
    }
    // An event tells of one move: a receipt that moves both marks is two of them.
    if moved.delivered > moved.read.max(now.delivered) {
        thread.contact_delivered_position = moved.delivered;
        thread.receive_receipts(Delivery::Delivered, moved.delivered);
        thread = thread.save(tx).await?;
    }
    if moved.read > now.read {
        (thread.contact_delivered_position, thread.contact_read_position) = (moved.delivered, moved.read);
        thread.receive_receipts(Delivery::Read, moved.read);
        thread.save(tx).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn receipts_in_any_order_end_the_same(mut came in prop::collection::vec((0..20_i64, 0..20_i64), 0..8)) {
            let run = |came: &[(i64, i64)]| {
                came.iter().fold(Receipt { delivered: 0, read: 0 }, |now, (delivered, read)| {
                    let next = forward(now, Receipt { delivered: *delivered, read: *read }, 10);
                    assert!(next.read >= now.read && next.delivered >= now.delivered, "never back");
                    assert!(next.read <= next.delivered && next.delivered <= 10);
                    next
                })
            };
            let one_way = run(&came);
            came.reverse();
            prop_assert_eq!(one_way, run(&came));
        }
    }
}
