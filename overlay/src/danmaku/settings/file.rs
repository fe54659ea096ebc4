use super::{MOST_BYTES, Settings};
use crate::{show::show, text::Text};
use js_sys::Array;
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

/// What the file is called.
const NAME: &str = "danmaku.json";

/// Saves the settings as a file, and takes them from one.
#[component]
pub(super) fn SettingsFile() -> impl IntoView {
    let show = show();
    let chooser = NodeRef::<html::Input>::new();
    let wrong = RwSignal::new(None::<String>);
    let export = move |_| {
        // A browser that cannot make a file of text is none of ours.
        _ = save(&show.settings.with_untracked(Settings::write));
    };
    let import = move |_| {
        let Some(input) = chooser.get_untracked() else { return };
        let Some(file) = chosen(&input) else { return };
        // The same file may be chosen again after it was mended.
        input.set_value("");
        show.spawn(async move {
            match text(&file).await.map(|json| Settings::read(&json)) {
                Some(Ok(settings)) => {
                    wrong.set(None);
                    show.change_settings(|before| *before = settings);
                    show.tell(show.lang.get_untracked().of(Text::Imported), false);
                }
                Some(Err(error)) => wrong.set(Some(error.to_string())),
                None => wrong.set(Some(show.lang.get_untracked().of(Text::SomethingWrong).to_owned())),
            }
        });
    };
    view! {
        <div class="files">
            <button type="button" class="link" on:click=export>{move || show.say_in(Text::Export)}</button>
            <button type="button" class="link" on:click=move |_| { if let Some(input) = chooser.get_untracked() { input.click() } }>
                {move || show.say_in(Text::Import)}
            </button>
            <input class="gone" type="file" accept="application/json,.json" aria-hidden="true" tabindex="-1" node_ref=chooser on:change=import />
            <button type="button" class="link" on:click=move |_| show.change_settings(|settings| *settings = Settings::default())>
                {move || show.say_in(Text::Reset)}
            </button>
        </div>
        <p class="wrong" role="alert">{wrong}</p>
    }
}

fn chosen(input: &HtmlInputElement) -> Option<File> {
    input.files()?.get(0)
}

/// The file's text; none when it cannot be read. What is too large is cut, and then refused for its size.
async fn text(file: &File) -> Option<String> {
    let head = file.slice_with_i32_and_i32(0, i32::try_from(MOST_BYTES).ok()?.saturating_add(4)).ok()?;
    JsFuture::from(head.text()).await.ok()?.as_string()
}

fn save(json: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&json.into()), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(NAME);
    link.click();
    Url::revoke_object_url(&address)
}
