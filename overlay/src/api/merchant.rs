use super::{Api, ApiError, IdempotencyKey};
use gloo::net::http::Method;
use protocol::{
    CouponCounts, ImportReport, Income, NewRefund, NewShipment, NewWithdrawal, Order, OrderHistory,
    OrderStatus, Product, Refund, Sales, StockLevel, VariantChange, Withdrawal,
};

/// Which of a room's orders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderQuery {
    /// Those that stand there; all, without it.
    pub status: Option<OrderStatus>,
    /// Those that come after this order in the list; from the newest on, without it.
    pub after: Option<String>,
    /// How many at most.
    pub limit: usize,
}

impl OrderQuery {
    /// As it stands in an address.
    fn search(&self) -> String {
        let status = self.status.map(|status| format!("&status={}", status.as_str()));
        let after = self.after.as_ref().map(|after| format!("&after={after}"));
        format!("limit={}{}{}", self.limit, status.unwrap_or_default(), after.unwrap_or_default())
    }
}

/// A file of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductFile {
    /// `tsv`, `xml`, `csv` or `json`.
    pub format: &'static str,
    /// What is in it.
    pub text: String,
}

/// What a room's host does with what was sold.
impl Api {
    /// A page of the room's orders, newest first.
    pub async fn orders_of(&self, room: &str, query: &OrderQuery) -> Result<Vec<Order>, ApiError> {
        self.get(&format!("/rooms/{room}/orders?{}", query.search())).await
    }

    /// What happened to an order.
    pub async fn order_history(&self, order: &str) -> Result<OrderHistory, ApiError> {
        self.get(&format!("/orders/{order}/history")).await
    }

    /// Says that an order is on its way. The same `key` again says it once.
    pub async fn ship(
        &self,
        order: &str,
        parcel: &NewShipment,
        key: &IdempotencyKey,
    ) -> Result<Order, ApiError> {
        self.post(&format!("/orders/{order}/ship"), parcel, key).await
    }

    /// Says that an order has arrived.
    pub async fn deliver(&self, order: &str) -> Result<Order, ApiError> {
        self.post_empty(&format!("/orders/{order}/deliver")).await
    }

    /// Pays an order back, in part or whole. The same `key` again pays back once.
    pub async fn refund(
        &self,
        order: &str,
        refund: &NewRefund,
        key: &IdempotencyKey,
    ) -> Result<Refund, ApiError> {
        self.post(&format!("/orders/{order}/refunds"), refund, key).await
    }

    /// Where the items of the room's products are.
    pub async fn stock(&self, room: &str) -> Result<Vec<StockLevel>, ApiError> {
        self.get(&format!("/rooms/{room}/products/stock")).await
    }

    /// Changes a variant of a product on sale.
    pub async fn change_variant(
        &self,
        room: &str,
        (product, variant): (i64, i64),
        change: &VariantChange,
    ) -> Result<Product, ApiError> {
        let path = format!("/rooms/{room}/products/{product}/variants/{variant}");
        self.patch(&path, change, &IdempotencyKey::random()).await
    }

    /// What a file of products would change.
    pub async fn look_at_import(&self, room: &str, file: &ProductFile) -> Result<ImportReport, ApiError> {
        let path = format!("/rooms/{room}/products/import?format={}", file.format);
        self.write_text(Method::POST, &path, file.text.clone(), &IdempotencyKey::random()).await
    }

    /// Does what `plan` names, if it is still what the file would change. The same `key` again does it once.
    pub async fn apply_import(
        &self,
        room: &str,
        file: &ProductFile,
        plan: &str,
        key: &IdempotencyKey,
    ) -> Result<ImportReport, ApiError> {
        let path = format!("/rooms/{room}/products/import?format={}&apply={plan}", file.format);
        self.write_text(Method::POST, &path, file.text.clone(), key).await
    }

    /// What became of the room's coupons.
    pub async fn coupon_counts(&self, room: &str) -> Result<Vec<CouponCounts>, ApiError> {
        self.get(&format!("/rooms/{room}/coupons/counts")).await
    }

    /// What was sold in the room, or in one of its shows.
    pub async fn sales(&self, room: &str, show: Option<u64>) -> Result<Sales, ApiError> {
        let search = show.map(|show| format!("?show={show}")).unwrap_or_default();
        self.get(&format!("/rooms/{room}/sales{search}")).await
    }

    /// What the user earned as a host.
    pub async fn income(&self) -> Result<Income, ApiError> {
        self.get("/wallet/income").await
    }

    /// The user's withdrawals, newest first.
    pub async fn withdrawals(&self) -> Result<Vec<Withdrawal>, ApiError> {
        self.get("/wallet/withdrawals").await
    }

    /// Asks for income to be paid out. The same `key` again asks once.
    pub async fn withdraw(&self, new: &NewWithdrawal, key: &IdempotencyKey) -> Result<Withdrawal, ApiError> {
        self.post("/wallet/withdrawals", new, key).await
    }

    /// Takes a withdrawal back.
    pub async fn cancel_withdrawal(&self, withdrawal: i64) -> Result<Withdrawal, ApiError> {
        self.post_empty(&format!("/wallet/withdrawals/{withdrawal}/cancel")).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_orders_is_named_in_the_address() {
        let query = |status, after| OrderQuery { status, after, limit: 20 };
        assert_eq!(query(None, None).search(), "limit=20");
        let after = Some("abc".to_owned());
        assert_eq!(query(Some(OrderStatus::Paid), after).search(), "limit=20&status=paid&after=abc");
    }
}
