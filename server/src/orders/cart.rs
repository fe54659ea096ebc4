//! What a shopper sends: which lines and coupons it means, and its texts, cleaned and bounded.

use axum::http::StatusCode;
use protocol::{Address, Checkout, Invoice, LIMITS, NewLine};

use crate::error::{ApiError, ApiResult};

/// Characters in a name, a region and a city; a bank's form takes as many.
const NAME: usize = 64;
/// Characters in a street with its house and door.
const STREET: usize = 200;
/// Characters in a postcode, a phone number and a tax number, each.
const NUMBER: usize = 32;

fn refuse<T>(code: &'static str, detail: impl Into<String>) -> ApiResult<T> {
    Err(ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail))
}

/// The lines and the coupons of a checkout, in either of its forms.
pub(super) fn asked(checkout: &Checkout) -> ApiResult<(Vec<NewLine>, Vec<i64>)> {
    let lines = match (&checkout.lines[..], checkout.product, checkout.quantity) {
        ([], Some(product), Some(quantity)) => vec![NewLine { product, variant: None, quantity }],
        (lines @ [_, ..], None, None) => lines.to_vec(),
        _ => return refuse("bad_cart", "expected either lines, or one product and its quantity"),
    };
    let coupons = match (&checkout.coupons[..], checkout.coupon) {
        (_, None) => checkout.coupons.clone(),
        ([], Some(coupon)) => vec![coupon],
        _ => return refuse("bad_cart", "expected either coupons, or one coupon"),
    };
    bounded(&lines, &coupons)?;
    Ok((lines, coupons))
}

/// Whether there are few enough to look each of them up.
pub(super) fn bounded(lines: &[NewLine], coupons: &[i64]) -> ApiResult<()> {
    // One of each class, and some to be refused in words.
    const COUPONS: usize = 8;
    if lines.len() > LIMITS.order_lines || coupons.len() > COUPONS {
        let detail = format!("expected at most {} lines and {COUPONS} coupons", LIMITS.order_lines);
        return refuse("bad_cart", detail);
    }
    Ok(())
}

fn optional(what: &'static str, text: &str, most: usize) -> ApiResult<String> {
    match text.trim() {
        "" => Ok(String::new()),
        text => Ok(room::one_line(what, text, most)?),
    }
}

fn number(code: &'static str, what: &'static str, text: &str, also: &str) -> ApiResult<String> {
    let text = room::one_line(what, text, NUMBER)?;
    if text.chars().all(|c| c.is_ascii_alphanumeric() || also.contains(c)) {
        return Ok(text);
    }
    refuse(code, format!("{what}: expected digits, letters and any of {also:?}"))
}

/// An address, each part on one line.
pub(super) fn address(typed: &Address) -> ApiResult<Address> {
    let country = typed.country.trim().to_ascii_uppercase();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return refuse("bad_address", "country: expected an ISO 3166-1 code of two letters, such as CN");
    }
    Ok(Address {
        name: room::one_line("name", &typed.name, NAME)?,
        phone: number("bad_address", "phone", &typed.phone, "+-() ")?,
        country,
        region: optional("region", &typed.region, NAME)?,
        city: optional("city", &typed.city, NAME)?,
        street: room::one_line("street", &typed.street, STREET)?,
        postcode: optional("postcode", &typed.postcode, NUMBER)?,
    })
}

/// Whom an invoice is for.
pub(super) fn invoice(typed: &Invoice) -> ApiResult<Invoice> {
    let tax_number = match typed.tax_number.trim() {
        "" => String::new(),
        text => number("bad_invoice", "tax_number", text, "-. ")?,
    };
    Ok(Invoice { title: room::one_line("invoice title", &typed.title, STREET)?, tax_number })
}
