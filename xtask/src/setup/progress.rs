//! Runs a long command and keeps saying how far it is: one line every few seconds with the command's own last line.

use crate::run::shown;
use anyhow::{Context, Result, bail};
use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Long enough to read, short enough to see that it lives.
const EVERY: Duration = Duration::from_secs(10);
/// Lines of a failed command's output that are shown.
const TAIL: usize = 40;

type Lines = Arc<Mutex<VecDeque<String>>>;

/// Runs `command` quietly; prints `name`, the seconds and its last line now and then, and all that matters when it fails.
pub(crate) fn run(name: &str, command: &mut Command) -> Result<()> {
    let started = Instant::now();
    eprintln!("  {name}: {}", shown(command));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    let lines = Lines::default();
    let readers = [
        child.stdout.take().map(|out| collect(out, &lines)),
        child.stderr.take().map(|err| collect(err, &lines)),
    ];
    let mut said = started;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if said.elapsed() >= EVERY {
            said = Instant::now();
            eprintln!("  {name}: {} s: {}", started.elapsed().as_secs(), last(&lines));
        }
        thread::sleep(Duration::from_millis(50));
    };
    for reader in readers.into_iter().flatten() {
        let _ = reader.join();
    }
    if !status.success() {
        for line in lines.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            eprintln!("  {name}| {line}");
        }
        bail!("{name}: `{}` ended with {status}; its last lines are above", shown(command));
    }
    eprintln!("  {name}: done in {} s", started.elapsed().as_secs());
    Ok(())
}

fn collect(stream: impl Read + Send + 'static, lines: &Lines) -> thread::JoinHandle<()> {
    let lines = Arc::clone(lines);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
            if lines.len() == TAIL {
                lines.pop_front();
            }
            lines.push_back(line);
        }
    })
}

fn last(lines: &Lines) -> String {
    let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
    lines.back().map(|line| line.trim().chars().take(90).collect()).unwrap_or_default()
}
