//! What an operator may set about live streams.

use std::time::Duration;

/// What an operator may set about live streams.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveConfig {
    /// Nominal duration of a part; `PART-TARGET` is a tenth longer, so that a part ends with a whole frame.
    pub part: Duration,
    /// Shortest segment; it ends with the first key frame after this.
    pub segment: Duration,
    /// `EXT-X-TARGETDURATION`, whole seconds: the longest segment, even when no key frame comes.
    pub target_duration: Duration,
    /// How far back a viewer can seek.
    pub window: Duration,
    /// How long a publisher who dropped may stay away before the show ends.
    pub grace: Duration,
    /// Connections to the RTMP port at one time.
    pub max_publishers: usize,
    /// Those of them that may come from one address; of IPv6, from one /64.
    pub max_publishers_per_address: usize,
    /// Bytes of media kept of one stream.
    pub max_stream_bytes: usize,
    /// From the first byte to the publish command.
    pub handshake_timeout: Duration,
    /// Silence after which a publisher counts as gone.
    pub idle_timeout: Duration,
}

impl Default for LiveConfig {
    fn default() -> Self {
        Self {
            part: Duration::from_millis(200),
            segment: Duration::from_secs(2),
            target_duration: Duration::from_secs(4),
            window: Duration::from_secs(40),
            grace: Duration::from_secs(30),
            max_publishers: 64,
            max_publishers_per_address: 16,
            // Twice the window at 6 Mbit/s, since removed segments stay fetchable for as long again.
            max_stream_bytes: 64 << 20,
            handshake_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(15),
        }
    }
}

impl LiveConfig {
    /// What of it the packager needs.
    pub(crate) fn packager(&self) -> packager::Config {
        packager::Config {
            part: self.part,
            segment: self.segment,
            target_duration: self.target_duration,
            window: self.window,
            max_bytes: self.max_stream_bytes,
        }
    }
}
