//! A merchant's own site: a page and what lies beside it, on an origin of its own.

use anyhow::Result;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// One file of a site.
#[derive(Debug, Clone)]
pub struct File {
    path: String,
    kind: &'static str,
    body: Vec<u8>,
    headers: String,
}

impl File {
    /// At `path`, of the media type that its name says.
    pub fn new(path: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { path: path.to_owned(), kind: kind(path), body: body.into(), headers: String::new() }
    }

    /// The same with another header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers = format!("{}{name}: {value}\r\n", self.headers);
        self
    }

    /// Where it is.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is in it.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, suffix)| suffix) {
        Some("js" | "mjs") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("m3u8") => "application/vnd.apple.mpegurl",
        Some("mp4" | "m4s") => "video/mp4",
        _ => "text/html; charset=utf-8",
    }
}

/// Serves a few files. Dropping it ends it.
#[derive(Debug)]
pub struct Site {
    origin: String,
    asked: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Site {
    /// Serves `page` at `/`.
    pub async fn start(page: String) -> Result<Self> {
        Self::serve(vec![File::new("/", page)]).await
    }

    /// Serves `files`, each connection for as long as the browser wants it.
    pub async fn serve(files: Vec<File>) -> Result<Self> {
        let files = Arc::new(files);
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let log = Arc::clone(&asked);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (files, log) = (Arc::clone(&files), Arc::clone(&log));
                tokio::spawn(async move { answer(stream, &files, &log).await.ok() });
            }
        });
        Ok(Self { origin, asked, serving })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Every path that was asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(mut stream: TcpStream, files: &[File], asked: &Mutex<Vec<String>>) -> Result<()> {
    stream.set_nodelay(true)?;
    let (reading, mut writing) = stream.split();
    let mut lines = BufReader::new(reading).lines();
    while let Some(request) = lines.next_line().await? {
        while lines.next_line().await?.is_some_and(|line| !line.is_empty()) {}
        let target = request.split(' ').nth(1).unwrap_or_default();
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        asked.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
        let nothing = File::new(".txt", "nothing here");
        let found = files.iter().find(|file| file.path == path);
        let (status, file) = found.map_or(("404 Not Found", &nothing), |file| ("200 OK", file));
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\naccess-control-allow-origin: *\r\n{}\r\n",
            file.kind,
            file.body.len(),
            file.headers
        );
        writing.write_all(&[head.as_bytes(), &file.body].concat()).await?;
    }
    Ok(())
}
