//! The room's socket: events down, commands up, and the server's clock.
//!
//! Comes back by itself after a break, where it left off: nothing is lost and nothing comes twice. Does not know what
//! an event means.

mod backoff;
mod clock;
mod connection;
mod cursor;
mod pending;

use crate::api::{Api, ApiError};
use connection::Connection;
use protocol::{Command, ServerFrame, ServerTime};
use std::rc::Rc;

/// What a socket tells its owner.
#[expect(clippy::large_enum_variant, reason = "there is one at a time, on its way to the listener")]
#[derive(Debug, Clone)]
pub enum SocketEvent {
    /// A frame that is new: events come in the log's order, each once.
    Frame(ServerFrame),
    /// The connection is lost; it will be tried again.
    Lost,
}

/// An open room socket. Dropping it closes it and forgets what was not answered.
pub struct Socket(Rc<Connection>);

impl Socket {
    /// Connects to `/ws/room/{room}` with the token that `api` carries at each attempt, from the log's `after` on when
    /// it is given, else from a snapshot.
    pub fn open(api: Api, room: &str, after: Option<u64>, listener: impl Fn(SocketEvent) + 'static) -> Self {
        Self(Connection::open(api, room.to_owned(), after, Box::new(listener)))
    }

    /// Sends a command; `answer` gets its event's number in the log, or why there is none. A comment or a gift waits for a broken
    /// connection to come back, as its `client_id` makes it safe to send twice; any other command is refused then.
    pub fn send(&self, command: Command, answer: impl FnOnce(Result<u64, ApiError>) + 'static) {
        self.0.send(command, Box::new(answer));
    }

    /// The server's time when the local clock says `local` milliseconds, as pings have measured it.
    pub fn server_time(&self, local: f64) -> ServerTime {
        self.0.clock().at(local)
    }

    /// Milliseconds from the local clock to the server's; none before the first pong.
    pub fn clock_offset_ms(&self) -> Option<f64> {
        self.0.clock().offset_ms()
    }

    /// Connects anew, to be known under the token that the `Api` carries now.
    pub fn reconnect(&self) {
        self.0.reconnect();
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.0.close();
    }
}
