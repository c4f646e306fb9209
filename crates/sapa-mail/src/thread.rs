//! What ties an answer to its conversation: a token that nobody guesses, in the address for answers and in the name of each
//! of our mails.

use crate::Address;

/// 130 bits in the letters and digits that every system leaves alone.
pub const TOKEN_CHARACTERS: usize = 26;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// What our names of mails begin with, so that an id of somebody else is not looked up.
const MARK: &str = "sapa.";

/// A token out of random bytes.
pub fn token(random: [u8; TOKEN_CHARACTERS]) -> String {
    random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

fn is_token(text: &str) -> bool {
    text.len() == TOKEN_CHARACTERS && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

/// The name of one of our mails, without brackets.
pub fn message_id(token: &str, entry: &str, from: &Address) -> String {
    format!("{MARK}{token}.{entry}@{}", from.domain())
}

/// The token in a mail's name, if it is one of ours.
pub fn token_in_id(id: &str) -> Option<String> {
    let id = id.to_lowercase();
    let token = id.strip_prefix(MARK)?.get(..TOKEN_CHARACTERS)?.to_owned();
    is_token(&token).then_some(token)
}

/// Where answers go, on servers that take what stands behind a plus.
pub fn reply_address(from: &Address, token: &str) -> Option<Address> {
    let (local, domain) = from.address.split_once('@')?;
    let local = local.split('+').next()?;
    Address::parse(&format!("{local}+{token}@{domain}"))
}

/// The token in an address, whatever became of its case and of the plus.
pub fn token_in_address(address: &str) -> Option<String> {
    let local = address.rsplit_once('@')?.0.to_lowercase();
    let start = local.len().checked_sub(TOKEN_CHARACTERS)?;
    let (before, token) = (local.get(..start)?, local.get(start..)?);
    (before.ends_with(['+', '-', '=']) && is_token(token)).then(|| token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_where_it_was_put() {
        let token = token([7; TOKEN_CHARACTERS]);
        let us = Address::parse("Help+desk@Kopi.example").expect("an address");
        let id = message_id(&token, "0198", &us);
        assert_eq!(id, format!("sapa.{token}.0198@kopi.example"));
        assert_eq!(token_in_id(&id.to_uppercase()), Some(token.clone()));
        let reply = reply_address(&us, &token).expect("an address");
        assert_eq!(reply.address, format!("help+{token}@kopi.example"));
        assert_eq!(token_in_address(&reply.address.to_uppercase()), Some(token.clone()));
        assert_eq!(token_in_address(&format!("help-{token}@kopi.example")), Some(token.clone()));
        for other in
            ["help@kopi.example", "sapa.short@x", "", &format!("help{token}@x"), &format!("help+{}1@x", &token[1..])]
        {
            assert_eq!((token_in_address(other), token_in_id(other)), (None, None), "{other}");
        }
        let long = Address::parse(&format!("{}@kopi.example", "a".repeat(60))).expect("an address");
        assert_eq!(reply_address(&long, &token), None, "longer than a server takes");
    }
}
