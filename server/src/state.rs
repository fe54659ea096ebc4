//! What every handler can reach.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

use crate::auth::{Limiter, Passwords};
use crate::config::Config;
use crate::gifts::Gifts;
use crate::hooks::Sender;
use crate::live::Live;
use crate::once::Running;
use crate::orders::{Desk, PaymentProvider, Sandbox};
use crate::recordings::{Recordings, Replays};
use crate::room::{Hub, Keys};
use crate::store::Store;
use crate::wallet::leaderboard::Boards;
use crate::wallet::{Ledger, RechargeProvider};

/// The server's one state. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What an [`App`] holds.
pub struct Shared {
    /// What the operator set.
    pub config: Config,
    /// What outlives the process.
    pub store: Store,
    /// Streams.
    pub live: Live,
    /// Shows that are over; none where they are not recorded.
    pub replays: Option<Replays>,
    /// Rooms at work.
    pub rooms: Hub,
    /// What viewers send.
    pub gifts: Gifts,
    /// Orders that wait to be placed.
    pub desk: Desk,
    /// Who takes the money.
    pub payments: Arc<dyn PaymentProvider>,
    /// Who takes the money for coins.
    pub recharges: Arc<dyn RechargeProvider>,
    /// A way to merchants' own servers.
    pub hooks: Sender,
    /// Who gave most, as it was last added up.
    pub boards: Boards,
    /// Password hashing.
    pub passwords: Passwords,
    /// Wrong log-ins by name and address.
    pub log_ins: Limiter<(String, IpAddr)>,
    /// Wrong log-ins by address, whatever the name.
    pub log_ins_from: Limiter<IpAddr>,
    /// Registrations by address.
    pub registrations: Limiter<IpAddr>,
    /// Codes that are none, by user.
    pub codes: Limiter<i64>,
    /// Idempotency keys and payments in use.
    pub running: Running,
    /// Cancelled when the server stops.
    pub shutdown: CancellationToken,
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// Wrong log-ins a minute, for one name from one address.
const LOG_INS: u32 = 10;
/// Wrong log-ins a minute from one address: many people's slips behind one, not a list of names.
const LOG_INS_FROM: u32 = 100;
/// Registrations a minute from one address: a school or an office behind one, not a script.
const REGISTRATIONS: u32 = 300;
/// Codes a minute that one user may get wrong: slips, not guesses.
const CODES: u32 = 10;
const MINUTE_MS: i64 = 60_000;

impl App {
    /// Opens the data folder.
    ///
    /// # Errors
    /// When the database cannot be opened, or the payment provider is not set up.
    pub async fn open(config: Config) -> anyhow::Result<Self> {
        Self::with_payments(config, Arc::new(Sandbox)).await
    }

    /// The same, with another payment provider.
    ///
    /// # Errors
    /// When the database cannot be opened, or the payment provider is not set up.
    pub async fn with_payments(config: Config, payments: Arc<dyn PaymentProvider>) -> anyhow::Result<Self> {
        let recharges = config.recharges.provider()?;
        let store = Store::open(&config.database()).await?;
        let gifts = Gifts::open(&store, &config.data, Arc::new(Ledger)).await?;
        let recordings = config.recordings().map(|folder| Recordings::in_folder(&folder));
        let live = Live::recorded(config.live(), Arc::new(Keys(store.clone())), recordings.clone());
        Ok(Self(Arc::new(Shared {
            rooms: Hub::new(store.clone(), live.clone(), gifts.clone()),
            gifts,
            desk: Desk::default(),
            payments,
            recharges,
            hooks: Sender::new(config.webhooks_allow_private)?,
            boards: Boards::default(),
            passwords: Passwords::default(),
            log_ins: Limiter::new(LOG_INS, MINUTE_MS),
            log_ins_from: Limiter::new(LOG_INS_FROM, MINUTE_MS),
            registrations: Limiter::new(REGISTRATIONS, MINUTE_MS),
            codes: Limiter::new(CODES, MINUTE_MS),
            running: Running::default(),
            shutdown: CancellationToken::new(),
            config,
            store,
            live,
            replays: recordings.map(Replays::of),
        })))
    }

    /// Host and port that encoders publish to. A server that listens on every address (`0.0.0.0`) does not know which of
    /// them reaches it; `asked` is the host by which somebody did, else it is this machine.
    pub fn publish_host(&self, asked: Option<&str>) -> String {
        let rtmp = self.config.rtmp;
        match (&self.config.publish_host, asked) {
            (Some(host), _) => host.clone(),
            (None, Some(asked)) if rtmp.ip().is_unspecified() => format!("{asked}:{}", rtmp.port()),
            (None, None) if rtmp.ip().is_unspecified() => format!("127.0.0.1:{}", rtmp.port()),
            (None, _) => rtmp.to_string(),
        }
    }
}
