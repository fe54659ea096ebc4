use crate::{frame::CouponCard, history::History};
use protocol::{Coupon, StreamTime};
use std::collections::BTreeMap;

/// The coupons of a room: which are out follows the picture, how many are left is as of now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Coupons {
    known: BTreeMap<i64, (u64, Coupon)>,
    changes: History<Change>,
    /// The show is over, and its coupons with it.
    over: bool,
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Out(i64),
    Back(i64),
}

impl Coupons {
    /// The coupons of a show that is over: none can be claimed any more.
    pub(crate) fn of_replay() -> Self {
        Self { over: true, ..Self::default() }
    }

    pub(crate) fn release(&mut self, seq: u64, at: StreamTime, coupon: Coupon) {
        self.changes.insert(seq, at, Change::Out(coupon.id));
        let newest = self.known.get(&coupon.id).map(|(newest, _)| *newest);
        if newest.is_none_or(|newest| newest < seq) {
            self.known.insert(coupon.id, (seq, coupon));
        }
    }

    /// A coupon of a snapshot that holds events up to `seq`: the `order`-th one of it, `at` its release.
    pub(crate) fn seed(&mut self, seq: u64, order: u64, at: StreamTime, coupon: Coupon) {
        // Below every event, in the order of the snapshot's list.
        self.changes.insert(order, at, Change::Out(coupon.id));
        self.known.insert(coupon.id, (seq, coupon));
    }

    pub(crate) fn withdraw(&mut self, seq: u64, at: StreamTime, coupon: i64) {
        self.changes.insert(seq, at, Change::Back(coupon));
    }

    pub(crate) fn claimed(&mut self, seq: u64, coupon: i64, remaining: i64) {
        if let Some((newest, coupon)) = self.known.get_mut(&coupon)
            && *newest < seq
        {
            *newest = seq;
            coupon.remaining = remaining;
        }
    }

    pub(crate) fn out(&self, t: StreamTime) -> Vec<CouponCard> {
        let mut out: Vec<(i64, StreamTime)> = Vec::new();
        for (at, change) in self.changes.until(t) {
            let (Change::Out(id) | Change::Back(id)) = *change;
            out.retain(|(shown, _)| *shown != id);
            if matches!(change, Change::Out(_)) {
                out.push((id, at));
            }
        }
        let card = |(id, since)| {
            let (_, coupon) = self.known.get(&id)?;
            Some(CouponCard { coupon: coupon.clone(), since, withdrawn: self.over || self.is_withdrawn(id) })
        };
        out.into_iter().filter_map(card).collect()
    }

    fn is_withdrawn(&self, coupon: i64) -> bool {
        let of_it = |change: &&Change| matches!(change, Change::Out(id) | Change::Back(id) if *id == coupon);
        matches!(self.changes.all().filter(of_it).last(), Some(Change::Back(_)))
    }

    pub(crate) fn next_after(&self, t: StreamTime) -> Option<StreamTime> {
        self.changes.next_after(t)
    }
}
