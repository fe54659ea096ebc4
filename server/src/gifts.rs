//! The gifts' catalogue: what can be sent, at what price, and the files that are played. What becomes of a gift that is
//! sent is `room`'s business; who pays for it is a [`Wallet`]'s.

pub mod api;
mod asset;
mod check;
pub mod import;
mod wallet;

use protocol::{Gift, GiftCatalogue};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

use crate::clock::now;
use crate::error::ApiResult;
use crate::state::App;
use crate::store::{self, Db, Store, StoreError};

pub(crate) use asset::serve;
pub use wallet::{Charge, ChargeFuture, Wallet};

/// How often it is looked whether another process (`livestall admin gifts import`) has changed the catalogue.
const LOOK: Duration = Duration::from_secs(2);

/// The catalogue in force, and what goes with it. Cheap to clone.
#[derive(Clone)]
pub struct Gifts {
    current: Arc<watch::Sender<Arc<GiftCatalogue>>>,
    folder: Arc<Path>,
    wallet: Arc<dyn Wallet>,
}

impl Gifts {
    /// The catalogue that the store has; assets lie under the data folder.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open(store: &Store, data: &Path, wallet: Arc<dyn Wallet>) -> Result<Self, StoreError> {
        let catalogue = store::gifts::catalogue(&mut *store.read().await?).await?;
        let current = Arc::new(watch::Sender::new(Arc::new(catalogue)));
        Ok(Self { current, folder: data.join("gifts").into(), wallet })
    }

    /// The catalogue as of the last look.
    pub fn current(&self) -> Arc<GiftCatalogue> {
        self.current.borrow().clone()
    }

    /// Hears of every change from now on.
    pub fn watch(&self) -> watch::Receiver<Arc<GiftCatalogue>> {
        self.current.subscribe()
    }

    /// The catalogue as of this read or write.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn fresh(&self, db: &mut Db) -> Result<Arc<GiftCatalogue>, StoreError> {
        if store::gifts::version(db).await? != self.current.borrow().version {
            self.set(store::gifts::catalogue(db).await?);
        }
        Ok(self.current())
    }

    /// Who is asked to pay.
    pub fn wallet(&self) -> &dyn Wallet {
        &*self.wallet
    }

    fn set(&self, catalogue: GiftCatalogue) {
        self.current.send_if_modified(|known| {
            let newer = known.version < catalogue.version;
            if newer {
                *known = Arc::new(catalogue);
            }
            newer
        });
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Puts these gifts in force, if they are fit to be and not in force already. Inside a write; whoever commits it tells by
/// [`tell`].
///
/// # Errors
/// 422 for gifts that are not fit to be.
pub async fn publish(app: &App, db: &mut Db, gifts: Vec<Gift>) -> ApiResult<GiftCatalogue> {
    check::check(&app.gifts, &gifts)?;
    let known = store::gifts::catalogue(db).await?;
    if known.version > 0 && known.gifts == gifts {
        return Ok(known);
    }
    Ok(store::gifts::publish(db, gifts, now()).await?)
}

/// Tells open sockets of a change that is on the disk.
pub async fn tell(app: &App) -> Result<(), StoreError> {
    app.gifts.fresh(&mut *app.store.read().await?).await.map(drop)
}

/// Sees changes that other processes make, for as long as the server runs.
pub async fn follow(app: App) {
    let mut looks = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            () = app.shutdown.cancelled() => return,
            _ = looks.tick() => {}
        }
        if let Err(error) = tell(&app).await {
            tracing::error!(%error, "The gifts' catalogue could not be looked at");
        }
    }
}
