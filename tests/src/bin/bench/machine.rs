//! What the numbers were measured on.

use serde_json::{Value, json};
use std::{fs, process::Command, thread};

/// Processor, cores, browser and load, in words.
pub(crate) fn describe() -> Value {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    json!({
        "processor": model.map_or("unknown", |(_, name)| name),
        "cores": thread::available_parallelism().map_or(0, usize::from),
        "system": first_line(Command::new("uname").args(["-sr"])),
        "browser": first_line(Command::new("chromium").arg("--version")),
        "load before": load(),
    })
}

/// The load averages of 1, 5 and 15 minutes: past the number of cores, times are not to be trusted.
pub(crate) fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

fn first_line(command: &mut Command) -> String {
    let output = command.output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).lines().next().unwrap_or("unknown").trim().to_owned()
}
