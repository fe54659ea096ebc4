//! Sound of its own beside the pictures: two source buffers.

use std::time::Duration;

use playback::{Action, Engine, Event, Load, Platform, Response, Span, StartAt, Video};

use crate::origin::Origin;

const INDEX: &str = "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",DEFAULT=YES,URI=\"sound/media.m3u8\"\n\
    #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"b\",LANGUAGE=\"zh\",URI=\"other/media.m3u8\"\n\
    #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"b\",NAME=\"c\",URI=\"far/media.m3u8\"\n\
    #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a\"\nvideo/media.m3u8\n";

/// Answers every request of which the address has this in it, and what those set off; gives back all else that was done.
fn answer(engine: &mut Engine, asked: &mut Vec<(u32, String)>, which: &str) -> Vec<Action> {
    answer_and_note(engine, asked, which, &mut Vec::new())
}

/// The same; `seen` gets the addresses.
fn answer_and_note(
    engine: &mut Engine,
    asked: &mut Vec<(u32, String)>,
    which: &str,
    seen: &mut Vec<String>,
) -> Vec<Action> {
    let mut done = Vec::new();
    loop {
        while let Some(action) = engine.next_action() {
            match action {
                Action::Fetch(fetch) => asked.push((fetch.request, fetch.uri)),
                action => done.push(action),
            }
        }
        let Some(place) = asked.iter().position(|(_, uri)| uri.contains(which)) else { return done };
        let (request, uri) = asked.remove(place);
        seen.push(uri.clone());
        let body = match uri.ends_with("index.m3u8") {
            true => INDEX.as_bytes().to_vec(),
            false => Origin::recording(10).answer(&uri, 0).unwrap().body,
        };
        let response = Response { request, status: 200, uri, body, first_byte: Duration::ZERO };
        engine.on(Event::Response(response), Duration::ZERO);
    }
}

/// Everything is loaded, and the first source buffers hold it.
fn loaded() -> (Engine, Vec<(u32, String)>, Vec<Action>) {
    let mut engine = Engine::new(Platform { supports: Box::new(|_| true) });
    let (mut asked, seed) = (Vec::new(), 1);
    let load = Load { uri: "http://o/index.m3u8".into(), start: StartAt::Default, seed };
    engine.on(Event::Load(load), Duration::ZERO);
    engine.on(Event::SourceOpen, Duration::ZERO);
    let mut done = answer(&mut engine, &mut asked, "/");
    loop {
        let appended = done.iter().rev().find_map(|action| match action {
            Action::Append { lane, body, .. } => Some((*lane, *body)),
            _ => None,
        });
        let before = done.len();
        for lane in 0..2 {
            for body in 0..60 {
                let buffered = vec![Span::new(0.0, 10.0)];
                engine.on(Event::Appended { lane, body, buffered }, Duration::ZERO);
            }
        }
        done.extend(answer(&mut engine, &mut asked, "/"));
        if done.len() == before || appended.is_none() {
            return (engine, asked, done);
        }
    }
}

#[test]
fn another_sound_takes_over_from_the_playhead_on() {
    let (mut engine, mut asked, done) = loaded();
    let told = |done: &[Action]| {
        let last = done.iter().rev().find_map(|action| match action {
            Action::Renditions { audio, heard, .. } => Some((audio.iter().map(|it| it.id).collect(), *heard)),
            _ => None,
        });
        last.unwrap()
    };
    assert_eq!(told(&done), (vec![0, 1], Some(0)));
    let time = 4.5;
    let video = Video { time, rate: 1.0, ready_state: 4, ..Video::default() };
    engine.on(Event::Video(video), Duration::ZERO);
    // One of another group, and pictures, are no choice.
    engine.on(Event::Audio(2), Duration::ZERO);
    engine.on(Event::Audio(9), Duration::ZERO);
    assert!(answer(&mut engine, &mut asked, "far").is_empty());
    engine.on(Event::Audio(1), Duration::ZERO);
    let mut first = Vec::new();
    let done = answer_and_note(&mut engine, &mut asked, "other/", &mut first);
    assert_eq!(told(&done), (vec![0, 1], Some(1)));
    assert!(
        done.iter().any(|action| matches!(action, Action::Remove { lane: 1, span } if span.start.0 == 6.5))
    );
    let media = first.iter().find(|uri| uri.ends_with("m4s")).unwrap();
    assert!(media.ends_with("other/seg-2.m4s"), "{first:?}");
    assert!(done.iter().any(|action| matches!(action, Action::Append { lane: 1, .. })));
    assert!(!done.iter().any(|action| matches!(action, Action::Append { lane: 0, .. })));
}

#[test]
fn a_sound_that_cannot_be_had_leaves_all_as_it_is() {
    let (mut engine, ..) = loaded();
    engine.on(Event::Audio(1), Duration::ZERO);
    let (mut told, mut tries) = (Vec::new(), 0);
    for second in 1..20 {
        let now = Duration::from_secs(second);
        engine.on(Event::Timer, now);
        while let Some(action) = engine.next_action() {
            match action {
                Action::Fetch(fetch) if fetch.uri.contains("other/") => {
                    tries += 1;
                    let failure = playback::FetchFailure::Network;
                    engine.on(Event::Failed { request: fetch.request, failure }, now);
                }
                action => told.push(action),
            }
        }
    }
    assert_eq!(tries, 3);
    assert!(told.iter().any(|action| matches!(action, Action::Renditions { heard: Some(0), .. })));
    assert!(
        told.iter()
            .any(|action| matches!(action, Action::Error(error) if error.cause == "audio" && !error.fatal))
    );
}

#[test]
fn source_buffers_are_made_in_their_order_whichever_initialization_segment_comes_first() {
    let mut engine = Engine::new(Platform { supports: Box::new(|_| true) });
    let (mut asked, seed) = (Vec::new(), 1);
    let load = Load { uri: "http://o/index.m3u8".into(), start: StartAt::Default, seed };
    engine.on(Event::Load(load), Duration::ZERO);
    engine.on(Event::SourceOpen, Duration::ZERO);
    let mut done = answer(&mut engine, &mut asked, ".m3u8");
    done.extend(answer(&mut engine, &mut asked, "sound/"));
    done.extend(answer(&mut engine, &mut asked, "video/"));
    let opened: Vec<_> = done
        .iter()
        .filter_map(|action| match action {
            Action::OpenBuffer { lane, .. } => Some(*lane),
            _ => None,
        })
        .collect();
    assert_eq!(opened, [0, 1]);
}
