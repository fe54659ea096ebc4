use super::{Api, ApiError, IdempotencyKey};
use gloo::net::http::Method;
use protocol::{
    CoinPackages, NewRecharge, NewRedPacket, PacketShare, Recharge, RedPacket, SpendLimits, Spending, Wallet,
};

impl Api {
    /// What is in the user's wallet, and its newest movements, at most `limit` of them.
    pub async fn wallet(&self, limit: u32) -> Result<Wallet, ApiError> {
        self.get(&format!("/wallet?limit={limit}")).await
    }

    /// Coins on offer, and how to pay for them.
    pub async fn coin_packages(&self) -> Result<CoinPackages, ApiError> {
        self.get("/wallet/packages").await
    }

    /// Opens a payment for coins. The same `key` again gives the same one.
    pub async fn recharge(&self, new: &NewRecharge, key: &IdempotencyKey) -> Result<Recharge, ApiError> {
        self.post("/wallet/recharges", new, key).await
    }

    /// Where a payment for coins stands.
    pub async fn known_recharge(&self, recharge: &str) -> Result<Recharge, ApiError> {
        self.get(&format!("/wallet/recharges/{recharge}")).await
    }

    /// Sends a red packet in a room. The same `key` again gives the same one.
    pub async fn send_packet(
        &self,
        room: &str,
        new: &NewRedPacket,
        key: &IdempotencyKey,
    ) -> Result<RedPacket, ApiError> {
        self.post(&format!("/rooms/{room}/packets"), new, key).await
    }

    /// Takes a share of a red packet: the one that the user has, or the next.
    pub async fn grab(&self, room: &str, packet: i64) -> Result<PacketShare, ApiError> {
        self.post_empty(&format!("/rooms/{room}/packets/{packet}/shares")).await
    }

    /// What the user gave away in 24 hours, and the limits.
    pub async fn spending(&self) -> Result<Spending, ApiError> {
        self.get("/wallet/limits").await
    }

    /// Sets the limits.
    pub async fn set_limits(&self, limits: &SpendLimits) -> Result<Spending, ApiError> {
        self.write(Method::PUT, "/wallet/limits", limits, &IdempotencyKey::random()).await
    }

    /// Says that the user has read the reminder and goes on.
    pub async fn confirm_spending(&self) -> Result<Spending, ApiError> {
        self.post_empty("/wallet/limits/confirmations").await
    }
}
