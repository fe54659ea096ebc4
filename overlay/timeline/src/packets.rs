use crate::{frame::PacketCard, history::History};
use protocol::{RedPacket, StreamTime};
use std::collections::{BTreeMap, BTreeSet};

/// The red packets of a room: each comes with its picture; what is left of it, and that nothing is, holds at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Packets {
    /// As of the event of this number.
    known: BTreeMap<i64, (u64, RedPacket)>,
    finished: BTreeSet<i64>,
    changes: History<Change>,
    /// The show is over: what is seen is how it was, and nothing can be taken.
    over: bool,
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Sent(i64),
    Finished(i64),
}

impl Packets {
    /// The packets of a show that is over.
    pub(crate) fn of_replay() -> Self {
        Self { over: true, ..Self::default() }
    }

    pub(crate) fn send(&mut self, seq: u64, at: StreamTime, packet: RedPacket) {
        self.changes.insert(seq, at, Change::Sent(packet.id));
        self.known.entry(packet.id).or_insert((seq, packet));
    }

    /// A packet of a snapshot that holds events up to `seq`: the `order`-th one of it, sent at `at`.
    pub(crate) fn seed(&mut self, seq: u64, order: u64, at: StreamTime, packet: RedPacket) {
        // Below every event, in the order of the snapshot's list.
        self.changes.insert(order, at, Change::Sent(packet.id));
        self.known.insert(packet.id, (seq, packet));
    }

    pub(crate) fn grabbed(&mut self, seq: u64, packet: i64, shares_left: i64) {
        if let Some((newest, packet)) = self.known.get_mut(&packet)
            && *newest < seq
        {
            *newest = seq;
            packet.shares_left = shares_left;
        }
    }

    pub(crate) fn finish(&mut self, seq: u64, at: StreamTime, packet: i64) {
        self.changes.insert(seq, at, Change::Finished(packet));
        self.finished.insert(packet);
    }

    /// Those that can be taken from, oldest first; in a replay, those that could at this picture.
    pub(crate) fn open(&self, t: StreamTime) -> Vec<PacketCard> {
        let mut open: Vec<i64> = Vec::new();
        for (_, change) in self.changes.until(t) {
            match *change {
                Change::Sent(id) => open.push(id),
                Change::Finished(id) => open.retain(|sent| *sent != id),
            }
        }
        let card = |id| {
            let (_, packet) = self.known.get(&id)?;
            let takeable = !self.over && !self.finished.contains(&id);
            (self.over || takeable).then(|| PacketCard { packet: packet.clone(), over: self.over })
        };
        open.into_iter().filter_map(card).collect()
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        self.changes.next_after(t)
    }
}
