use rml_amf0::Amf0Value;
use rml_rtmp::messages::MessagePayload;

use super::*;
use publisher::{Publisher, args, object, text};

mod publisher;

fn media(publisher: &mut Publisher, kind: u8, time: u32, payload: &[u8]) -> Vec<Event> {
    publisher.send(&MessagePayload {
        timestamp: RtmpTimestamp::new(time),
        type_id: kind,
        message_stream_id: 1,
        data: payload.to_vec().into(),
    })
}

#[test]
fn obs_gets_from_handshake_to_frames() {
    let mut publisher = Publisher::shake_hands();
    let answers = publisher.command(0, "connect", object(&[("app", "live"), ("type", "nonprivate")]), vec![]);
    assert!(answers.said("NetConnection.Connect.Success"));
    publisher.command(0, "releaseStream", Amf0Value::Null, args("key-with-16-chars"));
    publisher.command(0, "FCPublish", Amf0Value::Null, args("key-with-16-chars"));
    assert_eq!(publisher.command(0, "createStream", Amf0Value::Null, vec![]).number("_result"), Some(1.0));
    let asked =
        publisher.command(1, "publish", Amf0Value::Null, vec![text("key-with-16-chars"), text("live")]);
    let [Event::Publish(key)] = &asked.events[..] else { panic!("{asked:?}") };
    assert_eq!(key.reveal(), "key-with-16-chars");

    publisher.session.accept();
    assert!(publisher.drain().said("NetStream.Publish.Start"));
    let metadata = object(&[("encoder", "obs-output module (libobs version 30.2.3)")]);
    let told = publisher.data(vec![text("@setDataFrame"), text("onMetaData"), metadata]);
    assert!(matches!(&told[..], [Event::Metadata(metadata)] if metadata.encoder.starts_with("obs-output")));

    let config = Event::Config(Track::Audio, vec![0x12, 0x10].into());
    assert_eq!(media(&mut publisher, 8, 0, &[0xaf, 0, 0x12, 0x10]), [config]);
    let frame = Frame { track: Track::Video, timestamp: 7, composition: 66, data: b"unit"[..].into() };
    assert_eq!(media(&mut publisher, 9, 7, b"\x17\x01\0\0\x42unit"), [Event::Frame(frame)]);

    publisher.command(0, "FCUnpublish", Amf0Value::Null, args("key-with-16-chars"));
    let bye = publisher.command(0, "deleteStream", Amf0Value::Null, vec![Amf0Value::Number(1.0)]);
    assert_eq!(bye.events, [Event::Finished]);
}

#[test]
fn a_publisher_who_is_sent_away_hears_why() {
    let mut publisher = Publisher::asking("wrong");
    publisher.session.reject(Rejection::BadName, "the stream key is wrong");
    let answer = publisher.drain();
    assert!(answer.said("NetStream.Publish.BadName") && answer.said("the stream key is wrong"));
    assert_eq!(media(&mut publisher, 8, 0, &[0xaf, 0, 0x12, 0x10]), []);
}

#[test]
fn frames_before_the_answer_are_not_taken() {
    let mut publisher = Publisher::asking("key");
    assert_eq!(media(&mut publisher, 8, 0, &[0xaf, 0, 0x12, 0x10]), []);
}

#[test]
fn hevc_is_refused_by_name_in_the_error_and_over_rtmp() {
    let mut publisher = Publisher::publishing();
    let error = publisher.send_bad(9, b"\x90hvc1\0\0\0").unwrap_err();
    assert_eq!(error.to_string(), "video codec hvc1 is not supported: set the encoder to H.264 (AVC)");
    let answer = publisher.drain();
    assert!(answer.said("NetStream.Publish.Failed") && answer.said("hvc1"));
}

#[test]
fn another_application_is_refused() {
    let mut publisher = Publisher::shake_hands();
    let error = publisher.try_command(0, "connect", object(&[("app", "vod")]), vec![]).unwrap_err();
    assert_eq!(error, IngestError::Application);
    assert!(publisher.drain().said("NetConnection.Connect.Rejected"));
}

#[test]
fn a_stream_key_in_the_place_of_the_application_is_said_to_nobody() {
    for app in ["sk-0123456789abcdef", "live/sk-0123456789abcdef"] {
        let mut publisher = Publisher::shake_hands();
        let error = publisher.try_command(0, "connect", object(&[("app", app)]), vec![]).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("0123456789abcdef"));
    }
}

#[test]
fn whoever_wants_to_play_is_told_where() {
    let mut publisher = Publisher::connected();
    assert_eq!(publisher.try_command(1, "play", Amf0Value::Null, args("key")), Err(IngestError::Play));
    assert!(publisher.drain().said("watch at /live/ROOM/index.m3u8"));
}

#[test]
fn commands_out_of_turn_are_refused() {
    let mut publisher = Publisher::shake_hands();
    let error = publisher.try_command(1, "publish", Amf0Value::Null, args("key")).unwrap_err();
    assert!(matches!(error, IngestError::OutOfTurn { command: "publish", .. }));
    let mut publisher = Publisher::publishing();
    let error = publisher.try_command(1, "publish", Amf0Value::Null, args("key")).unwrap_err();
    assert!(matches!(error, IngestError::OutOfTurn { command: "publish", .. }));
}

#[test]
fn every_answer_fits_into_one_chunk() {
    let mut publisher = Publisher::asking("key");
    let long = "why ".repeat(100);
    publisher.session.reject(Rejection::Denied, &long);
    assert!(publisher.drain().said(&long));
}

#[test]
fn a_browser_on_the_rtmp_port_is_no_publisher() {
    let mut session = RtmpSession::default();
    let error = session.receive(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap_err();
    assert!(matches!(error, IngestError::Handshake(_)), "{error}");
}

#[test]
fn a_ping_is_answered_and_bytes_are_acknowledged() {
    let mut publisher = Publisher::publishing();
    let ping = [0, 6, 0, 0, 0x30, 0x39];
    assert_eq!(media(&mut publisher, 4, 0, &ping).len(), 1);
    media(&mut publisher, 5, 0, &2_000_u32.to_be_bytes());
    let frame = [&b"\x27\x01\0\0\0"[..], &[0; 4_000]].concat();
    let events = media(&mut publisher, 9, 0, &frame);
    assert!(matches!(events[..], [Event::Send(_), .., Event::Frame(_)]), "{events:?}");
}

proptest::proptest! {
    #[test]
    fn any_bytes_after_the_handshake_are_read_or_refused(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..1_000),
    ) {
        let mut publisher = Publisher::publishing();
        let _ = publisher.session.receive(&bytes);
    }
}
