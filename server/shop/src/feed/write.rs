use super::Format;
use crate::csv::write_row;
use protocol::{LivePrice, Money, Product, VariantOption};

/// A cell's name and what it says.
type Cell = (&'static str, String);

const OPTION_NAMES: [(&str, &str); 3] =
    [("option1_name", "option1_value"), ("option2_name", "option2_value"), ("option3_name", "option3_value")];

const COLUMNS: [&str; 18] = [
    "id",
    "title",
    "description",
    "image_link",
    "price",
    "sale_price",
    "live_price",
    "live_price_effective_date",
    "availability",
    "quantity",
    "item_group_id",
    "condition",
    "option1_name",
    "option1_value",
    "option2_name",
    "option2_value",
    "option3_name",
    "option3_value",
];

/// Products as a file: a row for each, or for each of its variants. A product without a number of its own goes by ours.
pub fn write(format: Format, products: &[Product]) -> String {
    let rows: Vec<Vec<Cell>> = products.iter().flat_map(rows).collect();
    match format {
        Format::Tsv => table(&rows, '\t'),
        Format::Csv => table(&rows, ','),
        Format::Xml => xml(&rows),
        Format::Json => json(&rows),
    }
}

/// What a row costs and how many there are.
struct Offer<'a> {
    sku: String,
    price: Money,
    before: Option<Money>,
    live: Option<&'a LivePrice>,
    stock: i64,
    options: &'a [VariantOption],
}

fn rows(product: &Product) -> Vec<Vec<Cell>> {
    let named = |sku: &str, id: i64| if sku.is_empty() { id.to_string() } else { sku.to_owned() };
    let sku = named(&product.sku, product.id);
    if product.variants.is_empty() {
        let (price, before, live) = (product.price, product.compare_at, product.live.as_ref());
        return vec![cells(
            product,
            None,
            Offer { sku, price, before, live, stock: product.stock, options: &[] },
        )];
    }
    let offer = |variant: &'_ protocol::Variant| {
        let (price, before) = (variant.price, variant.compare_at);
        let (live, stock, options) = (variant.live.as_ref(), variant.stock, variant.options.as_slice());
        cells(
            product,
            Some(&sku),
            Offer { sku: named(&variant.sku, variant.id), price, before, live, stock, options },
        )
    };
    product.variants.iter().map(offer).collect()
}

/// What a row says; cells that say nothing are left out.
fn cells(product: &Product, group: Option<&String>, offer: Offer<'_>) -> Vec<Cell> {
    let money = |money: Money| format!("{} {}", money.decimal(), money.currency);
    let mut cells = vec![
        ("id", offer.sku),
        ("title", product.title.clone()),
        ("description", product.description.clone()),
        ("image_link", product.image.clone()),
        ("price", money(offer.before.unwrap_or(offer.price))),
        ("sale_price", offer.before.map(|_| money(offer.price)).unwrap_or_default()),
        ("live_price", offer.live.map(|live| money(live.price)).unwrap_or_default()),
        (
            "live_price_effective_date",
            offer.live.map(|live| format!("{}/{}", live.from, live.until)).unwrap_or_default(),
        ),
        ("availability", if offer.stock > 0 { "in_stock" } else { "out_of_stock" }.to_owned()),
        ("quantity", offer.stock.to_string()),
        ("item_group_id", group.cloned().unwrap_or_default()),
        ("condition", "new".to_owned()),
    ];
    for (option, (name, value)) in offer.options.iter().zip(OPTION_NAMES) {
        cells.extend([(name, option.name.clone()), (value, option.value.clone())]);
    }
    cells.retain(|(_, text)| !text.is_empty());
    cells
}

fn table(rows: &[Vec<Cell>], delimiter: char) -> String {
    let mut out = String::new();
    write_row(&mut out, delimiter, COLUMNS);
    for row in rows {
        let cell =
            |name: &str| row.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text.as_str());
        write_row(&mut out, delimiter, COLUMNS.map(cell));
    }
    out
}

fn xml(rows: &[Vec<Cell>]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\">\n<channel>\n"
        .to_owned();
    for row in rows {
        out.push_str("<item>\n");
        for (name, text) in row {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            out.push_str(&format!("<g:{name}>{text}</g:{name}>\n"));
        }
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

fn json(rows: &[Vec<Cell>]) -> String {
    let object = |row: &Vec<Cell>| {
        let cell = |(name, text): &Cell| ((*name).to_owned(), serde_json::Value::from(text.as_str()));
        serde_json::Value::Object(row.iter().map(cell).collect())
    };
    serde_json::Value::Array(rows.iter().map(object).collect()).to_string()
}
