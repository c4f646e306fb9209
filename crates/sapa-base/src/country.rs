//! In which country an address is, by a file that the operator names (MaxMind's format).
//!
//! What must stay true: without a file nothing is said. Absent: the file. Such data have licences of their own, so the
//! program brings none.

use maxminddb::{Reader, path};
use std::net::IpAddr;

/// The countries of addresses; of none without a file.
#[derive(Default)]
pub struct Countries(Option<Reader<Vec<u8>>>);

impl Countries {
    /// Those of a file, or what is wrong with it.
    pub fn read(bytes: Vec<u8>) -> Result<Self, String> {
        let reader = Reader::from_source(bytes).map_err(|error| error.to_string())?;
        let kind = &reader.metadata().database_type;
        if kind.contains("Country") || kind.contains("City") || kind.contains("Enterprise") {
            Ok(Self(Some(reader)))
        } else {
            Err(format!("it holds no countries but {kind}"))
        }
    }

    /// Two letters of ISO 3166.
    pub fn of(&self, address: &str) -> Option<String> {
        let found = self.0.as_ref()?.lookup(address.parse::<IpAddr>().ok()?).ok()?;
        let code: String = found.decode_path(&path!["country", "iso_code"]).ok()??;
        (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_such_file_is_refused_and_without_one_nothing_is_said() {
        for broken in [Vec::new(), b"no file".to_vec(), b"\xab\xcd\xefMaxMind.com\xff\xff".to_vec()] {
            assert!(Countries::read(broken).is_err());
        }
        assert_eq!(Countries::default().of("203.0.113.9"), None);
    }
}
