//! Sound of its own beside the pictures: two source buffers.

use std::time::Duration;

use playback::{Action, Engine, Event, Load, Platform, Response, StartAt};

use crate::origin::Origin;

const INDEX: &str = "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",DEFAULT=YES,URI=\"sound/media.m3u8\"\n\
    #EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO=\"a\"\nvideo/media.m3u8\n";

/// Answers every request of which the address has this in it, and what those set off; gives back all else that was done.
fn answer(engine: &mut Engine, asked: &mut Vec<(u32, String)>, which: &str) -> Vec<Action> {
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
        let body = match uri.ends_with("index.m3u8") {
            true => INDEX.as_bytes().to_vec(),
            false => Origin::recording(10).answer(&uri, 0).unwrap().body,
        };
        let response = Response { request, status: 200, uri, body, first_byte: Duration::ZERO };
        engine.on(Event::Response(response), Duration::ZERO);
    }
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
