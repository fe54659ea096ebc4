//! The embed loader in a real browser: what it decides, what it promises a merchant's page, and its faces.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::time::Duration;
use tests::{
    browser::DESKTOP,
    merchant,
    page::Page,
    parts,
    publisher::Picture,
    show::{ROOM, Show},
    site::{File, Site},
};

/// A merchant's page: `head` before the loader's script, and the element with `attributes`.
async fn embedded(show: &Show, head: &str, attributes: &str) -> Result<(Site, Page)> {
    let shop = show.server.origin();
    let site = Site::start(format!(
        "<!doctype html>{head}<script type=module src='{shop}/embed/live-stall.js'></script>\
         <live-stall {attributes}></live-stall><p>below</p>"
    ))
    .await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    Ok((site, page))
}

fn stream(show: &Show) -> String {
    format!("src='{}/live/{ROOM}/index.m3u8' autoplay muted", show.server.origin())
}

/// Runs a table of sentences on one module of the loader, by itself; those that do not hold are the failure.
async fn hold(script: &str, module: &str, source: &str) -> Result<()> {
    let files = vec![File::new("/", "<!doctype html><title>A module</title>"), File::new(module, source)];
    let site = Site::serve(files).await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    none_fails(&page.run(script, &[]).await?)
}

fn none_fails(found: &Value) -> Result<()> {
    ensure!(found == &json!([]), "these do not hold: {found:#}");
    Ok(())
}

#[tokio::test]
async fn the_face_follows_from_what_happened() -> Result<()> {
    hold(include_str!("embed/state.js"), "/state.js", include_str!("../../www/embed/state.js")).await
}

#[tokio::test]
async fn video_seconds_and_the_programme_clock_map_both_ways() -> Result<()> {
    hold(include_str!("embed/timeline.js"), "/timeline.js", include_str!("../../www/embed/timeline.js")).await
}

#[tokio::test]
async fn the_element_behaves_like_a_media_element() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let (_site, page) = embedded(&show, "", &stream(&show)).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    none_fails(&page.run(include_str!("embed/media.js"), &[]).await?)
}

/// A merchant's policy that names what the README asks for and nothing else.
fn strict_policy(show: &Show) -> String {
    let (shop, socket) = (show.server.origin(), show.server.socket_origin());
    format!(
        "<meta http-equiv=content-security-policy content=\"default-src 'none'; script-src {shop} 'wasm-unsafe-eval'; \
         worker-src blob: {shop}; media-src blob:; img-src {shop} data:; connect-src {shop} {socket}\">"
    )
}

async fn nothing_was_refused(page: &Page) -> Result<()> {
    let console = page.browser.console().await?;
    let refused: Vec<_> = console.iter().filter(|line| line.contains("Content Security Policy")).collect();
    ensure!(refused.is_empty(), "the policy refused: {refused:?}");
    Ok(())
}

#[tokio::test]
async fn a_strict_policy_of_the_merchant_breaks_nothing() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let (_site, page) =
        embedded(&show, &strict_policy(&show), &format!("{} controls", stream(&show))).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    let home = page.run("return probe.stall().stats.home", &[]).await?;
    ensure!(home == json!("worker"), "the player lives in {home}");
    nothing_was_refused(&page).await
}

#[tokio::test]
async fn a_strict_policy_leaves_the_overlay_its_looks() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let attributes = format!("room={ROOM} server='{}' lang=en autoplay muted", show.server.origin());
    let (_site, page) = embedded(&show, &strict_policy(&show), &attributes).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    show.pin_tea(None).await?;
    page.shows(parts::PINNED, "Longjing").await?;
    let look = "return getComputedStyle(probe.find(arguments[0])).display";
    let display = page.run(look, &[json!(".ls .grid")]).await?;
    ensure!(display == json!("grid"), "the overlay's own style is not in force: display is {display}");
    nothing_was_refused(&page).await
}

#[tokio::test]
async fn without_a_worker_the_player_lives_on_the_page() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let (_site, page) = embedded(&show, "<script>delete window.Worker</script>", &stream(&show)).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    let home = page.run("return probe.stall().stats.home", &[]).await?;
    ensure!(home == json!("page"), "the player lives in {home}");
    Ok(())
}

