//! Tools that cargo installs, each version into a folder of its own.

use super::{progress, tool_home};
use crate::run::{cargo, output, which};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf, process::Command};

/// Newest that Trunk.toml was written for.
const TRUNK: &str = "0.21.14";

struct Tool {
    /// The crate.
    name: &'static str,
    version: String,
    /// The program that tells whether it is there.
    program: &'static str,
    /// Whether to build with the crate's own lock file.
    locked: bool,
}

/// Gets trunk and wasm-bindgen; answers the folders to put on `PATH` for those that are not on it already.
pub(crate) fn get() -> Result<Vec<PathBuf>> {
    let wasm_bindgen = Tool {
        name: "wasm-bindgen-cli",
        // The generated JavaScript and the crate must be of one version.
        version: locked_version("wasm-bindgen")?,
        program: "wasm-bindgen",
        // Its published lock file names crates that have since been yanked.
        locked: false,
    };
    let trunk = Tool { name: "trunk", version: TRUNK.to_owned(), program: "trunk", locked: true };
    let folders: Result<Vec<_>> = [wasm_bindgen, trunk].iter().map(Tool::get).collect();
    Ok(folders?.into_iter().flatten().collect())
}

impl Tool {
    /// None when a fitting one is on `PATH`.
    fn get(&self) -> Result<Option<PathBuf>> {
        if which(self.program).is_some_and(|at| self.fits(&at)) {
            return Ok(None);
        }
        let home = tool_home(self.name, &self.version)?;
        let folder = home.join("bin");
        if !self.fits(&folder.join(self.program)) {
            eprintln!("missing: {} {} (built by cargo, once)", self.name, self.version);
            progress::run(self.name, cargo().args(self.install_arguments()).arg("--root").arg(&home))?;
        }
        Ok(Some(folder))
    }

    fn install_arguments(&self) -> Vec<&str> {
        let mut arguments = vec!["install", self.name, "--version", &self.version];
        arguments.extend(self.locked.then_some("--locked"));
        arguments
    }

    fn fits(&self, program: &PathBuf) -> bool {
        let said = output(Command::new(program).arg("--version")).unwrap_or_default();
        said.split_whitespace().any(|word| word == self.version)
    }
}

/// The version of `name` that Cargo.lock holds.
fn locked_version(name: &str) -> Result<String> {
    let lock = fs::read_to_string("Cargo.lock").context("cannot read Cargo.lock")?;
    version_in(&lock, name).with_context(|| format!("Cargo.lock names no {name}"))
}

fn version_in(lock: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted);
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn the_tool_has_the_version_of_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
