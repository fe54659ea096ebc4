//! A merchant's own site: a page and what lies beside it, on an origin of its own.

use anyhow::Result;
use std::sync::Arc;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// Serves a few files. Dropping it ends it.
#[derive(Debug)]
pub struct Site {
    origin: String,
    serving: JoinHandle<()>,
}

impl Site {
    /// Serves `page` at `/`.
    pub async fn start(page: String) -> Result<Self> {
        Self::start_with(vec![("/", "text/html; charset=utf-8", page)]).await
    }

    /// Serves files: path, media type, text.
    pub async fn start_with(files: Vec<(&'static str, &'static str, String)>) -> Result<Self> {
        let files = Arc::new(files);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let files = Arc::clone(&files);
                tokio::spawn(async move { answer(stream, &files).await.ok() });
            }
        });
        Ok(Self { origin, serving })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(mut stream: TcpStream, files: &[(&str, &str, String)]) -> Result<()> {
    let mut lines = BufReader::new(&mut stream).lines();
    let request = lines.next_line().await?.unwrap_or_default();
    while lines.next_line().await?.is_some_and(|line| !line.is_empty()) {}
    let asked = request.split(' ').nth(1).unwrap_or_default();
    let found = files.iter().find(|(path, _, _)| *path == asked);
    let (status, kind, body) = match found {
        Some((_, kind, body)) => ("200 OK", *kind, body.as_str()),
        None => ("404 Not Found", "text/plain", "nothing here"),
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close");
    Ok(stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).await?)
}
