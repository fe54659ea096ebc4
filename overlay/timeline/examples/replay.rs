//! How long it takes to load a show's comments and to seek in it: `cargo run --release -p timeline --example replay`.
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use protocol::{ChatMessage, DanmakuMode, Event, EventBody, Role, ServerTime, StreamTime, User};
use std::time::Instant;
use timeline::{Arrival, Stage, Timeline};

const COMMENTS: u64 = 24_000;
/// Two hours.
const SHOW_MS: u64 = 7_200_000;

fn main() {
    let events: Vec<Event> = (1..=COMMENTS).map(comment).collect();
    let stage = Stage { width: 1_280.0, rows: 12, duration_ms: 8_700, gap: 40.0 };
    // The best of some tells the code's time from that of the machine's other work.
    for _ in 0..5 {
        run(stage, events.clone());
    }
}

fn run(stage: Stage, events: Vec<Event>) {
    let mut timeline = Timeline::new(stage, |comment| 25.0 * comment.text.chars().count() as f64);
    time("load", || timeline.insert_all(events, Arrival::Missed));
    for minutes in [119, 60, 1, 118] {
        let t = StreamTime(minutes * 60_000);
        let flights = time(&format!("seek to minute {minutes}"), || timeline.at(t).flights.len());
        println!("  {flights} fly");
    }
    println!("{:?}", timeline.stats(StreamTime(i64::MAX / 2)));
}

fn comment(seq: u64) -> Event {
    // Any spread will do that is not even: crowds, and quiet between them.
    let spread = seq.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let at = StreamTime(((seq * SHOW_MS / COMMENTS) + spread % 5_000).cast_signed());
    let user =
        User { id: (spread % 900).cast_signed(), name: format!("u{}", spread % 900), role: Role::Viewer };
    let text = format!("第{}条弹幕{}", spread % 4_000, "好".repeat((spread % 20) as usize));
    let (client_id, mode, color) = (seq.to_string(), DanmakuMode::Scroll, 0xff_ffff);
    let body = EventBody::Chat(ChatMessage { user, text, client_id, mode, color });
    Event { seq, time: ServerTime(at.millis()), at, body }
}

fn time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let result = work();
    println!("{what}: {:.2} ms", begun.elapsed().as_secs_f64() * 1_000.0);
    result
}
