use protocol::Report;
use serde_json::json;

use crate::support::TestApp;

const PATH: &str = "/api/v1/rooms/tea/reports";

#[tokio::test]
async fn the_host_reads_what_viewers_report_each_once() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let seq = viewer.say("c1", "buy elsewhere").await.accepted().json::<serde_json::Value>()["seq"].clone();
    let other = app.viewer().await;
    for reason in ["an ad", "an ad, I say"] {
        assert_eq!(other.post(PATH, &json!({"seq": seq, "reason": reason})).await.status, 204);
    }
    let reports: Vec<Report> = stall.host.get(PATH).await.ok().json();
    assert_eq!(reports.len(), 1);
    assert_eq!((reports[0].comment.text.as_str(), reports[0].reason.as_str()), ("buy elsewhere", "an ad"));
    assert_eq!(reports[0].reporter, other.session.unwrap().user);
    assert_eq!(viewer.get(PATH).await.problem(), "403 host_required");
}

#[tokio::test]
async fn only_the_comments_of_others_are_reported_by_who_is_known() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let product = stall.product(1999, 3).await;
    stall.command(json!({"type": "pin_product", "product": product.id})).await.accepted();
    viewer.say("c1", "hello").await.accepted();
    assert_eq!(app.guest().post(PATH, &json!({"seq": 2})).await.problem(), "401 log_in_required");
    assert_eq!(viewer.post(PATH, &json!({"seq": 1})).await.problem(), "404 unknown_comment");
    assert_eq!(viewer.post(PATH, &json!({"seq": u64::MAX})).await.problem(), "404 unknown_comment");
    assert_eq!(viewer.post(PATH, &json!({"seq": 2})).await.problem(), "409 own_comment");
    let long = json!({"seq": 2, "reason": "x".repeat(201)});
    assert_eq!(app.viewer().await.post(PATH, &long).await.problem(), "422 too_long");
}

#[tokio::test]
async fn a_flood_of_reports_is_slowed_down() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    for n in 0..21 {
        stall.host.say(&format!("c{n}"), &format!("comment {n}")).await.accepted();
    }
    let viewer = app.viewer().await;
    for seq in 1..=20 {
        assert_eq!(viewer.post(PATH, &json!({"seq": seq})).await.status, 204);
    }
    assert_eq!(viewer.post(PATH, &json!({"seq": 21})).await.problem(), "429 slow_down");
    // One that was made before is no further one.
    assert_eq!(viewer.post(PATH, &json!({"seq": 20})).await.status, 204);
}
