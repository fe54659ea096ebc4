//! What an operator may set: defaults, then the file, then the environment and the flags.

use anyhow::{Context, ensure};
use clap::Args;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::live::LiveConfig;
use crate::store::Database;
use crate::wallet::{RechargeConfig, RechargeFlags};

/// Below, requests outweigh the media; above, low latency has no meaning.
const PART_MS: RangeInclusive<u64> = 50..=2_000;
/// Above, `EXT-X-TARGETDURATION` would pass a minute.
const SEGMENT_MS: RangeInclusive<u64> = 500..=30_000;
/// Memory holds the window, 5 GB of it at an hour.
const WINDOW_SECONDS: RangeInclusive<u64> = 1..=3_600;
const PUBLISHERS: RangeInclusive<u64> = 1..=65_536;
/// Twice 6 Mbit/s, since removed segments stay fetchable for as long again.
const BYTES_A_SECOND: usize = 1_500_000;

/// What an operator may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where HTTP is served.
    pub listen: SocketAddr,
    /// Where publishers come in.
    pub rtmp: SocketAddr,
    /// Folder of the database, recordings and uploads.
    pub data: PathBuf,
    /// The database, where it is not the file in that folder.
    pub database: Option<Database>,
    /// Host and port that publish URLs name, where it is not `rtmp`.
    pub publish_host: Option<String>,
    /// Every user may make rooms, and becomes a host by it.
    pub open_hosts: bool,
    /// The session's cookie is sent over TLS only.
    pub secure_cookies: bool,
    /// Proxies that are believed whom they speak for, by `X-Forwarded-For`.
    pub trusted_proxies: Vec<IpAddr>,
    /// How long an order holds stock, seconds.
    pub hold_seconds: u32,
    /// How long a publisher may stay away before the show ends, seconds.
    pub grace_seconds: u64,
    /// Nominal duration of a part, milliseconds.
    pub part_ms: u64,
    /// Shortest segment, milliseconds; the longest is twice as long.
    pub segment_ms: u64,
    /// How far back a viewer can seek, seconds.
    pub window_seconds: u64,
    /// Shows are recorded.
    pub record: bool,
    /// Recordings are kept for so many days; without, for ever.
    pub keep_recordings_days: Option<u32>,
    /// Connections to the RTMP port at one time.
    pub max_publishers: u64,
    /// Those of them that may come from one address.
    pub max_publishers_per_address: u64,
    /// Webhooks may go to addresses that are not of the open internet.
    pub webhooks_allow_private: bool,
    /// Who takes the money for coins.
    pub recharges: RechargeConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            rtmp: SocketAddr::from((Ipv4Addr::LOCALHOST, 1935)),
            data: PathBuf::from("livestall-data"),
            database: None,
            publish_host: None,
            open_hosts: false,
            secure_cookies: false,
            trusted_proxies: Vec::new(),
            hold_seconds: 600,
            grace_seconds: 30,
            part_ms: 200,
            segment_ms: 2_000,
            window_seconds: 40,
            record: true,
            keep_recordings_days: None,
            max_publishers: 64,
            max_publishers_per_address: 16,
            webhooks_allow_private: false,
            recharges: RechargeConfig::default(),
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
    database_url: Option<String>,
    publish_host: Option<String>,
    open_hosts: Option<bool>,
    secure_cookies: Option<bool>,
    trusted_proxies: Option<Vec<IpAddr>>,
    hold_seconds: Option<u32>,
    grace_seconds: Option<u64>,
    part_ms: Option<u64>,
    segment_ms: Option<u64>,
    window_seconds: Option<u64>,
    record: Option<bool>,
    keep_recordings_days: Option<u32>,
    max_publishers: Option<u64>,
    max_publishers_per_address: Option<u64>,
    webhooks_allow_private: Option<bool>,
    recharges: Option<RechargeConfig>,
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
    /// The database: sqlite:PATH, or postgres://USER:PASSWORD@HOST/NAME of version 13 or newer
    /// [default: livestall.db in the folder of --data]
    #[arg(long, env = "LIVESTALL_DATABASE_URL", hide_env_values = true, value_name = "URL", global = true)]
    pub database_url: Option<String>,
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
    /// Proxies that are believed whom they speak for, by X-Forwarded-For [default: none]
    #[arg(
        long,
        env = "LIVESTALL_TRUSTED_PROXIES",
        value_name = "ADDRESS,…",
        global = true,
        value_delimiter = ','
    )]
    pub trusted_proxies: Option<Vec<IpAddr>>,
    /// How long an order holds stock, seconds [default: 600]
    #[arg(long, env = "LIVESTALL_HOLD_SECONDS", value_name = "SECONDS", global = true)]
    pub hold_seconds: Option<u32>,
    /// How long a publisher may stay away before the show ends, seconds [default: 30]
    #[arg(long, env = "LIVESTALL_GRACE_SECONDS", value_name = "SECONDS", global = true)]
    pub grace_seconds: Option<u64>,
    /// Duration of a part, milliseconds, 50 to 2000: shorter is sooner, and more requests [default: 200]
    #[arg(long, env = "LIVESTALL_PART_MS", value_name = "MS", global = true)]
    pub part_ms: Option<u64>,
    /// Shortest segment, milliseconds, 500 to 30000; it ends with the next key frame, or at twice this [default: 2000]
    #[arg(long, env = "LIVESTALL_SEGMENT_MS", value_name = "MS", global = true)]
    pub segment_ms: Option<u64>,
    /// How far back a viewer can seek, seconds, up to 3600; at least six segments [default: 40]
    #[arg(long, env = "LIVESTALL_WINDOW_SECONDS", value_name = "SECONDS", global = true)]
    pub window_seconds: Option<u64>,
    /// Record shows, to be replayed when they are over [default: true]
    #[arg(long, env = "LIVESTALL_RECORD", value_name = "BOOL", global = true,
        num_args = 0..=1, default_missing_value = "true")]
    pub record: Option<bool>,
    /// How long recordings are kept, days, at least 1 [default: for ever]
    #[arg(long, env = "LIVESTALL_KEEP_RECORDINGS_DAYS", value_name = "DAYS", global = true)]
    pub keep_recordings_days: Option<u32>,
    /// Connections to the RTMP port at one time [default: 64]
    #[arg(long, env = "LIVESTALL_MAX_PUBLISHERS", value_name = "COUNT", global = true)]
    pub max_publishers: Option<u64>,
    /// Those of them that may come from one address: as many as --max-publishers behind a proxy [default: 16]
    #[arg(long, env = "LIVESTALL_MAX_PUBLISHERS_PER_ADDRESS", value_name = "COUNT", global = true)]
    pub max_publishers_per_address: Option<u64>,
    /// Let webhooks go to addresses inside, such as 127.0.0.1, and over http: for tests, and shops that trust each of
    /// their hosts [default: false]
    #[arg(long, env = "LIVESTALL_WEBHOOKS_ALLOW_PRIVATE", value_name = "BOOL", global = true,
        num_args = 0..=1, default_missing_value = "true")]
    pub webhooks_allow_private: Option<bool>,
    /// Who takes the money for coins.
    #[command(flatten)]
    pub recharges: RechargeFlags,
}

