use axum::http::Method;
use protocol::{EventBody, ImportReport, Product};
use server::audit;

use crate::support::{Answer, Client, TestApp, cny};

const PRODUCTS: &str = "/api/v1/rooms/tea/products";

/// Three products, one of them a shirt in two sizes, and two rows that make no sense.
const FEED: &str = "id,title,price,quantity,item_group_id,size\n\
    tea-1,Longjing,15.00 CNY,20,,\n\
    cup-1,Jian cup,9.99 CNY,,,\n\
    s-m,Shirt,20.00 CNY,3,shirt,M\n\
    s-l,Shirt,21.00 CNY,2,shirt,L\n\
    bad-1,Bad,1.999 CNY,1,,\n\
    bad-2,\u{202e},1.00 CNY,1,,\n";

async fn import(host: &Client, query: &str, file: &str) -> Answer {
    let token = format!("Bearer {}", host.session.as_ref().unwrap().token);
    let headers = [("authorization", token.as_str()), ("content-type", "text/csv")];
    host.raw(Method::POST, &format!("{PRODUCTS}/import?{query}"), &headers, file.to_owned()).await
}

async fn listed(host: &Client) -> Vec<Product> {
    host.get(PRODUCTS).await.ok().json()
}

#[tokio::test]
async fn an_import_is_shown_first_and_applied_as_shown() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let shown: ImportReport = import(&stall.host, "format=csv", FEED).await.ok().json();
    assert_eq!((shown.applied, shown.changes.len(), shown.same), (false, 3, 0));
    assert_eq!(shown.refused.iter().map(|row| row.line).collect::<Vec<_>>(), [6, 7]);
    assert_eq!(listed(&stall.host).await, []);

    let done: ImportReport =
        import(&stall.host, &format!("format=csv&apply={}", shown.plan), FEED).await.ok().json();
    assert_eq!(done, ImportReport { applied: true, ..shown });
    let products = listed(&stall.host).await;
    let told: Vec<_> =
        products.iter().map(|one| (one.sku.as_str(), one.price, one.stock, one.variants.len())).collect();
    assert_eq!(told, [("tea-1", cny(1_500), 20, 0), ("cup-1", cny(999), 0, 0), ("shirt", cny(2_000), 5, 2)]);
    let again: ImportReport = import(&stall.host, "format=csv", FEED).await.ok().json();
    assert_eq!((again.changes, again.same), (Vec::new(), 3));
    assert_eq!(audit::audit(&app.app.store).await.unwrap().sentences(), Vec::<String>::new());
}

#[tokio::test]
async fn a_plan_that_is_no_longer_true_is_not_applied() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    let plan: ImportReport = import(&stall.host, "format=csv", FEED).await.ok().json();
    import(&stall.host, &format!("format=csv&apply={}", plan.plan), FEED).await.ok();
    let tea = listed(&stall.host).await.remove(0);
    let dearer = FEED.replace("15.00", "16.00").replace("s-m,Shirt,20.00 CNY,3", "s-m,Shirt,19.00 CNY,4");
    let plan: ImportReport = import(&stall.host, "format=csv", &dearer).await.ok().json();
    let fields: Vec<_> =
        plan.changes.iter().flat_map(|one| &one.fields).map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["price", "s-m price", "s-m stock"]);
    let apply = format!("format=csv&apply={}", plan.plan);
    assert_eq!(import(&stall.host, &apply, FEED).await.problem(), "409 plan_changed");
    viewer.order(&tea, "k").await.created();
    assert_eq!(import(&stall.host, &apply, &dearer).await.problem(), "409 plan_changed");
    let plan: ImportReport = import(&stall.host, "format=csv", &dearer).await.ok().json();
    import(&stall.host, &format!("format=csv&apply={}", plan.plan), &dearer).await.ok();
    let products = listed(&stall.host).await;
    assert_eq!((products[0].price, products[0].stock), (cny(1_600), 20));
    assert_eq!((products[2].variants[0].price, products[2].variants[0].stock), (cny(1_900), 4));
    let told = EventBody::ProductChanged { product: products[0].clone() };
    stall.events(|events| events.iter().any(|event| event.body == told)).await;
    assert_eq!(audit::audit(&app.app.store).await.unwrap().sentences(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_exported_is_imported_without_a_change() {
    let app = TestApp::init().await;
    let stall = app.stall().await;
    let plan: ImportReport = import(&stall.host, "format=csv", FEED).await.ok().json();
    import(&stall.host, &format!("format=csv&apply={}", plan.plan), FEED).await.ok();
    for format in ["tsv", "csv", "xml", "json"] {
        let file = app.guest().get(&format!("{PRODUCTS}/export?format={format}")).await.ok().body;
        let plan: ImportReport = import(&stall.host, &format!("format={format}"), &file).await.ok().json();
        assert_eq!((plan.changes, plan.refused, plan.same), (Vec::new(), Vec::new(), 3), "{format}");
    }
}

#[tokio::test]
async fn a_file_that_is_none_changes_nothing() {
    let (app, viewer) = TestApp::init().await.with_user().await;
    let stall = app.stall().await;
    assert_eq!(import(&stall.host, "format=json", "[1]").await.problem(), "422 bad_file");
    assert_eq!(import(&stall.host, "format=xml", "<item>").await.problem(), "422 bad_file");
    assert_eq!(import(&stall.host, "format=xls", "").await.problem(), "400 bad_query");
    assert_eq!(import(&viewer, "format=csv", FEED).await.status, 403);
    assert_eq!(listed(&stall.host).await, []);
}
