//! An RTMP publisher's session (RTMP 1.0): handshake, commands, frames.

mod answer;
mod control;

use std::collections::VecDeque;

use rml_rtmp::chunk_io::ChunkSerializer;
use rml_rtmp::handshake::{Handshake, HandshakeProcessResult, PeerType};
use rml_rtmp::messages::RtmpMessage;
use rml_rtmp::time::RtmpTimestamp;

use crate::chunk::{ChunkReader, Message};
use crate::command::{Command, Verb};
use crate::flv::{self, Tag};
use crate::{Event, Frame, IngestError, Metadata, Rejection, Session, StreamKey, Track, amf0, limits};
use control::{Acknowledger, Control};

/// Bytes in the client's part of the handshake: version, C1 and C2.
const HANDSHAKE: usize = 1 + 1536 + 1536;

/// An RTMP publisher's session. Begin with [`RtmpSession::default`].
pub struct RtmpSession {
    stage: Stage,
    reader: ChunkReader,
    writer: ChunkSerializer,
    acknowledger: Acknowledger,
    events: VecDeque<Event>,
    streams: u32,
    /// The message stream that publishes, or wants to.
    publishing: u32,
}

enum Stage {
    /// With the bytes that it took so far.
    Handshake(Box<Handshake>, usize),
    /// The handshake is done.
    Open,
    /// The application is chosen.
    Connected,
    /// [`Event::Publish`] waits for its answer.
    Asked,
    /// Frames may come.
    Publishing,
    /// Nothing counts any more.
    Over,
}

impl Default for RtmpSession {
    fn default() -> Self {
        Self {
            stage: Stage::Handshake(Box::new(Handshake::new(PeerType::Server)), 0),
            reader: ChunkReader::new(),
            writer: ChunkSerializer::new(),
            acknowledger: Acknowledger::default(),
            events: VecDeque::new(),
            streams: 0,
            publishing: 0,
        }
    }
}

impl Session for RtmpSession {
    fn receive(&mut self, bytes: &[u8]) -> Result<(), IngestError> {
        self.take(bytes).inspect_err(|error| self.reject(error.rejection(), &error.to_string()))
    }

    fn next_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    fn accept(&mut self) {
        if matches!(self.stage, Stage::Asked) {
            self.stage = Stage::Publishing;
            let stream = self.publishing;
            self.answer(stream, answer::stream_begin(stream));
            self.answer(stream, answer::status("status", "NetStream.Publish.Start", "publishing"));
        }
    }

    fn reject(&mut self, rejection: Rejection, description: &str) {
        if matches!(self.stage, Stage::Connected | Stage::Asked | Stage::Publishing) {
            let code = match rejection {
                Rejection::BadName => "NetStream.Publish.BadName",
                Rejection::Denied => "NetStream.Publish.Denied",
                Rejection::Failed => "NetStream.Publish.Failed",
            };
            self.answer(self.publishing, answer::status("error", code, description));
        }
        self.stage = Stage::Over;
    }
}

impl RtmpSession {
    fn take(&mut self, bytes: &[u8]) -> Result<(), IngestError> {
        match &mut self.stage {
            Stage::Handshake(handshake, taken) => {
                // It gets no byte more than it needs: what follows is ours to read.
                let (head, rest) =
                    bytes.split_at_checked(HANDSHAKE.saturating_sub(*taken)).unwrap_or((bytes, &[]));
                *taken += head.len();
                let step =
                    handshake.process_bytes(head).map_err(|e| IngestError::Handshake(e.to_string()))?;
                let (response, done) = match step {
                    HandshakeProcessResult::InProgress { response_bytes } => (response_bytes, false),
                    HandshakeProcessResult::Completed { response_bytes, .. } => (response_bytes, true),
                };
                if !response.is_empty() {
                    self.events.push_back(Event::Send(response));
                }
                if done {
                    self.stage = Stage::Open;
                    return self.take(rest);
                }
            }
            Stage::Over => {}
            _ => {
                self.reader.feed(bytes);
                if let Some(total) = self.acknowledger.received(bytes.len()) {
                    self.answer(0, RtmpMessage::Acknowledgement { sequence_number: total });
                }
                while let Some(message) = self.reader.next_message()? {
                    self.message(message)?;
                }
            }
        }
        Ok(())
    }

    fn message(&mut self, message: Message) -> Result<(), IngestError> {
        match message.kind {
            1..=6 => self.control(&message),
            8 | 9 => self.media(message),
            15 | 18 => {
                self.data(body(&message));
                Ok(())
            }
            17 | 20 => self.command(message.stream, Command::read(body(&message))?),
            _ => Ok(()),
        }
    }

