use super::{Icon, Shape};
use crate::{show::show, text::Text};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, ShadowRoot};

/// What the keyboard can reach.
const REACHABLE: &str = "button:not([disabled]), input:not([disabled]), select, a[href], [tabindex='0']";

/// The sheet that a view is in.
#[derive(Clone, Copy)]
struct InSheet(NodeRef<html::Section>);

/// Takes the focus to the sheet when a step of it comes up: what had it went with the step before, and a dialog that
/// has lost the focus hears no Escape.
pub(crate) fn focus_sheet() {
    let Some(InSheet(sheet)) = use_context() else { return };
    Effect::new(move |_| {
        if let Some(sheet) = sheet.get() {
            // A node that cannot take the focus leaves it where it was.
            _ = sheet.focus();
        }
    });
}

/// What takes the focus to the sheet, for when what has it is about to go.
pub(crate) fn sheet_focus() -> impl Fn() + Copy + Send {
    let sheet = use_context::<InSheet>();
    move || {
        if let Some(sheet) = sheet.and_then(|InSheet(sheet)| sheet.get_untracked()) {
            // A node that cannot take the focus leaves it where it was.
            _ = sheet.focus();
        }
    }
}

/// A dialog over the lower part of the picture, which goes on above it. The keyboard stays inside; Escape closes.
#[component]
pub(crate) fn SheetFrame(
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    children: Children,
) -> impl IntoView {
    let show = show();
    let sheet = NodeRef::<html::Section>::new();
    let close = move || show.sheet.set(None);
    provide_context(InSheet(sheet));
    focus_sheet();
    let keys = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            close();
        }
        "Tab" => {
            if let Some(sheet) = sheet.get_untracked() {
                keep_inside(&sheet, &event);
            }
        }
        // The player's single-key shortcuts are not meant while typing here.
        _ => event.stop_propagation(),
    };
    view! {
        <div class="scrim" on:click=move |_| close()></div>
        <section
            class="sheet"
            part="sheet"
            role="dialog"
            aria-modal="true"
            tabindex="-1"
            aria-label=title
            node_ref=sheet
            on:keydown=keys
        >
            <header>
                <h2>{title}</h2>
                <button type="button" class="round plain" aria-label=move || show.say_in(Text::Close) on:click=move |_| close()>
                    <Icon shape=Shape::Close />
                </button>
            </header>
            <div class="body">{children()}</div>
        </section>
    }
}

/// Wraps the focus from the last to the first and back.
fn keep_inside(sheet: &HtmlElement, event: &KeyboardEvent) {
    let Ok(all) = sheet.query_selector_all(REACHABLE) else { return };
    let at = |index: u32| all.get(index).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let (first, last) = (at(0), at(all.length().saturating_sub(1)));
    let focused = focused(sheet);
    let (from, to) = if event.shift_key() { (first, last) } else { (last, first) };
    let at_the_edge = focused == from || (event.shift_key() && focused.as_ref() == Some(sheet));
    if let Some(to) = to.filter(|_| at_the_edge) {
        event.prevent_default();
        _ = to.focus();
    }
}

/// What has the focus, in the shadow root that `near` is in.
pub(crate) fn focused(near: &HtmlElement) -> Option<HtmlElement> {
    let root = near.get_root_node();
    let active = match root.dyn_ref::<ShadowRoot>() {
        Some(root) => root.active_element(),
        None => near.owner_document()?.active_element(),
    };
    active?.dyn_into().ok()
}
