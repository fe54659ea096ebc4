use protocol::Gift;
use std::pin::Pin;

use crate::error::ApiResult;
use crate::store::{Db, StoreError};

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

/// What a charge came to; when the store failed, nothing of the write is to be kept.
pub type ChargeFuture<'a> = Pin<Box<dyn Future<Output = Result<ApiResult<()>, StoreError>> + Send + 'a>>;

/// Who takes coins for gifts.
pub trait Wallet: Send + Sync {
    /// Takes the coins, in the same write as the gift's place in the log: both are on the disk, or neither. Whoever refuses
    /// has written nothing.
    fn charge<'a>(&'a self, db: &'a mut Db, charge: &'a Charge<'a>) -> ChargeFuture<'a>;
}
