//! Why a connection closes, and how.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use ingest::{Event, IngestError, Rejection, RtmpSession, Session, StreamKey};
use packager::PackagerError;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::live::Refusal;
use crate::live::channel::{Busy, Dismissal};

/// Why a connection closes.
#[derive(Debug)]
pub(crate) enum Closing {
    /// The publisher said goodbye, or hung up.
    Gone,
    /// Nothing came for too long.
    Silent,
    Broken(io::Error),
    Refused(StreamKey, Refusal),
    Busy(Busy),
    Unreadable(IngestError),
    Unusable(PackagerError),
    Dismissed(Dismissal),
    Shutdown,
}

impl Closing {
    /// What the publisher is told, if it does not know yet.
    pub(crate) fn rejection(&self) -> Option<(Rejection, String)> {
        match self {
            Self::Gone | Self::Silent | Self::Broken(_) => None,
            // The session told it already.
            Self::Unreadable(_) => None,
            Self::Refused(_, why @ Refusal::UnknownKey) => Some((Rejection::BadName, why.to_string())),
            Self::Refused(_, why) => Some((Rejection::Denied, why.to_string())),
            Self::Busy(why @ Busy::Taken) => Some((Rejection::BadName, why.to_string())),
            Self::Busy(why @ Busy::Resting) => Some((Rejection::Denied, why.to_string())),
            Self::Unusable(error) => Some((Rejection::Failed, error.to_string())),
            Self::Dismissed(why) => Some(((*why).into(), why.to_string())),
            Self::Shutdown => Some((Rejection::Failed, "the server is shutting down".to_owned())),
        }
    }

    /// Whether there is somebody to say goodbye to. Waiting for the others would keep their places taken.
    pub(crate) fn is_heard(&self) -> bool {
        !matches!(self, Self::Gone | Self::Silent | Self::Broken(_))
    }

    /// Says it in the log, once, and counts it.
    pub(crate) fn log(&self, peer: SocketAddr, room: Option<&str>) {
        let reason = match self {
            Self::Gone | Self::Shutdown | Self::Dismissed(_) => {
                tracing::info!(%peer, room, reason = ?self, "publisher's connection closed");
                "gone"
            }
            Self::Silent => {
                tracing::warn!(%peer, room, "publisher fell silent");
                "silent"
            }
            Self::Broken(error) => {
                tracing::info!(%peer, room, %error, "publisher's connection broke");
                "broken"
            }
            Self::Refused(key, why) => {
                tracing::warn!(%peer, %key, %why, "publisher refused");
                "refused"
            }
            Self::Busy(why) => {
                tracing::warn!(%peer, %why, "publisher refused");
                "busy"
            }
            Self::Unreadable(error) => {
                tracing::warn!(%peer, room, %error, "publisher's bytes refused");
                "unreadable"
            }
            Self::Unusable(error) => {
                tracing::warn!(%peer, room, %error, "publisher's stream cannot be packaged");
                "unusable"
            }
        };
        metrics::counter!("livestall_ingest_closed_total", "reason" => reason).increment(1);
    }
}

/// Sends the session's last words, if it did not yet, and waits for the publisher to hang up: closing on unread bytes would reset the
/// connection before it could read them.
pub(super) async fn say_goodbye(mut stream: TcpStream, mut session: RtmpSession) {
    let mut words = Vec::new();
    while let Some(event) = session.next_event() {
        if let Event::Send(bytes) = event {
            words.extend_from_slice(&bytes);
        }
    }
    let goodbye = async {
        stream.write_all(&words).await?;
        stream.shutdown().await?;
        let mut rest = [0; 4 << 10];
        while stream.read(&mut rest).await? > 0 {}
        io::Result::Ok(())
    };
    // Whether it listens is its own affair.
    let _late = timeout(Duration::from_secs(2), goodbye).await;
}
