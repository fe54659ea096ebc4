//! What an operator may set: defaults, then the file, then the environment and the flags.

use anyhow::Context;
use clap::Args;
use serde::Deserialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// What an operator may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where HTTP is served.
    pub listen: SocketAddr,
    /// Where publishers come in.
    pub rtmp: SocketAddr,
    /// Folder of the database, recordings and uploads.
    pub data: PathBuf,
    /// Host and port that publish URLs name, where it is not `rtmp`.
    pub publish_host: Option<String>,
    /// Every user may make rooms, and becomes a host by it.
    pub open_hosts: bool,
    /// The session's cookie is sent over TLS only.
    pub secure_cookies: bool,
    /// How long an order holds stock, seconds.
    pub hold_seconds: u32,
    /// How long a publisher may stay away before the show ends, seconds.
    pub grace_seconds: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            rtmp: SocketAddr::from((Ipv4Addr::LOCALHOST, 1935)),
            data: PathBuf::from("livestall-data"),
            publish_host: None,
            open_hosts: false,
            secure_cookies: false,
            hold_seconds: 600,
            grace_seconds: 30,
        }
    }
}

/// The same settings in the file; what is absent stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    rtmp: Option<SocketAddr>,
    data: Option<PathBuf>,
    publish_host: Option<String>,
    open_hosts: Option<bool>,
    secure_cookies: Option<bool>,
    hold_seconds: Option<u32>,
    grace_seconds: Option<u64>,
}

/// The same settings as flags and in the environment.
#[derive(Debug, Clone, Default, Args)]
pub struct Flags {
    /// A TOML file with the same settings
    #[arg(long, env = "LIVESTALL_CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Where HTTP is served [default: 127.0.0.1:8080]
    #[arg(long, env = "LIVESTALL_LISTEN", value_name = "ADDRESS", global = true)]
    pub listen: Option<SocketAddr>,
    /// Where publishers come in [default: 127.0.0.1:1935]
    #[arg(long, env = "LIVESTALL_RTMP", value_name = "ADDRESS", global = true)]
    pub rtmp: Option<SocketAddr>,
    /// Folder of the database, recordings and uploads [default: livestall-data]
    #[arg(long, env = "LIVESTALL_DATA", value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// Host and port that publish URLs name [default: that of --rtmp]
    #[arg(long, env = "LIVESTALL_PUBLISH_HOST", value_name = "HOST:PORT", global = true)]
    pub publish_host: Option<String>,
    /// Every user may make rooms, and becomes a host by it [default: false]
    #[arg(long, env = "LIVESTALL_OPEN_HOSTS", value_name = "BOOL", global = true,
        num_args = 0..=1, default_missing_value = "true")]
    pub open_hosts: Option<bool>,
    /// Send the session's cookie over TLS only [default: false]
    #[arg(long, env = "LIVESTALL_SECURE_COOKIES", value_name = "BOOL", global = true,
        num_args = 0..=1, default_missing_value = "true")]
    pub secure_cookies: Option<bool>,
    /// How long an order holds stock, seconds [default: 600]
    #[arg(long, env = "LIVESTALL_HOLD_SECONDS", value_name = "SECONDS", global = true)]
    pub hold_seconds: Option<u32>,
    /// How long a publisher may stay away before the show ends, seconds [default: 30]
    #[arg(long, env = "LIVESTALL_GRACE_SECONDS", value_name = "SECONDS", global = true)]
    pub grace_seconds: Option<u64>,
}

impl Config {
    /// Flags over environment over file over defaults.
    ///
    /// # Errors
    /// When the file cannot be read, or says what nobody understands.
    pub fn load(flags: Flags) -> anyhow::Result<Self> {
        let file = flags.config.as_deref().map(read).transpose()?.unwrap_or_default();
        let default = Self::default();
        Ok(Self {
            listen: flags.listen.or(file.listen).unwrap_or(default.listen),
            rtmp: flags.rtmp.or(file.rtmp).unwrap_or(default.rtmp),
            data: flags.data.or(file.data).unwrap_or(default.data),
            publish_host: flags.publish_host.or(file.publish_host),
            open_hosts: flags.open_hosts.or(file.open_hosts).unwrap_or(default.open_hosts),
            secure_cookies: flags.secure_cookies.or(file.secure_cookies).unwrap_or(default.secure_cookies),
            hold_seconds: flags.hold_seconds.or(file.hold_seconds).unwrap_or(default.hold_seconds),
            grace_seconds: flags.grace_seconds.or(file.grace_seconds).unwrap_or(default.grace_seconds),
        })
    }
}

fn read(path: &Path) -> anyhow::Result<File> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is not a configuration", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_go_before_the_file_and_the_file_before_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("livestall.toml");
        std::fs::write(&file, "listen = \"0.0.0.0:80\"\nhold_seconds = 60\n").unwrap();
        let flags = Flags { config: Some(file), hold_seconds: Some(30), ..Flags::default() };
        let config = Config::load(flags).unwrap();
        assert_eq!(config.listen, SocketAddr::from(([0, 0, 0, 0], 80)));
        assert_eq!(config.hold_seconds, 30);
        assert_eq!(config.grace_seconds, 30);
    }

    #[test]
    fn a_misspelt_setting_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("livestall.toml");
        std::fs::write(&file, "hold_second = 60\n").unwrap();
        let error = Config::load(Flags { config: Some(file), ..Flags::default() }).unwrap_err();
        assert!(format!("{error:#}").contains("hold_second"), "{error:#}");
    }
}
