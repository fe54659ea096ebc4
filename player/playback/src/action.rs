//! What the engine asks of the shell.

use container::webvtt;
use playlist::ByteRange;

use crate::event::{LaneId, RequestId};
use crate::{Anchor, Cue, Error, MediaTime, Now, Span, Stats};

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Fetch, and answer with `Response` or `Failed`.
    Fetch(Fetch),
    /// Give up a request; nothing is to be heard of it any more.
    Abort(RequestId),
    /// Make a media source and attach it; answer with `SourceOpen`.
    OpenSource,
    /// Make the source buffer for this type, or change its type.
    OpenBuffer {
        /// Which source buffer.
        lane: LaneId,
        /// MIME type with codecs.
        mime: String,
    },
    /// Append a kept body; answer with `Appended` or `AppendFailed`. Appends and removals happen in the order asked.
    Append {
        /// Which source buffer.
        lane: LaneId,
        /// Whose bytes.
        body: RequestId,
        /// How many of them, from the first.
        length: usize,
        /// Seconds from the media's own timeline to the presentation's.
        offset: f64,
    },
    /// A kept body is needed no more.
    Forget(RequestId),
    /// Remove a stretch from a source buffer; answer with `Removed`.
    Remove {
        /// Which source buffer.
        lane: LaneId,
        /// What.
        span: Span,
    },
    /// Set the duration; `None` is endless.
    Duration(Option<f64>),
    /// Nothing more will be appended, unless the viewer seeks.
    EndOfStream,
    /// Set `currentTime`.
    Seek(MediaTime),
    /// Set `playbackRate`.
    Rate(f64),
    /// Tell the page where things are.
    Timeline(Timeline),
    /// Tell the page how things are.
    State(State),
    /// Tell the page what is wrong.
    Error(Error),
    /// Tell the page the numbers.
    Stats(Stats),
    /// Tell the page what the playhead has reached.
    Cue(Cue),
    /// Tell the page what there is to choose from.
    Qualities {
        /// What there is, in the playlist's order.
        list: Vec<Quality>,
        /// Index of what plays.
        current: Option<usize>,
    },
    /// Tell the page what else there is to choose from: languages of the sound and of the subtitles.
    Renditions {
        /// Sounds, in the playlist's order; none when there is no choice.
        audio: Vec<Rendition>,
        /// Number of the sound that is heard.
        heard: Option<usize>,
        /// Subtitles, in the playlist's order.
        subtitles: Vec<Rendition>,
    },
    /// Give the page text to show, on the presentation timeline.
    Captions {
        /// Number of the subtitles.
        track: usize,
        /// What to name these cues by.
        segment: RequestId,
        /// The text. A cue may have come with another segment as well.
        cues: Vec<webvtt::Cue>,
    },
    /// These cues are needed no more.
    DropCaptions {
        /// Number of the subtitles.
        track: usize,
        /// Which cues.
        segment: RequestId,
    },
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Its number.
    pub request: RequestId,
    /// Absolute address.
    pub uri: String,
    /// Only these bytes.
    pub range: Option<ByteRange>,
    /// What becomes of the body.
    pub body: BodyKind,
    /// Bodies beyond this many bytes are `TooLarge`.
    pub limit: usize,
    /// The engine gives up by itself at this moment.
    pub deadline: Now,
}

/// What becomes of a body after the engine has seen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// Text for the engine alone.
    Playlist,
    /// Kept by the shell under the request's number until `Forget`.
    Media,
}

/// A quality that the viewer may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quality {
    /// Number to choose it by.
    pub id: usize,
    /// Pixels across, 0 when the playlist does not say.
    pub width: u32,
    /// Pixels down, 0 when the playlist does not say.
    pub height: u32,
    /// Bits a second.
    pub bitrate: u64,
}

/// A sound or subtitles that the viewer may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Number to choose it by.
    pub id: usize,
    /// Name for people.
    pub name: String,
    /// BCP 47, empty when the playlist does not say.
    pub language: String,
    /// To be taken unless the viewer says otherwise.
    pub default: bool,
    /// To be taken unless the viewer says otherwise, by who speaks its language: it translates what cannot be understood.
    pub forced: bool,
    /// It describes sounds as well, for those who do not hear them.
    pub describes: bool,
}

/// How things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing to show yet.
    Loading,
    /// There is something to show.
    Ready,
    /// Ran dry.
    Buffering,
    /// The live stream has stopped growing, or is not there yet.
    Away,
    /// Played to the end.
    Ended,
}

/// Where things are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// More is to come.
    pub live: bool,
    /// Presentation time to programme time, in the order of presentation time.
    pub anchors: Vec<Anchor>,
    /// Where one can seek to.
    pub seekable: Span,
    /// Seconds, when not live.
    pub duration: Option<f64>,
    /// Seconds that the engine keeps between the edge and the playhead.
    pub target: f64,
    /// The newest media that is known to exist by now.
    pub edge: MediaTime,
}
