use std::fmt;
use std::sync::Arc;

/// Where a recording is: its room, and a number that no other recording of the room has. Made of checked parts, so that
/// it can be a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    room: Arc<str>,
    number: u64,
}

impl Place {
    /// None when `room` is not a room's name.
    pub fn new(room: &str, number: u64) -> Option<Self> {
        room::room_id(room).ok().map(|room| Self { room: room.into(), number })
    }

    /// The room's name.
    pub fn room(&self) -> &str {
        &self.room
    }

    /// Milliseconds since the Unix epoch when its publisher came, or a little more.
    pub const fn number(&self) -> u64 {
        self.number
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.room, self.number)
    }
}
