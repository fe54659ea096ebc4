//! What happens to the engine.

use crate::{Now, Span};

/// Number of a request; also the name of the body that it brought, while the shell keeps it.
pub type RequestId = u32;

/// Number of a source buffer, from 0: the first carries the pictures, a second one separate sound.
pub type LaneId = usize;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Play this, and forget what was played before.
    Load(Load),
    /// Forget everything.
    Stop,
    /// The viewer asks for the live edge.
    SeekLive,
    /// The viewer chooses a quality by its index, or leaves the choice to the engine.
    Quality(Option<usize>),
    /// The viewer chooses a sound by its number.
    Audio(usize),
    /// The viewer chooses subtitles by their number, or none.
    Subtitles(Option<usize>),
    /// News of the `<video>`.
    Video(Video),
    /// The media source is attached and takes buffers.
    SourceOpen,
    /// A request was answered; the status may be any.
    Response(Response),
    /// A request was not answered.
    Failed {
        /// Which request.
        request: RequestId,
        /// Why.
        failure: FetchFailure,
    },
    /// A body is in the source buffer.
    Appended {
        /// Which source buffer.
        lane: LaneId,
        /// The body.
        body: RequestId,
        /// What the source buffer holds now.
        buffered: Vec<Span>,
    },
    /// A body is not in the source buffer.
    AppendFailed {
        /// Which source buffer.
        lane: LaneId,
        /// The body.
        body: RequestId,
        /// Why.
        failure: AppendFailure,
        /// What the source buffer holds now.
        buffered: Vec<Span>,
    },
    /// A stretch was removed from a source buffer.
    Removed {
        /// Which source buffer.
        lane: LaneId,
        /// What the source buffer holds now.
        buffered: Vec<Span>,
    },
    /// The network is there again, or another one: what is under way may never come.
    Online,
    /// A managed media source asks for data, or asks to stop.
    Streaming(bool),
    /// The moment of [`crate::Engine::wake_at`] has come.
    Timer,
}

/// What to play.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// Absolute address of a multivariant or media playlist.
    pub uri: String,
    /// Where to begin.
    pub start: StartAt,
    /// Any number; spreads the retries of many players.
    pub seed: u64,
}

/// Where to begin.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum StartAt {
    /// Where the playlist says: live at the edge, recordings at their start.
    #[default]
    Default,
    /// At the live edge.
    Live,
    /// Seconds after the start of what the playlist holds.
    Seconds(f64),
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// To which request.
    pub request: RequestId,
    /// HTTP status.
    pub status: u16,
    /// Where the answer came from, redirects followed.
    pub uri: String,
    /// The whole body.
    pub body: Vec<u8>,
    /// When the headers were there.
    pub first_byte: Now,
}

/// Why a request was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchFailure {
    /// No connection, refused by CORS, or broken off.
    Network,
    /// The body was longer than anything that the engine would use.
    TooLarge,
}

/// Why a body could not be appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppendFailure {
    /// The buffer is full.
    Quota,
    /// The browser does not take this type.
    Unsupported,
    /// The browser could not decode the bytes, or the source is closed.
    Decode,
}

/// What the `<video>` said, and how it stood at that moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Video {
    /// Why it speaks.
    pub event: VideoEvent,
    /// `currentTime`.
    pub time: f64,
    /// `playbackRate`.
    pub rate: f64,
    /// `paused`.
    pub paused: bool,
    /// `seeking`.
    pub seeking: bool,
    /// `ended`.
    pub ended: bool,
    /// `readyState`, 0 to 4.
    pub ready_state: u8,
    /// The page is hidden.
    pub hidden: bool,
    /// Frames that were decoded too late to show.
    pub dropped: u32,
    /// Frames decoded.
    pub decoded: u32,
    /// Width of the element in device pixels; 0 when not known.
    pub pixel_width: u32,
}

/// Why the `<video>` speaks. Everything that changes no decision is a tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VideoEvent {
    /// Time passes.
    #[default]
    Tick,
    /// `seeking`.
    Seeking,
    /// `seeked`.
    Seeked,
    /// `waiting`: there is nothing to show.
    Waiting,
    /// `playing`: the picture moves.
    Playing,
    /// `play`: somebody asked for playback.
    Play,
    /// `pause`.
    Pause,
    /// `ended`.
    Ended,
    /// `error`: the decoder gave up.
    Error,
}
