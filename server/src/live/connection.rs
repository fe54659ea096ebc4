//! One publisher's connection: moves bytes between the socket and the session, and frames to the channel.

mod closing;

use std::net::SocketAddr;
use std::time::Duration;

use ingest::{Event, IngestError, Rejection, RtmpSession, Session};
use packager::PackagerError;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use crate::live::channel::{Dismissal, Publication};
use crate::live::{Live, Refusal};
pub(crate) use closing::Closing;

/// An answer must be written within this time.
const WRITE: Duration = Duration::from_secs(5);
/// A key must be checked within this time.
const AUTHORIZE: Duration = Duration::from_secs(5);

/// One publisher's connection.
pub(crate) struct Connection {
    live: Live,
    peer: SocketAddr,
    stream: TcpStream,
    session: RtmpSession,
    publication: Option<Publication>,
    dismissed: Option<oneshot::Receiver<Dismissal>>,
    received: metrics::Counter,
}

impl Connection {
    pub(crate) fn new(live: Live, peer: SocketAddr, stream: TcpStream) -> Self {
        Self {
            live,
            peer,
            stream,
            session: RtmpSession::default(),
            publication: None,
            dismissed: None,
            received: metrics::counter!("livestall_ingest_bytes_total"),
        }
    }

    /// Serves the publisher until it goes, or must go. Logs why.
    pub(crate) async fn run(mut self, shutdown: CancellationToken) {
        let closing = self.serve(&shutdown).await;
        if let Some((rejection, why)) = closing.rejection() {
            self.session.reject(rejection, &why);
        }
        closing.log(self.peer, self.publication.as_ref().map(Publication::room));
        // The grace time begins before the goodbyes.
        self.publication = None;
        if closing.is_heard() {
            closing::say_goodbye(self.stream, self.session).await;
        }
    }

    async fn serve(&mut self, shutdown: &CancellationToken) -> Closing {
        let opened = Instant::now();
        let mut buffer = vec![0; 64 << 10];
        loop {
            let deadline = match &self.publication {
                None => opened + self.live.config().handshake_timeout,
                Some(_) => Instant::now() + self.live.config().idle_timeout,
            };
            let read = tokio::select! {
                read = timeout_at(deadline, self.stream.read(&mut buffer)) => read,
                why = dismissal(&mut self.dismissed) => return Closing::Dismissed(why),
                () = shutdown.cancelled() => return Closing::Shutdown,
            };
            let count = match read {
                Err(_) => return Closing::Silent,
                Ok(Err(error)) => return Closing::Broken(error),
                Ok(Ok(0)) => return Closing::Gone,
                Ok(Ok(count)) => count,
            };
            self.received.increment(count as u64);
            let outcome = self.session.receive(buffer.get(..count).unwrap_or_default());
            if let Err(closing) = self.follow_up().await {
                return closing;
            }
            if let Err(error) = outcome {
                return error.into();
            }
        }
    }

    /// Does what the session asks for.
    async fn follow_up(&mut self) -> Result<(), Closing> {
        let mut answer = Vec::new();
        while let Some(event) = self.session.next_event() {
            match event {
                Event::Send(bytes) => answer.extend_from_slice(&bytes),
                Event::Publish(key) => self.publish(&key).await?,
                Event::Finished => return Err(Closing::Gone),
                event => self.media(event)?,
            }
        }
        if answer.is_empty() {
            return Ok(());
        }
        match timeout(WRITE, self.stream.write_all(&answer)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Closing::Broken(error)),
            Err(_) => Err(Closing::Silent),
        }
    }

    async fn publish(&mut self, key: &ingest::StreamKey) -> Result<(), Closing> {
        let answer = timeout(AUTHORIZE, self.live.auth().authorize(key.reveal())).await;
        let room =
            answer.unwrap_or(Err(Refusal::Unavailable)).map_err(|why| Closing::Refused(key.clone(), why))?;
        let mut publication = self.live.channel(&room).begin().map_err(Closing::Busy)?;
        tracing::info!(peer = %self.peer, %room, %key, "publisher accepted");
        self.dismissed = publication.dismissed();
        self.publication = Some(publication);
        self.session.accept();
        Ok(())
    }

    fn media(&self, event: Event) -> Result<(), PackagerError> {
        let Some(publication) = &self.publication else { return Ok(()) };
        match event {
            Event::Metadata(metadata) => {
                tracing::debug!(room = publication.room(), ?metadata, "metadata");
                publication.hint(packager::Hints {
                    video: metadata.video,
                    audio: metadata.audio,
                    millihertz: metadata.millihertz,
                })
            }
            Event::Config(track, config) => publication.configure(which(track), &config),
            Event::Frame(frame) => publication.frame(packager::Frame {
                track: which(frame.track),
                timestamp: frame.timestamp,
                composition: frame.composition,
                data: frame.data,
            }),
            Event::Send(_) | Event::Publish(_) | Event::Finished => Ok(()),
        }
    }
}

const fn which(track: ingest::Track) -> packager::Track {
    match track {
        ingest::Track::Video => packager::Track::Video,
        ingest::Track::Audio => packager::Track::Audio,
    }
}

/// Never, without a publication.
async fn dismissal(dismissed: &mut Option<oneshot::Receiver<Dismissal>>) -> Dismissal {
    match dismissed {
        Some(receiver) => receiver.await.unwrap_or(Dismissal::Replaced),
        None => std::future::pending().await,
    }
}

impl From<IngestError> for Closing {
    fn from(error: IngestError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<PackagerError> for Closing {
    fn from(error: PackagerError) -> Self {
        Self::Unusable(error)
    }
}

impl From<Dismissal> for Rejection {
    fn from(why: Dismissal) -> Self {
        match why {
            Dismissal::ShowEnded | Dismissal::Kicked => Self::Denied,
            Dismissal::Replaced => Self::BadName,
        }
    }
}
