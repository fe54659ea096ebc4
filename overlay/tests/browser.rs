//! The overlay in a real browser, without a server: what it looks like to a keyboard, a screen reader and a hostile
//! page. `cargo test -p overlay --target wasm32-unknown-unknown`, with wasm-bindgen-test-runner as the runner.
#![cfg(target_arch = "wasm32")]

#[path = "browser/danmaku.rs"]
mod danmaku;
#[path = "browser/gifts.rs"]
mod gifts;
#[path = "support/shop.rs"]
mod shop;
#[path = "support/stage.rs"]
mod stage;

use gloo::timers::future::sleep;
use js_sys::{JSON, Reflect};
use stage::Stage;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlElement;

wasm_bindgen_test_configure!(run_in_browser);

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
    stage.until("the sheet has the focus", |stage| stage.has_focus("[role=dialog]")).await;
    stage.press(".sheet", "Escape");
    stage.until("the sheet is closed", |stage| stage.find(".sheet").is_none()).await;
    stage.until("the button has it again", |stage| stage.has_focus(".bag")).await;
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
    assert_eq!(String::from(stats), r#"{"shown":1,"merged":0,"dropped":0,"blocked":0,"onScreen":1}"#);
}

#[wasm_bindgen_test]
async fn what_is_no_list_of_comments_is_refused_with_what_was_expected() {
    let stage = Stage::new("en");
    let error = JsValue::from(stage.handle.add_danmaku(&JsValue::from_str("hello")).unwrap_err());
    let message = Reflect::get(&error, &"message".into()).unwrap().as_string().unwrap();
    assert!(message.starts_with("expected [{text, mode, color, at}, …]"), "{message}");
}

#[wasm_bindgen_test]
async fn the_picture_is_left_alone_as_long_as_nothing_is_to_change() {
    let stage = Stage::new("en");
    stage.until("it is there", |stage| stage.find(".ls").is_some()).await;
    let before = Stage::looks();
    sleep(Duration::from_secs(1)).await;
    let looks = Stage::looks() - before;
    // Sixty would be one a frame.
    assert!((1.0..20.0).contains(&looks), "{looks}");
}

#[wasm_bindgen_test]
async fn nothing_is_left_when_it_is_destroyed() {
    let mut stage = Stage::new("en");
    stage.until("it is there", |stage| stage.find(".ls").is_some()).await;
    stage.handle.destroy();
    assert!(stage.find(".ls").is_none());
    assert!(stage.find("style").is_none());
}

/// Opens the checkout of the product that is pinned in the shop, from its card.
async fn check_out(stage: &Stage) {
    stage.until("the card", |stage| stage.find(".pinned .buy").is_some()).await;
    stage.click(".pinned .buy");
    stage.until("the checkout", |stage| stage.find(".sheet .wide[aria-disabled=false]").is_some()).await;
}

/// Asks for the order that the open checkout shows.
async fn place_order(stage: &Stage) {
    stage.click(".sheet .button.wide");
    stage.until("the request", |_| shop::waiting() == 1).await;
}

async fn close_sheet(stage: &Stage) {
    stage.press(".sheet", "Escape");
    stage.until("the sheet is closed", |stage| stage.find(".sheet").is_none()).await;
}

#[wasm_bindgen_test]
async fn an_order_of_unknown_fate_is_asked_for_again_under_its_key_also_from_a_new_sheet() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    check_out(&stage).await;
    let free = |stage: &Stage| stage.find(".sheet .wide[aria-disabled=false]").is_some();
    place_order(&stage).await;
    shop::break_off();
    stage.until("it may be asked for again", free).await;
    place_order(&stage).await;
    shop::refuse(409, "idempotency_running");
    stage.until("it may be asked for again", free).await;
    close_sheet(&stage).await;
    check_out(&stage).await;
    place_order(&stage).await;
    shop::place();
    stage.until("it is to be paid", |stage| stage.find(".held").is_some()).await;
    let asked = shop::asked();
    assert_eq!(asked.len(), 3);
    assert!(asked.iter().all(|one| *one == asked[0]), "{asked:?}");
}

#[wasm_bindgen_test]
async fn an_order_that_was_placed_after_its_sheet_was_closed_is_still_announced() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    let placed = stage.events("stall:order");
    check_out(&stage).await;
    place_order(&stage).await;
    close_sheet(&stage).await;
    shop::place();
    stage.until("the page hears of it", |_| placed.borrow().len() == 1).await;
    check_out(&stage).await;
    assert_eq!(shop::traps(), "");
}

#[wasm_bindgen_test]
async fn an_answer_that_comes_when_the_overlay_is_gone_is_let_be() {
    shop::open();
    let mut stage = Stage::of(shop::SERVER, "en");
    check_out(&stage).await;
    place_order(&stage).await;
    stage.handle.destroy();
    shop::refuse(409, "sold_out");
    let stage = Stage::of(shop::SERVER, "en");
    check_out(&stage).await;
    assert_eq!(shop::traps(), "");
}

#[wasm_bindgen_test]
async fn a_card_that_comes_up_is_said_to_a_screen_reader() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "zh-CN");
    let said = |stage: &Stage| stage.find(".herald[role=status]").and_then(|herald| herald.text_content());
    stage
        .until("the pin is said", |stage| said(stage).is_some_and(|said| said.contains("讲解中: 明前龙井")))
        .await;
    stage
        .until("so is the coupon", |stage| said(stage).is_some_and(|said| said.contains("满 100 减 20")))
        .await;
}

#[wasm_bindgen_test]
async fn a_switch_keeps_its_name_and_says_whether_it_is_on() {
    let stage = Stage::new("en");
    stage.until("the switch", |stage| stage.find("[aria-pressed]").is_some()).await;
    let face = |stage: &Stage| {
        let switch = stage.find("[aria-pressed]").unwrap();
        ["aria-label", "aria-pressed"].map(|name| switch.get_attribute(name).unwrap())
    };
    let before = face(&stage);
    stage.click("[aria-pressed]");
    stage.until("it is turned", |stage| face(stage)[1] != before[1]).await;
    assert_eq!(face(&stage)[0], before[0]);
}

#[wasm_bindgen_test]
async fn what_the_shop_refuses_is_told_to_the_page_with_a_code() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    let errors = stage.events("stall:error");
    check_out(&stage).await;
    place_order(&stage).await;
    shop::refuse(409, "sold_out");
    stage.until("the page hears of it", |_| errors.borrow().len() == 1).await;
    assert_eq!(
        errors.borrow()[0],
        r#"{"code":2,"kind":"shop","cause":"sold_out","message":" (sold_out)","fatal":false}"#
    );
}
