//! `livestall serve`: listeners up, tasks up, and all of it down again.

use anyhow::Context;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::Config;
use crate::gifts;
use crate::hooks;
use crate::http;
use crate::orders;
use crate::recordings;
use crate::room;
use crate::router::router;
use crate::state::App;
use crate::telemetry;

/// How long requests that are being answered may take once the server stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
/// When the data folder or an address cannot be had.
pub async fn run(mut config: Config) -> anyhow::Result<()> {
    config.make_data_folder()?;
    let listener = bind("HTTP", config.listen).await?;
    let rtmp = bind("RTMP", config.rtmp).await?;
    // Port 0 stands for any free one; the addresses are then known only now.
    config.listen = listener.local_addr()?;
    config.rtmp = rtmp.local_addr()?;
    let app = App::open(config).await?;
    if let Err(error) = orders::recover(&app).await {
        tracing::error!(
            detail = error.problem().detail,
            "What was under way could not be taken up; going on"
        );
    }
    let shutdown = app.shutdown.clone();
    let live = app.live.clone();
    let events = live.events();
    let publishers = {
        let shutdown = shutdown.clone();
        tokio::spawn(async move { live.serve_rtmp(rtmp, shutdown).await })
    };
    tokio::spawn(room::follow(app.clone(), events));
    tokio::spawn(gifts::follow(app.clone()));
    tokio::spawn(hooks::follow(app.clone()));
    let sweeper = tokio::spawn(orders::sweep(app.clone()));
    if let (Some(days), Some(replays)) = (app.config.keep_recordings_days, &app.replays) {
        tokio::spawn(recordings::keep_for(replays.clone(), days, shutdown.clone()));
    }
    tokio::spawn(telemetry::keep_up(shutdown.clone()));
    tracing::info!(address = %app.config.rtmp, "Taking publishers at rtmp://{}/live/STREAM_KEY", app.config.rtmp);
    println!("listening on http://{}", app.config.listen);
    let trusted = app.config.trusted_proxies.clone().into();
    let server =
        tokio::spawn(http::serve(listener, router(app.clone()), http::HEAD, trusted, shutdown.clone()));
    let ended = asked_to_end().await;
    tracing::info!("Stopping");
    shutdown.cancel();
    // Sockets have said goodbye; a client that still hangs on is cut off.
    let _ = tokio::time::timeout(FAREWELL, async { (server.await, publishers.await, sweeper.await) }).await;
    if let Some(replays) = &app.replays {
        replays.recordings().settle(FAREWELL).await;
    }
    app.store.close().await;
    ended
}

async fn bind(what: &str, address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot take {what} at {address}: is it in use?"))
}

async fn asked_to_end() -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        done = tokio::signal::ctrl_c() => Ok(done?),
    }
}
