//! `/ws/room/ROOM`: commands up, events down.

use ::room::{Resume, Who};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{State, ws};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use futures_util::SinkExt;
use protocol::{ClientFrame, LIMITS, ServerFrame, User};
use serde::Deserialize;
use std::time::Duration;
use thiserror::Error;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::entry::Entry;
use super::hub::{Handle, Joined};
use super::view;
use crate::auth::{self, MaybeViewer};
use crate::clock::now;
use crate::error::{ApiError, ApiResult};
use crate::extract::{InRoom, Query};
use crate::state::App;
use crate::store::rooms::RoomRow;

/// A frame that does not leave in this time never will.
const SEND: Duration = Duration::from_secs(10);
/// How often a silent client is asked whether it is there.
const ASK: Duration = Duration::from_secs(25);
/// A client that has been silent for so long, through three questions, is gone.
const SILENT: Duration = Duration::from_secs(80);
/// Frames that make no sense, before the socket is closed.
const NONSENSE: u32 = 20;
/// Events that share one flush.
const BURST: usize = 64;

/// The query of a socket's address.
#[derive(Debug, Deserialize)]
pub struct SocketQuery {
    /// The last event that the client has seen.
    after: Option<u64>,
    /// A session token, for pages of other origins.
    token: Option<String>,
}

/// Why a socket ends; becomes its close code (RFC 6455 7.4).
#[derive(Debug, Error)]
enum End {
    #[error("the client is gone")]
    Gone,
    #[error("too slow; come back and resume")]
    Slow,
    #[error("the server stops; come back in a moment")]
    Shutdown,
    #[error("too many frames that make no sense")]
    Nonsense,
    #[error("a frame that cannot be read, or is too long")]
    Unreadable,
    #[error("the server failed; come back in a moment")]
    Failed,
}

impl From<ApiError> for End {
    fn from(_: ApiError) -> Self {
        Self::Failed
    }
}

impl From<axum::Error> for End {
    fn from(_: axum::Error) -> Self {
        Self::Gone
    }
}

impl End {
    fn code(&self) -> Option<u16> {
        match self {
            Self::Gone => None,
            Self::Slow => Some(4008),
            Self::Shutdown => Some(ws::close_code::RESTART),
            Self::Nonsense => Some(ws::close_code::POLICY),
            Self::Unreadable => Some(ws::close_code::PROTOCOL),
            Self::Failed => Some(ws::close_code::ERROR),
        }
    }
}

/// Opens a room's socket.
pub async fn connect(
    State(app): State<App>,
    InRoom(room): InRoom,
    Query(query): Query<SocketQuery>,
    MaybeViewer(by_cookie): MaybeViewer,
    upgrade: WebSocketUpgrade,
) -> ApiResult<Response> {
    let viewer = match query.token.as_deref() {
        Some(token) => Some(auth::from_token(&app, token).await?),
        None => by_cookie,
    };
    let session = viewer.as_ref().map(|viewer| viewer.session.clone());
    let who = match viewer {
        Some(viewer) if viewer.owns(&room) => Who::Host(viewer.user),
        Some(viewer) => Who::Viewer(viewer.user),
        None => Who::Guest,
    };
    let upgrade = upgrade.max_message_size(LIMITS.frame_bytes).max_frame_size(LIMITS.frame_bytes);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let handle = app.rooms.open(&room.id);
        let watching = handle.enter(user(&who).map(|user| user.id));
        metrics::gauge!("livestall_room_sockets").increment(1);
        let mut connection = Connection { app, who, session, handle, socket, nonsense: 0 };
        let end = connection.run(room, query.after).await;
        connection.close(&end).await;
        metrics::gauge!("livestall_room_sockets").decrement(1);
        drop(watching);
    }))
}

fn user(who: &Who) -> Option<&User> {
    match who {
        Who::Guest => None,
        Who::Viewer(user) | Who::Host(user) => Some(user),
    }
}

struct Connection {
    app: App,
    who: Who,
    /// The session's key in the store; none for a guest.
    session: Option<String>,
    handle: Handle,
    socket: WebSocket,
    nonsense: u32,
}

impl Connection {
    async fn run(&mut self, room: RoomRow, after: Option<u64>) -> End {
        match self.talk(room, after).await {
            Ok(never) => match never {},
            Err(end) => end,
        }
    }

