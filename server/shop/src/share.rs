/// Splits `total` into shares in proportion to `weights`, by largest remainder: they sum to `total`, each within one minor
/// unit of its exact part, and of equal remainders the earlier one gets the unit. No share is above its weight as long as
/// `total` is not above their sum. Nothing is split over weights that are not above zero.
pub fn shares(total: i64, weights: &[i64]) -> Vec<i64> {
    let weight = |one: &i64| i128::from((*one).max(0));
    let sum: i128 = weights.iter().map(weight).sum();
    if sum == 0 || total <= 0 {
        return vec![0; weights.len()];
    }
    // Both factors fit in 64 bits.
    let exact = |one: &i64| i128::from(total).saturating_mul(weight(one));
    let mut shares: Vec<i64> =
        weights.iter().map(|one| i64::try_from(exact(one) / sum).unwrap_or(0)).collect();
    let left = total.saturating_sub(shares.iter().sum());
    let mut order: Vec<usize> = (0..weights.len()).collect();
    // Stable: of equal remainders the earlier stays in front.
    order.sort_by_key(|&index| std::cmp::Reverse(weights.get(index).map_or(0, |one| exact(one) % sum)));
    for index in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(share) = shares.get_mut(index) {
            *share = share.saturating_add(1);
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_unit_that_is_left_goes_to_the_largest_remainder_and_of_equals_to_the_first() {
        assert_eq!(shares(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(shares(10, &[1, 3, 5]), [1, 3, 6]);
        assert_eq!(shares(5, &[0, 0]), [0, 0]);
        assert_eq!(shares(5, &[]), Vec::<i64>::new());
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_total_and_none_is_above_its_weight(
            weights in prop::collection::vec(0_i64..=9_900_000_000_000, 1..30),
            part in 0_u64..=1_000,
        ) {
            let sum: i64 = weights.iter().sum();
            let total = i64::try_from(i128::from(sum) * i128::from(part) / 1_000).unwrap();
            let shares = shares(total, &weights);
            prop_assert_eq!(shares.iter().sum::<i64>(), total);
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!((0..=*weight).contains(share));
                let exact = i128::from(total) * i128::from(*weight);
                prop_assert!((i128::from(*share) * i128::from(sum.max(1)) - exact).abs() < i128::from(sum.max(1)));
            }
        }
    }
}
