use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// A point on the broadcaster's programme clock, in milliseconds since the Unix epoch: the axis of
/// `EXT-X-PROGRAM-DATE-TIME` (RFC 8216bis 4.4.4.6). On the wire a plain integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StreamTime(pub i64);

impl StreamTime {
    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This point moved by `millis`, saturating.
    #[must_use]
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

/// A point on the server's clock, in milliseconds since the Unix epoch. On the wire RFC 3339 in UTC, with
/// milliseconds: `2026-11-23T04:10:40.123Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
pub struct ServerTime(pub i64);

/// Why a text is not a [`ServerTime`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeError {
    /// The text that was found, cut to 64 characters.
    pub found: String,
}

impl std::fmt::Display for TimeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected an RFC 3339 date and time, found {:?}", self.found)
    }
}

impl std::error::Error for TimeError {}

impl ServerTime {
    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }
}

impl std::fmt::Display for ServerTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at =
            OffsetDateTime::from_unix_timestamp(self.0.div_euclid(1_000)).map_err(|_| std::fmt::Error)?;
        let (date, time) = (at.date(), at.time());
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            date.year(),
            u8::from(date.month()),
            date.day(),
            time.hour(),
            time.minute(),
            time.second(),
            self.0.rem_euclid(1_000)
        )
    }
}

impl std::str::FromStr for ServerTime {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || TimeError { found: text.chars().take(64).collect() };
        let at = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| error())?;
        // An offset may put it beyond the years that RFC 3339 can write.
        let at = at.checked_to_offset(UtcOffset::UTC).filter(|at| (0..=9999).contains(&at.year()));
        let at = at.ok_or_else(error)?;
        i64::try_from(at.unix_timestamp_nanos() / 1_000_000).map(Self).map_err(|_| error())
    }
}

impl Serialize for ServerTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ServerTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn server_time_is_rfc_3339_in_utc_with_milliseconds() {
        let at = ServerTime(1_763_871_040_123);
        assert_eq!(at.to_string(), "2025-11-23T04:10:40.123Z");
        assert_eq!("2025-11-23T12:10:40.123+08:00".parse(), Ok(at));
        assert!("yesterday".parse::<ServerTime>().is_err());
    }

    #[test]
    fn a_time_whose_offset_takes_it_out_of_the_calendar_is_refused() {
        for text in ["9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+23:59"] {
            assert_eq!(text.parse::<ServerTime>(), Err(TimeError { found: text.to_owned() }));
        }
    }

    proptest! {
        #[test]
        fn server_time_survives_the_wire(millis in -62_135_596_800_000_i64..253_402_300_799_000) {
            let json = serde_json::to_string(&ServerTime(millis)).unwrap();
            prop_assert_eq!(serde_json::from_str::<ServerTime>(&json).unwrap(), ServerTime(millis));
        }
    }
}
