//! The overlay in a real browser, without a server: what it looks like to a keyboard, a screen reader and a hostile
//! page. `cargo test -p overlay --target wasm32-unknown-unknown`, with wasm-bindgen-test-runner as the runner.
#![cfg(target_arch = "wasm32")]

use gloo::timers::future::sleep;
use js_sys::{Function, JSON, Object, Reflect};
use overlay::{Handle, Options, mount};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

/// An overlay over a phone-sized picture that stands at StreamTime 100,000 ms, in a room whose server is not there.
struct Stage {
    host: HtmlElement,
    shadow: ShadowRoot,
    handle: Handle,
}

impl Stage {
    fn new(lang: &str) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let host: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
        host.style().set_css_text("position: fixed; inset: 0; width: 390px; height: 844px");
        document.body().unwrap().append_child(&host).unwrap();
        let shadow = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
        let root: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
        root.style().set_css_text("position: absolute; inset: 0");
        shadow.append_child(&root).unwrap();
        let options = Object::new();
        for (name, value) in [
            ("room", JsValue::from_str("tea")),
            ("server", JsValue::from_str("http://127.0.0.1:9")),
            ("lang", JsValue::from_str(lang)),
            ("element", host.clone().into()),
            ("clock", Function::new_no_args("return 100000").into()),
            ("paused", Function::new_no_args("return false").into()),
        ] {
            Reflect::set(&options, &name.into(), &value).unwrap();
        }
        let handle = mount(root, options.unchecked_into::<Options>()).unwrap();
        Self { host, shadow, handle }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.shadow.query_selector(selector).unwrap()
    }

    fn click(&self, selector: &str) {
        self.find(selector).unwrap().unchecked_into::<HtmlElement>().click();
    }

    /// Waits until `ready`, for two seconds at most.
    async fn until(&self, what: &str, ready: impl Fn(&Self) -> bool) {
        for _ in 0..100 {
            if ready(self) {
                return;
            }
            sleep(Duration::from_millis(20)).await;
        }
        panic!("never: {what}");
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.handle.destroy();
        self.host.remove();
    }
}

#[wasm_bindgen_test]
async fn it_speaks_the_language_that_is_set_and_changes_it_in_place() {
    let stage = Stage::new("zh-CN");
    let label = |stage: &Stage| stage.find(".say input").and_then(|input| input.get_attribute("aria-label"));
    stage.until("Chinese", |stage| label(stage).as_deref() == Some("说点什么…")).await;
    stage.handle.set_lang("en-GB");
    stage.until("English", |stage| label(stage).as_deref() == Some("Say something…")).await;
}

#[wasm_bindgen_test]
async fn a_sheet_takes_the_focus_and_gives_it_back_when_it_closes() {
    let stage = Stage::new("en");
    stage.until("the bag's button", |stage| stage.find(".bag").is_some()).await;
    stage.find(".bag").unwrap().unchecked_into::<HtmlElement>().focus().unwrap();
    stage.click(".bag");
    let focused = |stage: &Stage, selector: &str| {
        stage.shadow.active_element().is_some_and(|e| e.matches(selector).unwrap())
    };
    stage.until("the sheet has the focus", |stage| focused(stage, "[role=dialog]")).await;
    let escape = web_sys::KeyboardEventInit::new();
    escape.set_key("Escape");
    escape.set_bubbles(true);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &escape).unwrap();
    stage.find(".sheet").unwrap().dispatch_event(&event).unwrap();
    stage.until("the sheet is closed", |stage| stage.find(".sheet").is_none()).await;
    stage.until("the button has it again", |stage| focused(stage, ".bag")).await;
}

#[wasm_bindgen_test]
async fn markup_in_a_comment_is_text() {
    let stage = Stage::new("en");
    let text = "<img src=x onerror=alert(1)>";
    let json = format!(r#"[{{"text":"{text}"}}]"#);
    stage.until("rows", |stage| stage.find(".sky").is_some_and(|sky| sky.client_width() > 0)).await;
    stage.handle.add_danmaku(&JSON::parse(&json).unwrap()).unwrap();
    stage.until("the comment flies", |stage| stage.find(".fly").is_some()).await;
    assert_eq!(stage.find(".fly").unwrap().text_content().as_deref(), Some(text));
    assert!(stage.find(".fly img").is_none());
    let stats = JSON::stringify(&stage.handle.stats()).unwrap();
    assert_eq!(String::from(stats), r#"{"shown":1,"merged":0,"dropped":0,"onScreen":1}"#);
}

#[wasm_bindgen_test]
async fn what_is_no_list_of_comments_is_refused_with_what_was_expected() {
    let stage = Stage::new("en");
    let error = JsValue::from(stage.handle.add_danmaku(&JsValue::from_str("hello")).unwrap_err());
    let message = Reflect::get(&error, &"message".into()).unwrap().as_string().unwrap();
    assert!(message.starts_with("expected [{text, mode, color, at}, …]"), "{message}");
}

#[wasm_bindgen_test]
async fn nothing_is_left_when_it_is_destroyed() {
    let mut stage = Stage::new("en");
    stage.until("it is there", |stage| stage.find(".ls").is_some()).await;
    stage.handle.destroy();
    assert!(stage.find(".ls").is_none());
    assert!(stage.find("style").is_none());
}
