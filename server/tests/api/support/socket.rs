use futures_util::{SinkExt, StreamExt};
use protocol::{ClientFrame, Event, ServerFrame, Snapshot};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A room's socket.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) welcome: ServerFrame,
}

/// What nobody waits longer for.
const PATIENCE: Duration = Duration::from_secs(10);

impl Socket {
    pub(crate) async fn open(address: &str, query: &str) -> Self {
        Self::with_headers(address, query, &[]).await
    }

    pub(crate) async fn with_headers(address: &str, query: &str, headers: &[(&'static str, String)]) -> Self {
        let mut request = format!("ws://{address}/ws/room/tea{query}").into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let (stream, _) = connect_async(request).await.unwrap();
        let nothing = ServerFrame::Pong { id: 0, time: protocol::ServerTime(0), viewers: 0 };
        let mut socket = Self { stream, welcome: nothing };
        socket.welcome = socket.frame().await;
        assert!(matches!(socket.welcome, ServerFrame::Welcome { .. }));
        socket
    }

    pub(crate) fn snapshot(&self) -> Option<&Snapshot> {
        match &self.welcome {
            ServerFrame::Welcome { snapshot, .. } => snapshot.as_ref(),
            _ => None,
        }
    }

    /// The next frame.
    pub(crate) async fn frame(&mut self) -> ServerFrame {
        loop {
            match self.message().await {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(frame) => panic!("closed: {frame:?}"),
                _ => {}
            }
        }
    }

    pub(crate) async fn message(&mut self) -> Message {
        timeout(PATIENCE, self.stream.next()).await.unwrap().unwrap().unwrap()
    }

    /// The next event, passing over answers.
    pub(crate) async fn event(&mut self) -> Event {
        loop {
            if let ServerFrame::Event(event) = self.frame().await {
                return event;
            }
        }
    }

    /// Events up to this number.
    pub(crate) async fn events_until(&mut self, seq: u64) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        while events.last().is_none_or(|event| event.seq < seq) {
            events.push(self.event().await);
        }
        events
    }

    pub(crate) async fn send(&mut self, frame: &ClientFrame) {
        self.send_text(serde_json::to_string(frame).unwrap()).await;
    }

    pub(crate) async fn send_text(&mut self, text: String) {
        self.stream.send(Message::text(text)).await.unwrap();
    }

    /// Waits for the server to end it.
    pub(crate) async fn ended(&mut self) {
        loop {
            match timeout(PATIENCE, self.stream.next()).await.unwrap() {
                None | Some(Err(_) | Ok(Message::Close(_))) => return,
                Some(Ok(_)) => {}
            }
        }
    }

    /// The last event's number before the server ended it.
    pub(crate) async fn seen_until_the_end(&mut self) -> u64 {
        let mut seen = 0;
        while let Ok(Some(Ok(message))) = timeout(PATIENCE, self.stream.next()).await {
            if let Message::Text(text) = message
                && let Ok(ServerFrame::Event(event)) = serde_json::from_str(&text)
            {
                seen = event.seq;
            }
        }
        seen
    }
}
