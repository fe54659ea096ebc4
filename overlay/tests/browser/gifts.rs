//! Gifts and likes: what is sent, and what is seen of what others send.

use crate::{shop, stage::Stage};
use gloo::timers::future::sleep;
use std::time::Duration;
use wasm_bindgen_test::wasm_bindgen_test;

fn words(stage: &Stage, selector: &str) -> String {
    stage.find(selector).and_then(|element| element.text_content()).unwrap_or_default()
}

async fn open_sheet(stage: &Stage) {
    stage.until("the button", |stage| stage.find(".give").is_some()).await;
    stage.click(".give");
    stage.until("the gifts", |stage| stage.find(".gifts .gift").is_some()).await;
}

#[wasm_bindgen_test]
async fn a_gift_of_one_viewer_stands_in_the_tray_and_taps_raise_its_number() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    stage.until("it is welcomed", |stage| stage.find(".give").is_some()).await;
    shop::give(shop::NEXT, "mei", 0, 1);
    stage.until("the tray", |stage| words(stage, ".tray-card .times") == "×1").await;
    shop::give(shop::NEXT + 1, "mei", 0, 2);
    stage.until("the number", |stage| words(stage, ".tray-card .times") == "×2").await;
    assert_eq!(words(&stage, ".tray-card .who"), "meigave A cup of tea");
    assert!(words(&stage, ".gave[role=status]").starts_with("mei gave A cup of tea"));
    assert_eq!(shop::traps(), "");
}

#[wasm_bindgen_test]
async fn taps_in_quick_succession_go_up_together_in_one_row() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    open_sheet(&stage).await;
    for _ in 0..5 {
        stage.click(".gift[data-gift='3']");
    }
    sleep(Duration::from_millis(600)).await;
    let sent: Vec<String> = shop::sent().into_iter().filter(|sent| sent.contains("send_gift")).collect();
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent[0].contains(r#""count":1"#) && sent[1].contains(r#""count":4"#), "{sent:?}");
    assert!(sent.iter().all(|sent| sent.contains(r#""catalogue_version":5"#)), "{sent:?}");
    let combo = |sent: &str| sent.split(r#""combo":""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(combo(&sent[0]), combo(&sent[1]));
}

#[wasm_bindgen_test]
async fn likes_go_up_together_and_the_number_is_what_the_server_says() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    stage.until("it is welcomed", |stage| words(stage, ".tally") == "1.2K").await;
    for _ in 0..3 {
        stage.click(".like");
    }
    stage.until("a heart", |stage| stage.find(".heart").is_some()).await;
    assert_eq!(words(&stage, ".tally"), "1.2K");
    sleep(Duration::from_millis(1_700)).await;
    assert_eq!(shop::sent(), [r#"{"type":"like","count":3}"#]);
    shop::like(shop::NEXT, 2_400);
    stage.until("the number", |stage| words(stage, ".tally") == "2.4K").await;
}

#[wasm_bindgen_test]
async fn a_luxury_gift_takes_the_picture_until_it_is_skipped() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "zh-CN");
    stage.until("it is welcomed", |stage| stage.find(".give").is_some()).await;
    shop::give(shop::NEXT, "mei", 1, 1);
    stage.until("the stage", |stage| words(stage, ".gift-stage .from") == "mei 送出 满山新茶").await;
    stage.click(".gift-stage .skip");
    stage.until("it is gone", |stage| stage.find(".gift-stage").is_none()).await;
}

#[wasm_bindgen_test]
async fn whoever_switches_big_gifts_off_sees_them_in_a_tray() {
    shop::open();
    let stage = Stage::of(shop::SERVER, "en");
    open_sheet(&stage).await;
    stage.click(".switch input");
    shop::give(shop::NEXT, "mei", 1, 1);
    stage.until("the tray", |stage| words(stage, ".tray-card .who").contains("A hill of tea")).await;
    assert!(stage.find(".gift-stage").is_none());
    stage.click(".switch input");
    stage.until("the stage", |stage| stage.find(".gift-stage").is_some()).await;
}
