//! Subtitles of their own playlist, given to the page near their pictures.

use playback::{Event, StartAt, State};

use crate::origin::{EPOCH_MS, Era, Origin};
use crate::world::World;

const INDEX: &str = "#EXTM3U\n\
    #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",LANGUAGE=\"en\",NAME=\"English\",DEFAULT=YES,AUTOSELECT=YES,URI=\"text.m3u8\"\n\
    #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",LANGUAGE=\"zh\",NAME=\"中文\",AUTOSELECT=YES,FORCED=YES,\
    CHARACTERISTICS=\"public.accessibility.transcribes-spoken-dialog\",URI=\"zh/text.m3u8\"\n\
    #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"other\",NAME=\"x\",URI=\"x.m3u8\"\n\
    #EXT-X-STREAM-INF:BANDWIDTH=1,SUBTITLES=\"t\"\nmedia.m3u8\n";

fn subtitled(mut origin: Origin, now: u64) -> World {
    origin.index = INDEX;
    let mut world = World::new(origin, now);
    world.load("http://o/live/index.m3u8", StartAt::Default);
    world
}

/// Every text stands where its picture does; gives back how many there are.
fn assert_in_place(world: &World) -> usize {
    for (_, cue) in &world.texts {
        let anchors = &world.timeline.anchors;
        let anchor =
            anchors.iter().rev().find(|anchor| anchor.media.0 <= cue.start).or(anchors.first()).unwrap();
        let program = anchor.program_ms + (cue.start - anchor.media.0) * 1_000.0 - EPOCH_MS as f64;
        let stated: f64 = cue.text.parse().unwrap();
        assert!((program - stated - 100.0).abs() < 2.0, "{stated} stands at {program}");
        assert!((cue.end - cue.start - 0.8).abs() < 1e-3);
    }
    world.texts.len()
}

#[test]
fn the_page_is_told_of_the_variants_own_subtitles() {
    let mut world = subtitled(Origin::recording(60), 0);
    world.run(1.0);
    let (audio, subtitles) = &world.renditions;
    assert!(audio.is_empty());
    let told: Vec<_> = subtitles
        .iter()
        .map(|it| (it.id, it.name.as_str(), it.language.as_str(), it.default, it.forced))
        .collect();
    assert_eq!(told, [(0, "English", "en", true, false), (1, "中文", "zh", false, true)]);
    assert!(subtitles[1].describes && !subtitles[0].describes);
}

#[test]
fn nothing_is_loaded_until_somebody_reads() {
    let mut world = subtitled(Origin::recording(60), 0);
    world.run(10.0);
    assert_eq!(world.requests.iter().filter(|(_, address)| address.contains("text")).count(), 0);
}

#[test]
fn what_is_read_stands_with_its_pictures_and_is_loaded_once() {
    let mut world = subtitled(Origin::recording(60), 0);
    world.tell(Event::Subtitles(Some(0)));
    world.run(0.5);
    world.tell(Event::Subtitles(Some(0)));
    world.run(62.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert_eq!(assert_in_place(&world), 30);
    let asked = world.requests.iter().filter(|(_, address)| address.ends_with("vtt")).count();
    assert_eq!(asked, 30);
    assert!(world.errors.is_empty(), "{:?}", world.errors);
}

#[test]
fn live_subtitles_follow_the_pictures() {
    let mut world = subtitled(Origin::live(), 61_300);
    world.run(1.0);
    world.tell(Event::Subtitles(Some(0)));
    world.run(30.0);
    assert!(assert_in_place(&world) >= 14, "{:?}", world.texts);
    let newest: u64 = world.texts.last().unwrap().1.text.parse().unwrap();
    assert!(world.now - newest < 5_000, "{newest} at {}", world.now);
    assert_eq!(world.stats.stalls, 0);
}

#[test]
fn subtitles_go_on_after_a_break_of_the_medias_clock() {
    let mut origin = Origin::live();
    let eras = [(0, 70_000, 5_000), (70_000, u64::MAX, 95_443_000)];
    origin.lives[0].2 = eras.map(|(from, until, media)| Era { from, until, media }).to_vec();
    let mut world = subtitled(origin, 61_300);
    world.run(1.0);
    world.tell(Event::Subtitles(Some(0)));
    world.run(20.0);
    assert!(assert_in_place(&world) >= 8, "{:?}", world.texts);
}

#[test]
fn whoever_stops_reading_or_reads_another_language_loads_no_more_of_the_first() {
    let mut world = subtitled(Origin::recording(120), 0);
    world.run(0.5);
    world.tell(Event::Subtitles(Some(0)));
    world.run(10.0);
    world.tell(Event::Subtitles(Some(1)));
    world.run(5.0);
    let zh = world.requests.iter().filter(|(_, address)| address.contains("/zh/text-")).count();
    assert!(zh >= 10 && world.texts.len() == zh, "{zh}, {}", world.texts.len());
    world.tell(Event::Subtitles(None));
    assert_eq!(world.texts.len(), 0);
    let asked = world.requests.len();
    world.run(5.0);
    assert!(!world.requests[asked..].iter().any(|(_, address)| address.contains("text")));
}

#[test]
fn a_seek_loads_what_is_read_there_and_lets_go_of_what_is_far() {
    let mut world = subtitled(Origin::recording(1_200), 0);
    world.run(0.5);
    world.tell(Event::Subtitles(Some(0)));
    world.run(10.0);
    world.seek(700.0);
    world.run(5.0);
    assert!(assert_in_place(&world) >= 10);
    assert!(world.texts.iter().all(|(_, cue)| (640.0..=760.0).contains(&cue.start)), "{:?}", world.texts);
}

#[test]
fn subtitles_of_a_long_show_stay_bounded() {
    let mut world = subtitled(Origin::live(), 61_300);
    world.keep_requests = false;
    world.tick = 1_000;
    world.run(1.0);
    world.tell(Event::Subtitles(Some(0)));
    world.run(600.0);
    assert!(world.texts.len() <= 64, "{}", world.texts.len());
}

#[test]
fn subtitles_that_cannot_be_had_or_read_disturb_no_picture() {
    let mut origin = Origin::recording(30);
    origin.missing = vec!["text-3.vtt".into()];
    origin.captions_head = |media| if media == 98_000 { "<html>".into() } else { "WEBVTT\n\n".into() };
    let mut world = subtitled(origin, 0);
    world.run(0.5);
    world.tell(Event::Subtitles(Some(0)));
    world.run(32.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert_eq!(world.texts.len(), 13);
    assert_eq!(world.asked("text-3.vtt"), 3);
    assert!(world.errors.iter().all(|error| !error.fatal) && world.errors.len() == 2, "{:?}", world.errors);
    assert_eq!(world.stats.stalls, 0);
    let mut gone = subtitled(Origin::recording(10), 0);
    gone.origin.missing = vec!["text.m3u8".into()];
    gone.run(0.5);
    gone.tell(Event::Subtitles(Some(0)));
    gone.run(12.0);
    assert_eq!(gone.states.last().unwrap().1, State::Ended);
}
