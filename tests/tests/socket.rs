//! The room's socket: everybody sees the same log, and a break loses nothing and repeats nothing.

use anyhow::{Result, ensure};
use protocol::{Command, DanmakuMode, EventBody, Say, ServerFrame};
use tests::{
    api::Api,
    show::{ROOM, Show},
    socket::Socket,
};

fn say(text: &str) -> Command {
    Command::Say(Say {
        client_id: format!("id-{text}"),
        text: text.to_owned(),
        at: None,
        mode: DanmakuMode::Scroll,
        color: None,
    })
}

async fn viewer(show: &Show, name: &str) -> Result<Api> {
    show.server.api()?.register(name).await
}

/// The texts of the next `count` comments.
async fn comments(socket: &mut Socket, count: usize) -> Result<Vec<(u64, String)>> {
    let mut comments = Vec::new();
    while comments.len() < count {
        let event = socket.event().await?;
        if let EventBody::Chat(message) = event.body {
            comments.push((event.seq, message.text));
        }
    }
    Ok(comments)
}

#[tokio::test]
async fn a_comment_from_one_viewer_reaches_another_and_is_accepted_once() -> Result<()> {
    let show = Show::prepare().await?;
    let mei = viewer(&show, "mei").await?;
    let origin = show.server.socket_origin();
    let mut guest = Socket::join(&origin, ROOM, None, None).await?;
    let mut sender = Socket::join(&origin, ROOM, mei.token(), None).await?;
    sender.send(say("你好")).await?;
    // Resent, as after a break: the same event, no second one.
    sender.send(say("你好")).await?;
    sender.send(say("再见")).await?;
    let seen = comments(&mut guest, 2).await?;
    let texts: Vec<_> = seen.iter().map(|(_, text)| text.as_str()).collect();
    ensure!(texts == ["你好", "再见"], "found {texts:?}");
    Ok(())
}

#[tokio::test]
async fn a_socket_that_breaks_resumes_with_nothing_lost_and_nothing_twice() -> Result<()> {
    let show = Show::prepare().await?;
    let origin = show.server.socket_origin();
    let mut socket = Socket::join(&origin, ROOM, None, None).await?;
    let mut seen = Vec::new();
    for round in 0..5 {
        for line in 0..6 {
            show.host.command(ROOM, &say(&format!("{round}-{line}"))).await?;
        }
        // Breaks in the middle of a round: half is still on its way.
        seen.extend(comments(&mut socket, 3).await?);
        drop(socket);
        let after = seen.last().map(|(seq, _)| *seq);
        socket = Socket::join(&origin, ROOM, None, after).await?;
        let welcome = socket.frame().await?;
        ensure!(
            matches!(&welcome, ServerFrame::Welcome { snapshot: None, .. }),
            "expected to resume without a snapshot, found {welcome:?}"
        );
        seen.extend(comments(&mut socket, 3).await?);
    }
    let expected: Vec<_> =
        (0..5).flat_map(|round| (0..6).map(move |line| format!("{round}-{line}"))).collect();
    let found: Vec<_> = seen.iter().map(|(_, text)| text.clone()).collect();
    ensure!(found == expected, "found {found:?}");
    ensure!(seen.is_sorted_by(|(earlier, _), (later, _)| earlier < later));
    Ok(())
}

#[tokio::test]
async fn a_socket_resumes_across_a_restart_of_the_server() -> Result<()> {
    let mut show = Show::prepare().await?;
    let mei = viewer(&show, "mei").await?;
    let origin = show.server.socket_origin();
    let mut socket = Socket::join(&origin, ROOM, None, None).await?;
    mei.command(ROOM, &say("before")).await?;
    let before = comments(&mut socket, 1).await?;
    let unseen = mei.command(ROOM, &say("unseen")).await?;
    show.server.kill().await?;
    show.server.restart().await?;
    let mut socket = Socket::join(&origin, ROOM, None, before.last().map(|(seq, _)| *seq)).await?;
    mei.command(ROOM, &say("after")).await?;
    let seen = comments(&mut socket, 2).await?;
    ensure!(seen.first() == Some(&(unseen, "unseen".to_owned())), "found {seen:?}");
    ensure!(seen.last().is_some_and(|(_, text)| text == "after"), "found {seen:?}");
    Ok(())
}

#[tokio::test]
async fn a_late_joiner_sees_what_an_early_one_sees() -> Result<()> {
    let show = Show::prepare().await?;
    let origin = show.server.socket_origin();
    let mut early = Socket::join(&origin, ROOM, None, None).await?;
    show.pin_tea(None).await?;
    show.release_coupon().await?;
    let mut late = Socket::join(&origin, ROOM, None, None).await?;
    let early = [early.event().await?, early.event().await?];
    // Young events come as events, so that a viewer behind the edge still sees them begin.
    let late = [late.event().await?, late.event().await?];
    ensure!(early == late, "early: {early:?}, late: {late:?}");
    Ok(())
}
