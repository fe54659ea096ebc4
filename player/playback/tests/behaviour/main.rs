//! The engine against a server, a network and a `<video>`, all in virtual time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a test may fail"
)]

mod bounds;
mod cues;
mod element;
mod faults;
mod ladder;
mod lanes;
mod line;
mod live;
mod origin;
mod random;
mod recording;
mod subtitles;
mod trace;
mod world;
mod yardstick;
