use crate::{show::show, text::Text};
use leptos::prelude::*;
use protocol::{SpendLimits, Spending};

/// How much the viewer lets themselves give away; closed until somebody asks.
#[component]
pub(super) fn Limits() -> impl IntoView {
    let show = show();
    let spending = RwSignal::new(None::<Spending>);
    let fields = [RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new())];
    let take = move |found: Spending| {
        let SpendLimits { per_gift, per_day, remind_at } = found.limits;
        for (field, value) in fields.into_iter().zip([per_gift, per_day, remind_at]) {
            field.set(value.to_string());
        }
        spending.set(Some(found));
    };
    show.spawn(async move {
        match show.api().spending().await {
            Ok(found) => take(found),
            Err(error) => show.complain(&error),
        }
    });
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        // What is no number is out of range, and the server says so.
        let [per_gift, per_day, remind_at] =
            fields.map(|field| field.with_untracked(|text| text.trim().parse().unwrap_or(-1)));
        show.spawn(async move {
            match show.api().set_limits(&SpendLimits { per_gift, per_day, remind_at }).await {
                Ok(found) => {
                    take(found);
                    show.tell(show.lang.get_untracked().of(Text::Saved), false);
                }
                Err(error) => show.complain(&error),
            }
        });
    };
    let spent = move || {
        let spent = spending.with(|spending| spending.as_ref().map(|spending| spending.spent))?;
        let lang = show.lang.get();
        Some(lang.of(Text::SpentToday).replace("{}", &crate::money::exact(spent, lang)))
    };
    let labels = [Text::PerGift, Text::PerDay, Text::RemindAt];
    view! {
        <details class="fold">
            <summary>{move || show.say_in(Text::Limits)}</summary>
            <p class="fine">{spent}</p>
            <form class="form" on:submit=save>
                {fields.into_iter().zip(labels).map(|(field, label)| view! {
                    <label>
                        {move || show.say_in(label)}
                        <input
                            type="text"
                            inputmode="numeric"
                            autocomplete="off"
                            maxlength="9"
                            prop:value=field
                            on:input:target=move |event| field.set(event.target().value())
                        />
                    </label>
                }).collect_view()}
                <button type="submit" class="button wide">{move || show.say_in(Text::Save)}</button>
            </form>
        </details>
    }
}
