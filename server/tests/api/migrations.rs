use server::audit;
use server::store::{self, Database, Store};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

/// A data folder as a version before `version` left it, with `rows` in it.
async fn left_by(file: &std::path::Path, version: i64, rows: &[&str]) {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let mut migrator = sqlx::migrate!();
    migrator.migrations = migrator.migrations.iter().filter(|one| one.version < version).cloned().collect();
    migrator.run(&pool).await.unwrap();
    for row in rows {
        sqlx::query(sqlx::AssertSqlSafe(row.to_string())).execute(&pool).await.unwrap();
    }
    pool.close().await;
}

#[tokio::test]
async fn orders_of_a_version_before_their_life_after_payment_are_kept_with_a_history() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("livestall.db");
    let order = |id: &str, stage: &str, rest: &str| {
        format!(
            "INSERT INTO orders (id, room_id, user_id, stage, subtotal, discount, total, currency, placed, held_until, \
             attempts, coupon_id, payment, paid) VALUES ('{id}', 'tea', 1, '{stage}', 200, {rest})"
        )
    };
    let line = |id: &str| format!("INSERT INTO order_lines VALUES ('{id}', 0, 7, 'Tea', 100, 2)");
    let orders = [
        order("a", "held", "0, 200, 'CNY', 10, 20, 0, NULL, NULL, NULL"),
        order("b", "paid", "50, 150, 'CNY', 11, 21, 1, 9, 'p', 15"),
        order("c", "cancelled", "0, 200, 'CNY', 12, 22, 0, NULL, NULL, NULL"),
        order("d", "expired", "0, 200, 'CNY', 13, 23, 0, NULL, NULL, NULL"),
    ];
    let lines = ["a", "b", "c", "d"].map(line);
    let mut rows = vec![
        "INSERT INTO users VALUES (1, 'Ann', 'ann', 'host', NULL, 1)",
        "INSERT INTO rooms (id, title, host_id, cover, stream_key, created) VALUES ('tea', 'Tea', 1, '', 'k', 1)",
        "INSERT INTO products VALUES (7, 'tea', 'Tea', '', '', 100, NULL, 'CNY', 9, 2, 2, 1)",
        "INSERT INTO coupons VALUES (9, 'tea', 'Off', 50, 0, 'CNY', 5, 1, 1, NULL, 1)",
    ];
    rows.extend(orders.iter().map(String::as_str));
    rows.extend(lines.iter().map(String::as_str));
    rows.push("INSERT INTO coupon_claims VALUES (9, 1, 1, 'b')");
    left_by(&file, 30, &rows).await;

    let store = Store::open(&Database::from(file.as_path())).await.unwrap();
    assert_eq!(audit::audit(&store).await.unwrap().sentences(), Vec::<String>::new());
    let mut db = store.read().await.unwrap();
    let paid = store::orders::by_id(&mut db, "b").await.unwrap().unwrap();
    assert_eq!((paid.order.coupon, paid.paid().lines[0].paid), (Some(9), 150));
    let steps = store::steps::list(&mut db, "d").await.unwrap();
    assert_eq!(steps.iter().map(|step| step.at.0).collect::<Vec<_>>(), [13, 23]);
}
