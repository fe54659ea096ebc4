//! A network between a browser and the server that can be cut.

use anyhow::Result;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// Passes bytes both ways. Dropping it cuts everything.
#[derive(Debug)]
pub struct Proxy {
    origin: String,
    connected: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// Listens on a port of its own and passes to `server` (`127.0.0.1:PORT`).
    pub async fn start(server: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let (connected, watching) = watch::channel(true);
        let server = server.to_owned();
        let accepting = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                if *watching.borrow() {
                    tokio::spawn(pass(browser, server.clone(), watching.clone()));
                }
            }
        });
        Ok(Self { origin, connected, accepting })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Breaks every connection and takes no new one.
    pub fn cut(&self) {
        self.connected.send_replace(false);
    }

    /// Takes connections again.
    pub fn mend(&self) {
        self.connected.send_replace(true);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.cut();
        self.accepting.abort();
    }
}

async fn pass(mut browser: TcpStream, server: String, mut connected: watch::Receiver<bool>) {
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut browser, &mut server) => {}
        _ = connected.wait_for(|connected| !connected) => {}
    }
}
