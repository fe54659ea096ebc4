//! Webhooks of the real server to a merchant's own: what happened is told, also when the server was killed before it could.

use anyhow::{Context, Result, ensure};
use protocol::{HookWithSecret, NewOrder, Order};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tests::{
    api::fresh_key,
    server::Server,
    show::{ROOM, Show},
    wait::until,
};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Each message that came, as its `webhook-id` and its body.
type Taken = Arc<Mutex<Vec<(String, Value)>>>;

/// A merchant's server, which takes everything.
async fn receiver() -> Result<(Taken, String)> {
    let taken = Taken::default();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/hook", listener.local_addr()?);
    let kept = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A message that was cut off is sent again.
            if let Ok(message) = take(stream).await {
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(message);
            }
        }
    });
    Ok((taken, url))
}

async fn take(stream: TcpStream) -> Result<(String, Value)> {
    let mut stream = BufReader::new(stream);
    let (mut id, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.trim_end().split_once(": ") {
            Some(("webhook-id", value)) => value.clone_into(&mut id),
            Some(("content-length", value)) => length = value.parse()?,
            Some(_) => {}
            None if line.trim_end().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await?;
    Ok((id, serde_json::from_slice(&body)?))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_told_to_its_hosts_server_also_when_ours_was_killed_before_it_could() -> Result<()> {
    let environment = vec![("LIVESTALL_WEBHOOKS_ALLOW_PRIVATE", "true".to_owned())];
    let mut show = Show::prepare_on(Server::start_with(environment).await?).await?;
    let (taken, url) = receiver().await?;
    let _: HookWithSecret =
        show.host.post("/api/v1/hooks", &json!({"url": url, "kinds": ["order.held"]})).await?;
    let mei = show.server.api()?.register("mei").await?;
    let order = NewOrder { product: show.tea.id, quantity: 1, coupon: None, expected_total: show.tea.price };
    let mut placed: BTreeSet<String> = BTreeSet::new();
    for _ in 0..3 {
        let held: Order = mei.order(ROOM, &order, &fresh_key()).await?;
        placed.insert(held.id);
        show.server.kill().await?;
        show.server.restart().await?;
    }
    let told = until("every order is told", Duration::from_secs(20), async || {
        let told = taken.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let orders: BTreeSet<_> = told.iter().filter_map(|(_, body)| body["data"]["id"].as_str()).collect();
        Ok((orders.len() >= placed.len()).then_some(told.clone()))
    })
    .await?;
    let orders: BTreeSet<_> =
        told.iter().filter_map(|(_, body)| body["data"]["id"].as_str().map(str::to_owned)).collect();
    ensure!(orders == placed, "told of {orders:?}, placed {placed:?}");
    // Some may come twice; then under the name by which the receiver knows that.
    let names: BTreeSet<_> = told.iter().map(|(id, _)| id).collect();
    ensure!(names.len() == placed.len(), "{} names for {} messages", names.len(), placed.len());
    let first = told.first().context("nothing was told")?;
    ensure!(first.0.starts_with("msg_") && first.1["type"] == "order.held", "found {first:?}");
    Ok(())
}
