//! One origin for a page with the player alone: the embed files as they were built, the streams of [`crate::fixtures`] under
//! `/streams`, one of them replayed live under `/live`, another part by part under `/parts/HABIT`, and what goes wrong with
//! them. Answers ranges as RFC 9110 §14 has it.

use crate::{
    faults::{Delivery, Fault, Faults, On},
    fixtures,
    part_show::{Habit, PartShow, Wanted},
    replay::Replay,
};
use anyhow::{Context, Result};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::sleep,
};

const EMBED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../www/dist/embed");
/// The live stream with subtitles.
const LIVE: &str = "#EXTM3U\n\
    #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"t\",LANGUAGE=\"en\",NAME=\"English\",URI=\"text.m3u8\"\n\
    #EXT-X-STREAM-INF:BANDWIDTH=100000,SUBTITLES=\"t\"\nmedia.m3u8\n";
/// Lets a test fill the player's buffer and turn its clock.
const MEDDLING: &str = include_str!("meddling.js");

/// A server. Dropping it ends it.
#[derive(Debug)]
pub struct Origin {
    address: String,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    page: String,
    streams: PathBuf,
    replay: Mutex<Replay>,
    /// Begun by the first who asks for it.
    parts: Mutex<Option<PartShow>>,
    /// Queries that its playlist was asked for with.
    asked: Mutex<Vec<String>>,
    faults: Mutex<Faults>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Origin {
    /// Serves a page of `html` after the loader's script.
    pub async fn start(html: &str) -> Result<Self> {
        let page = format!(
            "<!doctype html><script>{MEDDLING}</script>\
             <script type=module src=/embed/live-stall.js></script>{html}"
        );
        let shared = Arc::new(Shared {
            page,
            streams: fixtures::folder()?,
            replay: Mutex::new(Replay::begin()),
            parts: Mutex::default(),
            asked: Mutex::default(),
            faults: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let serving = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let shared = Arc::clone(&shared);
                    tokio::spawn(async move { shared.serve(stream).await.ok() });
                }
            }
        });
        Ok(Self { address, shared, serving })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// From now on, so many times, something goes wrong with the streams.
    pub fn fail(&self, on: On, fault: Fault, times: u32) {
        lock(&self.shared.faults).set(on, fault, times);
    }

    /// Answers nothing of the streams for a while.
    pub async fn go_offline(&self, time: Duration) {
        lock(&self.shared.faults).set_offline(true);
        sleep(time).await;
        lock(&self.shared.faults).set_offline(false);
    }

    /// How often something went wrong.
    pub fn hits(&self) -> u32 {
        lock(&self.shared.faults).hits()
    }

    /// The queries of all requests for the playlist of the show in parts.
    pub fn asked(&self) -> Vec<String> {
        lock(&self.shared.asked).clone()
    }

