//! Every word that a shopper reads, in each language. No markup, no numbers: those are put in by who shows them.

mod plural;
mod problem;
mod table;

use plural::{Plural, plural};
pub use problem::problem;
pub use table::Text;

/// A language that there are words for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The nearest one to a BCP 47 tag: anything Chinese is Chinese, anything else English.
    pub fn parse(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Self::Zh } else { Self::En }
    }

    /// Its BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The text in this language.
    pub const fn of(self, text: Text) -> &'static str {
        text.get(self)
    }
}

/// How many things are left: "3 left".
pub fn left(count: i64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("仅剩 {count}"),
        Lang::En => format!("{count} left"),
    }
}

/// How many things a search has found: "1 product found".
pub fn found(count: usize, lang: Lang) -> String {
    match (lang, plural(count as u64, lang)) {
        (Lang::Zh, _) => format!("找到 {count} 件商品"),
        (Lang::En, Plural::One) => format!("{count} product found"),
        (Lang::En, Plural::Other) => format!("{count} products found"),
    }
}

/// What something cost: "was ¥19.90".
pub fn was(price: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("原价 {price}"),
        Lang::En => format!("was {price}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_chinese_is_chinese_and_all_else_english() {
        assert_eq!(Lang::parse("zh-Hans-CN"), Lang::Zh);
        assert_eq!(Lang::parse("ZH"), Lang::Zh);
        assert_eq!(Lang::parse("fr"), Lang::En);
        assert_eq!(Lang::parse(""), Lang::En);
    }
}
