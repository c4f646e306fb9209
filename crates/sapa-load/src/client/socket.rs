//! A small WebSocket client.
//!
//! Must stay true: frames are read in place and handed out as slices; while nothing arrives a socket holds no buffer;
//! `next` may be dropped at any await and loses nothing. Client frames carry a zero mask, which costs no pass over the
//! payload. Absent on purpose: extensions, fragmented frames (the server writes each event as one frame), and the check
//! of the handshake's accept value.

use std::io::ErrorKind;

use anyhow::{Result, bail, ensure};
use bytes::{Buf, BytesMut};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::http::{Connection, Credential};
use crate::target::Target;

const FRAME_BYTES_MAX: usize = 16 << 20;
const READ_BYTES: usize = 4096;
const ZERO_MASK: [u8; 4] = [0; 4];

const FINAL: u8 = 0x80;
const MASKED: u8 = 0x80;
const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xA;

/// Close code that stands for a connection that ended without a close frame.
pub const CODE_ABRUPT: u16 = 1006;

/// What the server said.
#[derive(Debug, PartialEq, Eq)]
pub enum Incoming<'a> {
    Text(&'a [u8]),
    Closed(u16),
}

/// One open socket.
pub struct Socket {
    stream: TcpStream,
    buffer: BytesMut,
    /// Bytes of the frame that was handed out last, still at the front of `buffer`.
    consumed: usize,
}

impl Socket {
    pub async fn open(target: &Target, path: &str, credential: &Credential) -> Result<Self> {
        let (stream, buffer) = Connection::open(target).await?.upgrade(path, credential).await?;
        Ok(Self { stream, buffer, consumed: 0 })
    }

    pub async fn send_text(&mut self, text: &str) -> Result<()> {
        self.send(TEXT, text.as_bytes()).await
    }

    /// The next text frame, or how the connection ended. Pings are answered on the way.
    pub async fn next(&mut self) -> Result<Incoming<'_>> {
        loop {
            self.buffer.advance(self.consumed);
            self.consumed = 0;
            let Some(frame) = parse_frame(&self.buffer)? else {
                if !self.read().await? {
                    return Ok(Incoming::Closed(CODE_ABRUPT));
                }
                continue;
            };
            match frame.opcode {
                TEXT => {
                    self.consumed = frame.end;
                    return Ok(Incoming::Text(&self.buffer[frame.start..frame.end]));
                }
                CLOSE => return Ok(Incoming::Closed(close_code(&self.buffer[frame.start..frame.end]))),
                PING => {
                    let payload = self.buffer[frame.start..frame.end].to_vec();
                    self.consumed = frame.end;
                    self.send(PONG, &payload).await?;
                }
                PONG => self.consumed = frame.end,
                opcode => bail!("the server sent a frame of the unexpected kind {opcode}"),
            }
        }
    }

    /// False when the other side is gone.
    async fn read(&mut self) -> Result<bool> {
        if self.buffer.is_empty() {
            self.buffer = BytesMut::new();
        }
        loop {
            self.stream.readable().await?;
            self.buffer.reserve(READ_BYTES);
            match self.stream.try_read_buf(&mut self.buffer) {
                Ok(count) => return Ok(count > 0),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return Ok(false),
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn send(&mut self, opcode: u8, payload: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(&frame(opcode, payload)).await?)
    }
}

struct Frame {
    opcode: u8,
    start: usize,
    end: usize,
}

fn parse_frame(buffer: &[u8]) -> Result<Option<Frame>> {
    let [first, second, rest @ ..] = buffer else { return Ok(None) };
    ensure!(first & FINAL != 0, "the server sent a fragmented frame");
    ensure!(second & MASKED == 0, "the server sent a masked frame");
    let (start, length) = match (second, rest) {
        (126, [high, low, ..]) => (4, usize::from(u16::from_be_bytes([*high, *low]))),
        (127, [a, b, c, d, e, f, g, h, ..]) => {
            (10, usize::try_from(u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]))?)
        }
        (126 | 127, _) => return Ok(None),
        (length, _) => (2, usize::from(*length)),
    };
    ensure!(length <= FRAME_BYTES_MAX, "a frame of {length} bytes is too large");
    let end = start + length;
    Ok((buffer.len() >= end).then_some(Frame { opcode: first & 0x0F, start, end }))
}

fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(payload.len() + 14);
    bytes.push(FINAL | opcode);
    match payload.len() {
        length @ 0..126 => bytes.push(MASKED | length as u8),
        length @ 126..=0xFFFF => {
            bytes.push(MASKED | 126);
            bytes.extend_from_slice(&(length as u16).to_be_bytes());
        }
        length => {
            bytes.push(MASKED | 127);
            bytes.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    bytes.extend_from_slice(&ZERO_MASK);
    bytes.extend_from_slice(payload);
    bytes
}

fn close_code(payload: &[u8]) -> u16 {
    const NO_CODE: u16 = 1005;
    payload.first_chunk().map_or(NO_CODE, |code| u16::from_be_bytes(*code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_only_when_it_is_whole() {
        for length in [0_usize, 5, 125, 126, 300, 70_000] {
            let mut bytes = frame(TEXT, &vec![b'x'; length]);
            unmask(&mut bytes, length);
            assert!(parse_frame(&bytes[..bytes.len() - 1]).expect("valid").is_none());
            let frame = parse_frame(&bytes).expect("valid").expect("whole");
            assert_eq!((frame.opcode, frame.end - frame.start, frame.end), (TEXT, length, bytes.len()));
        }
    }

    #[test]
    fn a_client_frame_says_that_it_is_masked_with_zeros() {
        assert_eq!(frame(TEXT, b"hi"), [0x81, 0x82, 0, 0, 0, 0, b'h', b'i']);
    }

    #[test]
    fn refuses_fragments_and_masks() {
        assert!(parse_frame(&[0x01, 0x00]).is_err());
        assert!(parse_frame(&[0x81, 0x80, 0, 0, 0, 0]).is_err());
    }

    #[test]
    fn reads_the_close_code() {
        assert_eq!(close_code(&4408_u16.to_be_bytes()), 4408);
        assert_eq!(close_code(&[]), 1005);
    }

    /// Turns a client frame into the frame that a server would send.
    fn unmask(bytes: &mut Vec<u8>, length: usize) {
        let mask_start = bytes.len() - length - ZERO_MASK.len();
        bytes.drain(mask_start..mask_start + ZERO_MASK.len());
        bytes[1] &= !MASKED;
    }
}
