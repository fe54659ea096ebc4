//! What happens to streams, for those who listen.

use crate::live::RoomName;

/// Something that happened to a room's stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveEvent {
    /// The first picture of a show, or of a publisher who came back, can be played.
    PublisherOn {
        /// Whose stream.
        room: RoomName,
        /// A new show began, rather than one that goes on.
        new_show: bool,
    },
    /// The publisher dropped, and has the grace time to come back.
    PublisherAway {
        /// Whose stream.
        room: RoomName,
    },
    /// The show is over; nothing more will come in this playlist.
    Ended {
        /// Whose stream.
        room: RoomName,
    },
}

impl LiveEvent {
    /// The room that it happened in.
    pub fn room(&self) -> &RoomName {
        match self {
            Self::PublisherOn { room, .. } | Self::PublisherAway { room } | Self::Ended { room } => room,
        }
    }
}
