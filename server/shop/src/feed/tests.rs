use super::*;
use proptest::prelude::*;
use protocol::{
    Currency, LivePrice, Money, NewVariant, Product, ProductChange, ServerTime, Variant, VariantOption,
};

const GOOGLE: &str = include_str!("google.tsv");

fn items(format: Format, text: &str) -> (Vec<Item>, Vec<String>) {
    let (mut items, mut refused) = (Vec::new(), Vec::new());
    for row in read(format, text).unwrap() {
        match item(&row) {
            Ok(item) => items.push(item),
            Err(reason) => refused.push(format!("{}: {reason}", row.line)),
        }
    }
    (items, refused)
}

fn cny(amount: i64) -> Money {
    Money::new(amount, Currency::CNY)
}

#[test]
fn a_price_is_exact_in_every_currency_and_never_rounded() {
    let read = |text: &str| parse_money(text).map(|money| money.amount);
    assert_eq!(read("15.00 USD"), Ok(1_500));
    assert_eq!(read("0.1 USD"), Ok(10));
    assert_eq!(read("1500 JPY"), Ok(1_500));
    assert_eq!(read("1500.00 JPY"), Ok(1_500));
    assert_eq!(read("1.234 KWD"), Ok(1_234));
    // 0.29 as a float is 28.999… hundredths.
    assert_eq!(read("0.29 USD"), Ok(29));
    assert_eq!(read("90071992547409.93 USD"), Ok(9_007_199_254_740_993));
    for wrong in
        ["15.00", "15,00 USD", "1.001 USD", "1.5 JPY", "-1 USD", "1e3 USD", "USD", "15.00 usd", ". USD"]
    {
        assert!(parse_money(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_google_merchant_feed_is_read_and_its_bad_rows_say_why() {
    let (items, refused) = items(Format::Tsv, GOOGLE);
    let told: Vec<_> =
        items.iter().map(|item| (item.line, item.id.as_str(), item.price, item.before)).collect();
    let usd = |amount| Money::new(amount, Currency::USD);
    assert_eq!(
        told,
        [
            (2, "tea-1", usd(1_500), None),
            (3, "cup-1", usd(999), Some(usd(1_200))),
            (4, "shirt-m", usd(2_000), None),
            (5, "shirt-l", usd(2_100), None),
        ]
    );
    let live = items[0].live.unwrap();
    assert_eq!((live.price, live.from.to_string().as_str()), (usd(1_200), "2026-10-31T16:00:00.000Z"));
    assert_eq!(items[3].options.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["red", "L"]);
    assert_eq!(
        refused,
        [
            "6: price: expected an ISO 4217 code such as CNY, found \"dollars\"",
            "7: title is missing",
            "8: quantity: \"some\"; expected a whole number",
        ]
    );
}

#[test]
fn an_import_shows_what_is_new_and_what_changes_and_leaves_the_rest() {
    let (items, _) = items(Format::Tsv, GOOGLE);
    let usd = |amount| Money::new(amount, Currency::USD);
    let tea = Product { sku: "tea-1".to_owned(), ..Product::plain(7, "Old tea", usd(1_400), 3) };
    let other = Product { sku: "other".to_owned(), ..Product::plain(8, "Other", usd(1), 3) };
    let made = plan(&[tea, other], items);
    assert_eq!(made.refused, []);
    let told: Vec<_> = made.planned.iter().map(|one| (one.shown.sku.as_str(), one.shown.new)).collect();
    assert_eq!(told, [("tea-1", false), ("cup-1", true), ("shirt", true)]);
    let fields: Vec<_> =
        made.planned[0].shown.fields.iter().map(|one| (one.field.as_str(), one.to.as_str())).collect();
    assert_eq!(
        fields,
        [
            ("title", "Longjing"),
            ("description", "Green tea"),
            ("price", "15.00 USD"),
            ("live price", "12.00 USD from 2026-10-31T16:00:00.000Z until 2026-11-11T15:59:00.000Z"),
            ("stock", "20"),
        ]
    );
    let Action::Change(7, ProductChange { restock, .. }) = &made.planned[0].actions[0] else { panic!() };
    assert_eq!(*restock, Some(17));
    let Action::Create(shirt) = &made.planned[2].actions[0] else { panic!() };
    assert_eq!((shirt.variants.len(), shirt.variants[1].price), (2, Some(usd(2_100))));
}

#[test]
fn rows_that_contradict_each_other_or_what_is_on_sale_are_refused() {
    let refused = |on_sale: &[Product], text: &str| {
        let plan = plan(on_sale, items(Format::Csv, text).0);
        plan.refused.into_iter().map(|one| (one.line, one.reason)).collect::<Vec<_>>()
    };
    let twice = refused(&[], "id,title,price\na,A,1 CNY\na,A,2 CNY\n");
    assert_eq!(twice, [(3, "id \"a\" is also in line 2".to_owned())]);
    let plain = Product { sku: "a".to_owned(), ..Product::plain(1, "A", cny(100), 1) };
    let group = "id,title,price,item_group_id,size\nx,A,1 CNY,a,M\n";
    assert!(refused(std::slice::from_ref(&plain), group)[0].1.contains("without variants"));
    assert!(refused(&[plain], "id,title,price\na,A,1 USD\n")[0].1.contains("expected CNY"));
    assert!(refused(&[], "id,title,price\na,A,0 CNY\n")[0].1.contains("expected 1 to"));
}

#[test]
fn a_feed_in_xml_is_read_by_its_own_elements_alone() {
    let text = "<?xml version='1.0'?><!-- a <b> --><rss><channel><title>Shop</title>\n<item><g:id>1</g:id>\
        <title>Tea &amp; <![CDATA[<cups>]]></title><g:price>1.50 CNY</g:price>\
        <g:shipping><g:price>9 CNY</g:price></g:shipping><g:tax/><g:image_link>/a</g:image_link>\
        <g:image_link>/b</g:image_link></item></channel></rss>";
    let (items, refused) = items(Format::Xml, text);
    assert_eq!(refused, Vec::<String>::new());
    let one = &items[0];
    assert_eq!(
        (one.line, one.title.as_str(), one.price, one.image.as_deref()),
        (2, "Tea & <cups>", cny(150), Some("/a"))
    );
    for broken in [
        "<item><g:id>1</g:price></item>",
        "<item>",
        "<item><!-- ",
        "<item><![CDATA[",
        "<item",
        "<item></channel>",
    ] {
        assert!(matches!(read(Format::Xml, broken), Err(FeedError::Malformed { .. })), "{broken}");
    }
}

fn any_live(price: i64) -> impl Strategy<Value = Option<LivePrice>> {
    let live = (0_i64..2_000_000_000_000, 1_i64..1_000_000).prop_map(move |(from, length)| LivePrice {
        price: cny(price - 1),
        from: ServerTime(from),
        until: ServerTime(from + length),
    });
    prop::option::of(live)
}

fn any_offer() -> impl Strategy<Value = (Money, Option<Money>, Option<LivePrice>, i64)> {
    (2_i64..1_000_000).prop_flat_map(|price| {
        let before = prop::option::of((price + 1..price + 1_000).prop_map(cny));
        (Just(cny(price)), before, any_live(price), 0_i64..1_000)
    })
}

fn any_product() -> impl Strategy<Value = Product> {
    let text = "[!-~茶 ]{0,20}[!-~茶]";
    let variants = prop::collection::vec(any_offer(), 0..4);
    (text, prop::option::of(text), any_offer(), variants).prop_map(|(title, description, offer, variants)| {
        let (price, compare_at, live, stock) = offer;
        let title = title.trim().to_owned();
        let description = description.map(|text| text.trim().to_owned()).unwrap_or_default();
        let variant = |(id, (price, compare_at, live, stock)): (
            i64,
            (Money, Option<Money>, Option<LivePrice>, i64),
        )| {
            let options = vec![VariantOption { name: "尺码".to_owned(), value: format!("={id}") }];
            Variant { id, options, sku: String::new(), price, compare_at, live, stock }
        };
        let variants: Vec<Variant> = (1..).zip(variants).map(variant).collect();
        let plain = Product::plain(0, title, price, stock);
        if variants.is_empty() {
            Product { description, compare_at, live, ..plain }
        } else {
            Product { description, variants, ..plain }
        }
    })
}

proptest! {
    #[test]
    fn what_is_exported_is_imported_without_a_change(products in prop::collection::vec(any_product(), 0..5)) {
        let numbered = |(number, product): (usize, Product)| {
            let variant = |one: Variant| Variant { sku: format!("v{number}-{}", one.id), ..one };
            let variants = product.variants.clone().into_iter().map(variant).collect();
            Product { sku: format!("p{number}"), variants, ..product }
        };
        let products: Vec<Product> = products.into_iter().enumerate().map(numbered).collect();
        for format in Format::ALL {
            let (items, refused) = items(format, &write(format, &products));
            prop_assert_eq!(refused, Vec::<String>::new());
            let made = plan(&products, items);
            prop_assert_eq!(&made.refused, &[]);
            prop_assert_eq!(&made.planned, &[]);
            prop_assert_eq!(made.same, products.len());
        }
    }

    #[test]
    fn no_file_breaks_the_reader(text in ".{0,300}|[<>/!&;a-z\\[\\]-]{0,80}") {
        for format in Format::ALL {
            if let Ok(rows) = read(format, &text) {
                let _ = plan(&[], rows.iter().filter_map(|row| item(row).ok()).collect());
            }
        }
    }
}

#[test]
fn a_variant_that_is_new_in_the_file_is_added() {
    let size = |id, value: &str| Variant {
        id,
        options: vec![VariantOption { name: "size".to_owned(), value: value.to_owned() }],
        sku: format!("s-{value}"),
        price: cny(100),
        compare_at: None,
        live: None,
        stock: 1,
    };
    let shirt = Product {
        sku: "s".to_owned(),
        variants: vec![size(1, "M")],
        ..Product::plain(9, "Shirt", cny(100), 1)
    };
    let text =
        "id,title,price,quantity,item_group_id,size\ns-M,Shirt,1.20 CNY,1,s,M\ns-L,Shirt,1.30 CNY,4,s,L\n";
    let made = plan(&[shirt], items(Format::Csv, text).0);
    let [Action::ChangeVariant(9, 1, change), Action::AddVariant(9, NewVariant { stock: 4, .. })] =
        &made.planned[0].actions[..]
    else {
        panic!("{made:?}")
    };
    assert_eq!((change.price.map(|price| price.now), change.restock), (Some(cny(120)), None));
}
