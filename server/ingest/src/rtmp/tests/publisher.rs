//! A publisher's end of the wire, written with rml_rtmp.

use std::collections::HashMap;

use rml_amf0::Amf0Value;
use rml_rtmp::chunk_io::{ChunkDeserializer, ChunkSerializer};
use rml_rtmp::handshake::{Handshake, HandshakeProcessResult, PeerType};
use rml_rtmp::messages::{MessagePayload, RtmpMessage};
use rml_rtmp::time::RtmpTimestamp;

use crate::{Event, IngestError, RtmpSession, Session};

pub(super) struct Publisher {
    pub(super) session: RtmpSession,
    writer: ChunkSerializer,
    reader: ChunkDeserializer,
    transaction: f64,
}

/// What came back: messages, and the other events.
#[derive(Debug)]
pub(super) struct Answers {
    messages: Vec<RtmpMessage>,
    pub(super) events: Vec<Event>,
}

impl Answers {
    pub(super) fn said(&self, words: &str) -> bool {
        self.messages.iter().any(|message| format!("{message:?}").contains(words))
    }

    /// The first number in the arguments of a command.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.messages.iter().find_map(|message| match message {
            RtmpMessage::Amf0Command { command_name, additional_arguments, .. } if command_name == name => {
                additional_arguments.iter().find_map(|value| value.clone().get_number())
            }
            _ => None,
        })
    }
}

impl Publisher {
    pub(super) fn shake_hands() -> Self {
        let mut session = RtmpSession::default();
        let mut handshake = Handshake::new(PeerType::Client);
        let mut outgoing = handshake.generate_outbound_p0_and_p1().unwrap();
        loop {
            session.receive(&outgoing).unwrap();
            let mut incoming = Vec::new();
            while let Some(Event::Send(bytes)) = session.next_event() {
                incoming.extend(bytes);
            }
            match handshake.process_bytes(&incoming).unwrap() {
                HandshakeProcessResult::InProgress { response_bytes } => outgoing = response_bytes,
                HandshakeProcessResult::Completed { response_bytes, .. } => {
                    session.receive(&response_bytes).unwrap();
                    break;
                }
            }
        }
        let (writer, reader) = (ChunkSerializer::new(), ChunkDeserializer::new());
        Self { session, writer, reader, transaction: 0.0 }
    }

    pub(super) fn connected() -> Self {
        let mut publisher = Self::shake_hands();
        publisher.command(0, "connect", object(&[("app", "live")]), vec![]);
        publisher.command(0, "createStream", Amf0Value::Null, vec![]);
        publisher
    }

    pub(super) fn asking(key: &str) -> Self {
        let mut publisher = Self::connected();
        publisher.command(1, "publish", Amf0Value::Null, args(key));
        publisher
    }

    pub(super) fn publishing() -> Self {
        let mut publisher = Self::asking("key");
        publisher.session.accept();
        publisher.drain();
        publisher
    }

    pub(super) fn try_command(
        &mut self,
        stream: u32,
        name: &str,
        object: Amf0Value,
        arguments: Vec<Amf0Value>,
    ) -> Result<(), IngestError> {
        self.transaction += 1.0;
        let command = RtmpMessage::Amf0Command {
            command_name: name.to_owned(),
            transaction_id: self.transaction,
            command_object: object,
            additional_arguments: arguments,
        };
        let payload = command.into_message_payload(RtmpTimestamp::new(0), stream).unwrap();
        self.put(&payload)
    }

    pub(super) fn command(
        &mut self,
        stream: u32,
        name: &str,
        object: Amf0Value,
        arguments: Vec<Amf0Value>,
    ) -> Answers {
        self.try_command(stream, name, object, arguments).unwrap();
        self.drain()
    }

    pub(super) fn data(&mut self, values: Vec<Amf0Value>) -> Vec<Event> {
        let payload =
            RtmpMessage::Amf0Data { values }.into_message_payload(RtmpTimestamp::new(0), 1).unwrap();
        self.send(&payload)
    }

    /// Sends a message, and returns all that follows from it.
    pub(super) fn send(&mut self, payload: &MessagePayload) -> Vec<Event> {
        self.put(payload).unwrap();
        std::iter::from_fn(|| self.session.next_event()).collect()
    }

    pub(super) fn send_bad(&mut self, kind: u8, payload: &[u8]) -> Result<(), IngestError> {
        self.put(&MessagePayload {
            timestamp: RtmpTimestamp::new(0),
            type_id: kind,
            message_stream_id: 1,
            data: payload.to_vec().into(),
        })
    }

    pub(super) fn drain(&mut self) -> Answers {
        let mut answers = Answers { messages: Vec::new(), events: Vec::new() };
        while let Some(event) = self.session.next_event() {
            let Event::Send(bytes) = event else {
                answers.events.push(event);
                continue;
            };
            let mut bytes = &bytes[..];
            while let Some(message) = self.reader.get_next_message(bytes).unwrap() {
                let message = message.to_rtmp_message().unwrap();
                if let RtmpMessage::SetChunkSize { size } = message {
                    self.reader.set_max_chunk_size(size as usize).unwrap();
                }
                answers.messages.push(message);
                bytes = &[];
            }
        }
        answers
    }

    fn put(&mut self, payload: &MessagePayload) -> Result<(), IngestError> {
        let bytes = self.writer.serialize(payload, false, false).unwrap().bytes;
        // In two pieces, as networks do.
        let (head, tail) = bytes.split_at(bytes.len() / 2);
        self.session.receive(head)?;
        self.session.receive(tail)
    }
}

pub(super) fn text(text: &str) -> Amf0Value {
    Amf0Value::Utf8String(text.to_owned())
}

pub(super) fn args(key: &str) -> Vec<Amf0Value> {
    vec![text(key), text("live")]
}

pub(super) fn object(properties: &[(&str, &str)]) -> Amf0Value {
    let properties = properties.iter().map(|(name, value)| ((*name).to_owned(), text(value)));
    Amf0Value::Object(properties.collect::<HashMap<_, _>>())
}
