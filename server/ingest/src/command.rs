//! RTMP's commands (RTMP 1.0, 7.2), as far as publishers use them.

use crate::amf0::{self, Value};
use crate::{IngestError, limits};

/// A command, with the number that its answer must carry.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Command {
    pub(crate) transaction: f64,
    pub(crate) verb: Verb,
}

/// What a publisher asks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verb {
    /// To use an application.
    Connect { app: String },
    /// For a message stream.
    CreateStream,
    /// To publish under a name.
    Publish { name: String },
    /// To stop.
    Stop,
    /// To play, which we refuse.
    Play,
    /// For an acknowledgement, no more: `releaseStream`, `FCPublish`, …
    Courtesy,
    /// Something that needs no answer.
    Other,
}

impl Command {
    /// Reads the body of a command message.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, IngestError> {
        if bytes.len() > limits::MAX_COMMAND {
            return Err(IngestError::TooMuch { what: "bytes of a command", limit: limits::MAX_COMMAND });
        }
        let values = amf0::read(bytes)?;
        let name = values.first().and_then(Value::text);
        let name = name.ok_or(IngestError::Malformed { what: "command", expected: "a name" })?;
        let transaction = values.get(1).and_then(Value::number).filter(|number| number.is_finite());
        let verb = match name {
            "connect" => {
                let app = values.get(2).and_then(|object| object.get("app")).and_then(Value::text);
                Verb::Connect { app: app.unwrap_or_default().to_owned() }
            }
            "createStream" => Verb::CreateStream,
            "publish" => {
                let name = values.get(3).and_then(Value::text).unwrap_or_default();
                if name.len() > limits::MAX_STREAM_KEY {
                    return Err(IngestError::TooMuch {
                        what: "bytes in a stream key",
                        limit: limits::MAX_STREAM_KEY,
                    });
                }
                Verb::Publish { name: name.to_owned() }
            }
            "deleteStream" | "closeStream" => Verb::Stop,
            "play" | "play2" => Verb::Play,
            "releaseStream" | "FCPublish" | "FCUnpublish" | "_checkbw" | "getStreamLength" => Verb::Courtesy,
            _ => Verb::Other,
        };
        Ok(Self { transaction: transaction.unwrap_or_default(), verb })
    }
}
