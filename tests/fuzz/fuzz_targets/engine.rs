//! Any events in virtual time: the engine of `playback` never panics, floods, spins, hoards or asks into the past.
#![no_main]

#[path = "engine/grammar.rs"]
mod grammar;
#[path = "../../../player/playback/tests/behaviour/origin.rs"]
#[allow(dead_code)]
mod origin;
#[path = "engine/shell.rs"]
mod shell;
#[path = "engine/tape.rs"]
mod tape;

use libfuzzer_sys::fuzz_target;
use origin::{Era, Origin};
use playback::{AppendFailure, Event, FetchFailure, VideoEvent};
use shell::Shell;
use tape::Tape;

/// Longest story: what goes wrong only later is for the soak tests.
const MAX_STEPS: usize = 150;

fuzz_target!(|bytes: &[u8]| {
    let mut tape = Tape(bytes);
    let mut shell = Shell::new(origin(&mut tape));
    let address = if tape.chance() { "http://o/index.m3u8" } else { "http://o/media.m3u8" };
    shell.load(address, &mut tape);
    shell.tell(Event::SourceOpen);
    for _ in 0..MAX_STEPS {
        if tape.is_empty() {
            break;
        }
        step(&mut shell, &mut tape);
    }
    shell.check_size();
    shell.tell(Event::Stop);
    shell.assert_nothing_left();
});

/// Two sounds and two languages of subtitles.
const LANGUAGES: &str = "#EXTM3U\n\
    #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",DEFAULT=YES,URI=\"one/media.m3u8\"\n\
    #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"b\",URI=\"two/media.m3u8\"\n\
    #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",NAME=\"c\",URI=\"text.m3u8\"\n\
    #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",NAME=\"d\",URI=\"more/text.m3u8\"\n\
    #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a\",SUBTITLES=\"t\"\nvideo/media.m3u8\n";

/// A server; all zeros are a low-latency stream without a fault.
fn origin(tape: &mut Tape<'_>) -> Origin {
    let mut origin = if tape.chance() { Origin::recording(60) } else { Origin::live() };
    let traits = tape.byte();
    if traits & 1 != 0 {
        origin.low_latency = false;
    }
    if traits & 2 != 0 {
        origin.window = 3;
    }
    if traits & 4 != 0 && origin.ended.is_none() {
        // The server begins anew with small numbers.
        origin.lives.push((70_000, 0, vec![Era { from: 70_000, until: u64::MAX, media: 0 }]));
    }
    if traits & 8 != 0 {
        let era = |from, media| Era { from, until: from + 4_000, media };
        origin.lives[0].2 = (0..40).map(|n| era(n * 5_000, n * 1_700 % 9_000)).collect();
    }
    if traits & 16 != 0 {
        origin.ranges =
            (0..80).map(|n| (n * 1_000, format!("ID=\"{n}\",CLASS=\"c\",END-ON-NEXT=YES"))).collect();
        origin.events = (0..160).map(|n| (n * 500, n as u32, "urn:x", vec![1; 40])).collect();
    }
    if traits & 64 != 0 {
        origin.index = LANGUAGES;
    }
    if traits & 32 != 0 {
        origin.outages = vec![(63_000, 68_000), (75_000, 110_000)];
    }
    origin
}

/// One thing that happens.
fn step(shell: &mut Shell, tape: &mut Tape<'_>) {
    match tape.below(16) {
        0 => shell.go_well(tape.below(4) + 1),
        1 => shell.pass(u64::from(tape.byte()) * 4),
        2 => shell.pass(u64::from(tape.word()) * 500),
        3 => shell.answer_well(tape.below(4), None),
        4 => {
            let (back, cut) = (tape.below(4), tape.word());
            shell.answer_well(back, Some(usize::from(cut)));
        }
        5 => {
            let (back, address) = (tape.below(4), tape.chance());
            shell.answer(back, |name| (200, grammar::body(name, address, tape)));
        }
        6 => {
            let (back, status, length) = (tape.below(4), tape.word(), tape.below(64));
            let body = tape.take(length).to_vec();
            shell.answer(back, |_| (status, body));
        }
        7 => {
            let failure = if tape.chance() { FetchFailure::TooLarge } else { FetchFailure::Network };
            shell.fail(tape.below(4), failure);
        }
        8 => shell.append(tape.below(3)),
        9 => {
            let all = [AppendFailure::Quota, AppendFailure::Decode, AppendFailure::Unsupported];
            let failure = all[tape.below(3)];
            shell.refuse(tape.below(3), failure);
        }
        10 => shell.removed(tape),
        11 => {
            let event = video_event(tape);
            shell.video(event, |_| {});
        }
        12 => {
            let (event, time, rate, flags) = (video_event(tape), tape.number(), tape.number(), tape.byte());
            shell.video(event, |video| {
                (video.time, video.rate) = (time, rate);
                (video.paused, video.seeking) = (flags & 1 != 0, flags & 2 != 0);
                (video.ended, video.hidden) = (flags & 4 != 0, flags & 8 != 0);
                (video.ready_state, video.pixel_width) = (flags >> 4, u32::from(flags) * 40);
            });
        }
        13 => {
            let event = match tape.below(8) {
                0 => Event::SeekLive,
                1 => Event::Quality(tape.chance().then(|| tape.below(5))),
                2 => Event::Streaming(tape.chance()),
                3 => Event::Online,
                4 => Event::SourceOpen,
                6 => Event::Audio(tape.below(4)),
                5 => Event::Subtitles(tape.chance().then(|| tape.below(4))),
                _ => return shell.load("http://o/index.m3u8", tape),
            };
            shell.tell(event);
        }
        14 => shell.nonsense(tape),
        _ => shell.rest(),
    }
}

fn video_event(tape: &mut Tape<'_>) -> VideoEvent {
    let all = [
        VideoEvent::Tick,
        VideoEvent::Seeking,
        VideoEvent::Seeked,
        VideoEvent::Waiting,
        VideoEvent::Playing,
        VideoEvent::Play,
        VideoEvent::Pause,
        VideoEvent::Ended,
        VideoEvent::Error,
    ];
    all[tape.below(all.len())]
}