#[tokio::test]
async fn a_browser_that_refuses_autoplay_gets_a_button_that_plays() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let refusing = "<script>const { play } = HTMLMediaElement.prototype; \
        HTMLMediaElement.prototype.play = function () { \
            return navigator.userActivation.isActive ? play.call(this) \
                : Promise.reject(new DOMException('not without a click', 'NotAllowedError')); };</script>";
    let (_site, page) = embedded(&show, refusing, &stream(&show)).await?;
    page.shows(".face[data-face=click] button", "").await?;
    page.click(".face button").await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    page.shows(".pill", "").await?;
    page.click(".pill").await?;
    let muted = page.run("return probe.stall().muted", &[]).await?;
    ensure!(muted == json!(false), "still muted after the viewer asked for sound");
    Ok(())
}

#[tokio::test]
async fn a_room_without_a_show_says_so_and_starts_by_itself() -> Result<()> {
    let show = Show::prepare().await?;
    let attributes = format!("room={ROOM} server='{}' lang=en autoplay muted", show.server.origin());
    let (_site, page) = embedded(&show, "", &attributes).await?;
    page.shows(".face[data-face=offline]", "The show has not started yet").await?;
    let _publisher = show.publish(Picture::default()).await?;
    page.picture_moves(Duration::from_secs(30)).await?;
    Ok(())
}

#[tokio::test]
async fn the_element_never_shifts_the_page_and_keeps_its_styles_to_itself() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let loud = "<style>* { border: 7px solid red; font: 40px serif; letter-spacing: 9px } button { display: none } \
        live-stall { display: block; aspect-ratio: 16 / 9 }</style>\
        <script>window.shifts = []; new PerformanceObserver(list => { for (const { sources } of list.getEntries()) \
        for (const { node } of sources) window.shifts.push(node?.className ?? String(node)) \
        }).observe({ type: 'layout-shift', buffered: true })</script>";
    let (_site, page) =
        embedded(&show, loud, &format!("{} controls style='border: 0'", stream(&show))).await?;
    page.picture_moves(Duration::from_secs(20)).await?;
    page.shows("[part=play-control]", "").await?;
    let inside = "const style = getComputedStyle(probe.find('[part=play-control]')); \
        const below = getComputedStyle(document.querySelector('p')); \
        return [style.borderTopWidth, style.letterSpacing, below.fontSize, window.shifts]";
    let found = page.run(inside, &[]).await?;
    ensure!(found == json!(["0px", "normal", "40px", []]), "styles or layout leaked: {found}");
    Ok(())
}

#[tokio::test]
async fn an_address_that_is_no_stream_says_what_to_do() -> Result<()> {
    let show = Show::prepare().await?;
    let attributes = format!("src='{}/embed/live-stall.js' lang=en autoplay muted", show.server.origin());
    let head = "<script>addEventListener('stall:error', event => window.told = event.detail)</script>";
    let (_site, page) = embedded(&show, head, &attributes).await?;
    page.shows(".face[data-face=error]", "This show cannot be found").await?;
    page.shows("[part=action-button]", "Try again").await?;
    let told =
        page.run("return [window.told.kind, window.told.fatal, probe.stall().error.code]", &[]).await?;
    ensure!(told == json!(["playlist", true, 4]), "the page was told {told}");
    Ok(())
}

/// A merchant's page with a recording on the page's own origin.
async fn with_recording(show: &Show, head: &str, attributes: &str) -> Result<(Site, Page)> {
    merchant::with_recording(show, head, &format!("<live-stall {attributes}></live-stall>"), Vec::new()).await
}

#[tokio::test]
async fn elements_come_and_go_as_a_pages_script_likes() -> Result<()> {
    let show = Show::prepare().await?;
    let (_site, page) = with_recording(&show, "", "preload=none").await?;
    none_fails(&page.run(include_str!("embed/element.js"), &[json!(show.server.origin())]).await?)
}

#[tokio::test]
async fn the_focus_stays_when_its_button_goes() -> Result<()> {
    let show = Show::prepare().await?;
    let (_site, page) = with_recording(&show, "", "src=/vod/index.m3u8").await?;
    none_fails(&page.run(include_str!("embed/focus.js"), &[]).await?)
}

