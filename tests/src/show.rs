//! A room on the air in one line: server, host, products, coupon, and a publisher when asked for.

use crate::{
    api::{Api, PASSWORD},
    publisher::{Picture, Publisher},
    server::Server,
    wait::until,
};
use anyhow::{Context, Result};
use protocol::{
    Command, Coupon, Currency, Money, NewCoupon, NewProduct, NewRoom, Product, RoomStatus, ServerTime,
    StreamTime,
};
use std::time::Duration;

/// The room that the tests use.
pub const ROOM: &str = "autumn-tea";

/// A server with a host, a room, two products and a coupon.
#[derive(Debug)]
pub struct Show {
    /// The server.
    pub server: Server,
    /// The API as the room's host.
    pub host: Api,
    /// Where to publish.
    pub publish_url: String,
    /// A tin of tea, ten on hand.
    pub tea: Product,
    /// A cup, one on hand.
    pub cup: Product,
    /// ¥20 off ¥100, ten of them.
    pub coupon: Coupon,
}

impl Show {
    /// Everything but a picture.
    pub async fn prepare() -> Result<Self> {
        Self::prepare_on(Server::start().await?).await
    }

    /// Everything but a picture, on a server of the caller's.
    pub async fn prepare_on(server: Server) -> Result<Self> {
        server.admin(&["user", "create", "lin", "--role", "host", "--password", PASSWORD]).await?;
        let host = server.api()?.log_in("lin").await?;
        let room =
            NewRoom {
                id: ROOM.to_owned(), title: "秋茶专场 · Autumn tea".to_owned(), cover: String::new()
            };
        let publish_url = host.new_room(&room).await?.publish_url;
        let tea = host.new_product(ROOM, &product("明前龙井 · Longjing", 12_800, 10)).await?;
        let cup = host.new_product(ROOM, &product("建盏 · Jian cup", 26_800, 1)).await?;
        let coupon = NewCoupon::plain("满100减20", yuan(2_000), yuan(10_000), 10);
        let coupon = host.new_coupon(ROOM, &coupon).await?;
        Ok(Self { server, host, publish_url, tea, cup, coupon })
    }

    /// Everything, and on the air.
    pub async fn live() -> Result<(Self, Publisher)> {
        let show = Self::prepare().await?;
        let publisher = show.publish(Picture::default()).await?;
        Ok((show, publisher))
    }

    /// Starts a publisher and waits until the room is live and its playlist has media.
    pub async fn publish(&self, picture: Picture) -> Result<Publisher> {
        let mut publisher = Publisher::start(&self.publish_url, picture)?;
        self.on_the_air(|| publisher.still_running()).await?;
        Ok(publisher)
    }

    /// Waits until the room is live and its playlist has media; fails when `publishing` does.
    pub async fn on_the_air(&self, mut publishing: impl FnMut() -> Result<()>) -> Result<()> {
        let api = self.server.api()?;
        until("the room goes live", Duration::from_secs(15), async || {
            publishing()?;
            Ok((api.room(ROOM).await?.status == RoomStatus::Live).then_some(()))
        })
        .await?;
        let playlist = format!("/live/{ROOM}/media.m3u8");
        until("the playlist has a part", Duration::from_secs(10), async || {
            let answer = api.request(reqwest::Method::GET, &playlist).send().await?;
            Ok(answer.text().await?.contains("#EXT-X-PART:").then_some(()))
        })
        .await
    }

    /// When the stream's first picture was, on the programme clock, in milliseconds since the epoch: the moment of
    /// the frame that the encoder numbers 0. To be asked while the playlist still goes back to the start.
    pub async fn first_picture(&self) -> Result<i64> {
        let request = self.server.api()?.request(reqwest::Method::GET, &format!("/live/{ROOM}/media.m3u8"));
        let playlist = request.send().await?.text().await?;
        let time = playlist.lines().find_map(|line| line.strip_prefix("#EXT-X-PROGRAM-DATE-TIME:"));
        let time: ServerTime = time.context("no EXT-X-PROGRAM-DATE-TIME in the playlist")?.parse()?;
        Ok(time.millis())
    }

    /// The host pins the tea at a picture.
    pub async fn pin_tea(&self, at: Option<StreamTime>) -> Result<u64> {
        self.host.command(ROOM, &Command::PinProduct { product: self.tea.id, at }).await
    }

    /// The host releases the coupon.
    pub async fn release_coupon(&self) -> Result<u64> {
        self.host.command(ROOM, &Command::ReleaseCoupon { coupon: self.coupon.id, at: None }).await
    }
}

/// An amount in fen.
pub const fn yuan(fen: i64) -> Money {
    Money::new(fen, Currency::CNY)
}

fn product(title: &str, fen: i64, stock: i64) -> NewProduct {
    NewProduct::plain(title, yuan(fen), stock)
}
