//! A PostgreSQL server of a test's or a benchmark's own: made in a folder, reached by a socket in it, gone with it.

use crate::run::{output, quietly, which};
use anyhow::{Context, Result, bail};
use std::{
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant, SystemTime},
};

/// On a busy machine.
const START: Duration = Duration::from_secs(60);

/// Whether a commit waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// As in a shop.
    Full,
    /// For tests, which do not cut the power.
    None,
}

/// A running server. Dropping it ends it and removes its data.
#[derive(Debug)]
pub(crate) struct Postgres {
    folder: PathBuf,
    server: Child,
}

/// Who the server runs as.
#[derive(Debug, Clone, Copy)]
struct Account {
    user: u32,
    group: u32,
}

impl Postgres {
    /// Starts one with nothing in it.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs = programs().context("PostgreSQL's initdb is not there")?;
        let folder = folder()?;
        let account = account()?;
        if let Some(Account { user, group }) = account {
            chown(&folder, Some(user), Some(group)).context("cannot give PostgreSQL its folder")?;
        }
        let command = |program: &str| {
            let mut command = Command::new(programs.join(program));
            command.current_dir("/");
            if let Some(Account { user, group }) = account {
                command.uid(user).gid(group);
            }
            command
        };
        let data = folder.join("data");
        let mut init = command("initdb");
        init.args([
            "--username=livestall",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        quietly(init.arg("--pgdata").arg(&data))?;
        let mut server = command("postgres");
        server.arg("-D").arg(&data).arg("-k").arg(&folder).args(["-c", "listen_addresses="]);
        server.args(["-c", "max_connections=400"]);
        if durability == Durability::None {
            server.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        }
        let log = std::fs::File::create(folder.join("log")).context("cannot make PostgreSQL's log")?;
        server.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let server = Self { server: server.spawn().context("cannot start PostgreSQL")?, folder };
        let asked = Instant::now();
        while output(command("pg_isready").arg("--host").arg(&server.folder)).is_none() {
            if asked.elapsed() > START {
                let log = std::fs::read_to_string(server.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL does not answer; its log says:\n{log}");
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    /// The address of its database.
    pub(crate) fn address(&self) -> String {
        format!("postgres:///postgres?user=livestall&host={}", self.folder.display())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGQUIT: at once, its data goes anyway.
        let told = Command::new("kill").args(["-QUIT", &self.server.id().to_string()]).status();
        if !told.is_ok_and(|status| status.success()) {
            _ = self.server.kill();
        }
        _ = self.server.wait();
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} is left: {error}", self.folder.display());
        }
    }
}

/// Whether this machine has one.
pub(crate) fn is_there() -> bool {
    programs().is_some()
}

/// The folder of PostgreSQL's own programs: Debian keeps those of each version in one of its own, off PATH.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| {
            let version = version.ok()?;
            let number = version.file_name().to_str()?.parse().ok()?;
            Some((number, version.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, folder)| folder).or_else(|| which("initdb")?.parent().map(Path::to_owned))
}

/// On a disk, as a shop's is: a folder for what may go with a reboot can be in memory.
fn folder() -> Result<PathBuf> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let name = format!("livestall-postgres-{}-{}", std::process::id(), now.subsec_nanos());
    let folder = Path::new("/var/tmp").join(name);
    std::fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// The account that Debian's package made, for root: PostgreSQL refuses to be run by root.
fn account() -> Result<Option<Account>> {
    let id = |arguments: &[&str]| {
        let told = output(Command::new("id").args(arguments));
        told.and_then(|id| id.trim().parse::<u32>().ok())
    };
    if id(&["-u"]) != Some(0) {
        return Ok(None);
    }
    let found = (id(&["-u", "postgres"]), id(&["-g", "postgres"]));
    let (Some(user), Some(group)) = found else { bail!("there is no user `postgres` to run PostgreSQL as") };
    Ok(Some(Account { user, group }))
}
