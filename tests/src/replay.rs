//! A recording replayed as a live stream: which of its seconds a playlist shows at a moment. Serves nothing.

use protocol::ServerTime;
use std::{
    fmt::Write,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// Seconds that are on the air already when somebody comes.
const BEFORE: u64 = 8;
/// The same after a restart.
const BEFORE_RESTARTED: u64 = 2;
/// Segments that a playlist lists.
const WINDOW: u64 = 10;
/// Media sequence number of the first segment.
const FIRST: u64 = 1_000;

/// A live stream of segments of one second.
#[derive(Debug)]
pub struct Replay {
    began: Instant,
    /// Programme time of the first segment, in milliseconds since the epoch.
    date: i64,
    first: u64,
    life: u32,
    frozen: Option<Instant>,
    rewound: u64,
}

impl Replay {
    /// On the air for some seconds already.
    pub fn begin() -> Self {
        Self::life(FIRST, BEFORE, 0)
    }

    fn life(first: u64, before: u64, life: u32) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let date = now.as_millis() as i64 - before as i64 * 1_000;
        let began = Instant::now().checked_sub(Duration::from_secs(before)).unwrap_or_else(Instant::now);
        Self { began, date, first, life, frozen: None, rewound: 0 }
    }

    /// The playlist stops to grow, or goes on as if it never had.
    pub fn freeze(&mut self, frozen: bool) {
        self.frozen = frozen.then(Instant::now);
    }

    /// The playlist is that of so many seconds ago, as from a cache that lags.
    pub fn rewind(&mut self, seconds: u64) {
        self.rewound = seconds;
    }

    /// The server begins anew: numbers and media from the start, the programme clock goes on.
    pub fn restart(&mut self) {
        *self = Self::life(0, BEFORE_RESTARTED, self.life + 1);
    }

    /// The media playlist of this moment.
    pub fn playlist(&self) -> String {
        let map = format!("#EXT-X-MAP:URI=\"init.mp4?{}\"\n", self.life);
        self.list(&map, "m4s")
    }

    /// The playlist of its subtitles at this moment.
    pub fn subtitles(&self) -> String {
        self.list("", "vtt")
    }

    /// The subtitles of a second: one cue, on the media's clock.
    pub fn text(second: u64) -> String {
        let map = format!("X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:{}", second * 90_000);
        format!("WEBVTT\n{map}\n\n00:00.100 --> 00:00.900\nsecond {second}\n")
    }

    fn list(&self, map: &str, suffix: &str) -> String {
        let now = self.frozen.unwrap_or_else(Instant::now);
        let whole = now.saturating_duration_since(self.began).as_secs().saturating_sub(self.rewound);
        let from = whole.saturating_sub(WINDOW);
        let life = self.life;
        let mut text = format!(
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:{}\n\
             {map}#EXT-X-PROGRAM-DATE-TIME:{}\n",
            self.first + from,
            ServerTime(self.date + from as i64 * 1_000),
        );
        for second in from..whole {
            let _ = write!(text, "#EXTINF:1.0,\n{second}.{suffix}?{life}\n");
        }
        text
    }
}
