//! The product, one line for each feature.

use base::Feature;
use people::SetupToken;

pub fn all(setup: &SetupToken) -> Vec<Feature> {
    vec![
        people::feature(setup.clone(), inboxes::join),
        inboxes::feature(),
        tags::feature(),
        conversations::feature(),
        profiles::feature(),
        records::feature(),
        visitors::feature(),
        replies::feature(),
        widget::feature(),
        api_inbox::feature(),
        messengers::feature(),
        email::feature(),
        search::feature(),
        ::audit::feature(),
    ]
}
