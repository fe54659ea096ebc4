//! Gifts: who may send what, and which taps count together. A fold of the gifts that were sent.

use crate::{Picture, Refusal, State, Who, decide::check_client_id};
use protocol::{EventBody, Gift, GiftSent, GiftTier, LIMITS, RoomStatus, SendGift, ServerTime, StreamTime};
use std::collections::{HashMap, VecDeque};

/// Commands that one user may send gifts by in [`WINDOW_MS`]: a client puts the taps of a third of a second into one.
const MOST: usize = 40;
/// Of these, luxury gifts: each takes the whole picture for seconds.
const MOST_LUXURY: usize = 5;
/// Milliseconds that the two look back over.
const WINDOW_MS: i64 = 10_000;
/// Gifts remembered, so that one that is sent again after a break is known.
const REMEMBERED: usize = 5_000;

/// A gift as it is asked for, with what the store knows of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offered {
    /// The catalogue's version.
    pub version: u64,
    /// The gift, if the catalogue has it.
    pub gift: Option<Gift>,
}

/// What is remembered of the last gifts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Gifts {
    sent: HashMap<(i64, String), Sent>,
    order: VecDeque<(i64, String)>,
    senders: HashMap<i64, Sender>,
}

/// What was sent under an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sent {
    seq: u64,
    gift: i64,
    count: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Sender {
    combo: (i64, String),
    total: u32,
    recent: VecDeque<(ServerTime, GiftTier)>,
}

impl Sender {
    fn last(&self) -> ServerTime {
        self.recent.back().map_or(ServerTime(0), |(at, _)| *at)
    }
}

impl Gifts {
    fn check_pace(&self, user: i64, tier: GiftTier, now: ServerTime) -> Result<(), Refusal> {
        let Some(sender) = self.senders.get(&user) else { return Ok(()) };
        let within = |at: &ServerTime| now.0.saturating_sub(at.0) < WINDOW_MS;
        let recent = sender.recent.iter().filter(|(at, _)| within(at));
        let (most, times): (usize, Vec<ServerTime>) = match tier {
            GiftTier::Small => (MOST, recent.map(|(at, _)| *at).collect()),
            GiftTier::Luxury => (
                MOST_LUXURY,
                recent.filter(|(_, tier)| *tier == GiftTier::Luxury).map(|(at, _)| *at).collect(),
            ),
        };
        match times.first() {
            Some(oldest) if times.len() >= most => {
                let wait_ms = WINDOW_MS - now.0.saturating_sub(oldest.0);
                Err(Refusal::TooManyGifts { most, window_ms: WINDOW_MS, wait_ms })
            }
            _ => Ok(()),
        }
    }

    /// How many of the row there are with `count` more.
    fn combo_total(&self, user: i64, gift: i64, combo: &str, count: u32, now: ServerTime) -> u32 {
        let row = self.senders.get(&user).filter(|sender| {
            sender.combo.0 == gift
                && sender.combo.1 == combo
                && now.0.saturating_sub(sender.last().0) <= LIMITS.combo_ms
        });
        row.map_or(0, |sender| sender.total).saturating_add(count)
    }

    /// Takes note of a gift.
    pub(crate) fn apply(&mut self, sent: &GiftSent, seq: u64, time: ServerTime) {
        let key = (sent.user.id, sent.client_id.clone());
        let it = Sent { seq, gift: sent.gift.id, count: sent.count };
        if self.sent.insert(key.clone(), it).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.sent.remove(&oldest);
        }
        let combo = (sent.gift.id, sent.combo.clone());
        let sender = self.senders.entry(sent.user.id).or_insert_with(|| Sender {
            combo: combo.clone(),
            total: 0,
            recent: VecDeque::new(),
        });
        sender.combo = combo;
        sender.total = sent.combo_total;
        sender.recent.push_back((time, sent.gift.tier));
        if sender.recent.len() > MOST {
            sender.recent.pop_front();
        }
        if self.senders.len() > REMEMBERED {
            self.senders.retain(|_, sender| time.0.saturating_sub(sender.last().0) < WINDOW_MS);
        }
    }
}

/// What a gift makes happen: its event, or the number of the event that it is already.
pub(crate) fn decide(
    state: &State,
    who: &Who,
    send: SendGift,
    offered: Offered,
    now: ServerTime,
    picture: Picture,
) -> Result<Result<(StreamTime, EventBody), u64>, Refusal> {
    let user = who.user()?;
    for id in [&send.client_id, &send.combo] {
        check_client_id(id)?;
    }
    if let Some(sent) = state.gifts.sent.get(&(user.id, send.client_id.clone())) {
        let is_it = (sent.gift, sent.count) == (send.gift, send.count);
        return if is_it { Ok(Err(sent.seq)) } else { Err(Refusal::ClientIdUsed { seq: sent.seq }) };
    }
    if !(1..=LIMITS.gift_count).contains(&send.count) {
        return Err(Refusal::BadGiftCount { found: send.count, most: LIMITS.gift_count });
    }
    let gift =
        offered.gift.filter(|gift| gift.is_offered(now)).ok_or(Refusal::UnknownGift { gift: send.gift })?;
    if offered.version != send.catalogue_version {
        return Err(Refusal::GiftsChanged {
            gift: gift.id,
            price: gift.price,
            version: offered.version,
            found: send.catalogue_version,
        });
    }
    // Nobody pays for what no picture will show. Before a show they may: it warms the room up.
    if gift.price > 0 && state.status == RoomStatus::Ended {
        return Err(Refusal::ShowOver { gift: gift.id });
    }
    state.gifts.check_pace(user.id, gift.tier, now)?;
    let combo_total = state.gifts.combo_total(user.id, gift.id, &send.combo, send.count, now);
    let SendGift { client_id, count, combo, at, .. } = send;
    let sent = GiftSent { user: user.clone(), gift, count, combo, combo_total, client_id };
    Ok(Ok((picture.place(at), EventBody::GiftSent(sent))))
}
