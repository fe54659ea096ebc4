//! The merchant's own site, on another origin: a static page that embeds the room with three lines of HTML.

use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

const LISTEN: &str = "127.0.0.1:8081";
/// The sample page, as a merchant's site on the shop's own origin would have it.
const PAGE: &str = "www/dist/storefront.html";
/// Longest request line that is read.
const LINE: u64 = 4 * 1024;

/// Serves the page with the shop's address filled in; answers its own address.
pub(super) fn serve(shop: &str) -> Result<String> {
    let page = std::fs::read_to_string(PAGE).with_context(|| format!("cannot read {PAGE}"))?;
    let page = embed_from(&page, shop);
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

/// Points the page's addresses at the shop.
fn embed_from(page: &str, shop: &str) -> String {
    page.replace("=\"/embed/", &format!("=\"{shop}/embed/"))
        .replace("=\"/assets/", &format!("=\"{shop}/assets/"))
        .replace("<live-stall room=", &format!("<live-stall server=\"{shop}\" room="))
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

#[cfg(test)]
mod tests {
    use super::embed_from;

    #[test]
    fn the_page_of_another_origin_names_the_shop() {
        let page =
            r#"<script src="/embed/live-stall.js"></script><live-stall room="autumn-tea"></live-stall>"#;
        let expected = r#"<script src="http://shop/embed/live-stall.js"></script><live-stall server="http://shop" room="autumn-tea"></live-stall>"#;
        assert_eq!(embed_from(page, "http://shop"), expected);
    }
}
