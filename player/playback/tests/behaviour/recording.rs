//! Recordings: duration, seeks, the end.

use playback::{StartAt, State};

use crate::origin::{Era, Origin};
use crate::world::World;

#[test]
fn a_recording_is_played_to_its_end() {
    let mut world = World::playing(Origin::recording(31), 0);
    world.run(40.0);
    assert_eq!(world.duration, Some(31.0));
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert!((world.element.time - 31.0).abs() < 0.1, "{}", world.element.time);
    assert_eq!(world.stats.stalls, 0);
}

#[test]
fn a_recording_begins_at_zero_whatever_its_own_clock_says() {
    let mut world = World::playing(Origin::recording(20), 0);
    world.run(1.0);
    assert!((0.5..1.0).contains(&world.element.time), "{}", world.element.time);
}

#[test]
fn no_more_is_fetched_than_half_a_minute_ahead() {
    let mut world = World::playing(Origin::recording(600), 0);
    world.run(10.0);
    assert!((25.0..35.0).contains(&world.element.ahead()), "{}", world.element.ahead());
}

#[test]
fn a_seek_inside_the_buffer_fetches_nothing_anew() {
    let mut world = World::playing(Origin::recording(600), 0);
    world.run(2.0);
    world.seek(20.0);
    world.run(2.0);
    assert_eq!(world.asked("seg-10.m4s"), 1);
    assert!(world.element.time > 21.5);
}

#[test]
fn a_seek_outside_the_buffer_fetches_the_segment_that_holds_it() {
    let mut world = World::playing(Origin::recording(600), 0);
    world.run(2.0);
    world.seek(301.0);
    world.run(0.2);
    assert!(world.element.playing());
    assert_eq!((world.asked("seg-149.m4s"), world.asked("seg-150.m4s")), (0, 1));
    world.run(5.0);
    assert!(world.element.time > 305.5, "{}", world.element.time);
}

#[test]
fn a_seek_back_fills_the_hole_instead_of_jumping_it() {
    let mut world = World::playing(Origin::recording(600), 0);
    world.run(2.0);
    world.seek(301.0);
    world.run(2.0);
    world.seek(100.0);
    world.run(10.0);
    assert!((109.0..110.1).contains(&world.element.time), "{}", world.element.time);
    world.seek(5.0);
    world.run(35.0);
    assert!((39.0..40.1).contains(&world.element.time), "{}", world.element.time);
    assert_eq!(world.stats.stalls, 0);
}

#[test]
fn a_recording_begins_where_it_is_told_to() {
    let mut world = World::playing_from(Origin::recording(600), 0, StartAt::Seconds(61.0));
    world.run(1.0);
    assert!((61.5..62.1).contains(&world.element.time), "{}", world.element.time);
    assert_eq!(world.asked("seg-0.m4s"), 0);
}

#[test]
fn timelines_that_begin_anew_are_played_one_after_the_other() {
    let mut origin = Origin::recording(20);
    origin.lives[0].2 = vec![
        Era { from: 0, until: 10_000, media: 50_000 },
        Era { from: 10_000, until: 21_000, media: 0 },
        Era { from: 21_000, until: 30_000, media: 900_000 },
    ];
    let mut world = World::playing(origin, 0);
    world.run(35.0);
    assert_eq!(world.duration, Some(30.0));
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    assert_eq!(world.stats.stalls, 0);
    assert!(world.element.seeks.is_empty(), "{:?}", world.element.seeks);
}

#[test]
fn the_end_can_be_left_again() {
    let mut world = World::playing(Origin::recording(20), 0);
    world.run(25.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
    world.seek(3.0);
    world.run(2.0);
    assert!(world.element.playing());
    world.run(25.0);
    assert_eq!(world.states.last().unwrap().1, State::Ended);
}

#[test]
fn the_first_picture_of_a_recording_has_the_line_for_itself() {
    let mut world = World::playing(Origin::recording(60), 0);
    world.line.rate = 100_000.0;
    let mut asked = (0, 0);
    while world.appended.is_empty() {
        asked = (world.asked("seg-0.m4s"), world.asked("seg-1.m4s"));
        world.run(0.01);
    }
    assert_eq!(asked, (1, 0));
}
