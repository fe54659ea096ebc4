use super::{Placed, status, step, sums::line_words};
use crate::{account::Account, money, show::show, text::Text, ui::SheetFrame};
use leptos::prelude::*;
use protocol::{Order, OrderStatus};

/// Orders shown: the newest; the orders page has all.
const MOST: usize = 30;

/// The viewer's own orders; one that waits for payment can be paid from here.
#[component]
pub(crate) fn Orders() -> impl IntoView {
    let show = show();
    let orders = RwSignal::new(None::<Vec<Order>>);
    let opened = RwSignal::new(None);
    show.spawn(async move {
        match show.api().my_orders().await {
            Ok(mine) => orders.set(Some(mine)),
            Err(error) => show.complain(&error),
        }
    });
    let list = move || match orders.get() {
        None => view! { <p class="hush">{show.say_in(Text::Loading)}</p> }.into_any(),
        Some(orders) if orders.is_empty() => {
            view! { <p class="hush">{show.say_in(Text::NoOrders)}</p> }.into_any()
        }
        Some(orders) => {
            let items =
                orders.into_iter().take(MOST).map(|order| view! { <Item order=order opened=opened /> });
            view! { <ul class="items">{items.collect_view()}</ul> }.into_any()
        }
    };
    let status = status(opened);
    let body = move || match status.get() {
        Some(status) => step(status, opened),
        None => view! {
            {list}
            <Account />
        }
        .into_any(),
    };
    view! { <SheetFrame title=Signal::derive(move || show.say_in(Text::MyOrders).to_owned())>{body}</SheetFrame> }
}

#[component]
fn Item(order: Order, opened: Placed) -> impl IntoView {
    let show = show();
    let (total, status) = (order.total, order.status);
    let lines = order.lines.clone();
    let titles = move || {
        let words = |line| line_words(line, show.lang.get());
        lines.iter().map(words).collect::<Vec<_>>().join(", ")
    };
    let order = StoredValue::new(order);
    let (look, todo) = match status {
        OrderStatus::Held => ("button buy", Text::Pay),
        _ => ("link", Text::Details),
    };
    view! {
        <li class="item order" data-status=format!("{status:?}").to_lowercase()>
            <div class="about">
                <h3>{titles}</h3>
                <div class="facts">
                    <span class="price"><strong>{move || money::format(total, show.lang.get())}</strong></span>
                    <span class="status">{move || show.say_in(status_text(status))}</span>
                </div>
            </div>
            <button type="button" class=look on:click=move |_| opened.set(order.try_get_value())>
                {move || show.say_in(todo)}
            </button>
        </li>
    }
}

pub(super) const fn status_text(status: OrderStatus) -> Text {
    match status {
        OrderStatus::Held => Text::OrderHeld,
        OrderStatus::Paid => Text::OrderPaid,
        OrderStatus::Shipped => Text::OrderShipped,
        OrderStatus::Delivered => Text::OrderDelivered,
        OrderStatus::Refunded => Text::OrderRefunded,
        OrderStatus::Cancelled => Text::OrderCancelled,
        OrderStatus::Expired => Text::OrderExpired,
    }
}
