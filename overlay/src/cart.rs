//! What the shopper means to buy and has not ordered yet: kept on this device, a cart for each room. It holds nothing and
//! knows no price: that is the server's, when it comes to ordering.

use crate::{page::Page, show::Show, storage, text::Text};
use leptos::prelude::*;
use protocol::{LIMITS, NewLine};

/// Where the carts of all rooms are kept.
const PLACES: &str = "livestall:cart:";

/// Where the cart of the page's room is kept.
fn place(page: &Page) -> Option<String> {
    page.room.as_ref().map(|room| format!("{PLACES}{}/{room}", page.server))
}

/// The cart as it was left.
pub(crate) fn kept(page: &Page) -> Vec<NewLine> {
    let kept = place(page).and_then(|place| storage::get(&place));
    let lines: Vec<NewLine> = kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    // Whatever may stand there, it is bounded as what is put in is.
    let mut cart = Vec::new();
    for line in lines {
        add(&mut cart, line);
    }
    cart
}

/// Whether both are of one product and one variant.
fn same(one: &NewLine, other: &NewLine) -> bool {
    (one.product, one.variant) == (other.product, other.variant)
}

/// Adds a line; one of the same grows. Answers whether there was room for it.
fn add(cart: &mut Vec<NewLine>, new: NewLine) -> bool {
    let bounded = |quantity: u32| quantity.clamp(1, LIMITS.order_quantity);
    if let Some(line) = cart.iter_mut().find(|line| same(line, &new)) {
        line.quantity = bounded(line.quantity.saturating_add(new.quantity));
        return true;
    }
    let fits = cart.len() < LIMITS.order_lines;
    if fits {
        cart.push(NewLine { quantity: bounded(new.quantity), ..new });
    }
    fits
}

/// Takes out of the cart what was ordered of it; what was added since stays.
fn subtract(cart: &mut Vec<NewLine>, ordered: &[NewLine]) {
    for line in cart.iter_mut() {
        let of_it = ordered.iter().filter(|ordered| same(line, ordered)).map(|ordered| ordered.quantity);
        line.quantity = line.quantity.saturating_sub(of_it.sum());
    }
    cart.retain(|line| line.quantity > 0);
}

impl Show {
    /// Puts something into the cart.
    pub(crate) fn put_in_cart(self, new: NewLine) {
        let fits = self.change_cart(|cart| add(cart, new));
        let text = if fits { Text::AddedToCart } else { Text::CartFull };
        self.tell(self.lang.get_untracked().of(text), !fits);
    }

    /// Says how many of a line are wanted.
    pub(crate) fn resize_in_cart(self, wanted: NewLine) {
        self.change_cart(|cart| {
            if let Some(line) = cart.iter_mut().find(|line| same(line, &wanted)) {
                *line = wanted;
            }
        });
    }

    /// Takes a line out of the cart.
    pub(crate) fn take_from_cart(self, gone: &NewLine) {
        self.change_cart(|cart| cart.retain(|line| !same(line, gone)));
    }

    /// These were ordered.
    pub(crate) fn ordered_from_cart(self, ordered: &[NewLine]) {
        self.change_cart(|cart| subtract(cart, ordered));
    }

    /// Looks whether another page of this device has changed the cart.
    pub(crate) fn look_at_cart(self) {
        crate::show::update(self.cart, self.newest_cart());
    }

    /// Empties the carts of all rooms: whoever logs in next on this device is somebody else.
    pub(crate) fn forget_carts(self) {
        storage::remove_all(PLACES);
        crate::show::update(self.cart, Vec::new());
    }

    /// As it is kept, which another page may have changed; as it is here where nothing can be kept.
    fn newest_cart(self) -> Vec<NewLine> {
        if storage::is_there() { kept(&self.core().page) } else { self.cart.get_untracked() }
    }

    /// Changes it as it is kept, and keeps it.
    fn change_cart<T>(self, change: impl FnOnce(&mut Vec<NewLine>) -> T) -> T {
        let mut cart = self.newest_cart();
        let answer = change(&mut cart);
        if let Some(place) = place(&self.core().page) {
            match serde_json::to_string(&cart) {
                Ok(json) if !cart.is_empty() => storage::set(&place, &json),
                _ => storage::remove(&place),
            }
        }
        crate::show::update(self.cart, cart);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(product: i64, variant: Option<i64>, quantity: u32) -> NewLine {
        NewLine { product, variant, quantity }
    }

    #[test]
    fn what_is_put_in_twice_is_one_line_and_another_variant_is_another() {
        let mut cart = Vec::new();
        for new in [line(1, None, 1), line(2, Some(5), 2), line(1, None, 2), line(2, Some(6), 1)] {
            assert!(add(&mut cart, new));
        }
        assert_eq!(cart, [line(1, None, 3), line(2, Some(5), 2), line(2, Some(6), 1)]);
    }

    #[test]
    fn what_was_added_while_the_rest_was_ordered_stays() {
        let mut cart = vec![line(1, None, 3), line(2, Some(5), 1), line(2, Some(6), 1)];
        subtract(&mut cart, &[line(1, None, 1), line(2, Some(5), 2)]);
        assert_eq!(cart, [line(1, None, 2), line(2, Some(6), 1)]);
    }

    #[test]
    fn a_cart_holds_no_more_than_an_order_may() {
        let mut cart = Vec::new();
        assert!((0..20).all(|product| add(&mut cart, line(product, None, 0))));
        assert!(!add(&mut cart, line(20, None, 1)));
        assert!(add(&mut cart, line(3, None, u32::MAX)));
        assert_eq!((cart.len(), cart[3].quantity, cart[4].quantity), (20, LIMITS.order_quantity, 1));
    }
}
