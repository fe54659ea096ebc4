use super::*;
use crate::ledger::{Account, Balances, Kind, Transfer};
use proptest::prelude::*;
use protocol::{NewRedPacket, RedPacket, Role, ServerTime, Unit, User};

fn drawn(mut packet: Packet, mut random: impl FnMut() -> u64) -> Vec<i64> {
    std::iter::from_fn(|| packet.draw(&mut random)).collect()
}

/// Bits that look random and are the same each time (SplitMix64).
fn bits(mut seed: u64) -> impl FnMut() -> u64 {
    move || {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[test]
fn equal_shares_differ_by_a_coin_at_most() {
    let packet = Packet::new(Split::Equal, 10, 4).unwrap();
    assert_eq!(drawn(packet, || unreachable!()), [3, 3, 2, 2]);
}

#[test]
fn a_packet_that_cannot_go_round_is_none() {
    for split in [Split::Equal, Split::Luck] {
        assert_eq!(Packet::new(split, 3, 4), Err(PacketError::Coins { found: 3, shares: 4 }));
        assert_eq!(Packet::new(split, 3, 0), Err(PacketError::Shares { found: 0 }));
        assert_eq!(Packet::new(split, MOST_COINS, 1_001), Err(PacketError::Shares { found: 1_001 }));
        assert!(Packet::new(split, MOST_COINS + 1, 4).is_err());
        assert_eq!(parse(word(split)), Some(split));
    }
}

#[test]
fn a_source_that_is_stuck_still_shares_the_packet_out() {
    for stuck in [0, u64::MAX] {
        let shares = drawn(Packet::new(Split::Luck, 100, 7).unwrap(), || stuck);
        assert_eq!((shares.iter().sum::<i64>(), shares.len()), (100, 7));
    }
}

#[test]
fn by_luck_nobody_is_better_off_for_being_early_or_late() {
    const ROUNDS: i64 = 4_000;
    let mut sums = [0_i64; 5];
    let mut random = bits(7);
    for _ in 0..ROUNDS {
        let shares = drawn(Packet::new(Split::Luck, 1_000, 5).unwrap(), &mut random);
        sums.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share);
    }
    // The mean is 200; a share is spread by about 120 to 190, so the mean of 4,000 by about 3.
    for sum in sums {
        assert!((190..=210).contains(&(sum / ROUNDS)), "{sums:?}");
    }
}

proptest! {
    #[test]
    fn shares_are_whole_at_least_one_and_together_the_packet(
        shares in 1_i64..=60, more in 0_i64..=2_000, luck: bool, seed: u64,
    ) {
        let split = if luck { Split::Luck } else { Split::Equal };
        let coins = shares + more;
        let mut packet = Packet::new(split, coins, shares).unwrap();
        let (mut random, mut balances) = (bits(seed), Balances::default());
        let present = Transfer::new("present", Kind::Adjustment);
        balances.apply(&present.moving(Account::House, Account::Wallet(0), Unit::Coins, coins).unwrap()).unwrap();
        balances.apply(&fill(7, "tea", 0, coins).unwrap()).unwrap();
        for user in 1..=shares {
            let (left, of) = (packet.coins(), packet.shares());
            let drawn = packet.draw(&mut random).unwrap();
            prop_assert!(drawn >= 1);
            prop_assert!(of == 1 || !luck || drawn <= (2 * left / of).max(1));
            prop_assert!(packet.coins() >= packet.shares());
            balances.apply(&share(7, "tea", user, drawn).unwrap()).unwrap();
            prop_assert_eq!(balances.get(Account::RedPacket(7), Unit::Coins), packet.coins());
            // As it is kept and opened again, it is the same.
            if packet.shares() > 0 {
                prop_assert_eq!(Packet::new(split, packet.coins(), packet.shares()), Ok(packet));
            }
        }
        prop_assert_eq!((packet.draw(&mut random), packet.coins()), (None, 0));
    }

    #[test]
    fn what_nobody_takes_goes_back(shares in 2_i64..=20, taken in 0_i64..=19, seed: u64) {
        let mut packet = Packet::new(Split::Luck, 10 * shares, shares).unwrap();
        let mut random = bits(seed);
        let given: i64 = (0..taken.min(shares - 1)).filter_map(|_| packet.draw(&mut random)).sum();
        prop_assert_eq!(given + packet.coins(), 10 * shares);
        let rest = give_back(7, "tea", 0, packet.coins()).unwrap();
        prop_assert_eq!(rest.check(), Ok(()));
    }
}

#[test]
fn a_packet_is_open_for_a_while_that_somebody_can_wait() {
    let new = NewRedPacket { coins: 10, shares: 5, split: Split::Equal, seconds: 60, at: None };
    assert_eq!(check_new(&new).map(|packet| (packet.coins(), packet.shares())), Ok((10, 5)));
    for seconds in [LEAST_SECONDS - 1, MOST_SECONDS + 1, i64::MIN, i64::MAX] {
        let refused = check_new(&NewRedPacket { seconds, ..new });
        assert_eq!(refused, Err(PacketError::Seconds { found: seconds }));
    }
    assert!(check_new(&NewRedPacket { coins: 4, ..new }).is_err());
}

#[test]
fn a_share_is_there_until_the_last_is_taken_and_the_time_is_up() {
    let user = User { id: 1, name: "ann".to_owned(), role: Role::Viewer };
    let packet = |shares_left, ended| RedPacket {
        id: 1,
        user: user.clone(),
        split: Split::Equal,
        coins: 2,
        shares: 2,
        coins_left: shares_left,
        shares_left,
        created: ServerTime(0),
        expires: ServerTime(10),
        ended,
    };
    assert_eq!(may_grab(&packet(1, None), ServerTime(9)), Ok(()));
    assert_eq!(may_grab(&packet(1, None), ServerTime(10)), Err(PacketError::Over));
    assert_eq!(may_grab(&packet(0, Some(ServerTime(5))), ServerTime(9)), Err(PacketError::Gone));
    // A clock that is set back opens nothing again.
    assert_eq!(may_grab(&packet(1, Some(ServerTime(10))), ServerTime(9)), Err(PacketError::Over));
}
