//! When to ask for a media playlist again, and with which delivery directives (RFC 8216bis 6.2.5, 6.3.4). Sends nothing.

use std::time::Duration;

use playlist::Media;

use crate::Now;
use crate::event::RequestId;
use crate::feed::next_part;
use crate::retry::Retry;

/// A server that answers blocking requests at once is not asked more often than this.
const FLOOR: Duration = Duration::from_millis(50);

/// How long an answer may take that the server does not hold back.
const ANSWERING: Duration = Duration::from_secs(2);

/// The reloads of one media playlist.
#[derive(Debug, Default)]
pub(crate) struct Refresh {
    pub(crate) request: Option<RequestId>,
    pub(crate) due: Option<Now>,
    pub(crate) retry: Retry,
    /// A delta update could not be joined: ask for everything next time.
    pub(crate) whole: bool,
    loaded_at: Option<Now>,
    unchanged: u32,
}

impl Refresh {
    /// Ask at once.
    pub(crate) fn start(now: Now) -> Self {
        Self { due: Some(now), ..Self::default() }
    }

    /// A playlist has come; `sent` is when it was asked for.
    pub(crate) fn loaded(&mut self, media: &Media, grew: bool, sent: Now, now: Now) {
        self.retry.succeeded();
        self.whole = false;
        self.loaded_at = Some(now);
        self.unchanged = if grew { 0 } else { self.unchanged.saturating_add(1) };
        self.due = (!media.end_list).then(|| match (blocks(media), grew) {
            (true, true) => now.max(sent + FLOOR),
            // It blocked in vain, or it does not block at all.
            (true, false) => (sent + pace(media)).max(now + FLOOR * self.unchanged.min(10)),
            (false, true) => sent + pace(media),
            (false, false) => sent + pace(media) / 2,
        });
    }

    /// The address to ask, with directives.
    pub(crate) fn address(&self, uri: &str, media: Option<&Media>, now: Now) -> String {
        let mut address = uri.to_owned();
        let Some(media) = media else { return address };
        // After a failure a plain request finds out fastest how things are.
        if blocks(media) && self.retry.failures() == 0 {
            let (number, part) = next_part(media);
            wait_for(&mut address, number, media.part_target.map(|_| part as u64));
        }
        if self.may_skip(media, now) {
            add(&mut address, "_HLS_skip=", "YES");
        }
        address
    }

    /// A delta update is only good for a playlist that is young enough.
    fn may_skip(&self, media: &Media, now: Now) -> bool {
        let until = media.server_control.and_then(|control| control.can_skip_until);
        let age = self.loaded_at.map(|at| now.saturating_sub(at));
        !self.whole && until.zip(age).is_some_and(|(until, age)| age < until / 2)
    }

    /// How long an answer may take.
    pub(crate) fn patience(media: Option<&Media>) -> Duration {
        let target = media.map_or(Duration::from_secs(6), |media| media.target_duration);
        match media {
            // Servers hold requests for up to three target durations.
            Some(media) if blocks(media) => {
                (target * 3 + ANSWERING).clamp(Duration::from_secs(4), Duration::from_secs(30))
            }
            _ => (target * 2).clamp(Duration::from_secs(4), Duration::from_secs(15)),
        }
    }
}

/// Adds a directive to an address.
fn add(address: &mut String, name: &str, value: &str) {
    address.push(if address.contains('?') { '&' } else { '?' });
    address.push_str(name);
    address.push_str(value);
}

/// Asks for a playlist that has this segment, or this part of it.
pub(crate) fn wait_for(address: &mut String, number: u64, part: Option<u64>) {
    add(address, "_HLS_msn=", &number.to_string());
    if let Some(part) = part {
        add(address, "_HLS_part=", &part.to_string());
    }
}

/// Whether the server holds requests until there is more.
pub(crate) fn blocks(media: &Media) -> bool {
    media.server_control.is_some_and(|control| control.can_block_reload)
}

/// How often the playlist changes.
fn pace(media: &Media) -> Duration {
    media
        .part_target
        .unwrap_or(media.target_duration)
        .clamp(Duration::from_millis(100), Duration::from_secs(15))
}

#[cfg(test)]
mod tests {
    use playlist::{Part, Segment, ServerControl};

    use super::*;

    fn low_latency() -> Media {
        Media {
            target_duration: Duration::from_secs(2),
            media_sequence: 40,
            part_target: Some(Duration::from_millis(200)),
            server_control: Some(ServerControl {
                can_block_reload: true,
                can_skip_until: Some(Duration::from_secs(12)),
                ..ServerControl::default()
            }),
            segments: vec![
                Segment { uri: Some("a".into()), ..Segment::default() },
                Segment { parts: vec![Part::default(); 3], ..Segment::default() },
            ],
            ..Media::default()
        }
    }

    #[test]
    fn asks_for_the_part_after_the_last_and_for_a_delta() {
        let (media, mut refresh) = (low_latency(), Refresh::start(Duration::ZERO));
        assert_eq!(refresh.address("/m?a=1", None, Duration::ZERO), "/m?a=1");
        refresh.loaded(&media, true, Duration::ZERO, Duration::from_millis(30));
        assert_eq!(
            refresh.address("/m", Some(&media), Duration::from_millis(60)),
            "/m?_HLS_msn=41&_HLS_part=3&_HLS_skip=YES"
        );
    }

    #[test]
    fn an_old_playlist_is_not_asked_for_a_delta() {
        let (media, mut refresh) = (low_latency(), Refresh::start(Duration::ZERO));
        refresh.loaded(&media, true, Duration::ZERO, Duration::ZERO);
        assert!(!refresh.address("/m", Some(&media), Duration::from_secs(7)).contains("_HLS_skip"));
    }

    #[test]
    fn a_plain_live_playlist_is_asked_after_its_target_duration_or_half_of_it_when_nothing_came() {
        let media = Media { target_duration: Duration::from_secs(4), ..Media::default() };
        let mut refresh = Refresh::start(Duration::ZERO);
        refresh.loaded(&media, true, Duration::from_secs(1), Duration::from_secs(2));
        assert_eq!(refresh.due, Some(Duration::from_secs(5)));
        refresh.loaded(&media, false, Duration::from_secs(5), Duration::from_secs(5));
        assert_eq!(refresh.due, Some(Duration::from_secs(7)));
    }

    #[test]
    fn a_finished_playlist_is_not_asked_again() {
        let media = Media { end_list: true, ..low_latency() };
        let mut refresh = Refresh::start(Duration::ZERO);
        refresh.loaded(&media, true, Duration::ZERO, Duration::ZERO);
        assert_eq!(refresh.due, None);
    }
}
