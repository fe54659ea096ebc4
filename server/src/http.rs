//! Takes HTTP connections and gives their requests to the routes. In the place of [`axum::serve`], which waits for a
//! request's head for ever.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use crate::accept;
use crate::proxies;

/// A request's head must be there within this time, also the next one on a connection that was used before.
pub(crate) const HEAD: Duration = Duration::from_secs(30);

/// Serves until `shutdown`, and then what is being answered. Cuts connections whose head is not there within `head`, and
/// believes `trusted` proxies whom they speak for.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    head: Duration,
    trusted: Arc<[IpAddr]>,
    shutdown: CancellationToken,
) {
    let tasks = TaskTracker::new();
    while let Some((stream, peer)) = accept::next(&listener, "client", &shutdown).await {
        tasks.spawn(connection(stream, peer, router.clone(), head, trusted.clone(), shutdown.clone()));
    }
    // Nobody new; who is being answered gets the answer.
    drop(listener);
    tasks.close();
    tasks.wait().await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    head: Duration,
    trusted: Arc<[IpAddr]>,
    shutdown: CancellationToken,
) {
    let service = router.map_request(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        let client = proxies::client(peer.ip(), request.headers(), &trusted);
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(client, peer.port())));
        request
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head);
    let served = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut served = pin!(served.with_upgrades());
    tokio::select! {
        // A client that breaks off, or is cut off, is its own affair.
        _ = served.as_mut() => return,
        () = shutdown.cancelled() => served.as_mut().graceful_shutdown(),
    }
    let _ = served.await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::time::{Instant, sleep, timeout};

    async fn open(head: Duration) -> (TcpStream, CancellationToken) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", axum::routing::get(async || "here"));
        let shutdown = CancellationToken::new();
        tokio::spawn(serve(listener, router, head, Arc::new([]), shutdown.clone()));
        (TcpStream::connect(address).await.unwrap(), shutdown)
    }

    #[tokio::test]
    async fn a_head_that_trickles_in_is_cut_off() {
        let (stream, _shutdown) = open(Duration::from_millis(300)).await;
        let begun = Instant::now();
        let (mut reader, mut writer) = stream.into_split();
        let trickle = async {
            while writer.write_all(b"G").await.is_ok() {
                sleep(Duration::from_millis(50)).await;
            }
        };
        let mut answer = Vec::new();
        let closed = async { timeout(Duration::from_secs(5), reader.read_to_end(&mut answer)).await };
        let closed = tokio::select! { closed = closed => closed.is_ok(), () = trickle => true };
        assert!(closed && begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    }

    #[tokio::test]
    async fn a_connection_serves_one_request_after_another_until_the_server_stops() {
        let (mut stream, shutdown) = open(HEAD).await;
        let mut answer = [0; 512];
        for _ in 0..2 {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
            let count = stream.read(&mut answer).await.unwrap();
            assert!(String::from_utf8_lossy(&answer[..count]).ends_with("here"));
        }
        shutdown.cancel();
        let ended = timeout(Duration::from_secs(5), stream.read(&mut answer)).await;
        assert_eq!(ended.unwrap().unwrap(), 0);
    }
}
