//! A page with a `<live-stall>` in it, asked from outside: what picture is on the screen, and what lies over it.

use crate::{
    api::PASSWORD,
    browser::{Browser, Window},
    parts,
    wait::until,
};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

const PROBE: &str = include_str!("page.js");

/// The picture on a viewer's screen at one moment.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Picture {
    /// The number in the picture itself.
    pub frame: Option<u32>,
    /// Media seconds.
    pub time: Option<f64>,
    /// The programme clock, in milliseconds since the epoch, as the element says.
    pub program: Option<f64>,
    /// Seconds behind the programme clock, as the element says.
    pub latency: Option<f64>,
    /// The viewer's wall clock, in milliseconds since the epoch.
    pub wall: f64,
}

/// A browser that shows a page with the element.
#[derive(Debug)]
pub struct Page {
    /// The browser.
    pub browser: Browser,
}

impl Page {
    /// Opens `url` in a browser of its own.
    pub async fn open(url: &str, window: Window) -> Result<Self> {
        let page = Self { browser: Browser::start(window).await? };
        page.go(url).await?;
        Ok(page)
    }

    /// Goes on to `url` in the same browser.
    pub async fn go(&self, url: &str) -> Result<()> {
        self.browser.open(url).await?;
        self.run(PROBE, &[]).await.map(drop)
    }

    /// Makes the page as wide as a phone that is held upright, which is narrower than the browser's own window can be.
    pub async fn held_upright(&self) -> Result<()> {
        let phone = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true});
        self.browser.devtools("Emulation.setDeviceMetricsOverride", phone).await.map(drop)
    }

    /// Opens `url` and waits until its picture moves.
    pub async fn open_playing(url: &str, window: Window) -> Result<Self> {
        let page = Self::open(url, window).await?;
        page.picture_moves(Duration::from_secs(20)).await?;
        Ok(page)
    }

    /// Runs the body of a function in the page.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.browser.run(script, arguments).await
    }

    /// What is on the screen now.
    pub async fn picture(&self) -> Result<Picture> {
        Ok(serde_json::from_value(self.run("return probe.now()", &[]).await?)?)
    }

    /// Waits until the bar code has been seen to advance.
    pub async fn picture_moves(&self, limit: Duration) -> Result<Picture> {
        let mut first = None;
        self.until("the picture moves", limit, async || {
            let picture = self.picture().await?;
            let Some(frame) = picture.frame else { return Ok(None) };
            let start = *first.get_or_insert(frame);
            Ok((frame >= start + 10).then_some(picture))
        })
        .await
    }

    /// Starts to look for `selector` with `text` in it; [`Self::seen`] tells what the picture was when it showed.
    pub async fn watch(&self, name: &str, selector: &str, text: &str) -> Result<()> {
        self.run("probe.watch(...arguments)", &[json!(name), json!(selector), json!(text)]).await.map(drop)
    }

    /// The picture at the moment when what is watched as `name` showed.
    pub async fn seen(&self, name: &str, limit: Duration) -> Result<Picture> {
        self.until(&format!("{name} shows"), limit, async || {
            Ok(serde_json::from_value(
                self.run("return probe.seen[arguments[0]] ?? null", &[json!(name)]).await?,
            )?)
        })
        .await
    }

    /// Waits until `selector` shows with `text` in it.
    pub async fn shows(&self, selector: &str, text: &str) -> Result<()> {
        let script = "const found = probe.find(arguments[0]); \
                      return probe.visible(found) && found.textContent.includes(arguments[1])";
        self.until(&format!("{selector} shows {text:?}"), Duration::from_secs(15), async || {
            let shown = self.run(script, &[json!(selector), json!(text)]).await?;
            Ok((shown == json!(true)).then_some(()))
        })
        .await
    }

    /// Clicks the middle of `selector` as a mouse would: waits until it shows, may be used, stands still and has nothing in
    /// front of it.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let what = format!("{selector} can be clicked");
        let mut reason = String::new();
        let middle = self
            .until(&what, Duration::from_secs(15), async || {
                let found = self.run("return probe.target(arguments[0])", &[json!(selector)]).await?;
                reason = found["not"].as_str().unwrap_or_default().to_owned();
                Ok(found["at"].as_array().cloned())
            })
            .await
            .with_context(|| reason)?;
        let [x, y] = middle.as_slice() else { bail!("expected x and y, found {middle:?}") };
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.browser.devtools("Input.dispatchMouseEvent", event).await?;
        }
        Ok(())
    }

    /// Clicks into `selector` and types `text`.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<()> {
        self.click(selector).await?;
        self.browser.devtools("Input.insertText", json!({"text": text})).await.map(drop)
    }

    /// Registers a user the way a visitor does: tries to say something, is asked to log in, chooses to register.
    pub async fn register(&self, name: &str) -> Result<()> {
        self.fill(parts::SAY, "hello").await?;
        self.press_enter().await?;
        self.click(".sheet .swap .link").await?;
        self.fill(parts::NAME, name).await?;
        self.fill(parts::SECRET, PASSWORD).await?;
        self.click(parts::SHEET_BUTTON).await?;
        self.until("the log-in sheet closes", Duration::from_secs(15), async || {
            let open = self.run("return probe.find('.sheet') !== null", &[]).await?;
            Ok((open == json!(false)).then_some(()))
        })
        .await?;
        // What was typed before is still there, or sent by now.
        self.run("const field = probe.find(arguments[0]); field.select()", &[json!(parts::SAY)])
            .await
            .map(drop)
    }

    /// Presses the Enter key.
    pub async fn press_enter(&self) -> Result<()> {
        for kind in ["keyDown", "keyUp"] {
            let event = json!({"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"});
            self.browser.devtools("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    /// Frames that the browser paints in a second: says how loaded the machine is.
    pub async fn painted(&self) -> Result<u64> {
        let script = "return new Promise(done => { let count = 0; const start = performance.now(); \
                      const next = now => now - start > 1000 ? done(count) : (count++, requestAnimationFrame(next)); \
                      requestAnimationFrame(next) })";
        self.run(script, &[]).await?.as_u64().context("expected a number")
    }

    /// [`until`], with what is on the page when it fails.
    pub async fn until<T>(
        &self,
        what: &str,
        limit: Duration,
        look: impl AsyncFnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        match until(what, limit, look).await {
            Ok(found) => Ok(found),
            Err(error) => bail!("{error}; the page: {}", self.story().await),
        }
    }

    /// What helps to understand a failure: the console and the text on the page.
    async fn story(&self) -> String {
        let console = self.browser.console().await.unwrap_or_default().join("\n");
        let script = "return [location.href, document.body.innerText.slice(0, 300), \
                      probe.stall()?.shadowRoot?.textContent.slice(0, 300), JSON.stringify(probe.stall()?.stats)]";
        let page = self.run(script, &[]).await.unwrap_or_default();
        format!("{page}\nconsole:\n{console}")
    }
}
