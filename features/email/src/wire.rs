//! Lines and blocks of bytes over a connection, with their limits.
//!
//! What must stay true: nobody is waited for longer than it is said, and nothing grows beyond its limit; what came before
//! a connection was encrypted is forgotten with it.

use outbound::{Failure, Line};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

/// Of one line.
const LINE_BYTES: usize = 64 * 1024;
const PART_BYTES: usize = 16 * 1024;

pub(crate) struct Wire {
    line: Box<dyn Line>,
    /// What came and was not read yet.
    come: Vec<u8>,
    pub wait: Duration,
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::Connection(error.to_string())
}

impl Wire {
    pub fn new(line: Box<dyn Line>, wait: Duration) -> Self {
        Self { line, come: Vec::new(), wait }
    }

    /// The connection, without what came over it in plain.
    pub fn into_line(self) -> Box<dyn Line> {
        self.line
    }

    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let sent = async {
            self.line.write_all(bytes).await?;
            self.line.flush().await
        };
        timeout(self.wait, sent).await.map_err(|_| Failure::Late)?.map_err(broken)
    }

    /// Without its end.
    pub async fn read_line(&mut self) -> Result<Vec<u8>, Failure> {
        let mut looked = 0;
        loop {
            if let Some(at) = self.come[looked..].iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.come.drain(..=looked + at).collect();
                while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
                    line.pop();
                }
                return Ok(line);
            }
            looked = self.come.len();
            if looked > LINE_BYTES {
                return Err(broken("a line without an end"));
            }
            self.more().await?;
        }
    }

    pub async fn read_exact(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        while self.come.len() < count {
            self.more().await?;
        }
        Ok(self.come.drain(..count).collect())
    }

    async fn more(&mut self) -> Result<(), Failure> {
        let mut part = vec![0; PART_BYTES];
        let read = timeout(self.wait, self.line.read(&mut part)).await.map_err(|_| Failure::Late)?.map_err(broken)?;
        if read == 0 {
            return Err(broken("the server hung up"));
        }
        self.come.extend_from_slice(&part[..read]);
        Ok(())
    }
}
