use super::choice::Choice;
use crate::{
    money,
    product::{Chip, Offer, chips, value},
    text::Text,
};
use leptos::prelude::*;

/// The options of what is bought, a row of chips each; nothing where it comes in one kind only.
#[component]
pub(super) fn Options(choice: Choice) -> impl IntoView {
    let names = Memo::new(move |_| {
        let names = |variant: protocol::Variant| variant.options.into_iter().map(|option| option.name);
        choice.chosen().map(|variant| names(variant).collect::<Vec<_>>()).unwrap_or_default()
    });
    let rows = move || names.get().into_iter().enumerate();
    view! {
        <For each=rows key=Clone::clone children=move |(index, name)| {
            let last = index + 1 == names.with_untracked(Vec::len);
            view! { <Row choice=choice index=index name=name priced=last /> }.into_any()
        } />
    }
}

#[component]
fn Row(
    choice: Choice,
    index: usize,
    name: String,
    /// Whether its chips say what the variants cost.
    priced: bool,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        let chosen = choice.chosen();
        choice.product.with(|product| match product.as_ref().zip(chosen) {
            Some((product, chosen)) => chips(&product.variants, &chosen, index),
            None => Vec::new(),
        })
    });
    let values = move || all.get().into_iter().map(|chip| chip.value);
    view! {
        <fieldset class="choice" data-option=index>
            <legend>{name}</legend>
            <div class="chips">
                <For each=values key=Clone::clone children=move |value| {
                    view! { <One choice=choice index=index value=value all=all priced=priced /> }.into_any()
                } />
            </div>
        </fieldset>
    }
}

/// One value; drawn once, so that it keeps the focus.
#[component]
fn One(choice: Choice, index: usize, value: String, all: Memo<Vec<Chip>>, priced: bool) -> impl IntoView {
    let show = choice.show;
    let (sought, picked) = (value.clone(), value.clone());
    let chip = Memo::new(move |_| all.with(|all| all.iter().find(|chip| chip.value == sought).cloned()));
    let sold_out = move || chip.with(|chip| chip.as_ref().is_none_or(|chip| chip.sold_out));
    let checked =
        move || choice.chosen().is_some_and(|chosen| self::value(&chosen, index) == Some(picked.as_str()));
    let note = move || {
        if sold_out() {
            return Some(show.say_in(Text::SoldOut).to_owned());
        }
        let id = chip.get()?.variant;
        choice.product.with(|product| {
            let product = product.as_ref()?;
            let price = |variant| Offer::of(product, Some(variant), show.now.get()).price;
            let mine = price(product.variants.iter().find(|variant| variant.id == id)?);
            let differ = priced && product.variants.iter().any(|variant| price(variant) != mine);
            differ.then(|| money::format(mine, show.lang.get()))
        })
    };
    view! {
        <label class="chip" class:out=sold_out>
            <input
                type="radio"
                name=format!("option-{index}")
                value=value.clone()
                prop:checked=checked
                disabled=sold_out
                on:change=move |_| if let Some(chip) = chip.get_untracked() { choice.variant.set(Some(chip.variant)) }
            />
            {value}
            {move || note().map(|note| view! { <small>{note}</small> })}
        </label>
    }
}
