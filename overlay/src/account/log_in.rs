use super::keep;
use crate::{
    show::{Intent, show},
    text::Text,
    ui::SheetFrame,
};
use leptos::prelude::*;
use protocol::{Credentials, LIMITS};
use web_sys::SubmitEvent;

/// Logs in or registers, then goes on with what the viewer wanted.
#[component]
pub(crate) fn LogIn(intent: Intent) -> impl IntoView {
    let show = show();
    let register = RwSignal::new(false);
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<String>);
    let intent = StoredValue::new(intent);
    let ready = move || !name.with(|name| name.trim().is_empty()) && !password.with(String::is_empty);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || untrack(move || !ready()) {
            return;
        }
        busy.set(true);
        wrong.set(None);
        let credentials =
            Credentials { name: name.get_untracked().trim().to_owned(), password: password.get_untracked() };
        let (register, intent) = (register.get_untracked(), intent.get_value());
        show.spawn(async move {
            let api = show.api();
            let session =
                if register { api.register(&credentials).await } else { api.log_in(&credentials).await };
            busy.set(false);
            match session {
                Ok(session) => {
                    keep(show, &show.core(), session);
                    show.go_on(&intent);
                }
                Err(error) => wrong.set(Some(show.words(&error))),
            }
        });
    };
    let title = Signal::derive(move || {
        show.say_in(if register.get() { Text::RegisterTitle } else { Text::LogInTitle }).to_owned()
    });
    let action = move || show.say_in(if register.get() { Text::Register } else { Text::LogIn });
    view! {
        <SheetFrame title=title>
            <form class="form" on:submit=submit>
                <label>
                    <span>{move || show.say_in(Text::Name)}</span>
                    <input
                        type="text"
                        name="username"
                        autocomplete="username"
                        autocapitalize="none"
                        maxlength=LIMITS.name_chars.to_string()
                        required
                        prop:value=name
                        on:input:target=move |event| name.set(event.target().value())
                    />
                </label>
                <label>
                    <span>{move || show.say_in(Text::Password)}</span>
                    <input
                        type="password"
                        name="password"
                        autocomplete=move || if register.get() { "new-password" } else { "current-password" }
                        minlength=move || register.get().then(|| LIMITS.password_min_chars.to_string())
                        required
                        prop:value=password
                        on:input:target=move |event| password.set(event.target().value())
                    />
                    {move || register.get().then(|| view! { <small>{show.say_in(Text::PasswordHint)}</small> })}
                </label>
                <p class="wrong" role="alert">{wrong}</p>
                <button type="submit" class="button wide" aria-disabled=move || (busy.get() || !ready()).to_string()>
                    {action}
                </button>
                <p class="swap">
                    {move || show.say_in(if register.get() { Text::HaveAccount } else { Text::NoAccount })}
                    <button type="button" class="link" on:click=move |_| { wrong.set(None); register.update(|register| *register = !*register); }>
                        {move || show.say_in(if register.get() { Text::LogIn } else { Text::Register })}
                    </button>
                </p>
            </form>
        </SheetFrame>
    }
}
