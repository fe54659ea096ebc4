//! Decides what a player fetches, appends, evicts and seeks. Never fetches, never touches a `<video>`, never reads a clock.
//!
//! The shell tells the [`Engine`] what happened and what time it is, then performs the actions that come out:
//!
//! ```text
//! engine.on(event, now);
//! while let Some(action) = engine.next_action() { shell.perform(action) }
//! shell.wake_at(engine.wake_at());
//! ```

mod action;
mod bandwidth;
mod buffer;
mod clock;
mod cues;
mod drops;
mod engine;
mod error;
mod event;
mod feed;
mod hold;
mod inits;
mod lane;
mod live_edge;
mod offsets;
mod piece;
mod playhead;
mod punctuality;
mod refresh;
mod retry;
mod select;
mod stats;
mod subtitles;
mod time;

pub use action::{Action, BodyKind, Fetch, Quality, Rendition, State, Timeline};
pub use clock::Anchor;
pub use cues::{Cue, CueData};
pub use engine::{Engine, Platform};
pub use error::{Error, ErrorKind};
pub use event::{
    AppendFailure, Event, FetchFailure, LaneId, Load, RequestId, Response, StartAt, Video, VideoEvent,
};
pub use stats::Stats;
pub use time::{MediaTime, Now, Span};
