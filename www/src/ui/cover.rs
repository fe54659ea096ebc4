//! A room's picture in lists.

use leptos::prelude::*;
use overlay::api::Api;
use protocol::Room;

/// The room's cover, or, for a room that has none or whose address is not a picture's, its first character on a colour of its own.
#[component]
pub(crate) fn Cover(room: Room) -> impl IntoView {
    let Room { id, title, cover, .. } = room;
    let picture = expect_context::<Api>().picture(&cover);
    match picture {
        Some(address) => {
            view! { <img class="cover" src=address alt="" loading="lazy" decoding="async"/> }.into_any()
        }
        None => {
            let initial: String = title.chars().take(1).collect();
            // Set as a property: an attribute would be an inline style, which our pages' policy forbids.
            let hue = ("--hue", hue(&id).to_string());
            view! { <span class="cover cover-drawn" style=hue aria-hidden="true">{initial}</span> }.into_any()
        }
    }
}

/// A hue in degrees, the same for the same name.
fn hue(name: &str) -> u32 {
    name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 360
}
