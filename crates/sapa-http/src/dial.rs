//! A connection to a server that speaks something else than HTTP, such as a mail server.
//!
//! What must stay true: where it goes is checked as the address of a request is; without encryption it goes nowhere
//! unless the operator allows private networks.

use crate::{Failure, Outbound, exchange::Line, post::broken};
use std::time::Duration;
use tokio::time::timeout;
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

/// For the name and the connection, and for each encryption.
const WAIT: Duration = Duration::from_secs(15);

impl Outbound {
    /// Whether a connection may stay without encryption.
    pub fn allows_plain(&self) -> bool {
        self.private_networks
    }

    /// Not encrypted yet.
    pub async fn dial(&self, host: &str, port: u16) -> Result<Box<dyn Line>, Failure> {
        let stream = timeout(WAIT, self.connect_to(host, port)).await.unwrap_or(Err(Failure::Late))?;
        Ok(Box::new(stream))
    }

    /// With the certificate of this name, by somebody whom everybody trusts.
    pub async fn encrypt(&self, host: &str, line: Box<dyn Line>) -> Result<Box<dyn Line>, Failure> {
        let name = ServerName::try_from(host.to_owned()).map_err(broken)?;
        let shaken = timeout(WAIT, TlsConnector::from(self.tls.clone()).connect(name, line));
        Ok(Box::new(shaken.await.map_err(|_| Failure::Late)?.map_err(broken)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn a_server_in_a_private_network_is_not_called_and_none_is_believed_without_a_certificate() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        for host in ["127.0.0.1", "localhost", "::1"] {
            assert!(matches!(Outbound::new(false).dial(host, port).await, Err(Failure::Private)), "{host}");
        }
        let line = Outbound::new(true).dial("127.0.0.1", port).await.expect("a connection");
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.expect("a connection");
            drop(stream);
        });
        assert!(Outbound::new(true).encrypt("127.0.0.1", line).await.is_err());
    }
}