    fn control(&mut self, message: &Message) -> Result<(), IngestError> {
        match Control::read(message.kind, &message.data)? {
            Control::ChunkSize(size) => self.reader.set_max_chunk(size)?,
            Control::Abort(id) => self.reader.abort(id),
            Control::Window(size) => self.acknowledger.set_window(size),
            Control::Ping(time) => self.answer(0, answer::pong(time)),
            Control::Other => {}
        }
        Ok(())
    }

    fn command(&mut self, stream: u32, command: Command) -> Result<(), IngestError> {
        let transaction = command.transaction;
        match command.verb {
            Verb::Connect { app } => self.connect(transaction, &app)?,
            Verb::CreateStream => {
                self.expect_connected("createStream")?;
                self.streams += 1;
                if self.streams > limits::MAX_STREAMS {
                    return Err(IngestError::TooMuch {
                        what: "streams",
                        limit: limits::MAX_STREAMS as usize,
                    });
                }
                self.answer(0, answer::stream_created(transaction, self.streams));
            }
            Verb::Publish { name } => {
                self.expect_connected("publish")?;
                self.publishing = stream;
                self.stage = Stage::Asked;
                self.events.push_back(Event::Publish(StreamKey::new(&name)));
            }
            Verb::Stop if matches!(self.stage, Stage::Publishing) => {
                self.stage = Stage::Over;
                self.events.push_back(Event::Finished);
            }
            Verb::Play => {
                self.publishing = stream;
                return Err(IngestError::Play);
            }
            Verb::Courtesy if transaction != 0.0 => self.answer(0, answer::done(transaction)),
            Verb::Stop | Verb::Courtesy | Verb::Other => {}
        }
        Ok(())
    }

    fn connect(&mut self, transaction: f64, app: &str) -> Result<(), IngestError> {
        if !matches!(self.stage, Stage::Open) {
            return Err(IngestError::OutOfTurn { command: "connect", expected: "one connect" });
        }
        self.widen_chunks();
        // OBS and others may send a slash or a query behind it.
        let name = app.split('?').next().unwrap_or_default().trim_matches('/');
        if name != "live" {
            let error = IngestError::Application;
            self.answer(0, answer::connect_rejected(transaction, &error.to_string()));
            return Err(error);
        }
        self.stage = Stage::Connected;
        for message in answer::welcome() {
            self.answer(0, message);
        }
        self.answer(0, answer::connected(transaction));
        Ok(())
    }

    fn expect_connected(&self, command: &'static str) -> Result<(), IngestError> {
        match self.stage {
            Stage::Connected => Ok(()),
            Stage::Publishing | Stage::Asked if command == "createStream" => Ok(()),
            _ => Err(IngestError::OutOfTurn { command, expected: "one connect, and one publish after it" }),
        }
    }

    /// Metadata that cannot be read is as good as none.
    fn data(&mut self, bytes: &[u8]) {
        if matches!(self.stage, Stage::Publishing)
            && bytes.len() <= limits::MAX_COMMAND
            && let Ok(values) = amf0::read(bytes)
            && let Some(metadata) = Metadata::from_values(&values)
        {
            self.events.push_back(Event::Metadata(metadata));
        }
    }

    fn media(&mut self, message: Message) -> Result<(), IngestError> {
        if !matches!(self.stage, Stage::Publishing) || message.stream != self.publishing {
            return Ok(());
        }
        let (track, tag) = match message.kind {
            8 => (Track::Audio, flv::audio(message.data)?),
            _ => (Track::Video, flv::video(message.data)?),
        };
        match tag {
            Tag::Config(config) => self.events.push_back(Event::Config(track, config)),
            Tag::Frame { composition, data } => {
                let timestamp = message.timestamp;
                self.events.push_back(Event::Frame(Frame { track, timestamp, composition, data }));
            }
            Tag::Nothing => {}
        }
        Ok(())
    }

    /// From here on every answer fits into one chunk: rml_rtmp repeats full headers within a message, which is wrong.
    fn widen_chunks(&mut self) {
        if let Ok(packet) = self.writer.set_max_chunk_size(answer::CHUNK, RtmpTimestamp::new(0)) {
            self.events.push_back(Event::Send(packet.bytes));
        }
    }

    /// Sends a message. Ours are a few hundred bytes of known text, so writing cannot fail but for a bug.
    fn answer(&mut self, stream: u32, message: RtmpMessage) {
        let payload = message.into_message_payload(RtmpTimestamp::new(0), stream);
        // Full headers: some encoders take nothing else from a server.
        if let Some(packet) =
            payload.ok().and_then(|payload| self.writer.serialize(&payload, true, false).ok())
        {
            self.events.push_back(Event::Send(packet.bytes));
        }
    }
}

/// A message's values. Kinds 15 and 17 are called AMF3, but carry a zero byte and then AMF0.
fn body(message: &Message) -> &[u8] {
    match message.kind {
        15 | 17 => message.data.strip_prefix(&[0]).unwrap_or(&message.data),
        _ => &message.data,
    }
}

#[cfg(test)]
mod tests;
