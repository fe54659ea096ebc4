use crate::{
    money,
    show::Show,
    text::{Lang, Text},
};
use leptos::prelude::*;
use protocol::{Money, Order, OrderLine, Quote};

/// What something comes to, as the server says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    subtotal: Money,
    discount: Money,
    shipping: Option<Money>,
    shipping_discount: Option<Money>,
    total: Money,
}

impl From<&Quote> for Sums {
    fn from(quote: &Quote) -> Self {
        let Quote { subtotal, discount, shipping, shipping_discount, total, .. } = *quote;
        Self { subtotal, discount, shipping, shipping_discount, total }
    }
}

impl From<&Order> for Sums {
    fn from(order: &Order) -> Self {
        let Order { subtotal, discount, shipping, shipping_discount, total, .. } = *order;
        Self { subtotal, discount, shipping, shipping_discount, total }
    }
}

/// A label and a value.
pub(super) fn row(class: &'static str, label: String, value: String) -> AnyView {
    view! { <div class=class><dt>{label}</dt><dd>{value}</dd></div> }.into_any()
}

/// What comes before the total: the lines, else their sum; what coupons take off; the way there. Reactive.
pub(super) fn parts(show: Show, lines: &[OrderLine], sums: Sums) -> Vec<AnyView> {
    let lang = show.lang.get();
    let mut rows: Vec<AnyView> = lines
        .iter()
        .map(|line| row("", line_words(line, lang), money::format(line_total(line), lang)))
        .collect();
    if lines.is_empty() {
        rows.push(row("", lang.of(Text::Subtotal).to_owned(), money::format(sums.subtotal, lang)));
    }
    let off = |text, off: Money| {
        let off = format!("−{}", money::format(off, lang));
        row("off", lang.of(text).to_owned(), off)
    };
    if sums.discount.amount > 0 {
        rows.push(off(Text::Discount, sums.discount));
    }
    if let Some(fee) = sums.shipping {
        let fee =
            if fee.amount > 0 { money::format(fee, lang) } else { lang.of(Text::FreeShipping).to_owned() };
        rows.push(row("fee", lang.of(Text::Shipping).to_owned(), fee));
    }
    if let Some(taken) = sums.shipping_discount {
        rows.push(off(Text::ShippingDiscount, taken));
    }
    rows
}

/// What is to pay. Reactive.
pub(super) fn total(show: Show, sums: Sums) -> AnyView {
    let lang = show.lang.get();
    row("sum", lang.of(Text::Total).to_owned(), money::format(sums.total, lang))
}

/// All that an order is of and comes to. Reactive.
pub(super) fn of_order(show: Show, order: &Order) -> Vec<AnyView> {
    let sums = order.into();
    let mut rows = parts(show, &order.lines, sums);
    rows.push(total(show, sums));
    rows
}

/// What a line is of: "Shirt · Red, L ×2".
pub(super) fn line_words(line: &OrderLine, lang: Lang) -> String {
    let mut words = line.title.clone();
    if !line.options.is_empty() {
        words = format!("{words} · {}", line.options);
    }
    words = format!("{words} ×{}", line.quantity);
    if line.refunded > 0 {
        let back = lang.of(Text::ItemsBack).replace("{}", &line.refunded.to_string());
        words = format!("{words} ({back})");
    }
    words
}

/// What a line comes to; the server has checked that it fits.
fn line_total(line: &OrderLine) -> Money {
    Money::new(line.unit_price.amount.saturating_mul(line.quantity.into()), line.unit_price.currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Currency;

    #[test]
    fn a_line_says_which_variant_how_many_and_how_many_came_back() {
        let line = OrderLine {
            product: 1,
            variant: Some(2),
            options: "Red, L".to_owned(),
            sku: String::new(),
            title: "Shirt".to_owned(),
            unit_price: Money::new(900, Currency::CNY),
            quantity: 2,
            discount: None,
            refunded: 1,
        };
        assert_eq!(line_words(&line, Lang::En), "Shirt · Red, L ×2 (1 paid back)");
        let plain = OrderLine { options: String::new(), refunded: 0, ..line };
        assert_eq!(line_words(&plain, Lang::Zh), "Shirt ×2");
        assert_eq!(line_total(&plain), Money::new(1_800, Currency::CNY));
    }
}
