//! A slow network: a round trip and a rate, shared by all that goes through it, as by everything behind one modem.
//!
//! A connection costs a round trip before its first byte, as TCP's handshake does. There is no loss and no slow start.

use anyhow::Result;
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, tcp::OwnedReadHalf, tcp::OwnedWriteHalf},
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, sleep, sleep_until},
};

/// The link's queue, in time that it takes to drain: what a well kept router holds.
const QUEUE: Duration = Duration::from_millis(50);
/// Bytes that take their place in the queue at once: some ten packets.
const BURST: usize = 16 * 1024;
/// Bursts under way in one connection and direction.
const UNDER_WAY: usize = 1024;

/// A network. Dropping it cuts everything that goes through it.
#[derive(Debug)]
pub struct Link {
    round_trip: Duration,
    down: Arc<Pipe>,
    up: Arc<Pipe>,
    listening: Vec<JoinHandle<()>>,
}

impl Link {
    /// A network of that round trip, and of that many bits a second each way.
    pub fn new(round_trip: Duration, bits_per_second: Option<u64>) -> Self {
        let pipe = || Arc::new(Pipe::new(round_trip / 2, bits_per_second));
        Self { round_trip, down: pipe(), up: pipe(), listening: Vec::new() }
    }

    /// Changes how much comes down in a second.
    pub fn set_rate(&self, bits_per_second: u64) {
        self.down.lock().rate = Some(bits_per_second);
    }

    /// An origin of its own through which `server` (`http://127.0.0.1:PORT`) is reached.
    pub async fn to(&mut self, server: &str) -> Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let server = server.trim_start_matches("http://").to_owned();
        let (round_trip, up, down) = (self.round_trip, Arc::clone(&self.up), Arc::clone(&self.down));
        self.listening.push(tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                tokio::spawn(join(browser, server.clone(), round_trip, Arc::clone(&up), Arc::clone(&down)));
            }
        }));
        Ok(origin)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.listening.iter().for_each(JoinHandle::abort);
    }
}

/// One direction.
#[derive(Debug)]
struct Pipe {
    delay: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Bits a second; none is as many as there are.
    rate: Option<u64>,
    /// When all that is queued will have left.
    free: Instant,
}

impl Pipe {
    fn new(delay: Duration, rate: Option<u64>) -> Self {
        Self { delay, state: Mutex::new(State { rate, free: Instant::now() }) }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the queue has room for `bytes`; answers when they arrive at the other end.
    async fn admit(&self, bytes: usize) -> Instant {
        loop {
            let room = {
                let mut state = self.lock();
                let now = Instant::now();
                let Some(rate) = state.rate else { return now + self.delay };
                let start = state.free.max(now);
                if start <= now + QUEUE {
                    state.free = start + Duration::from_secs_f64(bytes as f64 * 8.0 / rate.max(1) as f64);
                    return state.free + self.delay;
                }
                start - QUEUE
            };
            sleep_until(room).await;
        }
    }
}

async fn join(browser: TcpStream, server: String, round_trip: Duration, up: Arc<Pipe>, down: Arc<Pipe>) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let _ = (browser.set_nodelay(true), server.set_nodelay(true));
    sleep(round_trip).await;
    let (from_browser, to_browser) = browser.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::join!(carry(from_browser, to_server, up), carry(from_server, to_browser, down));
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, pipe: Arc<Pipe>) {
    let (sender, mut arriving) = mpsc::channel::<(Instant, Vec<u8>)>(UNDER_WAY);
    let reading = async move {
        let mut burst = vec![0; BURST];
        while let Ok(read @ 1..) = from.read(&mut burst).await {
            let due = pipe.admit(read).await;
            if sender.send((due, burst[..read].to_vec())).await.is_err() {
                return;
            }
        }
    };
    let writing = async move {
        while let Some((due, bytes)) = arriving.recv().await {
            sleep_until(due).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
        let _ = to.shutdown().await;
    };
    tokio::join!(reading, writing);
}

#[cfg(test)]
mod tests {
    use super::{Pipe, QUEUE};
    use std::time::Duration;
    use tokio::time::Instant;

    #[tokio::test]
    async fn bytes_arrive_as_late_as_rate_and_delay_say() {
        let pipe = Pipe::new(Duration::from_millis(20), Some(8_000_000));
        let started = Instant::now();
        pipe.admit(10_000).await;
        let second = pipe.admit(10_000).await;
        // Never sooner; how much later is the machine's affair.
        assert!(second - started >= Duration::from_millis(40), "20 kB at 8 Mbit/s and 20 ms");
    }

    #[tokio::test]
    async fn a_full_queue_makes_its_sender_wait() {
        let pipe = Pipe::new(Duration::ZERO, Some(8_000_000));
        let started = Instant::now();
        for _ in 0..3 {
            pipe.admit(50_000).await;
        }
        assert!(started.elapsed() >= QUEUE, "100 kB wait ahead of the third");
    }
}
