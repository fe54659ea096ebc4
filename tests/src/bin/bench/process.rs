//! The memory of the browser's processes, as Linux counts it.

use anyhow::{Context, Result};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};
use tests::browser::Browser;

/// Private bytes of the browser's largest renderer, which is the one with the page.
pub(crate) fn renderer(browser: &Browser) -> Result<u64> {
    let root = browser.process().context("the driver told no process")?;
    let sizes = descendants(root).into_iter().filter(|process| is_renderer(*process)).filter_map(private);
    sizes.max().context("no renderer is running")
}

/// Every process beneath `root`.
fn descendants(root: u64) -> BTreeSet<u64> {
    let names = fs::read_dir("/proc").into_iter().flatten().flatten().map(|entry| entry.file_name());
    let processes = names.filter_map(|name| name.to_str()?.parse::<u64>().ok());
    let parents: BTreeMap<u64, u64> =
        processes.filter_map(|process| Some((process, parent(process)?))).collect();
    let mut found = BTreeSet::from([root]);
    loop {
        let more: Vec<u64> = parents
            .iter()
            .filter(|(process, parent)| found.contains(parent) && !found.contains(process))
            .map(|(process, _)| *process)
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// The fourth field of `stat`, counted behind the name, which may hold anything.
fn parent(process: u64) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}

fn is_renderer(process: u64) -> bool {
    let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&command).contains("--type=renderer")
}

fn private(process: u64) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let private = rollup.lines().filter(|line| line.starts_with("Private_"));
    Some(private.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum::<u64>() * 1_024)
}
