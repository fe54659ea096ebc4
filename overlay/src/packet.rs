//! Red packets: a card with the picture that one was sent at, a share for whoever takes one, and the sheet that sends one.

mod card;
mod sheet;

use crate::{
    money,
    show::{Intent, Sheet, Show},
    text::Text,
};
use leptos::prelude::*;

pub(crate) use card::Packets;
pub(crate) use sheet::PacketSheet;

impl Show {
    /// Takes a share of a red packet; a guest is asked to log in first.
    pub(crate) fn grab(self, packet: i64, done: impl FnOnce() + 'static) {
        if self.user.with_untracked(Option::is_none) {
            done();
            return self.sheet.set(Some(Sheet::LogIn(Intent::Grab(packet))));
        }
        let Some(room) = self.core().page.room.clone() else { return };
        self.spawn(async move {
            match self.api().grab(&room, packet).await {
                Ok(share) => {
                    let lang = self.lang.get_untracked();
                    let coins = money::exact(share.coins, lang);
                    self.tell(&lang.of(Text::Grabbed).replace("{}", &coins), false);
                    self.load_coins();
                }
                Err(error) => self.complain(&error),
            }
            done();
        });
    }
}
