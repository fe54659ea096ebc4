//! Comments over the picture: their settings, and holding one.

use crate::{shop, stage::Stage};
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, MouseEvent, MouseEventInit};

const PLACE: &str = "livestall:danmaku";

fn forget_settings() {
    web_sys::window().unwrap().local_storage().unwrap().unwrap().remove_item(PLACE).unwrap();
}

fn kept() -> String {
    web_sys::window().unwrap().local_storage().unwrap().unwrap().get_item(PLACE).unwrap().unwrap_or_default()
}

/// Puts a comment of the page's own on the picture.
async fn fly(stage: &Stage, json: &str) -> Element {
    stage.until("rows", |stage| stage.find(".sky").is_some_and(|sky| sky.client_width() > 0)).await;
    stage.handle.add_danmaku(&JSON::parse(json).unwrap()).unwrap();
    stage.until("the comment flies", |stage| stage.find(".fly").is_some()).await;
    stage.find(".fly").unwrap()
}

fn stats(stage: &Stage) -> String {
    JSON::stringify(&stage.handle.stats()).unwrap().into()
}

/// A click on the bare picture, where `node` is.
fn click_on(stage: &Stage, node: &Element) {
    let place = node.get_bounding_client_rect();
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_client_x((place.left() + place.width() / 2.0) as i32);
    init.set_client_y((place.top() + place.height() / 2.0) as i32);
    let event = MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap();
    stage.find(".sky").unwrap().dispatch_event(&event).unwrap();
}

async fn open_settings(stage: &Stage) {
    stage.until("the button", |stage| stage.find(".more").is_some()).await;
    stage.click(".more");
    stage.until("the sheet", |stage| stage.find(".sheet .toggle").is_some()).await;
}

