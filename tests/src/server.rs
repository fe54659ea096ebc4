//! The `livestall` program itself, on free ports and a data folder of its own.

#[path = "../../server/tests/scratch/mod.rs"]
mod scratch;

use crate::api::Api;
use anyhow::{Context, Result, bail, ensure};
use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// A debug build on a busy machine.
const START: Duration = Duration::from_secs(20);

/// A running server. Dropping it kills it and removes its data.
#[derive(Debug)]
pub struct Server {
    data: TempDir,
    http: u16,
    rtmp: u16,
    environment: Vec<(&'static str, String)>,
    child: Child,
}

impl Server {
    /// Starts one with an empty data folder.
    pub async fn start() -> Result<Self> {
        Self::start_with(Vec::new()).await
    }

    /// Starts one with more `LIVESTALL_…` variables in its environment.
    pub async fn start_with(mut environment: Vec<(&'static str, String)>) -> Result<Self> {
        let data = TempDir::with_prefix("livestall-test-")?;
        let (http, rtmp) = (free_port()?, free_port()?);
        let folder = data.path().join("data");
        environment.extend([
            ("LIVESTALL_DATABASE_URL", scratch::address(&folder).await?),
            ("LIVESTALL_LISTEN", format!("127.0.0.1:{http}")),
            ("LIVESTALL_RTMP", format!("127.0.0.1:{rtmp}")),
            ("LIVESTALL_DATA", folder.to_string_lossy().into_owned()),
        ]);
        let child = serve(&environment).await?;
        Ok(Self { data, http, rtmp, environment, child })
    }

    /// Ends it as a power cut would: SIGKILL, nothing flushed.
    pub async fn kill(&mut self) -> Result<()> {
        self.child.kill().await.context("cannot kill the server")
    }

    /// Ends it as an operator would: SIGTERM; fails unless it ends cleanly.
    pub async fn stop(&mut self) -> Result<()> {
        let id = self.child.id().context("the server has ended already")?.to_string();
        ensure!(
            Command::new("kill").args(["-TERM", &id]).status().await?.success(),
            "cannot signal the server"
        );
        let status = timeout(START, self.child.wait()).await.context("the server ignores SIGTERM")??;
        ensure!(status.success(), "the server ended with {status} after SIGTERM");
        Ok(())
    }

    /// Starts it again on the same ports and data.
    pub async fn restart(&mut self) -> Result<()> {
        self.child = serve(&self.environment).await?;
        Ok(())
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.http)
    }

    /// `ws://127.0.0.1:PORT`.
    pub fn socket_origin(&self) -> String {
        format!("ws://127.0.0.1:{}", self.http)
    }

    /// Where encoders connect.
    pub fn rtmp_address(&self) -> (&'static str, u16) {
        ("127.0.0.1", self.rtmp)
    }

    /// `rtmp://127.0.0.1:PORT/live/KEY`.
    pub fn publish_url(&self, stream_key: &str) -> String {
        format!("rtmp://127.0.0.1:{}/live/{stream_key}", self.rtmp)
    }

    /// The folder of its files.
    pub fn data(&self) -> PathBuf {
        self.data.path().join("data")
    }

    /// Its HTTP API, as a guest.
    pub fn api(&self) -> Result<Api> {
        Api::new(&self.origin())
    }

    /// Runs `livestall admin ARGUMENTS` and answers what it prints.
    pub async fn admin(&self, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new(program()?);
        command.arg("admin").args(arguments).envs(self.environment.iter().cloned());
        let output = command.output().await.context("cannot run livestall admin")?;
        if !output.status.success() {
            bail!("livestall admin {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }
}

async fn serve(environment: &[(&'static str, String)]) -> Result<Child> {
    let mut command = Command::new(program()?);
    command.arg("serve").envs(environment.iter().cloned()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().context("cannot start the server")?;
    let mut lines = BufReader::new(child.stdout.take().context("the server has no standard output")?).lines();
    let line =
        timeout(START, lines.next_line()).await.context("the server does not say that it listens")??;
    ensure!(
        line.as_deref().is_some_and(|line| line.starts_with("listening on http://")),
        "expected `listening on http://…`, found {line:?}"
    );
    // Keep the pipe open: a closed one would break the server's next line.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok(child)
}

/// The program under test: `LIVESTALL_BIN`, or the debug build beside this crate.
pub fn program() -> Result<PathBuf> {
    let root = root()?;
    let chosen = std::env::var_os("LIVESTALL_BIN").map(|path| root.join(path));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let program = chosen.unwrap_or_else(|| target.join("debug/livestall"));
    ensure!(program.is_file(), "{} is missing: build it with `cargo build -p livestall`", program.display());
    Ok(program)
}

/// The workspace's root.
pub fn root() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).context("tests has no parent folder")
}

/// A port that nobody listens on now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
