use axum::http::StatusCode;
use protocol::Gift;
use std::pin::Pin;

use crate::error::{ApiError, ApiResult};
use crate::store::Db;

/// A gift that is to be paid for.
#[derive(Debug)]
pub struct Charge<'a> {
    /// The room that it is sent in.
    pub room: &'a str,
    /// Who pays.
    pub user: i64,
    /// What for.
    pub gift: &'a Gift,
    /// How many.
    pub count: u32,
    /// What they cost together, coins.
    pub coins: u64,
    /// The sender's own id of the gift: the same charge under the same id is made once.
    pub client_id: &'a str,
}

/// What a charge came to.
pub type ChargeFuture<'a> = Pin<Box<dyn Future<Output = ApiResult<()>> + Send + 'a>>;

/// Who takes coins for gifts.
pub trait Wallet: Send + Sync {
    /// Takes the coins, in the same write as the gift's place in the log: both are on the disk, or neither. Whoever refuses
    /// has written nothing.
    fn charge<'a>(&'a self, db: &'a mut Db, charge: &'a Charge<'a>) -> ChargeFuture<'a>;
}

/// There are no coins yet: only free gifts can be sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoWallet;

impl Wallet for NoWallet {
    fn charge<'a>(&'a self, _: &'a mut Db, charge: &'a Charge<'a>) -> ChargeFuture<'a> {
        let detail = format!(
            "{} × gift {} costs {} coins, and this shop has no wallet yet; send a free gift",
            charge.count, charge.gift.id, charge.coins
        );
        let refused = ApiError::new(StatusCode::PAYMENT_REQUIRED, "wallet_missing", detail);
        Box::pin(std::future::ready(Err(refused)))
    }
}
