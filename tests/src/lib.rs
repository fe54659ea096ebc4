//! What the tests stand on: the real server, real publishers, real sockets and a real browser.
//!
//! Starts and drives programs. Asserts nothing: that is for the files in `tests/`.

pub mod api;
pub mod browser;
pub mod camera;
pub mod embed;
pub mod faults;
pub mod fixtures;
pub mod link;
pub mod merchant;
pub mod origin;
pub mod page;
pub mod part_show;
pub mod parts;
pub mod proxy;
pub mod publisher;
pub mod replay;
pub mod server;
pub mod show;
pub mod site;
pub mod socket;
pub mod vod;
pub mod wait;
