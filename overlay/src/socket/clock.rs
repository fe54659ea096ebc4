use protocol::ServerTime;
use std::collections::VecDeque;

/// Pings that are remembered: half a minute, so that a laptop that slept is right again soon.
const SAMPLES: usize = 8;

/// What the server's clock says, from pings: the one with the shortest round trip is the truest.
#[derive(Debug, Default)]
pub(super) struct ServerClock {
    /// Round trip and server − local, in milliseconds.
    samples: VecDeque<(f64, f64)>,
}

impl ServerClock {
    /// Takes the server's `time`, asked for at `sent` and heard at `heard` on the local clock, in milliseconds.
    pub(super) fn hear(&mut self, sent: f64, heard: f64, time: ServerTime) {
        let round_trip = (heard - sent).max(0.0);
        if self.samples.len() == SAMPLES {
            self.samples.pop_front();
        }
        self.samples.push_back((round_trip, time.millis() as f64 - (sent + round_trip / 2.0)));
    }

    /// Milliseconds to add to the local clock; none before the first answer.
    pub(super) fn offset_ms(&self) -> Option<f64> {
        self.samples.iter().min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, offset)| *offset)
    }

    /// The server's time when the local clock says `local` milliseconds.
    pub(super) fn at(&self, local: f64) -> ServerTime {
        ServerTime((local + self.offset_ms().unwrap_or(0.0)) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ping_with_the_shortest_round_trip_is_believed() {
        let mut clock = ServerClock::default();
        assert_eq!(clock.at(1_000.0), ServerTime(1_000));
        clock.hear(0.0, 900.0, ServerTime(5_000));
        clock.hear(1_000.0, 1_020.0, ServerTime(6_010));
        clock.hear(2_000.0, 2_400.0, ServerTime(7_500));
        assert_eq!(clock.at(2_000.0), ServerTime(7_000));
    }
}
