//! `cargo xtask demo`: a live shop on this machine, from a fresh clone, with one command.

mod child;
mod client;
mod gifts;
mod goods;
mod scene;
mod script;
mod seed;
mod server;
mod show;
mod storefront;

use crate::{
    run::{cargo, step},
    setup::{self, Wanted},
    web,
};
use anyhow::{Context, Result, bail};
use child::Ours;
use script::Script;
use server::Server;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

const ROOM: &str = "autumn-tea";
const HOST: &str = "林小姐";
/// Of every user of the demo; the data folder is emptied at each start.
const PASSWORD: &str = "livestall-demo";
/// From the publisher's start to the first playlist.
const ON_AIR: Duration = Duration::from_secs(20);

pub(crate) fn show() -> Result<()> {
    let stop = Arc::new(AtomicBool::new(false));
    let tools = setup::get(Wanted {
        web: true,
        stream: true,
        browser: false,
        lints: false,
        peers: false,
        postgres: false,
    })?;
    web::build(&tools)?;
    step("building the server", cargo().args(["build", "--release", "--package", "livestall"]))?;
    let show = show::Loop::get()?;

    let asked = Arc::clone(&stop);
    ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed)).context("cannot listen for Ctrl-C")?;
    eprintln!("==> opening the shop");
    let mut server = Server::start()?;
    let stall = seed::fill(&server)?;
    let storefront = storefront::serve(&server.origin())?;
    let mut announced = false;
    // A publisher that ends, ends its scene; the next one begins the show anew, behind a discontinuity.
    while !stop.load(Ordering::Relaxed) {
        let mut publisher = show.publish(&stall.publish_url)?;
        let mut script = on_air(&stall, &mut publisher, &stop)?;
        if !announced {
            announced = true;
            announce(&server.origin(), &storefront);
        }
        let mut closed = false;
        script.play(|| {
            closed = server.has_ended();
            !(closed || publisher.has_ended() || stop.load(Ordering::Relaxed))
        });
        if closed {
            bail!("the server has ended; its log is target/demo-data.log");
        }
    }
    eprintln!("\n==> closing the shop");
    Ok(())
}

/// The script, once the server has the stream's first picture.
fn on_air<'a>(stall: &'a seed::Stall, publisher: &mut Ours, stop: &AtomicBool) -> Result<Script<'a>> {
    let started = Instant::now();
    loop {
        match Script::start(stall) {
            Err(error) if started.elapsed() > ON_AIR => {
                return Err(error.context("the stream does not come on air"));
            }
            Err(_) if publisher.has_ended() => {
                bail!("the server refuses the stream; its log is target/demo-data.log")
            }
            Err(error) if stop.load(Ordering::Relaxed) => {
                return Err(error.context("stopped before the stream was on air"));
            }
            Err(_) => thread::sleep(Duration::from_millis(100)),
            Ok(script) => return Ok(script),
        }
    }
}

fn announce(shop: &str, storefront: &str) {
    let viewer = goods::VIEWERS.first().copied().unwrap_or_default();
    eprintln!(
        "
    shop front     {shop}/
    the live room  {shop}/room/{ROOM}
    host's studio  {shop}/studio/{ROOM}
    storefront     {storefront}/   (another origin, with the three lines that embed the room)
    any HLS player {shop}/live/{ROOM}/index.m3u8

    log in as      {HOST} (host), {viewer} (viewer) or admin; the password is {PASSWORD}

    The clock in the picture is this machine's. Ctrl-C ends everything.
"
    );
}
