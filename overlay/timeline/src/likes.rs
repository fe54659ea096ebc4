use protocol::StreamTime;

/// Numbers kept, for seeking back: two and a half hours of two a second.
const MOST: usize = 18_000;

/// How often the show was liked, by picture. It never goes down as the picture goes on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Likes {
    /// Before the first number that is kept.
    base: u64,
    /// By picture; each the most so far.
    totals: Vec<(StreamTime, u64)>,
}

impl Likes {
    /// Starts over from a snapshot's number.
    pub(crate) fn seed(total: u64) -> Self {
        Self { base: total, totals: Vec::new() }
    }

    pub(crate) fn insert(&mut self, at: StreamTime, total: u64) {
        let index = self.totals.partition_point(|(other, _)| *other <= at);
        self.totals.insert(index, (at, total));
        let mut most =
            index.checked_sub(1).and_then(|i| self.totals.get(i)).map_or(self.base, |(_, most)| *most);
        for (_, total) in self.totals.iter_mut().skip(index) {
            most = most.max(*total);
            *total = most;
        }
        if self.totals.len() > MOST {
            self.base = self.totals.remove(0).1;
        }
    }

    pub(crate) fn at(&self, t: StreamTime) -> u64 {
        let end = self.totals.partition_point(|(at, _)| *at <= t);
        end.checked_sub(1).and_then(|i| self.totals.get(i)).map_or(self.base, |(_, total)| *total)
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        self.totals.get(self.totals.partition_point(|(at, _)| *at <= t)).map(|(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_likes_never_goes_down_whatever_order_it_is_told_in() {
        let mut likes = Likes::seed(5);
        for (at, total) in [(30, 40), (10, 20), (20, 12), (40, 30)] {
            likes.insert(StreamTime(at), total);
        }
        let seen = [0, 10, 20, 30, 40].map(|t| likes.at(StreamTime(t)));
        assert_eq!(seen, [5, 20, 20, 40, 40]);
        assert_eq!(likes.next_after(StreamTime(20)), Some(StreamTime(30)));
    }
}
