use super::money::parse_money;
use super::read::Row;
use protocol::{LivePrice, Money, ServerTime, VariantOption};

/// A row that makes sense: a product, or a variant of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where it is in the file.
    pub line: usize,
    /// The shop's own number for it.
    pub id: String,
    /// The shop's own number for the product that it is a variant of.
    pub group: Option<String>,
    /// Title.
    pub title: String,
    /// Description, where it says one.
    pub description: Option<String>,
    /// Picture, where it says one.
    pub image: Option<String>,
    /// Price now.
    pub price: Money,
    /// Price before.
    pub before: Option<Money>,
    /// A price for a while.
    pub live: Option<LivePrice>,
    /// What a variant differs in.
    pub options: Vec<VariantOption>,
    /// Items to be sold, where it says so.
    pub quantity: Option<i64>,
}

/// Google Merchant's attributes in which variants differ.
const OPTIONS: [&str; 3] = ["color", "size", "material"];

/// What a row says.
///
/// # Errors
/// What is wrong with it, for whoever made the file.
pub fn item(row: &Row) -> Result<Item, String> {
    let cell = |name: &str| row.cells.get(name).map(String::as_str);
    let needed = |name: &str| cell(name).ok_or_else(|| format!("{name} is missing"));
    let money = |name: &str| {
        let read = cell(name).map(|text| parse_money(text).map_err(|error| format!("{name}: {error}")));
        read.transpose()
    };
    let usual = money("price")?.ok_or("price is missing")?;
    let sale = money("sale_price")?;
    let (mut price, mut before, mut live) = (usual, None, None);
    match (sale, cell("sale_price_effective_date")) {
        (Some(sale), Some(dates)) => live = Some(during(sale, dates)?),
        (Some(sale), None) => (price, before) = (sale, Some(usual)),
        (None, _) => {}
    }
    if let Some(price) = money("live_price")? {
        live = Some(during(price, needed("live_price_effective_date")?)?);
    }
    let quantity = match (cell("quantity"), cell("availability")) {
        (Some(text), _) => {
            let wrong = || format!("quantity: {text:?}; expected a whole number");
            Some(text.parse().map_err(|_| wrong())?)
        }
        (None, Some("out_of_stock" | "out of stock")) => Some(0),
        (None, _) => None,
    };
    let group = cell("item_group_id").map(str::to_owned);
    let options = options(row);
    if group.is_some() == options.is_empty() {
        let what =
            "expected item_group_id and what the variant differs in (color, size or material), or neither";
        return Err(what.to_owned());
    }
    Ok(Item {
        line: row.line,
        id: needed("id")?.to_owned(),
        group,
        title: needed("title")?.to_owned(),
        description: cell("description").map(str::to_owned),
        image: cell("image_link").map(str::to_owned),
        price,
        before,
        live,
        options,
        quantity,
    })
}

/// Ours by name and value, else Google Merchant's attributes.
fn options(row: &Row) -> Vec<VariantOption> {
    let cell = |name: &str| row.cells.get(name).cloned();
    let option = |name, value| Some(VariantOption { name: name?, value: value? });
    let ours: Vec<VariantOption> = (1..=3)
        .filter_map(|number| {
            option(cell(&format!("option{number}_name")), cell(&format!("option{number}_value")))
        })
        .collect();
    if !ours.is_empty() || !row.cells.contains_key("item_group_id") {
        return ours;
    }
    OPTIONS.into_iter().filter_map(|name| option(Some(name.to_owned()), cell(name))).collect()
}

/// A price from one time to another: `2026-11-01T00:00+0800/2026-11-11T23:59+0800`, ISO 8601 as Google Merchant has it.
fn during(price: Money, dates: &str) -> Result<LivePrice, String> {
    let wrong =
        || format!("{dates:?}; expected two times such as 2026-11-01T00:00+0800, with a slash between");
    let (from, until) = dates.split_once('/').ok_or_else(wrong)?;
    let (from, until) = (time(from).ok_or_else(wrong)?, time(until).ok_or_else(wrong)?);
    Ok(LivePrice { price, from, until })
}

/// RFC 3339, also without seconds, and with an offset without its colon.
fn time(text: &str) -> Option<ServerTime> {
    let text = text.trim();
    let (stamp, offset) = match text.strip_suffix(['Z', 'z']) {
        Some(stamp) => (stamp, "Z".to_owned()),
        None => {
            let (stamp, offset) = text.split_at_checked(text.rfind(['+', '-']).filter(|at| *at > 10)?)?;
            let colon = offset.len() == 5;
            (
                stamp,
                if colon { format!("{}:{}", offset.get(..3)?, offset.get(3..)?) } else { offset.to_owned() },
            )
        }
    };
    let seconds = if stamp.matches(':').count() == 1 { ":00" } else { "" };
    format!("{stamp}{seconds}{offset}").parse().ok()
}
