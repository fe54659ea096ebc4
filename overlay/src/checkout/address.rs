//! Where an order is sent to. Remembered on this device, so that nobody types it twice.

use crate::{
    show::Show,
    storage,
    text::{Lang, Text},
};
use leptos::prelude::*;
use protocol::Address;

/// Where it is kept: one place for all shows that this page's origin embeds.
const PLACE: &str = "livestall:address";
/// Characters of a street; the server takes no more.
const STREET: usize = 200;
/// Characters of any other part.
const PART: usize = 64;

/// An address as it is typed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Destination {
    pub(super) address: RwSignal<Address>,
    /// Whether its form is open: as long as something is missing, and when the shopper wants to change it.
    open: RwSignal<bool>,
}

impl Destination {
    /// The address that was used last.
    pub(super) fn new(show: Show) -> Self {
        let address = kept().unwrap_or_else(|| unknown(show.lang.get_untracked()));
        let open = RwSignal::new(!is_complete(&address));
        Self { address: RwSignal::new(address), open }
    }

    /// Whether all is there that has to be; opens the form if not.
    pub(super) fn is_ready(self) -> bool {
        let ready = self.address.with_untracked(is_complete);
        if !ready {
            self.open.set(true);
        }
        ready
    }

    /// Keeps what was typed for the next order. The form may be gone by then, so that it is told what was.
    pub(super) fn keep(self, address: &Address) {
        if let Ok(json) = serde_json::to_string(address) {
            storage::set(PLACE, &json);
        }
        self.open.set(false);
    }
}

fn kept() -> Option<Address> {
    serde_json::from_str(&storage::get(PLACE)?).ok()
}

/// Forgets it: whoever logs in next on this device is somebody else.
pub(crate) fn forget() {
    storage::remove(PLACE);
}

fn unknown(lang: Lang) -> Address {
    let country = if lang == Lang::Zh { "CN" } else { "" }.to_owned();
    let [name, phone, region, city, street, postcode] = [const { String::new() }; 6];
    Address { name, phone, country, region, city, street, postcode }
}

/// Whether what the server insists on is there.
fn is_complete(address: &Address) -> bool {
    let country = address.country.trim();
    let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_country && [&address.name, &address.phone, &address.street].iter().all(|part| !part.trim().is_empty())
}

/// An address on one line, in the order of its country.
pub(super) fn one_line(address: &Address) -> String {
    let Address { name, phone, country, region, city, street, postcode } = address;
    let place = match country.as_str() {
        "CN" => [region, city, street, postcode, country],
        _ => [street, city, region, postcode, country],
    };
    let there = |part: &&&String| !part.trim().is_empty();
    let words =
        |parts: &[&String]| parts.iter().filter(there).map(|part| part.trim()).collect::<Vec<_>>().join(" ");
    format!("{} · {}", words(&[name, phone]), words(&place))
}

/// One part of an address: its label, its name and the browser's word for it, where it stands, and whether it must be there.
type Part = (Text, &'static str, &'static str, fn(&mut Address) -> &mut String, bool);

const PARTS: [Part; 7] = [
    (Text::Recipient, "name", "name", |address| &mut address.name, true),
    (Text::Phone, "phone", "tel", |address| &mut address.phone, true),
    (Text::Country, "country", "country", |address| &mut address.country, true),
    (Text::Region, "region", "address-level1", |address| &mut address.region, false),
    (Text::City, "city", "address-level2", |address| &mut address.city, false),
    (Text::Street, "street", "address-line1", |address| &mut address.street, true),
    (Text::Postcode, "postcode", "postal-code", |address| &mut address.postcode, false),
];

/// The address: its form, or one line and a way to change it.
#[component]
pub(super) fn AddressForm(show: Show, destination: Destination) -> impl IntoView {
    let Destination { address, open } = destination;
    let line = move || address.with(one_line);
    let parts =
        move || PARTS.map(|part| view! { <Field show=show address=address part=part /> }).collect_view();
    let body = move || {
        if open.get() {
            return view! { <div class="form parts">{parts()}</div> }.into_any();
        }
        view! {
            <p class="to">
                <span class="grow">{line}</span>
                <button type="button" class="link" on:click=move |_| open.set(true)>
                    {move || show.say_in(Text::ChangeAddress)}
                </button>
            </p>
        }
        .into_any()
    };
    view! {
        <fieldset class="choice address">
            <legend>{move || show.say_in(Text::SendTo)}</legend>
            {body}
        </fieldset>
    }
}

#[component]
fn Field(show: Show, address: RwSignal<Address>, part: Part) -> impl IntoView {
    let (label, name, autocomplete, place, needed) = part;
    let value = address.with_untracked(|address| place(&mut address.clone()).clone());
    let most = match name {
        "country" => 2,
        "street" => STREET,
        _ => PART,
    };
    view! {
        <label class=name>
            <span>{move || show.say_in(label)}</span>
            <input
                type=if name == "phone" { "tel" } else { "text" }
                name=name
                autocomplete=format!("shipping {autocomplete}")
                maxlength=most.to_string()
                required=needed
                value=value
                on:input:target=move |event| address.update(|address| *place(address) = event.target().value())
            />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Address {
        Address {
            name: "Li Na".to_owned(),
            phone: "138 0000 0000".to_owned(),
            street: "West Lake Road 1".to_owned(),
            city: "Hangzhou".to_owned(),
            ..unknown(Lang::Zh)
        }
    }

    #[test]
    fn an_address_is_complete_with_a_name_a_phone_a_street_and_a_country_s_code() {
        assert!(is_complete(&typed()));
        let cases: [fn(&mut Address); 5] = [
            |address| address.name = " ".to_owned(),
            |address| address.phone.clear(),
            |address| address.street.clear(),
            |address| address.country = "China".to_owned(),
            |address| address.country = "1A".to_owned(),
        ];
        for (number, spoil) in cases.iter().enumerate() {
            let mut address = typed();
            spoil(&mut address);
            assert!(!is_complete(&address), "{number}");
        }
        assert!(!is_complete(&unknown(Lang::En)));
    }

    #[test]
    fn an_address_reads_in_the_order_of_its_country() {
        assert_eq!(one_line(&typed()), "Li Na 138 0000 0000 · Hangzhou West Lake Road 1 CN");
        let abroad = Address { country: "DE".to_owned(), ..typed() };
        assert_eq!(one_line(&abroad), "Li Na 138 0000 0000 · West Lake Road 1 Hangzhou DE");
    }
}
