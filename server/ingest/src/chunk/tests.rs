use proptest::prelude::*;
use rml_rtmp::chunk_io::ChunkSerializer;
use rml_rtmp::messages::MessagePayload;
use rml_rtmp::time::RtmpTimestamp;

use super::*;

fn read_all(reader: &mut ChunkReader, bytes: &[u8]) -> Result<Vec<Message>, IngestError> {
    reader.feed(bytes);
    let mut messages = Vec::new();
    while let Some(message) = reader.next_message()? {
        messages.push(message);
    }
    Ok(messages)
}

fn read(bytes: &[u8]) -> Result<Vec<Message>, IngestError> {
    read_all(&mut ChunkReader::new(), bytes)
}

/// A chunk with a full header.
fn full(id: u8, time: u32, length: u32, kind: u8, payload: &[u8]) -> Vec<u8> {
    let mut chunk = vec![id];
    chunk.extend_from_slice(&time.to_be_bytes()[1..]);
    chunk.extend_from_slice(&length.to_be_bytes()[1..]);
    chunk.push(kind);
    chunk.extend_from_slice(&1_u32.to_le_bytes());
    chunk.extend_from_slice(payload);
    chunk
}

#[test]
fn messages_that_are_interleaved_on_two_streams_stay_apart() {
    let mut bytes = full(4, 10, 200, 9, &[9; 128]);
    bytes.extend(full(5, 11, 130, 8, &[8; 128]));
    bytes.extend([0xc4].iter().chain(&[9; 72]));
    bytes.extend([0xc5].iter().chain(&[8; 2]));
    let messages = read(&bytes).unwrap();
    let seen: Vec<_> = messages.iter().map(|m| (m.kind, m.timestamp, m.data.to_vec())).collect();
    assert_eq!(seen, [(9, 10, vec![9; 200]), (8, 11, vec![8; 130])]);
}

#[test]
fn an_extended_timestamp_is_read_whether_or_not_it_is_repeated() {
    let begin = |length| {
        let mut bytes = full(4, 0x00ff_ffff, length, 9, &[]);
        bytes.extend(0xfedc_ba98_u32.to_be_bytes());
        bytes.extend([1; 128]);
        bytes.push(0xc4);
        bytes
    };
    let mut repeated = begin(130);
    repeated.extend(0xfedc_ba98_u32.to_be_bytes());
    repeated.extend([1; 2]);
    let mut forgotten = begin(138);
    forgotten.extend([1; 10]);
    for (bytes, length) in [(repeated, 130), (forgotten, 138)] {
        let messages = read(&bytes).unwrap();
        assert_eq!(messages.len(), 1);
        assert_eq!((messages[0].timestamp, messages[0].data.len()), (0xfedc_ba98, length));
    }
}

#[test]
fn a_bare_header_repeats_the_last_delta_but_not_an_absolute_time() {
    let mut bytes = full(4, 1_000, 1, 9, &[1]);
    bytes.extend([0xc4, 2]);
    bytes.extend([0x84, 0, 0, 33, 3]);
    bytes.extend([0xc4, 4]);
    let times: Vec<_> = read(&bytes).unwrap().iter().map(|message| message.timestamp).collect();
    assert_eq!(times, [1_000, 1_000, 1_033, 1_066]);
}

#[test]
fn stream_numbers_take_one_two_or_three_bytes() {
    let header = &full(4, 0, 1, 9, &[7])[1..];
    for prefix in [&[63][..], &[0, 255], &[1, 255, 255]] {
        assert_eq!(read(&[prefix, header].concat()).unwrap().len(), 1, "{prefix:?}");
    }
}

#[test]
fn an_aborted_message_leaves_nothing_behind() {
    let mut reader = ChunkReader::new();
    assert_eq!(read_all(&mut reader, &full(4, 0, 200, 9, &[1; 128])).unwrap(), []);
    reader.abort(4);
    let messages = read_all(&mut reader, &full(4, 5, 1, 9, &[2])).unwrap();
    assert_eq!(messages[0].data, [2][..]);
}

