//! Whom an invoice is for, if the shopper wants one.

use crate::{show::Show, text::Text};
use leptos::prelude::*;
use protocol::Invoice;

/// Characters of whom it is for; the server takes no more.
const TITLE: usize = 200;
/// Characters of a tax number.
const TAX_NUMBER: usize = 32;

/// Whether an invoice is wanted that says for whom, or none is.
pub(super) fn is_ready(invoice: Option<&Invoice>) -> bool {
    invoice.is_none_or(|invoice| !invoice.title.trim().is_empty())
}

/// A box to tick, and then who and under which number.
#[component]
pub(super) fn InvoiceForm(show: Show, invoice: RwSignal<Option<Invoice>>) -> impl IntoView {
    let wanted = Memo::new(move |_| invoice.with(Option::is_some));
    let want = move |on: bool| {
        invoice.set(on.then(|| Invoice { title: String::new(), tax_number: String::new() }));
    };
    let write = move |place: fn(&mut Invoice) -> &mut String, text: String| {
        invoice.update(|invoice| {
            if let Some(invoice) = invoice {
                *place(invoice) = text;
            }
        });
    };
    let field = move |label: Text, name, most: usize, place: fn(&mut Invoice) -> &mut String| {
        view! {
            <label>
                <span>{move || show.say_in(label)}</span>
                <input
                    type="text"
                    name=name
                    autocomplete=if name == "title" { "organization" } else { "off" }
                    maxlength=most.to_string()
                    required=name == "title"
                    on:input:target=move |event| write(place, event.target().value())
                />
            </label>
        }
    };
    let form = move || {
        wanted.get().then(|| {
            view! {
                <div class="form parts">
                    {field(Text::InvoiceFor, "title", TITLE, |invoice| &mut invoice.title)}
                    {field(Text::TaxNumber, "tax_number", TAX_NUMBER, |invoice| &mut invoice.tax_number)}
                </div>
            }
        })
    };
    view! {
        <div class="invoice">
            <label class="tick-box">
                <input
                    type="checkbox"
                    name="invoice"
                    prop:checked=wanted
                    on:change:target=move |event| want(event.target().checked())
                />
                <span>{move || show.say_in(Text::WantInvoice)}</span>
            </label>
            {form}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invoice_is_for_somebody() {
        let invoice = |title: &str| Invoice { title: title.to_owned(), tax_number: String::new() };
        assert!(is_ready(None));
        assert!(is_ready(Some(&invoice("Tea Ltd."))));
        assert!(!is_ready(Some(&invoice(" "))));
    }
}
