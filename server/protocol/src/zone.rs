use crate::StreamTime;
use serde::{Deserialize, Serialize};

/// The whole of the picture, in the units of [`Zone`] and [`crate::DanmakuMode::Positioned`].
pub const WHOLE: u16 = 1_000;

/// A rectangle of the picture over which no comment passes: the product on the table, a face. In thousandths of the
/// picture's width and height, from its top left corner; it lies within the picture and is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Zone {
    /// Left edge.
    pub x: u16,
    /// Top edge.
    pub y: u16,
    /// Width, at least 1.
    pub w: u16,
    /// Height, at least 1.
    pub h: u16,
}

impl Zone {
    /// Whether it lies within the picture and is not empty.
    pub const fn is_within_the_picture(&self) -> bool {
        // Sums of two `u16` in `u32` cannot overflow.
        let (right, bottom) = (self.x as u32 + self.w as u32, self.y as u32 + self.h as u32);
        self.w > 0 && self.h > 0 && right <= WHOLE as u32 && bottom <= WHOLE as u32
    }
}

/// The zones of a [`crate::Snapshot`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandingZones {
    /// The zones; never empty.
    pub zones: Vec<Zone>,
    /// The picture from which on they hold.
    pub at: StreamTime,
}
