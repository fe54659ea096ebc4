//! Programs that end with us.

use crate::run::shown;
use anyhow::{Context, Result};
use std::{
    os::unix::process::CommandExt,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a program has to end by itself.
const GRACE: Duration = Duration::from_secs(3);

/// A program that we started. Dropping it asks it to end, and ends it when it does not.
pub(super) struct Ours {
    child: Child,
}

impl Ours {
    /// Starts `command` out of reach of the terminal's Ctrl-C: we end it ourselves, in order.
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        command.stdin(Stdio::null()).process_group(0);
        let child = command.spawn().with_context(|| format!("cannot start `{}`", shown(command)))?;
        Ok(Self { child })
    }

    /// Its standard output, when that is a pipe; once.
    pub(super) fn take_output(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Whether it has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Ours {
    fn drop(&mut self) {
        if self.has_ended() {
            return;
        }
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let asked = Instant::now();
        while !self.has_ended() && asked.elapsed() < GRACE {
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
