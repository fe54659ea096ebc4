//! Takes connections from publishers, each in a task of its own, so that none harms another.

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::live::Live;
use crate::live::connection::Connection;

/// How long publishers get to say goodbye at shutdown.
const GOODBYE: Duration = Duration::from_secs(3);

pub(crate) async fn serve(live: &Live, listener: TcpListener, shutdown: CancellationToken) {
    let places = Arc::new(Semaphore::new(live.config().max_publishers));
    let tasks = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: without a pause this would spin.
                tracing::warn!(%error, "cannot take a publisher's connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            tracing::warn!(%peer, limit = live.config().max_publishers, "too many publishers: connection refused");
            continue;
        };
        // Answers are small and somebody waits for them; without the option nothing worse than a delay happens.
        let _ = stream.set_nodelay(true);
        let connection = Connection::new(live.clone(), peer, stream);
        let shutdown = shutdown.clone();
        tasks.spawn(async move {
            let gauge = metrics::gauge!("livestall_publishers");
            gauge.increment(1.0);
            let _counted = Counted(gauge);
            connection.run(shutdown).await;
            drop(place);
        });
    }
    tasks.close();
    if tokio::time::timeout(GOODBYE, tasks.wait()).await.is_err() {
        tracing::warn!("publishers' connections were cut at shutdown");
    }
}

/// Counts one less when dropped, also by a panic.
struct Counted(metrics::Gauge);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}
