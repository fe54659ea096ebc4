use protocol::Product;

/// Whether a product has every word that is sought, in its title or description; case and width of letters do not count.
pub(super) fn matches(product: &Product, sought: &str) -> bool {
    let text = fold(&format!("{} {}", product.title, product.description));
    fold(sought).split_whitespace().all(|word| text.contains(word))
}

/// Small letters of usual width.
fn fold(text: &str) -> String {
    // U+FF01 to U+FF5E are the wide forms of the printable part of ASCII; U+3000 is the wide space.
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::matches;
    use protocol::{Currency, Money, Product};

    #[test]
    fn every_word_counts_and_neither_case_nor_width_does() {
        let product = Product {
            description: "春茶 50g".to_owned(),
            ..Product::plain(1, "明前龙井 Longjing", Money::new(1, Currency::CNY), 1)
        };
        for sought in ["", " ", "龙井", "LONG", "龙井　５０ｇ", "春茶 longjing"] {
            assert!(matches(&product, sought), "{sought:?}");
        }
        assert!(!matches(&product, "龙井 普洱"));
    }
}
