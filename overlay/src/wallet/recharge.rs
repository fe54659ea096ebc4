use crate::{
    announce::ask,
    checkout::{Intent, METHODS},
    money,
    show::{Show, show},
    text::Text,
};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use protocol::{CoinPackage, CoinPackages, NewRecharge, RechargeStatus};
use serde::Serialize;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds between two questions after a payment.
const ASK_MS: u32 = 1_000;
/// How often to ask: a provider's word takes seconds, and what comes later is in the wallet when it is next opened.
const QUESTIONS: u32 = 30;

/// Detail of `stall:checkout` for coins: the page finishes the payment with the provider's own form.
#[derive(Serialize)]
struct RechargeDetail<'a> {
    action: &'a str,
    recharge: &'a protocol::Recharge,
}

/// What is picked, and how it goes.
#[derive(Clone, Copy)]
struct Purchase {
    show: Show,
    offer: RwSignal<Option<CoinPackages>>,
    package: RwSignal<Option<String>>,
    method: RwSignal<String>,
    busy: RwSignal<bool>,
    wrong: RwSignal<Option<String>>,
}

impl Purchase {
    fn picked(self) -> Option<CoinPackage> {
        let id = self.package.get()?;
        self.offer.with(|offer| offer.as_ref()?.packages.iter().find(|package| package.id == id).cloned())
    }

    /// Opens the payment and waits for the server's word on it.
    async fn pay(self, new: NewRecharge) {
        let show = self.show;
        let core = show.core();
        let intent = Intent::Recharge(new.clone());
        let opened = show.attempt(intent, async |key| show.api().recharge(&new, key).await).await;
        let mut recharge = match opened {
            Ok(recharge) => recharge,
            Err(error) => return self.wrong.set(Some(show.words(&error))),
        };
        if recharge.client_secret.is_some() {
            let detail = RechargeDetail { action: "recharge", recharge: &recharge };
            match ask(core.page.element.as_ref(), "checkout", &detail) {
                // How the form ended is not trusted: the provider's word to the server is.
                Some(answer) => _ = JsFuture::from(answer).await,
                None => show.tell(show.lang.get_untracked().of(Text::RechargeElsewhere), false),
            }
        }
        for _ in 0..QUESTIONS {
            if recharge.status != RechargeStatus::Pending {
                break;
            }
            TimeoutFuture::new(ASK_MS).await;
            // A question that got lost is asked again.
            if let Ok(known) = show.api().known_recharge(&recharge.id).await {
                recharge = known;
            }
        }
        let say = |text: Text| show.lang.get_untracked().of(text);
        match recharge.status {
            RechargeStatus::Paid => {
                let coins = money::exact(recharge.package.coins, show.lang.get_untracked());
                show.tell(&say(Text::Recharged).replace("{}", &coins), false);
            }
            RechargeStatus::Pending => show.tell(say(Text::RechargeSlow), false),
            RechargeStatus::Failed | RechargeStatus::Undone => {
                self.wrong.set(Some(say(Text::RechargeFailed).to_owned()));
            }
        }
    }
}

/// Packages of coins, and the way to pay. `paid` is called when a payment has come to something or to nothing.
#[component]
pub(super) fn Recharge(paid: impl Fn() + Copy + 'static) -> impl IntoView {
    let show = show();
    let purchase = Purchase {
        show,
        offer: RwSignal::new(None),
        package: RwSignal::new(None),
        method: RwSignal::new(METHODS[0].0.to_owned()),
        busy: RwSignal::new(false),
        wrong: RwSignal::new(None),
    };
    show.spawn(async move {
        match show.api().coin_packages().await {
            Ok(offer) => {
                if let Some(first) = offer.methods.first() {
                    purchase.method.set(first.clone());
                }
                purchase.package.set(offer.packages.first().map(|package| package.id.clone()));
                purchase.offer.set(Some(offer));
            }
            Err(error) => show.complain(&error),
        }
    });
    let pay = move |_| {
        let Some(package) = purchase.package.get_untracked().filter(|_| !purchase.busy.get_untracked())
        else {
            return;
        };
        purchase.busy.set(true);
        purchase.wrong.set(None);
        let new = NewRecharge { package, method: purchase.method.get_untracked() };
        show.spawn(async move {
            purchase.pay(new).await;
            purchase.busy.set(false);
            paid();
        });
    };
    let price = move || purchase.picked().map(|package| money::format(package.price, show.lang.get()));
    let label = move || show.say_in(if purchase.busy.get() { Text::Recharging } else { Text::Recharge });
    view! {
        <Packages purchase=purchase />
        <Methods purchase=purchase />
        <p class="wrong" role="alert">{purchase.wrong}</p>
        <button
            type="button"
            class="button wide"
            data-recharge
            aria-disabled=move || purchase.busy.get().to_string()
            on:click=pay
        >
            {label}
            " "
            {move || (!purchase.busy.get()).then(price)}
        </button>
        <p class="fine">{move || show.say_in(Text::CoinsForGifts)}</p>
    }
}

#[component]
fn Packages(purchase: Purchase) -> impl IntoView {
    let show = purchase.show;
    let packages =
        move || purchase.offer.with(|offer| offer.as_ref().map(|o| o.packages.clone()).unwrap_or_default());
    view! {
        <fieldset class="packages">
            <legend class="hidden">{move || show.say_in(Text::Recharge)}</legend>
            <For each=packages key=|package| package.id.clone() children=move |package| {
                let CoinPackage { id, coins, price } = package;
                let (value, picked) = (id.clone(), id.clone());
                view! {
                    <label class="package">
                        <input
                            type="radio"
                            name="package"
                            value=value
                            prop:checked=move || purchase.package.with(|package| package.as_ref() == Some(&picked))
                            on:change=move |_| purchase.package.set(Some(id.clone()))
                        />
                        <b>{move || show.coins_text(coins)}</b>
                        <small>{move || money::format(price, show.lang.get())}</small>
                    </label>
                }
            } />
        </fieldset>
    }
}

/// Ways to pay: the sandbox's two that a shopper would want to see, and any of another provider by its own name.
#[component]
fn Methods(purchase: Purchase) -> impl IntoView {
    let show = purchase.show;
    let methods = move || {
        let all = purchase.offer.with(|offer| offer.as_ref().map(|o| o.methods.clone()).unwrap_or_default());
        let words = |name: &str| METHODS.into_iter().find(|(known, ..)| *known == name);
        let sandbox = all.iter().any(|name| words(name).is_some());
        all.into_iter().filter(|name| !sandbox || words(name).is_some()).collect::<Vec<_>>()
    };
    view! {
        <fieldset class="picks">
            <legend>{move || show.say_in(Text::PayWith)}</legend>
            <For each=methods key=String::clone children=move |name| {
                let words = METHODS.into_iter().find(|(known, ..)| *known == name);
                let (value, picked, title) = (name.clone(), name.clone(), name.clone());
                view! {
                    <label class="pick">
                        <input
                            type="radio"
                            name="coins-method"
                            value=value
                            prop:checked=move || purchase.method.with(|method| *method == picked)
                            on:change=move |_| purchase.method.set(name.clone())
                        />
                        <span class="grow">
                            <b>{move || words.map_or(title.clone(), |(_, title, _)| show.say_in(title).to_owned())}</b>
                            <small>{move || words.map(|(_, _, hint)| show.say_in(hint))}</small>
                        </span>
                    </label>
                }
            } />
        </fieldset>
    }
}
