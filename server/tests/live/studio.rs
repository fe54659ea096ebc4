//! A server of streams alone, and encoders to go with it.

use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use playlist::{Media, Playlist};
use protocol::RoomStatus;
use server::live::{AuthFuture, Live, LiveConfig, PublishAuth, Refusal};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// `sk-ROOM-0123456789abcdef` publishes to ROOM.
struct Keys;

impl PublishAuth for Keys {
    fn authorize<'a>(&'a self, key: &'a str) -> AuthFuture<'a> {
        Box::pin(async move {
            assert!(!key.contains("panic"), "a bug in the key check");
            let room = key.strip_prefix("sk-").and_then(|rest| rest.strip_suffix("-0123456789abcdef"));
            room.map(Arc::from).ok_or(Refusal::UnknownKey)
        })
    }
}

pub(crate) fn key(room: &str) -> String {
    format!("sk-{room}-0123456789abcdef")
}

pub(crate) struct Studio {
    pub(crate) live: Live,
    rtmp: u16,
    http: u16,
    _stop: tokio_util::sync::DropGuard,
}

impl Studio {
    pub(crate) async fn open(config: LiveConfig) -> Self {
        let live = Live::new(config, Arc::new(Keys));
        let stop = CancellationToken::new();
        let rtmp = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let http = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ports = (rtmp.local_addr().unwrap().port(), http.local_addr().unwrap().port());
        let (publishers, stopped) = (live.clone(), stop.clone());
        tokio::spawn(async move { publishers.serve_rtmp(rtmp, stopped).await });
        let router = live.router();
        tokio::spawn(async move { axum::serve(http, router).await });
        Self { live, rtmp: ports.0, http: ports.1, _stop: stop.drop_guard() }
    }

    pub(crate) fn rtmp_port(&self) -> u16 {
        self.rtmp
    }

    pub(crate) fn url(&self, room: &str, file: &str) -> String {
        format!("http://127.0.0.1:{}/live/{room}/{file}", self.http)
    }

    /// An encoder that sends a test picture and a tone for so many seconds.
    pub(crate) fn ffmpeg(&self, key: &str, seconds: u32, options: &[&str]) -> Child {
        self.ffmpeg_to(&format!("rtmp://127.0.0.1:{}/live/{key}", self.rtmp), seconds, options)
    }

    pub(crate) fn ffmpeg_to(&self, url: &str, seconds: u32, options: &[&str]) -> Child {
        let inputs =
            "-hide_banner -loglevel error -re -f lavfi -i testsrc2=size=320x180:rate=30 -re -f lavfi -i sine";
        let codecs = "-c:v libx264 -preset ultrafast -g 60 -c:a aac";
        Command::new("ffmpeg")
            .args(inputs.split(' '))
            .args(["-t", &seconds.to_string()])
            .args(codecs.split(' '))
            .args(options)
            .args(["-f", "flv", url])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("ffmpeg must be installed for these tests: apt install ffmpeg")
    }

    /// The answer to `GET /live/ROOM/FILE`.
    pub(crate) async fn get(&self, room: &str, file: &str) -> Response<Body> {
        let request = Request::get(format!("/live/{room}/{file}")).body(Body::empty()).unwrap();
        self.ask(request).await
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Response<Body> {
        self.live.router().oneshot(request).await.unwrap()
    }

    pub(crate) async fn text(&self, room: &str, file: &str) -> String {
        let response = self.get(room, file).await;
        assert_eq!(response.status(), StatusCode::OK, "{file}");
        String::from_utf8(body(response).await).unwrap()
    }

    pub(crate) async fn media(&self, room: &str) -> Media {
        parse(&self.text(room, "media.m3u8").await)
    }

    pub(crate) async fn until_status(&self, room: &str, status: RoomStatus) {
        let begun = Instant::now();
        while self.live.status(room) != status {
            let found = self.live.status(room);
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{room}: expected {status:?}, found {found:?}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the playlist has so many whole segments.
    pub(crate) async fn until_segments(&self, room: &str, count: usize) -> Media {
        self.until_status(room, RoomStatus::Live).await;
        let begun = Instant::now();
        loop {
            let media = self.media(room).await;
            if media.segments.iter().filter(|segment| segment.uri.is_some()).count() >= count {
                return media;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{room} has no {count} segments:\n{media}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

pub(crate) fn parse(text: &str) -> Media {
    match playlist::parse(text) {
        Ok(Playlist::Media(media)) => media,
        other => panic!("{other:?}\n{text}"),
    }
}

pub(crate) async fn body(response: Response<Body>) -> Vec<u8> {
    axum::body::to_bytes(response.into_body(), 64 << 20).await.unwrap().to_vec()
}

/// What an encoder said on its way out.
pub(crate) async fn last_words(child: Child) -> (bool, String) {
    let wait = tokio::time::timeout(Duration::from_secs(30), child.wait_with_output());
    let Output { status, stderr, .. } = wait.await.expect("ffmpeg ends").unwrap();
    (status.success(), String::from_utf8_lossy(&stderr).into_owned())
}

/// A packet as ffprobe sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Packet {
    pub(crate) stream: usize,
    pub(crate) pts: f64,
    pub(crate) dts: f64,
    pub(crate) key: bool,
}

/// Plays an address to its end.
pub(crate) async fn ffprobe(url: &str) -> Vec<Packet> {
    let entries = "packet=stream_index,pts_time,dts_time,flags";
    let output = Command::new("ffprobe")
        .args(["-loglevel", "error", "-show_entries", entries, "-of", "csv=p=0", url])
        .stdin(Stdio::null())
        .output();
    let output = tokio::time::timeout(Duration::from_secs(30), output).await.expect("ffprobe ends").unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(packet).collect()
}

fn packet(line: &str) -> Option<Packet> {
    let mut fields = line.split(',');
    let stream = fields.next()?.parse().ok()?;
    let (pts, dts) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Packet { stream, pts, dts, key: fields.next()?.starts_with('K') })
}
