//! The demo's server: the release build, on the contract's ports, with an empty data folder.

use super::child::Ours;
use crate::run::shown;
use anyhow::{Context, Result, bail};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

const PROGRAM: &str = "target/release/livestall";
const DATA: &str = "target/demo-data";
const LISTEN: &str = "127.0.0.1:8080";
const RTMP: &str = "127.0.0.1:1935";

/// The running server. Dropping it ends it.
pub(super) struct Server {
    process: Ours,
}

impl Server {
    /// Starts it and waits until it answers.
    pub(super) fn start() -> Result<Self> {
        if Path::new(DATA).exists() {
            fs::remove_dir_all(DATA).with_context(|| format!("cannot empty {DATA}"))?;
        }
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--listen", LISTEN, "--rtmp", RTMP, "--data", DATA]);
        let log = PathBuf::from(format!("{DATA}.log"));
        command.stdout(Stdio::piped()).stderr(fs::File::create(&log).context("cannot write the log")?);
        let mut process = Ours::start(&mut command)?;
        let output = process.take_output().context("the server has no standard output")?;
        let mut lines = BufReader::new(output).lines();
        let Some(Ok(line)) = lines.next() else {
            let said = fs::read_to_string(&log).unwrap_or_default();
            bail!("the server did not start (is something else on {LISTEN} or {RTMP}?):\n{said}");
        };
        eprintln!("    {line}; its log is {}", log.display());
        thread::spawn(move || lines.for_each(drop));
        Ok(Self { process })
    }

    /// Whether it has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        self.process.has_ended()
    }

    /// `http://HOST:PORT`.
    pub(super) fn origin(&self) -> String {
        format!("http://{LISTEN}")
    }

    /// Runs `livestall admin ARGUMENTS` and answers what it prints.
    pub(super) fn admin(&self, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new(PROGRAM);
        command.arg("admin").args(arguments);
        command.env("LIVESTALL_DATA", DATA).env("LIVESTALL_RTMP", RTMP).env("LIVESTALL_LISTEN", LISTEN);
        let output = command.output().with_context(|| format!("cannot run `{}`", shown(&command)))?;
        if !output.status.success() {
            bail!("`{}`: {}", shown(&command), String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }
}
