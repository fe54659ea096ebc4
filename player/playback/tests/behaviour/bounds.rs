//! What may never grow.

use crate::origin::Origin;
use crate::world::World;

/// How much the engine holds: its own text tells of every field.
fn size(world: &World) -> usize {
    format!("{:?}", world.engine).len()
}

#[test]
fn a_day_long_live_stream_keeps_memory_bounded() {
    let mut origin = Origin::live();
    origin.low_latency = false;
    origin.part = 1_000;
    origin.parts_per_segment = 4;
    origin.window = 6;
    let mut world = World::playing(origin, 100_000);
    world.keep_requests = false;
    world.tick = 2_000;
    world.run(600.0);
    let (early, kept) = (size(&world), world.kept());
    for _ in 0..24 {
        world.run(3_600.0);
        assert!(size(&world) < early * 5 / 4, "{} after {early}", size(&world));
        assert!(world.kept() <= kept + 4);
        let held: f64 = world.element.spans.iter().map(|span| span.end.0 - span.start.0).sum();
        assert!(held < 60.0, "{held}");
        world.element.rates.clear();
    }
    assert_eq!(world.stats.stalls, 0);
    assert!(world.latency() < 17.0, "{}", world.latency());
}

#[test]
fn an_hour_of_low_latency_keep_memory_bounded() {
    let mut world = World::playing(Origin::live(), 100_000);
    world.keep_requests = false;
    world.tick = 1_000;
    world.run(600.0);
    let (early, kept) = (size(&world), world.kept());
    for _ in 0..3 {
        world.run(1_200.0);
        assert!(size(&world) < early * 5 / 4, "{} after {early}", size(&world));
        assert!(world.kept() <= kept + 4);
        let held: f64 = world.element.spans.iter().map(|span| span.end.0 - span.start.0).sum();
        assert!(held < 60.0, "{held}");
        world.element.rates.clear();
    }
    assert_eq!(world.stats.stalls, 0);
}

#[test]
fn a_viewer_who_scrubs_leaves_no_requests_behind() {
    let mut world = World::playing(Origin::recording(600), 0);
    world.round_trip = 4_000;
    world.run(10.0);
    for step in 0..100_u32 {
        world.seek(f64::from(step * 37 % 600));
        world.run(0.02);
    }
    let requests = format!("{:?}", world.engine).matches("Request {").count();
    assert!(requests < 8, "{requests} requests");
}

#[test]
fn stopping_lets_go_of_everything() {
    let mut world = World::playing(Origin::live(), 61_300);
    world.run(10.0);
    world.tell(playback::Event::Stop);
    assert_eq!(world.kept(), 0);
    assert_eq!(world.engine.wake_at(), None);
}
