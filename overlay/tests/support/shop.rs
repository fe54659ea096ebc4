//! A shop inside the page, for what needs a server's answers: see `shop.js`.

use wasm_bindgen::JsValue;

const WELCOMES: &str = include_str!("../../../server/protocol/vectors/server_frames.json");
const GIFTS: &str = include_str!("../../../server/protocol/vectors/gift_catalogues.json");
const ORDERS: &str = include_str!("../../../server/protocol/vectors/orders.json");

/// Opens the shop at [`SERVER`], with nobody having asked for anything.
pub(crate) fn open() {
    js_sys::eval(include_str!("shop.js")).unwrap();
    run(&format!("shop.gifts = {GIFTS}[1]; shop.open({WELCOMES}[0])"));
}

/// Its address.
pub(crate) const SERVER: &str = "http://shop.test";

/// The number of the first event after the welcome.
pub(crate) const NEXT: u64 = 5;

/// Says something in the room, at the picture that the stage shows.
pub(crate) fn say(seq: u64, name: &str, text: &str) {
    let user = format!("{{id: {seq}, name: '{name}', role: 'viewer'}}");
    let body = format!("type: 'chat', user: {user}, text: '{text}', client_id: '1'");
    let head = format!("frame: 'event', seq: {seq}, time: '2026-11-23T05:02:50.000Z', at: 1795410170000");
    run(&format!("shop.send({{{head}, {body}}})"));
}

/// Somebody gives so many of the golden catalogue's gift `index` (0 small, 1 luxury), at the picture that the stage shows.
pub(crate) fn give(seq: u64, name: &str, index: usize, total: u32) {
    let user = format!("{{id: {}, name: '{name}', role: 'viewer'}}", name.len());
    let gift = format!("{{...{GIFTS}[1].gifts[{index}], asset: '', icon: '', format: 'image'}}");
    let row = format!("count: 1, combo: 'k', combo_total: {total}, client_id: '{seq}'");
    let head = format!("frame: 'event', seq: {seq}, time: '2026-11-23T05:02:50.000Z', at: 1795410170000");
    run(&format!("shop.send({{{head}, type: 'gift_sent', user: {user}, gift: {gift}, {row}}})"));
}

/// The show was liked so often by the picture that the stage shows.
pub(crate) fn like(seq: u64, total: u64) {
    let head = format!("frame: 'event', seq: {seq}, time: '2026-11-23T05:02:50.000Z', at: 1795410170000");
    run(&format!("shop.send({{{head}, type: 'likes', total: {total}}})"));
}

/// So many like the comment.
pub(crate) fn like_comment(seq: u64, comment: u64, likes: u32) {
    let head = format!("frame: 'event', seq: {seq}, time: '2026-11-23T05:02:50.000Z', at: 1795410170000");
    let comments = format!("[{{comment: {comment}, likes: {likes}}}]");
    run(&format!("shop.send({{{head}, type: 'comments_liked', comments: {comments}}})"));
}

/// The commands that were sent up the socket, as JSON.
pub(crate) fn sent() -> Vec<String> {
    run("shop.sent.map((one) => JSON.stringify(one)).join('\\n')")
        .as_string()
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

/// Keeps comments off the upper tenth of the picture, from what the stage shows on.
pub(crate) fn avoid_the_top(seq: u64) {
    let head = format!("frame: 'event', seq: {seq}, time: '2026-11-23T05:02:50.000Z', at: 1795410170000");
    run(&format!("shop.send({{{head}, type: 'avoid_zones', zones: [{{x: 0, y: 0, w: 1000, h: 100}}]}})"));
}

/// How many POST requests wait for an answer.
pub(crate) fn waiting() -> usize {
    run("shop.waiting.length").as_f64().unwrap() as usize
}

/// Breaks the connection under the oldest request that waits.
pub(crate) fn break_off() {
    run("shop.answer(0)");
}

/// Refuses the oldest request that waits.
pub(crate) fn refuse(status: u16, code: &str) {
    let problem = format!("{{type: '', status: {status}, code: '{code}', title: '', detail: ''}}");
    run(&format!("shop.answer({status}, {problem})"));
}

/// Answers the oldest request that waits with the golden held order.
pub(crate) fn place() {
    run(&format!("shop.answer(200, {ORDERS}[0])"));
}

/// What was asked so far, each as its path and its `Idempotency-Key`.
pub(crate) fn asked() -> Vec<String> {
    run("shop.asked.join('\\n')").as_string().unwrap().lines().map(str::to_owned).collect()
}

/// What was thrown and caught by nobody since the shop was opened: so a module that traps shows in a page.
pub(crate) fn traps() -> String {
    run("shop.traps.join('\\n')").as_string().unwrap()
}

fn run(script: &str) -> JsValue {
    js_sys::eval(script).unwrap()
}
