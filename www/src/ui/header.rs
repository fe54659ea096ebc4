//! The bar at the top of every page: the mark, where to go, the language, who is logged in.

use super::{Icon, Shape};
use crate::route::{Route, login_to};
use crate::router::router;
use crate::session::{Session, Who, session};
use crate::task::Task;
use crate::words::{common, lang, say};
use leptos::{html, prelude::*};
use overlay::text::Lang;
use protocol::{Role, User};

/// The bar.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let session = session();
    view! {
        <header class="header">
            <a class="brand" href="/">
                <img src="/assets/mark.svg" alt="" width="32" height="32"/>
                <span>"Livestall"</span>
            </a>
            <nav class="header-nav" aria-label=say(common::MAIN_NAVIGATION)>
                {move || session.may_host().then(|| view! { <a href="/studio">{say(common::STUDIO)}</a> })}
                {move || is_admin(session).then(|| view! { <a href="/admin">{say(common::ADMIN)}</a> })}
                {move || session.user().map(|_| view! {
                    <a href="/orders"><Icon shape=Shape::Receipt/><span>{say(common::MY_ORDERS)}</span></a>
                })}
            </nav>
            <div class="header-end">
                <LanguageSwitch/>
                {move || match session.who() {
                    Who::Unknown => ().into_any(),
                    Who::Guest => view! { <LogIn/> }.into_any(),
                    Who::User(user) => view! { <LoggedIn user/> }.into_any(),
                }}
            </div>
        </header>
    }
}

fn is_admin(session: Session) -> bool {
    session.user().is_some_and(|user| user.role == Role::Admin)
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let lang = lang();
    let switch = move |_| {
        lang.update(|lang| {
            *lang = match lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            }
        });
    };
    view! {
        <button type="button" class="button button-quiet header-lang" on:click=switch aria-label=say(common::SWITCH_LANGUAGE)>
            <Icon shape=Shape::Globe/><span>{say(common::OTHER_LANGUAGE)}</span>
        </button>
    }
}

/// Leads to the log-in page and back to where one is.
#[component]
fn LogIn() -> impl IntoView {
    let router = router();
    let address = move || match router.route() {
        Route::Login { next } => login_to(&next),
        _ => login_to(&router.path()),
    };
    view! { <a class="button button-primary button-small" href=address>{say(common::LOG_IN)}</a> }
}

#[component]
fn LoggedIn(user: User) -> impl IntoView {
    let session = session();
    let task = Task::new();
    let leave = move |_| task.run(session.leave(), |()| {});
    let host = matches!(user.role, Role::Host | Role::Admin);
    let menu = NodeRef::<html::Div>::new();
    let close = move |_| {
        if let Some(menu) = menu.get_untracked() {
            // Fails only when it is closed already.
            _ = menu.hide_popover();
        }
    };
    let initial: String = user.name.chars().take(1).collect();
    view! {
        <button type="button" class="menu-button" popovertarget="user-menu" aria-label=user.name.clone()>
            <span class="avatar" aria-hidden="true">{initial}</span>
        </button>
        <div class="menu" id="user-menu" popover node_ref=menu on:click=close>
            <p class="menu-name">{user.name}</p>
            <a href="/orders">{say(common::MY_ORDERS)}</a>
            {host.then(|| view! { <a href="/studio">{say(common::STUDIO)}</a> })}
            <button type="button" on:click=leave>{say(common::LOG_OUT)}</button>
        </div>
    }
}
