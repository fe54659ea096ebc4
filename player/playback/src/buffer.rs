//! What the source buffer holds, and what it should let go. Knows no bytes.

use crate::{MediaTime, Span};

/// Seconds kept behind the playhead.
const BACK: f64 = 30.0;
/// Removing costs a task in the browser: only do it for at least this many seconds.
const WORTH_REMOVING: f64 = 10.0;
/// Seconds behind the playhead that even a full buffer keeps: the group of pictures on the screen.
const BACK_WHEN_FULL: f64 = 3.0;
/// A stretch that begins this far after the playhead was left behind by a seek.
const FORWARD: f64 = 90.0;
/// Ranges closer than this are one: browsers round.
const TOUCH: f64 = 0.05;

/// The buffered ranges, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Buffered {
    spans: Vec<Span>,
}

impl Buffered {
    /// Takes what the browser says, as far as it makes sense: ranges that have a length, in order.
    pub(crate) fn set(&mut self, mut spans: Vec<Span>) {
        let mut reached = f64::NEG_INFINITY;
        spans.retain(|span| {
            let fine = span.start.0 >= reached && span.end > span.start && span.end.0.is_finite();
            if fine {
                reached = span.end.0;
            }
            fine
        });
        self.spans = spans;
    }

    /// What both hold.
    pub(crate) fn overlap(&self, other: &Self) -> Self {
        let mut spans = Vec::new();
        for a in &self.spans {
            for b in &other.spans {
                let span = Span { start: a.start.max(b.start), end: a.end.min(b.end) };
                if span.start < span.end {
                    spans.push(span);
                }
            }
        }
        Self { spans }
    }

    /// The range around a moment; ranges that touch count as one. The slack is for a playhead just before a range.
    pub(crate) fn around(&self, time: MediaTime, slack: f64) -> Option<Span> {
        let mut found: Option<Span> = None;
        for span in &self.spans {
            match &mut found {
                Some(whole) if span.start - whole.end <= TOUCH => whole.end = span.end,
                Some(_) => break,
                None if span.holds(time, slack) => found = Some(*span),
                None => {}
            }
        }
        found
    }

    /// Seconds that can be played from a moment on.
    pub(crate) fn ahead(&self, time: MediaTime) -> f64 {
        self.around(time, 0.1).map_or(0.0, |span| (span.end - time).max(0.0))
    }

    /// The first range that begins after a moment.
    pub(crate) fn next_after(&self, time: MediaTime) -> Option<Span> {
        self.spans.iter().copied().find(|span| span.start > time)
    }

    /// All that is held after a moment.
    pub(crate) fn after(&self, time: MediaTime) -> Option<Span> {
        let end = self.spans.last()?.end;
        (end > time).then_some(Span { start: time, end: end + 1.0 })
    }

    /// What to let go as time passes.
    pub(crate) fn stale(&self, playhead: MediaTime) -> Option<Span> {
        let first = self.spans.first()?;
        let keep = playhead - BACK;
        if keep - first.start > WORTH_REMOVING {
            return Some(Span { start: MediaTime(0.0).min(first.start), end: keep });
        }
        let far = self.spans.iter().find(|span| span.start > playhead + FORWARD)?;
        self.spans.last().map(|last| Span { start: far.start, end: last.end + 1.0 })
    }

    /// What to let go when the buffer is full; `None` when there is nothing to spare.
    pub(crate) fn spare(&self, playhead: MediaTime) -> Option<Span> {
        let first = self.spans.first()?;
        let keep = playhead - BACK_WHEN_FULL;
        if keep > first.start + 0.5 {
            return Some(Span { start: MediaTime(0.0).min(first.start), end: keep });
        }
        let around = self.around(playhead, 0.1)?;
        let far = self.next_after(around.end + TOUCH)?;
        self.spans.last().map(|last| Span { start: far.start, end: last.end + 1.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffered(spans: &[(f64, f64)]) -> Buffered {
        Buffered { spans: spans.iter().map(|(start, end)| Span::new(*start, *end)).collect() }
    }

    #[test]
    fn ranges_that_touch_are_one() {
        let buffered = buffered(&[(0.0, 2.0), (2.02, 4.0), (6.0, 8.0)]);
        assert_eq!(buffered.ahead(MediaTime(1.0)), 3.0);
        assert_eq!(buffered.next_after(MediaTime(4.0)), Some(Span::new(6.0, 8.0)));
    }

    #[test]
    fn ranges_that_make_no_sense_are_passed_over() {
        let mut buffered = Buffered::default();
        let nonsense = [(5.0, -2e130), (f64::NAN, 3.0), (1.0, f64::INFINITY), (2.0, 2.0), (0.5, 1.5)];
        let spans = [(0.0, 1.0), (5.0, 6.0)].into_iter().chain(nonsense).chain([(7.0, 8.0)]);
        buffered.set(spans.map(|(start, end)| Span::new(start, end)).collect());
        assert_eq!(buffered.spans, [Span::new(0.0, 1.0), Span::new(5.0, 6.0), Span::new(7.0, 8.0)]);
    }

    #[test]
    fn what_was_played_half_a_minute_ago_is_let_go() {
        let buffered = buffered(&[(0.0, 50.0)]);
        assert_eq!(buffered.stale(MediaTime(35.0)), None);
        assert_eq!(buffered.stale(MediaTime(45.0)), Some(Span::new(0.0, 15.0)));
    }

    #[test]
    fn a_full_buffer_lets_go_of_the_past_before_the_future() {
        assert_eq!(buffered(&[(0.0, 50.0)]).spare(MediaTime(20.0)), Some(Span::new(0.0, 17.0)));
        assert_eq!(
            buffered(&[(19.0, 50.0), (100.0, 120.0)]).spare(MediaTime(20.0)),
            Some(Span::new(100.0, 121.0))
        );
        assert_eq!(buffered(&[(19.0, 50.0)]).spare(MediaTime(20.0)), None);
    }
}