    /// The live stream, to change its course.
    pub fn replay(&self) -> MutexGuard<'_, Replay> {
        lock(&self.shared.replay)
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Shared {
    async fn serve(&self, mut stream: TcpStream) -> Result<()> {
        stream.set_nodelay(true)?;
        let (reading, mut writing) = stream.split();
        let mut lines = BufReader::new(reading).lines();
        while let Some(request) = lines.next_line().await? {
            let mut range = None;
            while let Some(line) = lines.next_line().await?.filter(|line| !line.is_empty()) {
                let (name, value) = line.split_once(": ").unwrap_or_default();
                if name.eq_ignore_ascii_case("range") {
                    range = parse_range(value);
                }
            }
            let address = request.split(' ').nth(1).unwrap_or_default();
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            sleep(self.wait(path, query)).await;
            let delivery = self.answer(path, query, range);
            writing.write_all(&delivery.bytes).await?;
            if let Some(linger) = delivery.linger {
                sleep(linger).await;
                break;
            }
        }
        Ok(())
    }

    /// How long an answer waits for what is asked for to be produced: only in the show in parts.
    fn wait(&self, path: &str, query: &str) -> Duration {
        let Some((habit, name)) = path.strip_prefix("/parts/").and_then(|rest| rest.split_once('/')) else {
            return Duration::ZERO;
        };
        let Some(habit) = Habit::named(habit) else { return Duration::ZERO };
        let mut show = lock(&self.parts);
        let show = show.get_or_insert_with(|| PartShow::begin(habit));
        if name.ends_with(".m3u8") {
            lock(&self.asked).push(query.to_owned());
            return show.wait_for(Wanted::parse(query));
        }
        show.wait_for_file(name).unwrap_or_default()
    }

    fn answer(&self, path: &str, query: &str, range: Option<(usize, usize)>) -> Delivery {
        let head = format!("content-type: {}\r\ncache-control: no-store\r\n", kind(path));
        let of_stream = path.starts_with("/live/") || path.starts_with("/streams/");
        let fault = if of_stream { lock(&self.faults).strike(path) } else { None };
        match self.file(path, query) {
            Err(_) => Delivery::new(404, &head, Vec::new(), fault),
            Ok(body) => match range.and_then(|(first, last)| body.get(first..=last)) {
                Some(part) => Delivery::new(206, &head, part.to_vec(), fault),
                None => Delivery::new(200, &head, body, fault),
            },
        }
    }

    fn file(&self, path: &str, query: &str) -> Result<Vec<u8>> {
        let read = |folder: &Path, name: &str| Ok(std::fs::read(folder.join(name))?);
        match path.trim_start_matches('/').split_once('/') {
            None => Ok(self.page.clone().into_bytes()),
            Some(("embed", name)) => read(Path::new(EMBED), name),
            Some(("live", "media.m3u8")) => Ok(lock(&self.replay).playlist().into_bytes()),
            Some(("live", "index.m3u8")) => Ok(LIVE.as_bytes().to_vec()),
            Some(("live", "text.m3u8")) => Ok(lock(&self.replay).subtitles().into_bytes()),
            Some(("live", name)) if name.ends_with(".vtt") => {
                Ok(Replay::text(name.trim_end_matches(".vtt").parse()?).into_bytes())
            }
            Some(("live", name)) => read(&self.streams.join("live"), name),
            Some(("streams", name)) => read(&self.streams, name),
            Some(("parts", name)) => {
                let (_, name) = name.split_once('/').context("no habit")?;
                self.part(name, query)
            }
            Some(_) => None.with_context(|| format!("nothing at {path}")),
        }
    }
}

impl Shared {
    /// A file of the show in parts: its playlist, or what `fixtures/make.py` cut into fragments.
    fn part(&self, name: &str, query: &str) -> Result<Vec<u8>> {
        let folder = self.streams.join("parts");
        let show = lock(&self.parts);
        let show = show.as_ref().context("the show has not begun")?;
        if name.ends_with(".m3u8") {
            return Ok(show.playlist(Wanted::parse(query).skip).into_bytes());
        }
        let fragments = match name.trim_end_matches(".m4s").split_once('.') {
            Some((segment, part)) if name.ends_with(".m4s") => {
                let _there = show.wait_for_file(name).context("this part is lost")?;
                let segment = segment.parse()?;
                show.fragments(segment, part.parse()?).map(|at| format!("{segment}.{at}.m4s")).collect()
            }
            _ => vec![name.to_owned()],
        };
        let mut bytes = Vec::new();
        for file in fragments {
            bytes.extend(std::fs::read(folder.join(file))?);
        }
        Ok(bytes)
    }
}

/// First and last byte of a range with both.
fn parse_range(value: &str) -> Option<(usize, usize)> {
    let (first, last) = value.strip_prefix("bytes=")?.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, suffix)| suffix) {
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("m3u8") => "application/vnd.apple.mpegurl",
        Some("vtt") => "text/vtt",
        Some("mp4" | "m4s") => "video/mp4",
        _ => "text/html; charset=utf-8",
    }
}