fn slide(stage: &Stage, number: usize, value: &str) {
    let all = stage.shadow.query_selector_all(".sheet input[type=range]").unwrap();
    let input: HtmlInputElement = all.get(number as u32).unwrap().unchecked_into();
    input.set_value(value);
    let init = EventInit::new();
    init.set_bubbles(true);
    input.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn a_crowd_of_comments_flies_on_few_strips_and_in_step_with_the_picture() {
    forget_settings();
    let stage = Stage::new("en");
    let texts = (0..200).map(|n| format!(r#"{{"text":"{n}{}"}}"#, "好".repeat(n % 3)));
    let json = format!("[{}]", texts.collect::<Vec<_>>().join(","));
    fly(&stage, &json).await;
    let on_screen = || Reflect::get(&stage.handle.stats(), &"onScreen".into()).unwrap().as_f64().unwrap();
    let all = |stage: &Stage| on_screen() >= 10.0 && stage.lefts(".fly").len() as f64 == on_screen();
    stage.until("all are there", all).await;
    let before = stage.lefts(".fly");
    assert!(stage.lefts(".strip").len() * 2 <= before.len(), "{:?}", stage.lefts(".strip"));
    assert!(before.iter().all(|left| (left - 390.0).abs() < 50.0), "{before:?}");
    // A third of the way of a comment without width; of the widest, a bit more.
    Stage::picture_is_later((5_500 + 975) / 3);
    let there =
        |stage: &Stage| stage.lefts(".fly").iter().filter(|left| (200.0..262.0).contains(*left)).count();
    stage.until("they are where the picture is", |stage| there(stage) == before.len()).await;
    Stage::picture_is_later(60_000);
    stage.until("the sky is empty", |stage| stage.find(".fly, .strip").is_none()).await;
    Stage::picture_is_later(0);
}

#[wasm_bindgen_test]
async fn settings_hold_at_once_and_for_the_next_overlay() {
    forget_settings();
    let stage = Stage::new("en");
    open_settings(&stage).await;
    slide(&stage, 0, "50");
    let opacity = |stage: &Stage| {
        let sky: HtmlElement = stage.find(".sky").unwrap().unchecked_into();
        web_sys::window()
            .unwrap()
            .get_computed_style(&sky)
            .unwrap()
            .unwrap()
            .get_property_value("opacity")
            .unwrap()
    };
    stage.until("half of it shows through", |stage| opacity(stage) == "0.5").await;
    assert!(kept().contains(r#""opacity": 50"#), "{}", kept());
    drop(stage);
    let stage = Stage::new("en");
    stage.until("it is so again", |stage| stage.find(".sky").is_some() && opacity(stage) == "0.5").await;
    forget_settings();
}

#[wasm_bindgen_test]
async fn a_blocked_word_is_counted_as_blocked_and_comes_back_when_it_is_taken_back() {
    forget_settings();
    let stage = Stage::new("en");
    fly(&stage, r#"[{"text":"a spoiler"}]"#).await;
    open_settings(&stage).await;
    let field: HtmlInputElement = stage.find(".sheet .add input").unwrap().unchecked_into();
    let typed = |text: &str| {
        field.set_value(text);
        field.dispatch_event(&Event::new("input").unwrap()).unwrap();
        stage.click(".sheet .add button");
    };
    typed("/(spoiler)/");
    stage
        .until("what is not understood is said", |stage| {
            stage
                .find(".sheet .wrong")
                .and_then(|wrong| wrong.text_content())
                .is_some_and(|text| text.contains("'('"))
        })
        .await;
    typed("/sp.i+ler$/");
    stage.until("it is gone", |stage| stage.find(".fly").is_none()).await;
    assert_eq!(stats(&stage), r#"{"shown":0,"merged":0,"dropped":0,"blocked":1,"onScreen":0}"#);
    stage.click(".sheet li.chip button");
    stage.until("it is back", |stage| stage.find(".fly").is_some()).await;
    forget_settings();
}

#[wasm_bindgen_test]
async fn a_click_holds_a_comment_and_offers_what_can_be_done_with_it() {
    let stage = Stage::new("en");
    // Its middle is on the stage from the start.
    let comment = fly(&stage, r#"[{"text":"hold me","mode":"top"}]"#).await;
    click_on(&stage, &comment);
    stage.until("the menu", |stage| stage.find(".caught").is_some()).await;
    stage.until("it has the focus", |stage| stage.has_focus(".caught")).await;
    assert!(stage.find(".fly[data-held]").is_some());
    assert_eq!(stage.find(".caught").unwrap().get_attribute("aria-label").as_deref(), Some("hold me"));
    stage.press(".caught", "Escape");
    stage.until("it is let go", |stage| stage.find(".caught").is_none()).await;
    stage
        .until("it flies on", |stage| stage.find(".fly").is_some() && stage.find(".fly[data-held]").is_none())
        .await;
}

#[wasm_bindgen_test]
async fn a_comment_is_held_by_the_keyboard_too() {
    let stage = Stage::new("en");
    fly(&stage, r#"[{"text":"one"},{"text":"two"}]"#).await;
    stage.click(".catch");
    let held = |stage: &Stage| stage.find(".caught").and_then(|menu| menu.get_attribute("aria-label"));
    stage.until("the first is held", |stage| held(stage).as_deref() == Some("one")).await;
    stage.press(".caught", "ArrowDown");
    stage.until("then the second", |stage| held(stage).as_deref() == Some("two")).await;
}

#[wasm_bindgen_test]
async fn who_answers_a_comment_goes_on_in_the_field_and_who_blocks_its_author_sees_them_no_more() {
    forget_settings();
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    stage.until("the shop is there", |stage| stage.find(".pinned").is_some()).await;
    shop::say(5, "wei", "where from?");
    stage.until("the comment flies", |stage| stage.find(".fly").is_some()).await;
    stage.click(".catch");
    stage.until("the menu", |stage| stage.find(".caught").is_some()).await;
    let press = |stage: &Stage, text: &str| {
        let buttons = stage.shadow.query_selector_all(".caught button").unwrap();
        let found = (0..buttons.length()).map(|at| buttons.get(at).unwrap().unchecked_into::<HtmlElement>());
        found.into_iter().find(|button| button.text_content().as_deref() == Some(text)).unwrap().click();
    };
    press(&stage, "Reply");
    let field: HtmlInputElement = stage.find(".say input").unwrap().unchecked_into();
    stage.until("the field names them", |_| field.value() == "@wei ").await;
    stage.until("the field has the focus", |stage| stage.has_focus(".say input")).await;
    stage.click(".catch");
    stage.until("the menu", |stage| stage.find(".caught").is_some()).await;
    press(&stage, "Block user");
    stage.until("they are not seen", |stage| stage.find(".fly").is_none()).await;
    assert!(kept().contains("wei"));
    forget_settings();
}

#[wasm_bindgen_test]
async fn a_line_of_the_list_offers_the_same_by_the_keyboard_and_says_how_many_like_it() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    stage.until("the shop is there", |stage| stage.find(".pinned").is_some()).await;
    shop::say(5, "wei", "where from?");
    shop::like_comment(6, 5, 3);
    let loved = |stage: &Stage, selector: &str| stage.find(selector).and_then(|loved| loved.text_content());
    stage.until("the list says so", |stage| loved(stage, ".line .loved").as_deref() == Some("♥ 3")).await;
    stage.until("so does what flies", |stage| loved(stage, ".fly .loved").as_deref() == Some("♥3")).await;
    stage.find(".lines").unwrap().unchecked_into::<HtmlElement>().focus().unwrap();
    stage.press(".lines", "ArrowUp");
    stage.until("the last line has the focus", |stage| stage.has_focus(".line:last-child")).await;
    stage.press(".line:last-child", "Enter");
    stage.until("the menu has it", |stage| stage.has_focus(".caught")).await;
    let like = stage.find(".caught .love").unwrap();
    assert_eq!(like.text_content().as_deref(), Some("Like 3"));
    stage.press(".caught", "Escape");
    stage.until("the line has it again", |stage| stage.has_focus(".line:last-child")).await;
    stage.press(".line:last-child", "ArrowDown");
    stage.until("the list has it again", |stage| stage.has_focus(".lines")).await;
}

#[wasm_bindgen_test]
async fn what_flies_is_isolated_from_what_is_around_it_and_long_text_is_cut() {
    let stage = Stage::new("en");
    let long = "字".repeat(80);
    let comment = fly(&stage, &format!(r#"[{{"text":"{long}"}}]"#)).await;
    assert_eq!(comment.text_content().unwrap().chars().count(), 60);
    assert_eq!(comment.get_attribute("dir").as_deref(), Some("auto"));
}

#[wasm_bindgen_test]
async fn comments_keep_off_a_zone_of_the_picture_wherever_the_sky_lies() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    stage.until("the shop is there", |stage| stage.find(".pinned").is_some()).await;
    shop::avoid_the_top(5);
    shop::say(6, "wei", "below");
    stage.until("the comment flies", |stage| stage.find(".fly").is_some()).await;
    let (sky, comment) = (stage.find(".sky").unwrap(), stage.find(".fly").unwrap());
    // The sky begins above the zone's end, the comment in the first row below it.
    let (sky, top) = (sky.get_bounding_client_rect(), comment.get_bounding_client_rect().top());
    assert!(sky.top() < 84.4 && (84.4..84.4 + 29.0).contains(&top), "sky {} comment {top}", sky.top());
}
