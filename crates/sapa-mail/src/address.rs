//! One address, as it is shown and as it is compared.

use serde::{Deserialize, Serialize};

/// RFC 5321, 4.5.3.1.
const ADDRESS_BYTES: usize = 254;
const LOCAL_BYTES: usize = 64;
const NAME_CHARACTERS: usize = 100;

/// Somebody who writes mail, or gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// In lower case.
    pub address: String,
    pub name: Option<String>,
}

impl Address {
    /// Takes what a mail server may know, without anything that could end a header or a command.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let plain = |char: char| {
            char.is_ascii_graphic() && !matches!(char, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '\\' | '[' | ']')
        };
        let (local, domain) = text.rsplit_once('@')?;
        let fits = text.len() <= ADDRESS_BYTES && text.chars().all(plain);
        let local_fits = (1..=LOCAL_BYTES).contains(&local.len()) && !local.contains('@');
        let domain_fits = domain.split('.').all(|label| !label.is_empty());
        (fits && local_fits && domain_fits).then_some(Self { address: text, name: None })
    }

    /// With what he calls himself, in one line.
    #[must_use]
    pub fn called(self, name: Option<&str>) -> Self {
        let name: String =
            name.unwrap_or_default().chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = name.trim_matches(['"', '\'']).chars().take(NAME_CHARACTERS).collect();
        // Who is called as he is addressed has no name.
        let name = (!name.is_empty() && name.to_lowercase() != self.address).then_some(name);
        Self { name, ..self }
    }

    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_and_nothing_else() {
        let parsed = Address::parse(" Budi.S@Toko.Example ").expect("an address");
        assert_eq!(parsed.address, "budi.s@toko.example");
        assert_eq!(parsed.clone().called(Some("\"Budi\r\nBcc: x\"")).name.as_deref(), Some("Budi Bcc: x"));
        assert_eq!(parsed.called(Some("BUDI.S@toko.example")).name, None);
        for wrong in ["", "a", "a@", "@b", "a@b@c", "a b@c", "a@b..c", "a@b>\r\nRCPT TO:<c@d", "a,b@c", "ü@b.example"]
        {
            assert_eq!(Address::parse(wrong), None, "{wrong:?}");
        }
    }
}
