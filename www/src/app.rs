//! What every page shares: language, session, router, header; and which page is shown.

use crate::merchant::Merchant;
use crate::pages::{Admin, Front, Login, Missing, Orders, RoomPage, Rooms};
use crate::route::Route;
use crate::router::{Router, router};
use crate::session::Session;
use crate::studio::Studio;
use crate::ui::{Footer, Header};
use crate::words::{Word, common, lang, merchant, say};
use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;
use overlay::{api::Api, text::Lang};
use wasm_bindgen::JsCast;

/// Where the chosen language is remembered.
const LANG_KEY: &str = "livestall.lang";

/// The whole application.
#[component]
pub(crate) fn App() -> impl IntoView {
    provide_context(RwSignal::new(first_language()));
    provide_context(Router::start());
    let api = Api::new("", None);
    provide_context(Session::start(api.clone()));
    provide_context(api);
    keep_language();
    keep_title();

    let route = Memo::new(|_| router().route());
    let bare = move || matches!(route.get(), Route::Room(..));
    view! {
        <a class="skip" href="#content">{say(common::SKIP)}</a>
        <div class="page" class:page-room=bare>
            <Header/>
            <main id="content" tabindex="-1">{move || page(route.get())}</main>
            <Footer/>
        </div>
    }
}

/// Names the tab after the page, and takes the keyboard's focus to a page that was just gone to.
fn keep_title() {
    let (lang, router) = (lang(), router());
    let route = Memo::new(move |_| router.route());
    Effect::new(move |before: Option<Route>| {
        let now = route.get();
        document().set_title(
            &title(&now).map_or_else(
                || "Livestall".to_owned(),
                |word| format!("{} · Livestall", word.get(lang.get())),
            ),
        );
        if before.is_some_and(|before| before != now)
            && let Some(main) = document().get_element_by_id("content")
            && let Ok(main) = main.dyn_into::<web_sys::HtmlElement>()
        {
            // Where it cannot be focused, the page is none the worse.
            _ = main.focus();
        }
        now
    });
}

fn title(route: &Route) -> Option<Word> {
    match route {
        Route::Front | Route::Room(..) => None,
        Route::Login { .. } => Some(common::LOG_IN),
        Route::Orders => Some(common::MY_ORDERS),
        Route::Admin => Some(common::ADMIN),
        Route::Rooms | Route::Studio(_) => Some(common::STUDIO),
        Route::Shop(_, part) => Some(merchant::part(*part)),
        Route::Missing => Some(common::NOT_FOUND),
    }
}

fn page(route: Route) -> AnyView {
    match route {
        Route::Front => view! { <Front/> }.into_any(),
        Route::Room(room, moment) => view! { <RoomPage room moment/> }.into_any(),
        Route::Login { next } => view! { <Login next/> }.into_any(),
        Route::Orders => view! { <Orders/> }.into_any(),
        Route::Admin => view! { <Admin/> }.into_any(),
        Route::Rooms => view! { <Rooms/> }.into_any(),
        Route::Studio(room) => view! { <Studio room/> }.into_any(),
        Route::Shop(room, part) => view! { <Merchant room part/> }.into_any(),
        Route::Missing => view! { <Missing/> }.into_any(),
    }
}

/// The language chosen before, else the browser's.
fn first_language() -> Lang {
    let chosen: Option<String> = LocalStorage::raw().get_item(LANG_KEY).ok().flatten();
    Lang::parse(&chosen.or_else(|| window().navigator().language()).unwrap_or_default())
}

/// Tells the document its language, and remembers what the reader chose.
fn keep_language() {
    let lang = lang();
    Effect::new(move |before: Option<Lang>| {
        let now = lang.get();
        if let Some(root) = document().document_element() {
            // Setting an attribute of <html> cannot fail.
            _ = root.set_attribute("lang", now.tag());
        }
        if before.is_some_and(|before| before != now) {
            // Where storage is off, the choice lasts as long as the page.
            _ = LocalStorage::raw().set_item(LANG_KEY, now.tag());
        }
        now
    });
}