impl Config {
    /// Flags over environment over file over defaults.
    ///
    /// # Errors
    /// When the file cannot be read, or says what nobody understands, or a number is out of its bounds.
    pub fn load(flags: Flags) -> anyhow::Result<Self> {
        let file = flags.config.as_deref().map(read).transpose()?.unwrap_or_default();
        let default = Self::default();
        let config = Self {
            listen: flags.listen.or(file.listen).unwrap_or(default.listen),
            rtmp: flags.rtmp.or(file.rtmp).unwrap_or(default.rtmp),
            data: flags.data.or(file.data).unwrap_or(default.data),
            database: flags.database_url.or(file.database_url).map(|url| url.parse()).transpose()?,
            publish_host: flags.publish_host.or(file.publish_host),
            open_hosts: flags.open_hosts.or(file.open_hosts).unwrap_or(default.open_hosts),
            secure_cookies: flags.secure_cookies.or(file.secure_cookies).unwrap_or(default.secure_cookies),
            trusted_proxies: flags
                .trusted_proxies
                .or(file.trusted_proxies)
                .unwrap_or(default.trusted_proxies),
            hold_seconds: flags.hold_seconds.or(file.hold_seconds).unwrap_or(default.hold_seconds),
            grace_seconds: flags.grace_seconds.or(file.grace_seconds).unwrap_or(default.grace_seconds),
            part_ms: flags.part_ms.or(file.part_ms).unwrap_or(default.part_ms),
            segment_ms: flags.segment_ms.or(file.segment_ms).unwrap_or(default.segment_ms),
            window_seconds: flags.window_seconds.or(file.window_seconds).unwrap_or(default.window_seconds),
            record: flags.record.or(file.record).unwrap_or(default.record),
            keep_recordings_days: flags.keep_recordings_days.or(file.keep_recordings_days),
            max_publishers: flags.max_publishers.or(file.max_publishers).unwrap_or(default.max_publishers),
            max_publishers_per_address: flags
                .max_publishers_per_address
                .or(file.max_publishers_per_address)
                .unwrap_or(default.max_publishers_per_address),
            webhooks_allow_private: flags
                .webhooks_allow_private
                .or(file.webhooks_allow_private)
                .unwrap_or(default.webhooks_allow_private),
            recharges: RechargeConfig::load(flags.recharges, file.recharges.unwrap_or_default())?,
        };
        within("part_ms", config.part_ms, PART_MS)?;
        within("segment_ms", config.segment_ms, SEGMENT_MS)?;
        within("window_seconds", config.window_seconds, WINDOW_SECONDS)?;
        ensure!(config.keep_recordings_days != Some(0), "keep_recordings_days is 0, expected at least 1");
        within("max_publishers", config.max_publishers, PUBLISHERS)?;
        within("max_publishers_per_address", config.max_publishers_per_address, PUBLISHERS)?;
        let (part, segment) = (config.part_ms, config.segment_ms);
        ensure!(part <= segment, "part_ms is {part}, expected at most segment_ms, {segment}");
        Ok(config)
    }

