//! A room's socket as a client sees it.

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use protocol::{ClientFrame, Command, Event, ServerFrame};
use std::time::Duration;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// Longest wait for a frame that should come.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open socket. Dropping it breaks the connection without a closing handshake.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    next_id: u64,
}

impl Socket {
    /// Joins `room` of the server at `origin` (`ws://…`), as a guest or with a token, after a sequence number or anew.
    pub async fn join(origin: &str, room: &str, token: Option<&str>, after: Option<u64>) -> Result<Self> {
        let token = token.map(|token| format!("token={token}"));
        let after = after.map(|after| format!("after={after}"));
        let query: Vec<_> = token.into_iter().chain(after).collect();
        let (stream, _) = connect_async(format!("{origin}/ws/room/{room}?{}", query.join("&"))).await?;
        Ok(Self { stream, next_id: 1 })
    }

    /// The next frame.
    pub async fn frame(&mut self) -> Result<ServerFrame> {
        loop {
            let message = timeout(PATIENCE, self.stream.next()).await.context("no frame came")?;
            match message.context("the server closed the socket")?? {
                Message::Text(text) => {
                    return serde_json::from_str(&text).with_context(|| format!("unexpected frame: {text}"));
                }
                Message::Ping(_) | Message::Pong(_) => {}
                other => bail!("expected a text frame, found {other:?}"),
            }
        }
    }

    /// The next entry of the log, past frames of other kinds.
    pub async fn event(&mut self) -> Result<Event> {
        loop {
            if let ServerFrame::Event(event) = self.frame().await? {
                return Ok(event);
            }
        }
    }

    /// Sends a command; answers its number.
    pub async fn send(&mut self, command: Command) -> Result<u64> {
        let id = self.next_id;
        self.next_id += 1;
        let frame = ClientFrame::Command { id, command };
        self.send_text(serde_json::to_string(&frame)?).await?;
        Ok(id)
    }

    /// Sends any text at all.
    pub async fn send_text(&mut self, text: String) -> Result<()> {
        Ok(self.stream.send(Message::Text(text.into())).await?)
    }
}
