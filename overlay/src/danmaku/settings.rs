//! What the viewer wants of the comments over the picture: kept, exported and imported as JSON of one shape. What comes
//! from a file or from storage is not trusted: every list and number is bounded.

mod blocked;
mod choice;
mod file;
mod kept;
mod obey;
mod sheet;

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;
use timeline::{
    EXPRESSION_CHARS, Expression, ExpressionError, Filter, Kind, MOST_FILTERS, Rules, Timing, WORD_CHARS,
};

pub(crate) use kept::{keep, kept};
pub(crate) use sheet::DanmakuSheet;

/// Bytes of a file of settings: all lists full, in Chinese, are 140 kB.
pub(crate) const MOST_BYTES: usize = 192 * 1024;

/// The shape of the JSON; another one has another number.
const VERSION: u32 = 1;

/// The settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// [`VERSION`].
    version: u32,
    /// Whether comments fly, once the viewer has said so.
    pub(crate) on: Option<bool>,
    /// How much of the sky they take.
    pub(crate) area: Area,
    /// In percent, 10 to 100.
    pub(crate) opacity: u32,
    /// In percent of the usual, 50 to 200.
    pub(crate) speed: u32,
    /// In percent of the usual, 50 to 200.
    pub(crate) size: u32,
    /// How many at once.
    pub(crate) density: Density,
    /// Kinds not shown.
    pub(crate) hidden: BTreeSet<Kind>,
    /// Words not shown.
    pub(crate) words: Vec<String>,
    /// Expressions not shown, see [`Expression`].
    pub(crate) expressions: Vec<String>,
    /// Users not shown.
    pub(crate) users: Vec<BlockedUser>,
    /// Whether comments show when they come, not with their picture.
    pub(crate) as_they_arrive: bool,
}

/// A part of the sky, from its top.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Area {
    Quarter,
    Half,
    #[default]
    Whole,
}

/// How many comments at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Density {
    /// As many as one can read.
    Few,
    /// As many as find room.
    #[default]
    Normal,
    /// All, also over each other.
    Overlap,
}

/// A user who is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BlockedUser {
    pub(crate) id: i64,
    /// As it was when blocked, for the list.
    pub(crate) name: String,
}

/// Why settings cannot be taken.
#[derive(Debug, PartialEq, Error)]
pub(crate) enum SettingsError {
    #[error("the file has {found} bytes; expected at most {MOST_BYTES}")]
    TooLarge { found: usize },
    #[error("the file is no settings of comments: {reason}")]
    Shape { reason: String },
    #[error("the file is of version {found}; expected {VERSION}")]
    Version { found: u32 },
    #[error("expression {index}: {error}")]
    Expression { index: usize, error: ExpressionError },
}

/// What [`Density::Few`] lets be on the screen: about what one reads in the time that it is there.
const FEW: u16 = 12;

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            on: None,
            area: Area::default(),
            opacity: 100,
            speed: 100,
            size: 100,
            density: Density::default(),
            hidden: BTreeSet::new(),
            words: Vec::new(),
            expressions: Vec::new(),
            users: Vec::new(),
            as_they_arrive: false,
        }
    }
}

impl Settings {
    /// Reads settings, and brings what is out of bounds within them.
    ///
    /// # Errors
    /// When it is something else, of another version, or an expression in it cannot be used.
    pub(crate) fn read(json: &str) -> Result<Self, SettingsError> {
        /// Written before anything else is looked at.
        #[derive(Deserialize)]
        struct Stamp {
            version: u32,
        }
        if json.len() > MOST_BYTES {
            return Err(SettingsError::TooLarge { found: json.len() });
        }
        let shape = |error: serde_json::Error| SettingsError::Shape { reason: error.to_string() };
        let Stamp { version: found } = serde_json::from_str(json).map_err(shape)?;
        if found != VERSION {
            return Err(SettingsError::Version { found });
        }
        let settings: Self = serde_json::from_str(json).map_err(shape)?;
        for (index, text) in settings.expressions.iter().take(MOST_FILTERS).enumerate() {
            text.parse::<Expression>().map_err(|error| SettingsError::Expression { index, error })?;
        }
        Ok(settings.within_bounds())
    }

