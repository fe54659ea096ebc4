use crate::{Offered, Refusal, State, gifts, one_line};
use protocol::{
    ChatMessage, Command, Coupon, DanmakuMode, EventBody, LIMITS, Product, RoomStatus, Say, ServerTime,
    StreamTime, User, WHOLE, Zone,
};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Somebody who is not logged in.
    Guest,
    /// A user.
    Viewer(User),
    /// The room's own host, or an admin.
    Host(User),
}

impl Who {
    /// The user behind it.
    ///
    /// # Errors
    /// [`Refusal::LogInRequired`] for a guest.
    pub fn user(&self) -> Result<&User, Refusal> {
        match self {
            Self::Guest => Err(Refusal::LogInRequired),
            Self::Viewer(user) | Self::Host(user) => Ok(user),
        }
    }

    fn host(&self) -> Result<&User, Refusal> {
        match self {
            Self::Guest => Err(Refusal::LogInRequired),
            Self::Viewer(_) => Err(Refusal::NotHost),
            Self::Host(user) => Ok(user),
        }
    }
}

/// The pictures that somebody may be watching now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// The oldest.
    pub oldest: StreamTime,
    /// The newest that the server has.
    pub newest: StreamTime,
}

impl Picture {
    /// The moment asked for, within what can be seen; the newest when none was.
    pub fn place(&self, at: Option<StreamTime>) -> StreamTime {
        at.unwrap_or(self.newest).max(self.oldest).min(self.newest)
    }
}

/// A command with what the store knows about the things that it names.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The command.
    pub command: Command,
    /// The product that it names, if this room has it.
    pub product: Option<Product>,
    /// The coupon that it names, if this room has it.
    pub coupon: Option<Coupon>,
    /// The gift that it names, and the catalogue's version.
    pub gift: Offered,
}

/// What a command makes happen.
#[expect(clippy::large_enum_variant, reason = "there is one at a time, on its way to the log")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Something new.
    New {
        /// The moment of the picture that it belongs to.
        at: StreamTime,
        /// What.
        body: EventBody,
    },
    /// It was sent before, and is the event of this number.
    Already(u64),
}

/// Where the publisher stands, as ingest sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveChange {
    /// Sending.
    On,
    /// Dropped, and awaited.
    Away,
    /// No longer awaited.
    Ended,
}

/// What `asked` makes happen in a room that stands at `state`.
///
/// # Errors
/// A [`Refusal`] that says what was wrong and what to do.
pub fn decide(
    state: &State,
    who: &Who,
    asked: Asked,
    now: ServerTime,
    picture: Picture,
) -> Result<Decision, Refusal> {
    let Asked { command, product, coupon, gift } = asked;
    let (at, body) = match command {
        Command::Say(say) => return decide_say(state, who, say, now, picture),
        Command::PinProduct { product: id, at } => {
            who.host()?;
            let product = product.ok_or(Refusal::UnknownProduct { product: id })?;
            (at, EventBody::ProductPinned { product })
        }
        Command::UnpinProduct { product, at } => {
            who.host()?;
            if state.pinned.as_ref().is_none_or(|pinned| pinned.product != product) {
                return Err(Refusal::NotPinned { product });
            }
            (at, EventBody::ProductUnpinned { product })
        }
        Command::ReleaseCoupon { coupon: id, at } => {
            who.host()?;
            let coupon = coupon.ok_or(Refusal::UnknownCoupon { coupon: id })?;
            if state.is_released(id) {
                return Err(Refusal::AlreadyReleased { coupon: id });
            }
            if coupon.expires.is_some_and(|end| end <= now) {
                return Err(Refusal::CouponExpired { coupon: id });
            }
            (at, EventBody::CouponReleased { coupon })
        }
        Command::WithdrawCoupon { coupon, at } => {
            who.host()?;
            if !state.is_released(coupon) {
                return Err(Refusal::NotReleased { coupon });
            }
            (at, EventBody::CouponWithdrawn { coupon })
        }
        Command::Announce { text, at } => {
            who.host()?;
            (at, EventBody::Announced { text: one_line("announcement", &text, LIMITS.announcement_chars)? })
        }
        Command::SetAvoidZones { zones, at } => {
            who.host()?;
            (at, EventBody::AvoidZones { zones: checked(zones)? })
        }
        Command::SendGift(send) => {
            return Ok(match gifts::decide(state, who, send, gift, now, picture)? {
                Ok((at, body)) => Decision::New { at, body },
                Err(seq) => Decision::Already(seq),
            });
        }
        // Counted by whoever holds [`crate::Likes`] and the store; the log hears of many at once.
        Command::Like { .. } | Command::LikeComment { .. } => return Ok(Decision::Already(state.seq)),
        Command::EndShow => {
            who.host()?;
            let body = on_live(state.status, LiveChange::Ended).ok_or(Refusal::NotLive)?;
            (None, body)
        }
    };
    Ok(Decision::New { at: picture.place(at), body })
}

