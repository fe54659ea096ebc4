//! Any bytes from a publisher: they are refused, or packaged into playlists that can be read.
#![no_main]

use std::sync::LazyLock;

use ingest::{Event, RtmpSession, Session};
use libfuzzer_sys::fuzz_target;
use packager::{Config, Frame, Hints, Numbers, Packager, PackagerError, Progress, Track, WallTime};

/// Version, C1 and C2 of the plain handshake.
static HANDSHAKE: LazyLock<Vec<u8>> = LazyLock::new(|| [&[3][..], &[0; 2 * 1536]].concat());

// The first byte says whether the handshake is done already, the second in how many pieces the rest comes.
fuzz_target!(|bytes: &[u8]| {
    let [mode, pieces, rest @ ..] = bytes else { return };
    let mut session = RtmpSession::default();
    if mode % 2 == 1 {
        session.receive(&HANDSHAKE).expect("the handshake is right");
    }
    let mut packager = Packager::new(Config::default(), Numbers { segment: 1, part: 1 });
    let mut now = 0;
    for piece in rest.chunks(rest.len() / (usize::from(*pieces) + 1) + 1) {
        let outcome = session.receive(piece);
        while let Some(event) = session.next_event() {
            now += 10;
            if follow(&mut session, &mut packager, event, WallTime(now)).is_err() {
                return;
            }
        }
        if let Err(error) = outcome {
            assert!(!error.to_string().is_empty());
            return;
        }
    }
    packager.end();
    check(&packager);
});

fn follow(
    session: &mut RtmpSession,
    packager: &mut Packager,
    event: Event,
    now: WallTime,
) -> Result<(), PackagerError> {
    let which = |track| if track == ingest::Track::Video { Track::Video } else { Track::Audio };
    let progress = match event {
        Event::Publish(key) => {
            assert!(key.to_string().len() < 64);
            session.accept();
            Progress::Nothing
        }
        Event::Metadata(metadata) => {
            let (video, audio, millihertz) = (metadata.video, metadata.audio, metadata.millihertz);
            packager.hint(Hints { video, audio, millihertz });
            Progress::Nothing
        }
        Event::Config(track, config) => packager.configure(which(track), &config)?,
        Event::Frame(frame) => {
            let (track, timestamp, composition) = (which(frame.track), frame.timestamp, frame.composition);
            packager.push(Frame { track, timestamp, composition, data: frame.data }, now)?
        }
        Event::Send(_) | Event::Finished => Progress::Nothing,
    };
    if progress == Progress::Grew {
        check(packager);
    }
    Ok(())
}

/// What readers would get can be read.
fn check(packager: &Packager) {
    let snapshot = packager.snapshot();
    for skip in [false, true] {
        let text = snapshot.media_playlist(skip);
        assert!(playlist::parse(&text).is_ok(), "{text}");
    }
    if let Some(text) = snapshot.multivariant_playlist("media.m3u8") {
        assert!(playlist::parse(&text).is_ok(), "{text}");
    }
}
