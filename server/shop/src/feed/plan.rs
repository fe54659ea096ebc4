use super::Item;
use crate::catalog::{as_new, check_change, check_product, check_variants};
use protocol::{
    FieldChange, ImportChange, ImportRefusal, LivePrice, Money, NewProduct, NewVariant, Pricing, Product,
    ProductChange, Variant, VariantChange,
};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that an import does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Puts a product on sale, with its variants.
    Create(NewProduct),
    /// Changes a product.
    Change(i64, ProductChange),
    /// Puts another variant of a product on sale.
    AddVariant(i64, NewVariant),
    /// Changes a product's variant.
    ChangeVariant(i64, i64, VariantChange),
}

/// A product that an import makes or changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// As it is shown.
    pub shown: ImportChange,
    /// As it is done.
    pub actions: Vec<Action>,
}

/// What an import does. Products that the file does not name stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What is made and changed, in the order of the file.
    pub planned: Vec<Planned>,
    /// How many products stay as they are.
    pub same: usize,
    /// Rows that are left out.
    pub refused: Vec<ImportRefusal>,
}

/// What importing `items` changes of what is on sale. Rows of one product stand or fall together.
pub fn plan(on_sale: &[Product], items: Vec<Item>) -> Plan {
    let mut plan = Plan::default();
    let mut seen = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut products: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in items {
        if let Some(before) = seen.insert(item.id.clone(), item.line) {
            let reason = format!("id {:?} is also in line {before}", item.id);
            plan.refused.push(ImportRefusal { line: item.line, reason });
            seen.insert(item.id, before);
            continue;
        }
        let key = item.group.clone().unwrap_or_else(|| item.id.clone());
        if !products.contains_key(&key) {
            order.push(key.clone());
        }
        products.entry(key).or_default().push(item);
    }
    for key in order {
        let items = products.remove(&key).unwrap_or_default();
        let known = on_sale.iter().find(|product| product.sku == key);
        let lines: Vec<usize> = items.iter().map(|item| item.line).collect();
        match one(known, &key, &items) {
            Ok(planned) if planned.actions.is_empty() => plan.same = plan.same.saturating_add(1),
            Ok(planned) => plan.planned.push(planned),
            Err(reason) => {
                plan.refused
                    .extend(lines.into_iter().map(|line| ImportRefusal { line, reason: reason.clone() }));
            }
        }
    }
    plan.refused.sort_by_key(|refusal| refusal.line);
    plan
}

/// What the rows of one product do.
fn one(known: Option<&Product>, sku: &str, items: &[Item]) -> Result<Planned, String> {
    let [first, ..] = items else { return Err("no rows".to_owned()) };
    let mixed: BTreeSet<bool> = items.iter().map(|item| item.group.is_some()).collect();
    if mixed.len() > 1 {
        return Err(format!("{sku:?} is an id in one row and an item_group_id in another"));
    }
    let Some(product) = known else { return create(sku, first, items) };
    let (has, is) = (!product.variants.is_empty(), first.group.is_some());
    if has != is {
        return Err(format!(
            "{sku:?} is on sale {} variants; that cannot change",
            if has { "with" } else { "without" }
        ));
    }
    let mut diff = Diff { fields: Vec::new(), actions: Vec::new() };
    if is {
        diff.texts(product, first);
        diff.variants(product, items)?;
    } else {
        diff.plain(product, first)?;
    }
    let shown =
        ImportChange { sku: sku.to_owned(), title: first.title.clone(), new: false, fields: diff.fields };
    Ok(Planned { shown, actions: diff.actions })
}

fn create(sku: &str, first: &Item, items: &[Item]) -> Result<Planned, String> {
    let grouped = first.group.is_some();
    let new = NewProduct {
        description: first.description.clone().unwrap_or_default(),
        image: first.image.clone().unwrap_or_default(),
        compare_at: first.before.filter(|_| !grouped),
        live: first.live.filter(|_| !grouped),
        sku: sku.to_owned(),
        variants: if grouped { items.iter().map(new_variant).collect() } else { Vec::new() },
        ..NewProduct::plain(first.title.clone(), first.price, first.quantity.unwrap_or(0))
    };
    check_product(&new).map_err(|refusal| refusal.to_string())?;
    let stock = items.iter().fold(0_i64, |sum, item| sum.saturating_add(item.quantity.unwrap_or(0)));
    let shown = ImportChange {
        sku: sku.to_owned(),
        title: first.title.clone(),
        new: true,
        fields: vec![fresh("price", &first.price), fresh("stock", &stock)],
    };
    Ok(Planned { shown, actions: vec![Action::Create(new)] })
}

fn new_variant(item: &Item) -> NewVariant {
    NewVariant {
        options: item.options.clone(),
        sku: item.id.clone(),
        price: Some(item.price),
        compare_at: item.before,
        live: item.live,
        stock: item.quantity.unwrap_or(0),
    }
}

/// Something that is shown as text.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Money {
    fn shown(&self) -> String {
        format!("{} {}", self.decimal(), self.currency)
    }
}

