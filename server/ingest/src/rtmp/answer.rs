//! What a publisher is told (RTMP 1.0, 7.2).

use std::collections::HashMap;

use rml_amf0::Amf0Value;
use rml_rtmp::messages::{PeerBandwidthLimitType, RtmpMessage, UserControlEventType};
use rml_rtmp::time::RtmpTimestamp;

/// Bytes that either side sends before it wants an acknowledgement.
pub(super) const WINDOW: u32 = 2_500_000;

/// Bytes of our chunks; no answer is longer.
pub(super) const CHUNK: u32 = 4_096;

/// What precedes the answer to `connect`.
pub(super) fn welcome() -> [RtmpMessage; 3] {
    [
        RtmpMessage::WindowAcknowledgement { size: WINDOW },
        RtmpMessage::SetPeerBandwidth { size: WINDOW, limit_type: PeerBandwidthLimitType::Dynamic },
        stream_begin(0),
    ]
}

pub(super) fn connected(transaction: f64) -> RtmpMessage {
    let server = object(&[("fmsVer", text("FMS/3,5,7,7009")), ("capabilities", Amf0Value::Number(31.0))]);
    command(
        "_result",
        transaction,
        server,
        vec![info("status", "NetConnection.Connect.Success", "connected")],
    )
}

pub(super) fn connect_rejected(transaction: f64, why: &str) -> RtmpMessage {
    let info = info("error", "NetConnection.Connect.Rejected", why);
    command("_error", transaction, Amf0Value::Null, vec![info])
}

pub(super) fn stream_created(transaction: f64, stream: u32) -> RtmpMessage {
    command("_result", transaction, Amf0Value::Null, vec![Amf0Value::Number(stream.into())])
}

/// The bare acknowledgement of a command.
pub(super) fn done(transaction: f64) -> RtmpMessage {
    command("_result", transaction, Amf0Value::Null, vec![Amf0Value::Undefined])
}

pub(super) fn status(level: &str, code: &str, description: &str) -> RtmpMessage {
    let description: String = description.chars().take(512).collect();
    let description = description.as_str();
    command("onStatus", 0.0, Amf0Value::Null, vec![info(level, code, description)])
}

pub(super) const fn stream_begin(stream: u32) -> RtmpMessage {
    RtmpMessage::UserControl {
        event_type: UserControlEventType::StreamBegin,
        stream_id: Some(stream),
        buffer_length: None,
        timestamp: None,
    }
}

pub(super) fn pong(time: u32) -> RtmpMessage {
    RtmpMessage::UserControl {
        event_type: UserControlEventType::PingResponse,
        stream_id: None,
        buffer_length: None,
        timestamp: Some(RtmpTimestamp::new(time)),
    }
}

fn command(name: &str, transaction: f64, object: Amf0Value, arguments: Vec<Amf0Value>) -> RtmpMessage {
    RtmpMessage::Amf0Command {
        command_name: name.to_owned(),
        transaction_id: transaction,
        command_object: object,
        additional_arguments: arguments,
    }
}

fn info(level: &str, code: &str, description: &str) -> Amf0Value {
    object(&[("level", text(level)), ("code", text(code)), ("description", text(description))])
}

fn object(properties: &[(&str, Amf0Value)]) -> Amf0Value {
    let properties = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    Amf0Value::Object(properties.collect::<HashMap<_, _>>())
}

fn text(text: &str) -> Amf0Value {
    Amf0Value::Utf8String(text.to_owned())
}
