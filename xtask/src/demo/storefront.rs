//! The merchant's own site, on another origin: a static page that embeds the room with three lines of HTML.

use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

const LISTEN: &str = "127.0.0.1:8081";
const PAGE: &str = "www/dist/storefront.html";
/// Stands in the page for the shop's origin.
const PLACEHOLDER: &str = "https://shop.example";
/// Longest request line that is read.
const LINE: u64 = 4 * 1024;

/// Serves the page with the shop's address filled in; answers its own address.
pub(super) fn serve(shop: &str) -> Result<String> {
    let page = std::fs::read_to_string(PAGE).with_context(|| format!("cannot read {PAGE}"))?;
    let page = page.replace(PLACEHOLDER, shop);
    let listener = TcpListener::bind(LISTEN).with_context(|| format!("cannot listen on {LISTEN}"))?;
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let page = page.clone();
            // A visitor who goes away in the middle is no concern of ours.
            thread::spawn(move || answer(stream, &page).ok());
        }
    });
    Ok(format!("http://{LISTEN}"))
}

fn answer(mut stream: TcpStream, page: &str) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut line = String::new();
    let mut reader = BufReader::new(std::io::Read::take(stream.try_clone()?, LINE));
    reader.read_line(&mut line)?;
    let (status, body) = match line.split(' ').nth(1) {
        Some("/" | "/storefront") => ("200 OK", page),
        _ => ("404 Not Found", "there is only one page here: /\n"),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