impl Shown for LivePrice {
    fn shown(&self) -> String {
        format!("{} from {} until {}", self.price.shown(), self.from, self.until)
    }
}

impl Shown for i64 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for &str {
    fn shown(&self) -> String {
        (*self).to_owned()
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(&self) -> String {
        self.as_ref().map(T::shown).unwrap_or_default()
    }
}

/// What was not there becomes something.
fn fresh(name: &str, to: &impl Shown) -> FieldChange {
    FieldChange { field: name.to_owned(), from: String::new(), to: to.shown() }
}

/// What of a product changes.
struct Diff {
    fields: Vec<FieldChange>,
    actions: Vec<Action>,
}

impl Diff {
    /// Answers what something becomes, if that is not what it is.
    fn note<T: Shown + PartialEq + Clone>(&mut self, name: &str, from: &T, to: &T) -> Option<T> {
        (from != to).then(|| {
            self.fields.push(FieldChange { field: name.to_owned(), from: from.shown(), to: to.shown() });
            to.clone()
        })
    }

    /// Title, description and picture; what the file leaves out stays.
    fn words(&mut self, product: &Product, item: &Item) -> ProductChange {
        let mut text = |name, from: &str, to: Option<&String>| {
            self.note(name, &from, &to.map_or(from, String::as_str)).map(str::to_owned)
        };
        ProductChange {
            title: text("title", &product.title, Some(&item.title)),
            description: text("description", &product.description, item.description.as_ref()),
            image: text("image_link", &product.image, item.image.as_ref()),
            ..ProductChange::default()
        }
    }

    fn texts(&mut self, product: &Product, first: &Item) {
        let change = self.words(product, first);
        self.push(product, change);
    }

    fn plain(&mut self, product: &Product, item: &Item) -> Result<(), String> {
        let words = self.words(product, item);
        let [price, live, restock] =
            self.numbers("", product.price, product.compare_at, product.live, product.stock, item);
        let change = ProductChange {
            price: price.map(|_| Pricing { now: item.price, before: item.before }),
            live: live.and(item.live),
            end_live: live.is_some() && item.live.is_none(),
            restock,
            ..words
        };
        let changed = Product {
            price: item.price,
            compare_at: item.before,
            live: item.live,
            stock: item.quantity.unwrap_or(product.stock),
            ..product.clone()
        };
        check_change(&changed, product.price.currency).map_err(|refusal| refusal.to_string())?;
        self.push(product, change);
        Ok(())
    }

    fn push(&mut self, product: &Product, change: ProductChange) {
        if change != ProductChange::default() {
            self.actions.push(Action::Change(product.id, change));
        }
    }

    /// Whether the price and the price for a while change, and by how much the stock does.
    fn numbers(
        &mut self,
        of: &str,
        price: Money,
        before: Option<Money>,
        live: Option<LivePrice>,
        stock: i64,
        item: &Item,
    ) -> [Option<i64>; 3] {
        let priced = self.note(&format!("{of}price"), &price, &item.price).is_some();
        let compared = self.note(&format!("{of}price before"), &before, &item.before).is_some();
        let lived = self.note(&format!("{of}live price"), &live, &item.live).is_some();
        let count = self.note(&format!("{of}stock"), &stock, &item.quantity.unwrap_or(stock));
        let happens = |happens: bool| happens.then_some(0);
        [happens(priced || compared), happens(lived), count.map(|to| to.saturating_sub(stock))]
    }

    fn variants(&mut self, product: &Product, items: &[Item]) -> Result<(), String> {
        let mut after: Vec<NewVariant> = product.variants.iter().map(as_new).collect();
        for item in items {
            let known = product.variants.iter().zip(&mut after).find(|(one, _)| one.sku == item.id);
            let Some((variant, after_it)) = known else {
                let new = new_variant(item);
                self.fields.push(fresh(&format!("{} is new, stock", item.id), &new.stock));
                after.push(new.clone());
                self.actions.push(Action::AddVariant(product.id, new));
                continue;
            };
            if variant.options != item.options {
                return Err(format!("{:?} is on sale as another variant; that cannot change", item.id));
            }
            *after_it = NewVariant { stock: item.quantity.unwrap_or(variant.stock), ..new_variant(item) };
            self.variant(product, variant, item);
        }
        check_variants(product.price, &after).map_err(|refusal| refusal.to_string())
    }

    fn variant(&mut self, product: &Product, variant: &Variant, item: &Item) {
        let of = format!("{} ", item.id);
        let [price, live, restock] =
            self.numbers(&of, variant.price, variant.compare_at, variant.live, variant.stock, item);
        let change = VariantChange {
            price: price.map(|_| Pricing { now: item.price, before: item.before }),
            live: live.and(item.live),
            end_live: live.is_some() && item.live.is_none(),
            restock,
        };
        if change != VariantChange::default() {
            self.actions.push(Action::ChangeVariant(product.id, variant.id, change));
        }
    }
}
