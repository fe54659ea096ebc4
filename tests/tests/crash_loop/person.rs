use anyhow::{Context, Result, ensure};
use protocol::{Unit, Wallet};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;
use tests::{
    api::{Api, fresh_key},
    server::Server,
    wait::until,
};

use crate::deed::{Deed, Known};
use crate::{Board, GIFT, PACKET, Shelf};

/// Coins that each begins with: of the largest package that is on sale.
const COINS: i64 = 6_480;

/// Somebody who gives, grabs and buys, and keeps book of it.
pub(crate) struct Person {
    pub(crate) api: Api,
    /// Who sells, and pays back.
    host: Api,
    pub(crate) user: i64,
    pub(crate) deeds: Vec<(Deed, Known)>,
}

impl Person {
    /// A user with coins, whom no reminder holds up.
    pub(crate) async fn join(server: &Server, host: &Api, name: String) -> Result<Self> {
        let api = server.api()?.register(&name).await?;
        let me: Value = api.get("/api/v1/me").await?;
        let user = me["id"].as_i64().context("no id")?;
        let _: Value = api
            .post("/api/v1/wallet/recharges", &json!({"package": "coins_6480", "method": "sandbox_ok"}))
            .await?;
        let limits = json!({"per_gift": 10_000, "per_day": 50_000, "remind_at": 50_000});
        let set = api.request(Method::PUT, "/api/v1/wallet/limits").json(&limits).send().await?;
        ensure!(set.status() == StatusCode::OK, "limits: {}", set.status());
        let person = Self { api, host: host.clone(), user, deeds: Vec::new() };
        until("the coins come", Duration::from_secs(10), async || {
            Ok((person.coins().await? == COINS).then_some(()))
        })
        .await?;
        Ok(person)
    }

    /// Coins that they have.
    pub(crate) async fn coins(&self) -> Result<i64> {
        let wallet: Wallet = self.api.get("/api/v1/wallet").await?;
        let coins = wallet.balances.iter().find(|balance| balance.unit == Unit::Coins);
        Ok(coins.context("a wallet without coins")?.amount)
    }

    /// Coins that they should have, from what they were told.
    pub(crate) fn expected(&self) -> i64 {
        // A share that was asked for twice is one.
        let mut shares: BTreeMap<i64, i64> = BTreeMap::new();
        let mut coins = COINS;
        for (deed, known) in &self.deeds {
            match (deed, known) {
                (Deed::Gift { .. }, Known::Done) => coins -= GIFT,
                (_, Known::Packet(_)) => coins -= PACKET,
                (Deed::Grab { packet }, Known::Share(share)) => _ = shares.insert(*packet, *share),
                _ => {}
            }
        }
        coins + shares.values().sum::<i64>()
    }

    /// Goes on until the server answers no more.
    pub(crate) async fn go(mut self, board: Board, shelf: Shelf) -> Self {
        loop {
            let seen = board.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let deed = self.next(&seen, shelf);
            let known = deed.ask(&self.api, &self.host).await;
            if let Known::Packet(id) = known {
                board.lock().unwrap_or_else(PoisonError::into_inner).push(id);
            }
            let is_over = matches!(known, Known::Nothing);
            self.deeds.push((deed, known));
            if is_over {
                return self;
            }
        }
    }

    fn next(&self, packets: &[i64], shelf: Shelf) -> Deed {
        let turn = self.deeds.len();
        let key = fresh_key();
        match self.deeds.last() {
            // An order is paid, or every third given up, as soon as it is there; every other that is paid is paid back.
            Some((_, Known::Order(order))) => {
                let order = order.clone();
                return if turn.is_multiple_of(3) {
                    Deed::Cancel { order, key }
                } else {
                    Deed::Pay { order, key }
                };
            }
            Some((Deed::Pay { order, .. }, Known::Done)) if turn.is_multiple_of(2) => {
                return Deed::Refund { order: order.clone(), key };
            }
            _ => {}
        }
        match (turn % 7, packets) {
            (0, _) => Deed::Packet { key },
            (1 | 2, _) | (_, []) => Deed::Gift { client_id: key },
            (3, _) if turn == 3 => Deed::Claim { coupon: shelf.coupon },
            (3 | 4, _) => Deed::Order { product: shelf.product, key },
            // The newest mostly, so that many hands reach for the same.
            (_, [.., one]) if turn.is_multiple_of(2) => Deed::Grab { packet: *one },
            (_, [.., one, _]) | (_, [one]) => Deed::Grab { packet: *one },
        }
    }

    /// Finds out about what there was no answer to, by asking again.
    pub(crate) async fn resolve(&mut self) -> Result<()> {
        for (deed, known) in self.deeds.iter_mut().filter(|(_, known)| matches!(known, Known::Nothing)) {
            let (api, host) = (&self.api, &self.host);
            *known = until("there is an answer", Duration::from_secs(20), async || {
                let answer = deed.ask(api, host).await;
                Ok((!matches!(answer, Known::Nothing)).then_some(answer))
            })
            .await
            .with_context(|| format!("{deed:?}"))?;
        }
        Ok(())
    }
}
