use crate::{
    coupon::clock,
    show::show,
    text::Text,
    ui::{Icon, Shape},
};
use leptos::prelude::*;
use timeline::PacketCard;

/// The newest red packet that can be taken from: more would push the talk away.
#[component]
pub(crate) fn Packets() -> impl IntoView {
    let show = show();
    let id = Memo::new(move |_| {
        let now = show.now.get();
        let open = |card: &&PacketCard| card.over || card.packet.expires > now;
        show.packets.with(|cards| cards.iter().rev().find(open).map(|card| card.packet.id))
    });
    move || id.get().map(|id| view! { <Card id=id /> })
}

#[component]
fn Card(id: i64) -> impl IntoView {
    let show = show();
    let card =
        Memo::new(move |_| show.packets.with(|all| all.iter().find(|card| card.packet.id == id).cloned()));
    let busy = RwSignal::new(false);
    let over = move || card.with(|card| card.as_ref().is_none_or(|card| card.over));
    let grab = move |_| {
        if busy.get_untracked() || untrack(over) {
            return;
        }
        busy.set(true);
        show.grab(id, move || busy.set(false));
    };
    let title = move || {
        let name = card.with(|card| card.as_ref().map(|card| card.packet.user.name.clone()))?;
        Some(show.say_in(Text::PacketOf).replace("{}", &name))
    };
    let note = move || {
        let packet = card.get()?.packet;
        let (left, all) = (packet.shares_left.to_string(), packet.shares.to_string());
        let left = show.say_in(Text::PacketLeft).replace("{left}", &left).replace("{all}", &all);
        let time = clock(packet.expires, show.now.get()).filter(|_| !over());
        Some(time.map_or(left.clone(), |time| format!("{left} · {time}")))
    };
    view! {
        <article class="card packet" part="card packet-card" class:out=over data-packet=id>
            <span class="envelope"><Icon shape=Shape::Envelope /></span>
            <div class="about">
                <h3>{title}</h3>
                <p class="note">{note}</p>
            </div>
            <button type="button" class="button" aria-disabled=move || (busy.get() || over()).to_string() on:click=grab>
                {move || show.say_in(if over() { Text::Ended } else { Text::Grab })}
            </button>
        </article>
    }
}