#[test]
fn hostile_chunks_are_refused_before_they_cost_anything() {
    let too_long = IngestError::TooMuch { what: "bytes in a message", limit: limits::MAX_MESSAGE };
    assert_eq!(read(&full(4, 0, 0x00ff_ffff, 9, &[])), Err(too_long));

    let many: Vec<_> = (2..63).flat_map(|id| full(id, 0, 200, 9, &[0; 128])).collect();
    let too_many = IngestError::TooMuch { what: "chunk streams", limit: limits::MAX_CHUNK_STREAMS };
    assert_eq!(read(&many), Err(too_many));

    assert!(matches!(read(&[0xc4, 0]), Err(IngestError::Chunk { id: 4, found: 3, .. })));

    let restarted = [full(4, 0, 200, 9, &[0; 128]), full(4, 0, 200, 9, &[0; 128])].concat();
    assert!(matches!(read(&restarted), Err(IngestError::Chunk { expected: "the rest of a message", .. })));

    let mut reader = ChunkReader::new();
    assert!(reader.set_max_chunk(0).is_err());
    assert!(reader.set_max_chunk(u32::MAX).is_err());
}

#[test]
fn unfinished_messages_are_bounded_though_each_of_their_chunks_is_whole() {
    let mut reader = ChunkReader::new();
    reader.set_max_chunk(1 << 20).unwrap();
    let piece = vec![0; 1 << 20];
    // Three whole chunks of a message of four, on one stream after the other.
    let refused = (3..30).find_map(|id| {
        read_all(&mut reader, &full(id, 0, 4 << 20, 9, &piece)).err().or_else(|| {
            let more = [&[0xc0 | id][..], &piece].concat();
            (0..2).find_map(|_| read_all(&mut reader, &more).err())
        })
    });
    let what = "bytes of unfinished messages";
    assert_eq!(refused, Some(IngestError::TooMuch { what, limit: limits::MAX_PENDING }));
}

#[test]
fn finished_and_aborted_messages_do_not_count_as_unfinished() {
    let mut reader = ChunkReader::new();
    reader.set_max_chunk(1 << 20).unwrap();
    let piece = vec![0; 1 << 20];
    for _ in 0..20 {
        assert_eq!(read_all(&mut reader, &full(4, 0, 1 << 20, 9, &piece)).unwrap().len(), 1);
        assert_eq!(read_all(&mut reader, &full(5, 0, 2 << 20, 9, &piece)).unwrap(), []);
        reader.abort(5);
    }
}

fn payload() -> impl Strategy<Value = (u8, u32, u32, Vec<u8>)> {
    let kind = prop_oneof![Just(8_u8), Just(9), Just(18), Just(20)];
    let time = prop_oneof![0..100_u32, 0x00ff_fff0..0x0100_0010_u32, any::<u32>()];
    (kind, time, 0..3_u32, proptest::collection::vec(any::<u8>(), 1..700))
}

proptest! {
    #[test]
    fn what_rml_rtmp_writes_in_chunks_is_read_back(
        payloads in proptest::collection::vec(payload(), 1..8),
        chunk in 1..300_u32,
        step in 1..64_usize,
    ) {
        let (mut writer, mut reader) = (ChunkSerializer::new(), ChunkReader::new());
        let mut bytes = writer.set_max_chunk_size(chunk, RtmpTimestamp::new(0)).unwrap().bytes;
        for (type_id, time, message_stream_id, data) in &payloads {
            let payload = MessagePayload {
                timestamp: RtmpTimestamp::new(*time),
                type_id: *type_id,
                message_stream_id: *message_stream_id,
                data: data.clone().into(),
            };
            bytes.extend(writer.serialize(&payload, false, true).unwrap().bytes);
        }
        let mut messages = Vec::new();
        for piece in bytes.chunks(step) {
            reader.feed(piece);
            while let Some(message) = reader.next_message().unwrap() {
                if message.kind == 1 {
                    reader.set_max_chunk(chunk).unwrap();
                } else {
                    messages.push((message.kind, message.timestamp, message.stream, message.data.to_vec()));
                }
            }
        }
        prop_assert_eq!(messages, payloads);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read(&bytes);
    }
}
