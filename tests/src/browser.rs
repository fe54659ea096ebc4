//! A headless Chromium with an empty profile, driven through chromedriver by the WebDriver protocol
//! (W3C WebDriver 2) with Chromium's own `goog/cdp/execute` beside it.

use anyhow::{Context, Result, bail, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::{process::Stdio, time::Duration};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// A cold start on a busy machine.
const START: Duration = Duration::from_secs(30);
/// How often a driver that ended before it listened is started again.
const RETRIES: u32 = 3;
/// What a headless browser in a closed network needs, and sound that plays without a click.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
];

/// What the window is like.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
}

/// A phone held upright.
pub const PHONE: Window = Window { width: 500, height: 900 };
/// A laptop.
pub const DESKTOP: Window = Window { width: 1280, height: 800 };

/// A browser with one window. Dropping it ends it and removes its profile.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    session: String,
    process: Option<u64>,
    driver: Child,
    profile: TempDir,
}

impl Browser {
    /// Starts one.
    pub async fn start(window: Window) -> Result<Self> {
        let profile = TempDir::with_prefix("livestall-chromium-")?;
        let mut tries = 0;
        // The port that it finds free may be taken by another before it listens there: then it ends at once.
        let (driver, port) = loop {
            match start_driver(&profile).await {
                Err(_) if tries < RETRIES => tries += 1,
                other => break other?,
            }
        };

        let mut flags: Vec<String> = FLAGS.iter().map(ToString::to_string).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        flags.push(format!("--window-size={},{}", window.width, window.height));
        let options = json!({"args": flags});
        let always = json!({"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}});
        let client = Client::builder().timeout(Duration::from_secs(60)).build()?;
        let url = format!("http://127.0.0.1:{port}/session");
        let made =
            call(&client, Method::POST, &url, &json!({"capabilities": {"alwaysMatch": always}})).await?;
        let id = made["sessionId"].as_str().context("chromedriver gave no session")?;
        let process = made["capabilities"]["goog:processID"].as_u64();
        Ok(Self { session: format!("{url}/{id}"), client, process, driver, profile })
    }

    /// The browser's main process, if the driver told.
    pub const fn process(&self) -> Option<u64> {
        self.process
    }

    /// Opens `url` and waits until it has loaded.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.command("url", &json!({"url": url})).await.map(drop)
    }

    /// Runs the body of a function in the page, which may `return` a value or a promise of one.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.command("execute/sync", &json!({"script": script, "args": arguments})).await
    }

    /// A command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.command("goog/cdp/execute", &json!({"cmd": command, "params": parameters})).await
    }

    /// What the page wrote to its console since the last call.
    pub async fn console(&self) -> Result<Vec<String>> {
        let entries = self.command("se/log", &json!({"type": "browser"})).await?;
        let entries = entries.as_array().context("expected a list of log entries")?;
        Ok(entries.iter().map(|entry| format!("{} {}", entry["level"], entry["message"])).collect())
    }

    /// The window as a PNG.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        let shot = self.devtools("Page.captureScreenshot", json!({"format": "png"})).await?;
        decode_base64(shot["data"].as_str().context("expected a picture")?)
    }

    async fn command(&self, name: &str, body: &Value) -> Result<Value> {
        call(&self.client, Method::POST, &format!("{}/{name}", self.session), body).await
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver is killed with its handle; the browser is the driver's child, not ours.
        if let Some(process) = self.process {
            let _ = std::process::Command::new("kill").args(["-KILL", &process.to_string()]).status();
        }
        let _ = self.driver.start_kill();
        // Its helpers take a moment to notice, and go on writing until then.
        for _ in 0..40 {
            if std::fs::remove_dir_all(self.profile.path()).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A chromedriver with its temporary files in `profile`, and the port that it listens on.
async fn start_driver(profile: &TempDir) -> Result<(Child, u16)> {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .env("TMPDIR", profile.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("cannot start chromedriver")?;
    let mut lines = BufReader::new(driver.stdout.take().context("chromedriver has no output")?).lines();
    let port = timeout(START, driver_port(&mut lines)).await.context("chromedriver does not start")??;
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok((driver, port))
}

async fn driver_port(lines: &mut Lines<BufReader<ChildStdout>>) -> Result<u16> {
    while let Some(line) = lines.next_line().await? {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return port.trim_end_matches('.').parse().with_context(|| format!("no port in {line:?}"));
        }
    }
    bail!("chromedriver ended before it listened")
}

async fn call(client: &Client, method: Method, url: &str, body: &Value) -> Result<Value> {
    let answer =
        client.request(method, url).json(body).send().await.context("chromedriver does not answer")?;
    let status = answer.status();
    let mut answer: Value = answer.json().await.context("chromedriver answers no JSON")?;
    let value = answer["value"].take();
    ensure!(status.is_success(), "the browser refuses: {}: {}", value["error"], value["message"]);
    Ok(value)
}

/// RFC 4648 §4, as far as the DevTools protocol uses it.
fn decode_base64(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            other => bail!("expected base64, found byte {other}"),
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Ok(bytes)
}