#[tokio::test]
async fn a_browser_that_refuses_the_player_a_source_plays_by_itself() -> Result<()> {
    let show = Show::prepare().await?;
    let refusing = "<script>delete window.Worker; window.MediaSource = class { \
            static isTypeSupported() { return true } constructor() { throw new Error('no source for you') } }; \
        delete window.ManagedMediaSource; HTMLMediaElement.prototype.canPlayType = () => 'maybe'</script>";
    let (site, page) = with_recording(&show, refusing, "src=/vod/index.m3u8 autoplay muted").await?;
    page.until("the browser is handed the stream", Duration::from_secs(15), async || {
        let found = page.run("return [probe.stall().stats.home, probe.video().src]", &[]).await?;
        Ok((found == json!(["native", format!("{}/vod/index.m3u8", site.origin())])).then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_managed_source_is_fed_only_while_it_wants_to_be() -> Result<()> {
    let show = Show::prepare().await?;
    let managed = "<script>delete window.Worker; { const Plain = MediaSource; delete window.MediaSource; \
        window.ManagedMediaSource = class extends Plain { constructor() { super(); window.source = this; \
            setTimeout(() => this.dispatchEvent(new Event('endstreaming'))) } } }</script>";
    let (_site, page) = with_recording(&show, managed, "src=/vod/index.m3u8 autoplay muted").await?;
    let asked = "const named = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname) \
        .filter(name => name.startsWith('/vod/')); \
        return [named.filter(name => name.endsWith('m3u8')).length > 0, named.filter(name => !name.endsWith('m3u8')).length]";
    page.until("the playlist is here", Duration::from_secs(15), async || {
        Ok((page.run(asked, &[]).await?[0] == json!(true)).then_some(()))
    })
    .await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let found = page.run(asked, &[]).await?;
    ensure!(found[1] == json!(0), "media was asked for all the same: {found}");
    page.run("window.source.dispatchEvent(new Event('startstreaming'))", &[]).await?;
    page.until("it plays", Duration::from_secs(20), async || {
        Ok((page.run("return probe.video().currentTime > 0.5", &[]).await? == json!(true)).then_some(()))
    })
    .await?;
    let found =
        page.run("return [probe.stall().stats.home, probe.video().disableRemotePlayback]", &[]).await?;
    ensure!(found == json!(["page", true]), "{found}");
    Ok(())
}

#[tokio::test]
async fn an_overlay_that_does_not_load_is_tried_again() -> Result<()> {
    let (show, _publisher) = Show::live().await?;
    let site = Site::start("<!doctype html><p>before</p>".to_owned()).await?;
    let page = Page::open(site.origin(), DESKTOP).await?;
    page.browser.devtools("Network.enable", json!({})).await?;
    page.browser.devtools("Network.setBlockedURLs", json!({ "urls": ["*overlay*.wasm"] })).await?;
    let open = "const [shop, room] = arguments; return (async () => { \
        const { LiveStall } = await import(`${shop}/embed/live-stall.js`); window.told = []; \
        addEventListener('stall:error', ({ detail }) => told.push(detail)); \
        const stall = new LiveStall(); stall.addDanmaku([{ text: 'said early' }]); \
        Object.assign(stall, { server: shop, room, autoplay: true, muted: true, lang: 'en' }); document.body.append(stall) })()";
    page.run(open, &[json!(show.server.origin()), json!(ROOM)]).await?;
    page.until("the page is told", Duration::from_secs(20), async || {
        let told = page
            .run("return window.told.filter(({ kind, fatal }) => kind === 'overlay' && !fatal).length", &[])
            .await?;
        Ok((told != json!(0)).then_some(()))
    })
    .await?;
    page.browser.devtools("Network.setBlockedURLs", json!({ "urls": [] })).await?;
    page.shows(parts::SAY, "").await?;
    page.until("what was said early flies", Duration::from_secs(10), async || {
        let shown = page.run("return probe.stall().stats.danmaku.shown", &[]).await?;
        Ok((shown != json!(0)).then_some(()))
    })
    .await
}
