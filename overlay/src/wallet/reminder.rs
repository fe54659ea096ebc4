use crate::{
    money,
    show::{Sheet, show},
    text::Text,
    ui::SheetFrame,
};
use leptos::prelude::*;

/// A word before the viewer gives more: how much it was, and the choice to go on or not.
#[component]
pub(crate) fn Reminder() -> impl IntoView {
    let show = show();
    let spent = RwSignal::new(None::<i64>);
    show.spawn(async move {
        if let Ok(found) = show.api().spending().await {
            spent.set(Some(found.spent));
        }
    });
    let text = move || {
        let lang = show.lang.get();
        spent.get().map(|spent| lang.of(Text::SpentToday).replace("{}", &money::exact(spent, lang)))
    };
    let go_on = move |_| {
        show.spawn(async move {
            match show.api().confirm_spending().await {
                Ok(_) => show.sheet.set(Some(Sheet::Gifts)),
                Err(error) => show.complain(&error),
            }
        });
    };
    view! {
        <SheetFrame title=Signal::derive(move || show.say_in(Text::ReminderTitle).to_owned())>
            <div class="done">
                <strong class="paid">{text}</strong>
                <p>{move || show.say_in(Text::ReminderText)}</p>
            </div>
            <button type="button" class="button wide" on:click=move |_| show.sheet.set(None)>
                {move || show.say_in(Text::EnoughGiven)}
            </button>
            <button type="button" class="link" data-go-on on:click=go_on>
                {move || show.say_in(Text::GoOnGiving)}
            </button>
        </SheetFrame>
    }
}