    async fn talk(&mut self, room: RoomRow, after: Option<u64>) -> Result<std::convert::Infallible, End> {
        let joined = self.handle.join(after).await?;
        // Before the welcome names a version, so that no change falls in between.
        let mut gifts = self.app.gifts.watch();
        let mut entries = self.welcome(room, joined).await?;
        let mut asks = interval(ASK);
        asks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = Instant::now();
        let shutdown = self.app.shutdown.clone();
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return Err(End::Shutdown),
                entry = entries.recv() => match entry {
                    Ok(entry) => {
                        self.feed(Message::Text(entry.frame())).await?;
                        for _ in 1..BURST {
                            match entries.try_recv() {
                                Ok(entry) => self.feed(Message::Text(entry.frame())).await?,
                                Err(TryRecvError::Lagged(_)) => return Err(End::Slow),
                                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                            }
                        }
                        self.flush().await?;
                    }
                    Err(RecvError::Lagged(_)) => return Err(End::Slow),
                    Err(RecvError::Closed) => return Err(End::Shutdown),
                },
                // Its sender lives as long as the app.
                Ok(()) = gifts.changed() => {
                    let version = gifts.borrow_and_update().version;
                    self.send(&ServerFrame::Gifts { version }).await?;
                }
                message = self.socket.recv() => {
                    heard = Instant::now();
                    match message {
                        Some(Ok(Message::Text(text))) => self.answer(&text).await?,
                        Some(Ok(Message::Binary(_))) => self.refuse_nonsense("expected text frames").await?,
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Err(_)) => return Err(End::Unreadable),
                        Some(Ok(Message::Close(_))) | None => return Err(End::Gone),
                    }
                }
                _ = asks.tick() => {
                    if heard.elapsed() > SILENT {
                        return Err(End::Gone);
                    }
                    self.feed(Message::Ping(Bytes::new())).await?;
                    self.flush().await?;
                }
            }
        }
    }

    /// The first frame, and what the client has missed.
    async fn welcome(
        &mut self,
        room: RoomRow,
        joined: Joined,
    ) -> Result<tokio::sync::broadcast::Receiver<Entry>, End> {
        let (snapshot, missed) = match joined.resume {
            Resume::Tail(missed) => (None, missed),
            Resume::Fresh(state, missed) => {
                let mut db = self.app.store.read().await.map_err(ApiError::from)?;
                let snapshot = view::snapshot(&mut db, &room.id, *state).await.map_err(ApiError::from)?;
                (Some(snapshot), missed)
            }
        };
        let room = view::with_status(&self.app, room, joined.status);
        let user = user(&self.who).cloned();
        let (seq, gifts) = (joined.seq, self.app.gifts.current().version);
        let welcome = ServerFrame::Welcome { room, user, time: now(), seq, gifts, snapshot };
        self.send(&welcome).await?;
        for entry in missed {
            self.feed(Message::Text(entry.frame())).await?;
        }
        self.flush().await?;
        Ok(joined.entries)
    }

    async fn answer(&mut self, text: &str) -> Result<(), End> {
        let frame = match serde_json::from_str(text) {
            Ok(ClientFrame::Ping { id }) => {
                ServerFrame::Pong { id, time: now(), viewers: self.handle.viewers() }
            }
            Ok(ClientFrame::Command { id, command }) => {
                let asked = match self.still_logged_in().await {
                    Ok(()) => self.handle.command(self.who.clone(), command).await,
                    Err(over) => Err(over),
                };
                match asked {
                    Ok(seq) => ServerFrame::Accepted { id, seq },
                    Err(error) => ServerFrame::Refused { id, problem: error.problem() },
                }
            }
            Err(error) => return self.refuse_nonsense(&error.to_string()).await,
        };
        self.send(&frame).await
    }

    /// Whoever logged out, or whose time is over, is a guest from then on, also on a socket that was opened before.
    async fn still_logged_in(&mut self) -> ApiResult<()> {
        let Some(session) = &self.session else { return Ok(()) };
        if self.app.store.user(session).await?.is_some() {
            return Ok(());
        }
        self.session = None;
        self.who = Who::Guest;
        let detail = "the session is over; log in again and come back";
        Err(ApiError::new(StatusCode::UNAUTHORIZED, "bad_token", detail))
    }

    /// Says what was wrong with a frame; its number is not known, so it is 0.
    async fn refuse_nonsense(&mut self, why: &str) -> Result<(), End> {
        self.nonsense = self.nonsense.saturating_add(1);
        if self.nonsense > NONSENSE {
            return Err(End::Nonsense);
        }
        let problem =
            ApiError::new(StatusCode::BAD_REQUEST, "bad_frame", format!("not a frame: {why}")).problem();
        self.send(&ServerFrame::Refused { id: 0, problem }).await
    }

    async fn send(&mut self, frame: &ServerFrame) -> Result<(), End> {
        let text: Utf8Bytes = serde_json::to_string(frame).unwrap_or_default().into();
        self.feed(Message::Text(text)).await?;
        self.flush().await
    }

    async fn feed(&mut self, message: Message) -> Result<(), End> {
        Ok(timeout(SEND, self.socket.feed(message)).await.map_err(|_| End::Slow)??)
    }

    async fn flush(&mut self) -> Result<(), End> {
        Ok(timeout(SEND, self.socket.flush()).await.map_err(|_| End::Slow)??)
    }

    async fn close(mut self, end: &End) {
        if matches!(end, End::Slow) {
            metrics::counter!("livestall_room_slow_sockets_total").increment(1);
        }
        let Some(code) = end.code() else { return };
        let frame = CloseFrame { code, reason: end.to_string().into() };
        // The client may be gone; then there is nobody to tell.
        let _ = timeout(SEND, self.socket.send(Message::Close(Some(frame)))).await;
    }
}