fn decide_say(
    state: &State,
    who: &Who,
    say: Say,
    now: ServerTime,
    picture: Picture,
) -> Result<Decision, Refusal> {
    let user = who.user()?;
    check_client_id(&say.client_id)?;
    if let Some(seq) = state.pace.sent(user.id, &say.client_id) {
        return Ok(Decision::Already(seq));
    }
    let color = say.color.unwrap_or(0x00ff_ffff);
    if color > 0x00ff_ffff {
        return Err(Refusal::BadColor { found: color });
    }
    may_fly(who, say.mode)?;
    let text = one_line("comment", &say.text, LIMITS.comment_chars)?;
    if !matches!(who, Who::Host(_)) {
        state.pace.check(user.id, &text, now)?;
    }
    let chat = ChatMessage { user: user.clone(), text, client_id: say.client_id, mode: say.mode, color };
    Ok(Decision::New { at: picture.place(say.at), body: EventBody::Chat(chat) })
}

/// Whether `who` may put a comment there: one that stands where its author likes is the host's alone, or anybody could
/// write over the picture.
fn may_fly(who: &Who, mode: DanmakuMode) -> Result<(), Refusal> {
    let DanmakuMode::Positioned { x, y } = mode else { return Ok(()) };
    if !matches!(who, Who::Host(_)) {
        return Err(Refusal::PositionedByViewer);
    }
    if x > WHOLE || y > WHOLE {
        return Err(Refusal::BadPlace { x, y });
    }
    Ok(())
}

fn checked(zones: Vec<Zone>) -> Result<Vec<Zone>, Refusal> {
    if zones.len() > LIMITS.avoid_zones {
        return Err(Refusal::TooManyZones { most: LIMITS.avoid_zones, found: zones.len() });
    }
    match zones.iter().find(|zone| !zone.is_within_the_picture()) {
        Some(zone) => Err(Refusal::BadZone { found: *zone }),
        None => Ok(zones),
    }
}

pub(crate) fn check_client_id(id: &str) -> Result<(), Refusal> {
    let found = id.chars().count();
    if (1..=64).contains(&found) { Ok(()) } else { Err(Refusal::BadClientId { found }) }
}

/// What a change of the publisher makes happen; nothing when the room stands there already.
pub fn on_live(status: RoomStatus, change: LiveChange) -> Option<EventBody> {
    match (status, change) {
        (RoomStatus::Idle | RoomStatus::Away | RoomStatus::Ended, LiveChange::On) => {
            Some(EventBody::PublisherOn)
        }
        (RoomStatus::Live, LiveChange::Away) => Some(EventBody::PublisherAway),
        (RoomStatus::Live | RoomStatus::Away, LiveChange::Ended) => Some(EventBody::ShowEnded),
        _ => None,
    }
}
