//! Browser shell of the player: performs what `playback`'s engine asks for, and tells it what happened. Takes no decision.
//!
//! It lives in a worker where the browser has MediaSource there, else on the page, and speaks the same messages over its
//! port in both homes; it never touches the `<video>` itself.

mod append_queue;
#[cfg(feature = "bench")]
mod bench;
mod driver;
mod fetch;
mod inbox;
mod outbox;
mod scope;
mod source;

pub use fetch::Requests;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::MessagePort;

/// Small, and bounded in time: the default one weighs 2 kB more in brotli.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static HEAP: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Runs a player on a port and a way to the network, until the page says `stop`, which is the last thing that it hears.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value, reason = "the port is given away by the page")]
pub fn start(port: MessagePort, requests: Requests) {
    driver::run(&port, requests);
}