    /// As a file.
    pub(crate) fn write(&self) -> String {
        // Plain types of ours always encode.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    fn within_bounds(mut self) -> Self {
        self.opacity = self.opacity.clamp(10, 100);
        self.speed = self.speed.clamp(50, 200);
        self.size = self.size.clamp(50, 200);
        cut(&mut self.words, WORD_CHARS);
        cut(&mut self.expressions, EXPRESSION_CHARS);
        self.users.truncate(MOST_FILTERS);
        for user in &mut self.users {
            user.name = user.name.chars().take(protocol::LIMITS.name_chars).collect();
        }
        self
    }

    /// What they mean for the timeline.
    pub(crate) fn rules(&self) -> Rules {
        let (overlap, most) = match self.density {
            Density::Few => (false, Some(FEW)),
            Density::Normal => (false, None),
            Density::Overlap => (true, None),
        };
        let expressions = self.expressions.iter().filter_map(|text| text.parse().ok());
        let filter = Filter::default()
            .with_kinds(self.hidden.iter().copied())
            .with_words(self.words.iter().map(String::as_str))
            .with_expressions(expressions)
            .with_users(self.users.iter().map(|user| user.id));
        Rules { overlap, most, filter }
    }

    /// When comments show.
    pub(crate) const fn timing(&self) -> Timing {
        if self.as_they_arrive { Timing::AsTheyArrive } else { Timing::WithPicture }
    }

    /// Hides what a user says, or no longer.
    pub(crate) fn block_user(&mut self, id: i64, name: &str, block: bool) {
        self.users.retain(|user| user.id != id);
        if block {
            self.users.insert(0, BlockedUser { id, name: name.to_owned() });
            self.users.truncate(MOST_FILTERS);
        }
    }
}

impl Area {
    /// Rows of a sky of so many; one at least, as long as there is one.
    pub(crate) fn of(self, rows: usize) -> usize {
        let share = match self {
            Self::Quarter => rows / 4,
            Self::Half => rows / 2,
            Self::Whole => rows,
        };
        share.max(rows.min(1))
    }
}

/// Keeps the first items, each cut and once.
fn cut(items: &mut Vec<String>, chars: usize) {
    let mut seen = BTreeSet::new();
    let short = items.drain(..).map(|item| item.trim().chars().take(chars).collect::<String>());
    let kept: Vec<String> =
        short.filter(|item| !item.is_empty() && seen.insert(item.clone())).take(MOST_FILTERS).collect();
    *items = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut settings = Settings { area: Area::Half, opacity: 60, ..Settings::default() };
        settings.hidden.insert(Kind::Colored);
        settings.words.push("剧透".to_owned());
        settings.expressions.push("^6+$".to_owned());
        settings.block_user(7, "林小", true);
        assert_eq!(Settings::read(&settings.write()), Ok(settings));
    }

    #[test]
    fn what_is_left_out_is_as_usual() {
        assert_eq!(Settings::read(r#"{"version":1}"#), Ok(Settings::default()));
    }

    #[test]
    fn what_is_out_of_bounds_is_brought_within() {
        let words: Vec<String> = (0..999).map(|n| format!("{n}{}", "长".repeat(99))).collect();
        let json = serde_json::json!({"version": 1, "opacity": 0, "speed": 9999, "words": words}).to_string();
        let error = Settings::read(&json);
        assert!(matches!(error, Err(SettingsError::TooLarge { .. })), "{error:?}");
        let json = serde_json::json!({"version": 1, "opacity": 0, "speed": 9999, "words": words[..300]});
        let settings = Settings::read(&json.to_string()).unwrap();
        assert_eq!((settings.opacity, settings.speed, settings.words.len()), (10, 200, 200));
        assert!(settings.words.iter().all(|word| word.chars().count() == 64));
    }

    #[test]
    fn what_is_no_settings_says_why() {
        let why = |json: &str| Settings::read(json).unwrap_err().to_string();
        assert!(why("[]").starts_with("the file is no settings of comments: "));
        assert_eq!(why(r#"{"version":2}"#), "the file is of version 2; expected 1");
        let error = why(r#"{"version":1,"expressions":["a","(b)"]}"#);
        assert!(error.starts_with("expression 1: the expression has '('"), "{error}");
    }

    #[test]
    fn a_small_area_still_has_a_row() {
        assert_eq!([0, 1, 3, 12].map(|rows| Area::Quarter.of(rows)), [0, 1, 1, 3]);
    }
}
