use crate::{ServerTime, StreamTime, User};
use serde::{Deserialize, Serialize};

/// The gifts that viewers can send. One for the whole installation; every change of it has a higher version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiftCatalogue {
    /// 0 before the first catalogue.
    pub version: u64,
    /// In the order in which they are shown.
    pub gifts: Vec<Gift>,
}

/// A catalogue on its way up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewGiftCatalogue {
    /// All gifts; those of the version before that are not among them can no longer be sent.
    pub gifts: Vec<Gift>,
}

/// A gift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gift {
    /// Its number, chosen by whoever makes the catalogue: from 1, and below 2^53, which JavaScript counts exactly.
    pub id: i64,
    /// Its name.
    pub name: GiftName,
    /// Coins for one; 0 is free.
    pub price: u32,
    /// How it is shown.
    pub tier: GiftTier,
    /// What [`Self::asset`] is.
    pub format: GiftFormat,
    /// What is played: a path on the server, named by its contents.
    pub asset: String,
    /// A picture of it for lists, where the asset is none: a path on the server, named by its contents.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub icon: String,
    /// How long a luxury gift plays, milliseconds; [`crate::LIMITS`]`.gift_play_ms` at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u32>,
    /// From when it can be sent; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<ServerTime>,
    /// When it can no longer be sent; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<ServerTime>,
}

impl Gift {
    /// Whether it can be sent at `now`.
    pub fn is_offered(&self, now: ServerTime) -> bool {
        self.valid_from.is_none_or(|from| from <= now) && self.valid_to.is_none_or(|to| now < to)
    }

    /// The picture of it for lists.
    pub fn picture(&self) -> &str {
        if self.icon.is_empty() && self.format == GiftFormat::Image { &self.asset } else { &self.icon }
    }
}

/// A gift's name in each language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiftName {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// English.
    pub en: String,
}

/// How a gift is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum GiftTier {
    /// In a tray at the side.
    Small,
    /// Over the whole picture, one at a time.
    Luxury,
}

/// What a gift's asset is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum GiftFormat {
    /// A picture: SVG, PNG, WebP, JPEG or GIF.
    Image,
    /// SVGA 2.x: zlib over `MovieEntity`.
    Svga,
    /// H.264 in MP4 with its alpha beside it, as the `vapc` box says.
    Vap,
    /// Lottie JSON.
    Lottie,
}

/// A gift on its way up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SendGift {
    /// The sender's own id, unique for the sender: 1 to 64 characters.
    pub client_id: String,
    /// Which gift.
    pub gift: i64,
    /// How many: 1 to [`crate::LIMITS`]`.gift_count`.
    pub count: u32,
    /// The sender's own name for a row of taps that count together: 1 to 64 characters.
    pub combo: String,
    /// The version of the catalogue whose price the sender saw.
    pub catalogue_version: u64,
    /// The picture that the sender was watching; without it, the newest picture that the server has.
    #[serde(default)]
    pub at: Option<StreamTime>,
}

/// A gift that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiftSent {
    /// Who sent it.
    pub user: User,
    /// The gift as it was then.
    pub gift: Gift,
    /// How many.
    pub count: u32,
    /// The sender's own name for the row of taps that it belongs to.
    pub combo: String,
    /// How many of that row so far, these included. A row ends after [`crate::LIMITS`]`.combo_ms` without a tap, and
    /// when its sender sends another gift.
    pub combo_total: u32,
    /// The sender's own id for it, so that a resent gift is accepted once.
    pub client_id: String,
}