    /// Makes the data folder if there is none, for nobody's eyes but the server's: it holds stream keys and orders. One
    /// that is there keeps the mode that its owner gave it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn make_data_folder(&self) -> anyhow::Result<()> {
        let mut folder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        let made = folder.recursive(true).create(&self.data);
        made.with_context(|| format!("cannot make the data folder {}", self.data.display()))
    }

    /// Where the shop's data is.
    pub fn database(&self) -> Database {
        self.database.clone().unwrap_or_else(|| Database::Sqlite(self.data.join("livestall.db")))
    }

    /// Where shows are recorded; none when they are not.
    pub fn recordings(&self) -> Option<PathBuf> {
        self.record.then(|| self.data.join("recordings"))
    }

    /// What of it concerns live streams.
    pub fn live(&self) -> LiveConfig {
        let default = LiveConfig::default();
        let bytes = usize::try_from(self.window_seconds).unwrap_or(usize::MAX).saturating_mul(BYTES_A_SECOND);
        LiveConfig {
            part: Duration::from_millis(self.part_ms),
            segment: Duration::from_millis(self.segment_ms),
            // Whole seconds, and room for a key frame that comes late.
            target_duration: Duration::from_secs((2 * self.segment_ms).div_ceil(1_000)),
            window: Duration::from_secs(self.window_seconds),
            grace: Duration::from_secs(self.grace_seconds),
            max_publishers: usize::try_from(self.max_publishers).unwrap_or(default.max_publishers),
            max_publishers_per_address: usize::try_from(self.max_publishers_per_address)
                .unwrap_or(default.max_publishers_per_address),
            max_stream_bytes: bytes.max(default.max_stream_bytes),
            ..default
        }
    }
}

fn within(name: &str, found: u64, bounds: RangeInclusive<u64>) -> anyhow::Result<()> {
    let (least, most) = (bounds.start(), bounds.end());
    ensure!(bounds.contains(&found), "{name} is {found}, expected {least} to {most}");
    Ok(())
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
    fn parts_segments_and_window_are_the_operators() {
        assert_eq!(Config::default().live(), LiveConfig::default());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("livestall.toml");
        std::fs::write(&file, "part_ms = 100\nsegment_ms = 1200\nwindow_seconds = 20\n").unwrap();
        let live = Config::load(Flags { config: Some(file), ..Flags::default() }).unwrap().live();
        assert_eq!(live.part, Duration::from_millis(100));
        assert_eq!(live.segment, Duration::from_millis(1_200));
        assert_eq!(live.target_duration, Duration::from_secs(3));
        assert_eq!(live.window, Duration::from_secs(20));
    }

    #[test]
    fn a_number_out_of_its_bounds_is_refused() {
        let error = Config::load(Flags { part_ms: Some(5), ..Flags::default() }).unwrap_err();
        assert_eq!(error.to_string(), "part_ms is 5, expected 50 to 2000");
        let error = Config::load(Flags { part_ms: Some(900), segment_ms: Some(600), ..Flags::default() })
            .unwrap_err();
        assert_eq!(error.to_string(), "part_ms is 900, expected at most segment_ms, 600");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_into_the_data_folder() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let config = Config { data: folder.path().join("a/b"), ..Config::default() };
        config.make_data_folder().unwrap();
        config.make_data_folder().unwrap();
        assert_eq!(std::fs::metadata(&config.data).unwrap().permissions().mode() & 0o777, 0o700);
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
