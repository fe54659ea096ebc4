//! Our own pages: shop front, the frame of the shopper's page, log-in, orders, studio, shop, console.
//!
//! Holds no rule of the shop's and plays nothing: requests go up through [`overlay::api`], state comes down; the
//! picture and all shopping on it are inside `<live-stall>`, which the embed loader defines.

#![allow(unreachable_pub, reason = "leptos' component macro writes `pub` builders")]

mod app;
mod attempt;
mod clipboard;
mod door;
mod load;
mod merchant;
mod pages;
mod poll;
mod route;
mod router;
mod session;
mod stall;
mod studio;
mod task;
mod terms;
mod ui;
mod words;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
