//! Every word of our pages, in both languages, one file per page. Words of the shop itself are in [`overlay::text`].

pub(crate) mod admin;
pub(crate) mod common;
pub(crate) mod front;
pub(crate) mod login;
pub(crate) mod merchant;
pub(crate) mod orders;
pub(crate) mod room;
pub(crate) mod studio;

use leptos::prelude::*;
use overlay::{api::ApiError, text::Lang};

/// A text in every language. `{}` stands for what [`fill`] puts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    zh: &'static str,
    en: &'static str,
}

/// A text in Chinese and English.
pub(crate) const fn word(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

impl Word {
    /// The text in `lang`.
    pub(crate) const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// The reader's language, for views and attributes to follow.
pub(crate) fn lang() -> RwSignal<Lang> {
    expect_context()
}

/// `word` in the reader's language, following it when it changes.
pub(crate) fn say(word: Word) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let lang = lang();
    move || word.get(lang.get())
}

/// `word` in the reader's language with `value` in place of its `{}`.
pub(crate) fn fill<V>(word: Word, value: V) -> impl Fn() -> String + Clone + Send + Sync + 'static
where
    V: std::fmt::Display + Clone + Send + Sync + 'static,
{
    let lang = lang();
    move || word.get(lang.get()).replace("{}", &value.to_string())
}

/// What to tell the reader about a failed request.
pub(crate) fn explain(error: &ApiError, lang: Lang) -> String {
    let code = error.code();
    let ours = common::problem(code, lang).or_else(|| merchant::problem(code, lang));
    if let Some(text) = ours.or_else(|| overlay::text::problem(code, lang)) {
        return text.to_owned();
    }
    match error {
        ApiError::Refused(problem) => problem.detail.clone(),
        other => other.to_string(),
    }
}
