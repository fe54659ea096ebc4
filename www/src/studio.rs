//! The host's studio: one room's picture, cards, chat and orders, and what the host may do with them.
//!
//! Nothing is shown as done because it was clicked: the room's events say what happened.

mod chat;
mod command;
mod coupon_form;
mod coupons;
mod desk;
mod encoder;
mod entry;
mod monitor;
mod orders;
mod product_edit;
mod product_form;
mod products;
mod sales;
mod show;
mod zones;

use crate::door::Door;
use desk::Desk;
use leptos::prelude::*;

pub(crate) use entry::{CURRENCIES, MOST, amount, check_image, compare_at, count, is_filled, price};
pub(crate) use orders::look as order_look;
pub(crate) use product_edit::restock;
pub(crate) use product_form::CurrencyChoice;

/// The page of `room`'s studio.
#[component]
pub(crate) fn Studio(room: String) -> impl IntoView {
    let here = format!("/studio/{room}");
    view! { <Door room here inside=|owned| view! { <Desk owned/> }.into_any()/> }
}
