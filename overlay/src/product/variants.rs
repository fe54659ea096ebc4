use protocol::{Product, Variant};
use std::cmp::Reverse;

/// One value of an option, and what choosing it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chip {
    /// The value: `L`, `红`.
    pub(crate) value: String,
    /// The variant that is chosen with it.
    pub(crate) variant: i64,
    /// Whether nothing that has it is left, with the options before it as they are chosen.
    pub(crate) sold_out: bool,
}

/// The variant that is chosen before anybody chooses: the first that is left.
pub(crate) fn first(variants: &[Variant]) -> Option<&Variant> {
    variants.iter().find(|variant| variant.stock > 0).or_else(|| variants.first())
}

/// The variant of this number.
pub(crate) fn named(product: &Product, variant: Option<i64>) -> Option<&Variant> {
    product.variants.iter().find(|one| Some(one.id) == variant)
}

/// The values that the option number `index` may take after the options before it as `chosen` has them. Each keeps as many
/// of the options after it as it can.
pub(crate) fn chips(variants: &[Variant], chosen: &Variant, index: usize) -> Vec<Chip> {
    let same = |variant: &Variant, index: usize| value(variant, index) == value(chosen, index);
    let later = |variant: &Variant| (index + 1..variant.options.len()).filter(|i| same(variant, *i)).count();
    let open: Vec<&Variant> =
        variants.iter().filter(|variant| (0..index).all(|before| same(variant, before))).collect();
    let mut chips: Vec<Chip> = Vec::new();
    for at in open.iter().filter_map(|variant| value(variant, index)) {
        if chips.iter().any(|chip| chip.value == at) {
            continue;
        }
        let with = open.iter().filter(|variant| value(variant, index) == Some(at));
        if let Some(best) = with.min_by_key(|variant| Reverse((variant.stock > 0, later(variant)))) {
            chips.push(Chip { value: at.to_owned(), variant: best.id, sold_out: best.stock <= 0 });
        }
    }
    chips
}

/// What a variant is in its option number `index`.
pub(crate) fn value(variant: &Variant, index: usize) -> Option<&str> {
    variant.options.get(index).map(|option| option.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Currency, Money, VariantOption};

    fn variant(id: i64, colour: &str, size: &str, stock: i64) -> Variant {
        let option =
            |name: &str, value: &str| VariantOption { name: name.to_owned(), value: value.to_owned() };
        let options = vec![option("colour", colour), option("size", size)];
        let price = Money::new(1_000, Currency::CNY);
        Variant { id, options, sku: String::new(), price, compare_at: None, live: None, stock }
    }

    fn shirts() -> Vec<Variant> {
        vec![
            variant(1, "red", "M", 0),
            variant(2, "red", "L", 2),
            variant(3, "blue", "M", 1),
            variant(4, "blue", "L", 1),
            variant(5, "green", "M", 0),
        ]
    }

    fn told(chips: &[Chip]) -> Vec<(&str, i64, bool)> {
        chips.iter().map(|chip| (chip.value.as_str(), chip.variant, chip.sold_out)).collect()
    }

    #[test]
    fn the_first_variant_that_is_left_is_chosen_at_first() {
        assert_eq!(first(&shirts()).map(|variant| variant.id), Some(2));
        assert_eq!(first(&shirts()[..1]).map(|variant| variant.id), Some(1));
        assert_eq!(first(&[]), None);
    }

    #[test]
    fn a_value_keeps_the_options_after_it_where_it_can() {
        let shirts = shirts();
        let colours = chips(&shirts, &shirts[1], 0);
        assert_eq!(told(&colours), [("red", 2, false), ("blue", 4, false), ("green", 5, true)]);
        let colours = chips(&shirts, &shirts[2], 0);
        assert_eq!(told(&colours)[0], ("red", 2, false));
    }

    #[test]
    fn only_what_goes_with_the_options_before_is_offered() {
        let shirts = shirts();
        assert_eq!(told(&chips(&shirts, &shirts[1], 1)), [("M", 1, true), ("L", 2, false)]);
        assert_eq!(told(&chips(&shirts, &shirts[4], 1)), [("M", 5, true)]);
        assert_eq!(chips(&shirts, &shirts[1], 2), []);
    }
}
