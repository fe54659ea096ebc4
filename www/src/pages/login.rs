//! Logging in and registering; then back to where one came from.

use crate::router::router;
use crate::session::{Who, session};
use crate::task::{Task, TaskError};
use crate::ui::{Field, Submit};
use crate::words::{Word, common, login, say};
use leptos::prelude::*;
use protocol::{Credentials, LIMITS};

/// The page; `next` is where it leads.
#[component]
pub(crate) fn Login(next: String) -> impl IntoView {
    let registering = RwSignal::new(false);
    let (session, router) = (session(), router());
    // Also when the element, or another tab, logged in meanwhile.
    Effect::new(move |_| {
        if matches!(session.who(), Who::User(_)) {
            router.go(&next);
        }
    });
    view! {
        <div class="login">
            <aside class="login-aside" aria-hidden="true"><p>{say(login::ASIDE)}</p></aside>
            <div class="login-main">
                <h1>{switched(registering, login::JOIN, login::WELCOME)}</h1>
                <p class="login-hint">{switched(registering, login::JOIN_HINT, login::WELCOME_HINT)}</p>
                <Form registering/>
                <p class="login-switch">
                    {switched(registering, login::HAS_ACCOUNT, login::NO_ACCOUNT)}" "
                    <button type="button" class="link" on:click=move |_| registering.update(|on| *on = !*on)>
                        {switched(registering, common::LOG_IN, common::REGISTER)}
                    </button>
                </p>
            </div>
        </div>
    }
}

fn switched(on: RwSignal<bool>, yes: Word, no: Word) -> impl Fn() -> &'static str + Copy + Send + Sync {
    let (yes, no) = (say(yes), say(no));
    move || if on.get() { yes() } else { no() }
}

#[component]
fn Form(registering: RwSignal<bool>) -> impl IntoView {
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submitted = RwSignal::new(false);
    let task = Task::new();
    let session = session();
    let wrong_name = Signal::derive(move || submitted.get().then(|| check_name(&name.read())).flatten());
    let wrong_password = Signal::derive(move || {
        submitted.get().then(|| check_password(&password.read(), registering.get())).flatten()
    });
    // Who logs in knows both already.
    let hint = move |word| Signal::derive(move || registering.get().then_some(word));
    let (name_hint, password_hint) = (hint(login::NAME_HINT), hint(login::PASSWORD_HINT));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        if wrong_name.get_untracked().is_none() && wrong_password.get_untracked().is_none() {
            let credentials = Credentials {
                name: name.get_untracked().trim().to_owned(),
                password: password.get_untracked(),
            };
            task.run(session.enter(credentials, registering.get_untracked()), |()| {});
        }
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <Field id="name" label=login::NAME value=name error=wrong_name hint=name_hint autocomplete="username" maxlength=LIMITS.name_chars/>
            <Field id="password" label=login::PASSWORD value=password error=wrong_password kind="password"
                autocomplete="current-password" hint=password_hint maxlength=LIMITS.password_max_bytes/>
            <TaskError task/>
            {move || match registering.get() {
                true => view! { <Submit task label=login::CREATE doing=login::REGISTERING/> }.into_any(),
                false => view! { <Submit task label=common::LOG_IN doing=login::LOGGING_IN/> }.into_any(),
            }}
        </form>
    }
}

fn check_name(name: &str) -> Option<Word> {
    name.trim().is_empty().then_some(login::NAME_MISSING)
}

/// An old password is whatever it is; a new one must be long enough.
fn check_password(password: &str, new: bool) -> Option<Word> {
    let least = if new { LIMITS.password_min_chars } else { 1 };
    (password.chars().count() < least).then_some(login::PASSWORD_SHORT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_new_password_must_be_long() {
        assert_eq!(check_password("七个字的密码呀", true), Some(login::PASSWORD_SHORT));
        assert_eq!(check_password("八个字的密码好呀", true), None);
        assert_eq!(check_password("old", false), None);
        assert_eq!(check_password("", false), Some(login::PASSWORD_SHORT));
    }

    #[test]
    fn a_name_of_spaces_is_no_name() {
        assert_eq!(check_name("  "), Some(login::NAME_MISSING));
        assert_eq!(check_name("林"), None);
    }
}
