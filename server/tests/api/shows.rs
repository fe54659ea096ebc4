use ::room::LiveChange;
use axum::http::Method;
use protocol::{Event, EventBody, Show};
use serde_json::{Value, json};

use crate::support::TestApp;

const XML: &str = "<i><d p=\"1.5,1,25,255,1795410168,0,0,1\" user=\"阿明\">imported &amp; good</d><d p=\"1,9,25,0,0,0,0,2\">bas</d></i>";

/// A room with a show that is over, and one that is on.
async fn two_shows() -> (TestApp, crate::support::Stall) {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let room = app.app.rooms.open("tea");
    room.live(LiveChange::On).await;
    stall.host.say("1", "first").await.accepted();
    room.live(LiveChange::Ended).await;
    stall.host.say("2", "between").await.accepted();
    room.live(LiveChange::On).await;
    stall.host.say("3", "second").await.accepted();
    (app, stall)
}

fn said(events: &[Event]) -> Vec<&str> {
    let text = |event: &'_ Event| match &event.body {
        EventBody::Chat(chat) => Some(chat.text.clone().leak() as &str),
        _ => None,
    };
    events.iter().filter_map(text).collect()
}

#[tokio::test]
async fn a_show_has_what_happened_from_the_end_of_the_one_before_to_its_own() {
    let (app, _stall) = two_shows().await;
    let shows: Vec<Show> = app.guest().get("/api/v1/rooms/tea/shows").await.ok().json();
    let [on, over] = &shows[..] else { panic!("{shows:?}") };
    assert!(on.end.is_none() && over.end.is_some() && over.replay.is_none());
    let events = async |show: u64| -> Vec<Event> {
        app.guest().get(&format!("/api/v1/rooms/tea/shows/{show}/events")).await.ok().json()
    };
    assert_eq!(said(&events(over.id).await), ["first"]);
    assert_eq!(said(&events(on.id).await), ["between", "second"]);
    let page: Vec<Event> = app
        .guest()
        .get(&format!("/api/v1/rooms/tea/shows/{}/events?after=2&limit=1", over.id))
        .await
        .ok()
        .json();
    assert!(page.len() == 1 && page[0].seq == 3, "{page:?}");
    assert_eq!(app.guest().get("/api/v1/rooms/tea/shows/99").await.problem(), "404 unknown_show");
}

#[tokio::test]
async fn imported_comments_are_in_the_replay_once_and_belong_to_no_account() {
    let (app, stall) = two_shows().await;
    let shows: Vec<Show> = app.guest().get("/api/v1/rooms/tea/shows").await.ok().json();
    let (on, over) = (shows[0].id, shows[1].id);
    let import = async |show: u64, file: &str| {
        let path = format!("/api/v1/rooms/tea/shows/{show}/comments?format=xml");
        let bearer = format!("Bearer {}", stall.host.token());
        stall.host.raw(Method::POST, &path, &[("authorization", &bearer)], file.to_owned()).await
    };
    let answer: Value = import(over, XML).await.ok().json();
    assert_eq!((&answer["imported"], &answer["refused_count"]), (&json!(1), &json!(1)));
    assert_eq!(answer["refused"][0], json!({"number": 2, "reason": "mode is 9; expected 1 to 6"}));
    let again: Value = import(over, XML).await.ok().json();
    assert_eq!(again["imported"], json!(0));
    assert_eq!(import(on, XML).await.problem(), "409 show_is_on");
    assert_eq!(import(over, "[]").await.problem(), "422 bad_file");
    let guest = app.guest();
    let path = format!("/api/v1/rooms/tea/shows/{over}/comments?format=xml");
    assert_eq!(guest.raw(Method::POST, &path, &[], XML.to_owned()).await.problem(), "401 log_in_required");

    let events: Vec<Event> = guest.get(&format!("/api/v1/rooms/tea/shows/{over}/events")).await.ok().json();
    assert_eq!(said(&events), ["first", "imported & good"]);
    let Some(EventBody::Chat(chat)) = events.last().map(|event| &event.body) else { panic!("{events:?}") };
    assert_eq!((chat.user.id, chat.user.name.as_str(), chat.client_id.as_str()), (0, "阿明", "imported-1"));
    // The room's log is what it was.
    let log: Vec<Event> = guest.get("/api/v1/rooms/tea/events").await.ok().json();
    assert!(!said(&log).contains(&"imported & good"));
    let file = guest.get(&path).await.ok().body;
    assert!(file.contains(">first</d>") && file.contains("user=\"阿明\">imported &amp; good</d>"), "{file}");
}

#[tokio::test]
async fn a_whole_show_goes_into_one_file_that_tar_reads() {
    let (app, stall) = two_shows().await;
    let shows: Vec<Show> = app.guest().get("/api/v1/rooms/tea/shows").await.ok().json();
    let path = format!("/api/v1/rooms/tea/shows/{}/bundle", shows[1].id);
    assert_eq!(app.viewer().await.get(&path).await.problem(), "403 host_required");
    let tar = stall.host.get(&path).await.ok().body;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("show.tar"), tar).unwrap();
    let done =
        std::process::Command::new("tar").arg("xf").arg("show.tar").current_dir(folder.path()).status();
    assert!(done.unwrap().success());
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    assert_eq!((&manifest["format"], &manifest["version"]), (&json!("livestall-show"), &json!(1)));
    assert_eq!(read("events.jsonl").lines().count(), 3);
    assert!(read("comments.ass").contains("first") && read("comments.json").contains("first"));
    assert!(read("products.jsonld").contains("schema.org"));
}
