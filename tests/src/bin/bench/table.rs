//! Prints a table for people, or one JSON object a line for programs.

use anyhow::Result;
use serde_json::{Map, Value, json};

/// A player and its values, in the order of the heads; none where it was not measured.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) values: Vec<Option<f64>>,
}

/// Prints on standard output.
pub(crate) fn print(title: &str, heads: &[&str], rows: &[Row], as_json: bool) -> Result<()> {
    if as_json {
        for row in rows {
            println!("{}", serde_json::to_string(&object(title, heads, row))?);
        }
        return Ok(());
    }
    println!("\n{title}\n");
    let width = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default();
    println!("{:width$}  {}", "", heads.join("  "));
    for row in rows {
        let cells: Vec<String> = row
            .values
            .iter()
            .zip(heads)
            .map(|(value, head)| {
                format!("{:>width$}", value.map_or("-".to_owned(), shown), width = head.len())
            })
            .collect();
        println!("{:width$}  {}", row.name, cells.join("  "));
    }
    Ok(())
}

/// The middle value; none of none.
pub(crate) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let lower = if values.len().is_multiple_of(2) { *values.get(middle.checked_sub(1)?)? } else { upper };
    Some(f64::midpoint(lower, upper))
}

fn shown(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn object(title: &str, heads: &[&str], row: &Row) -> Value {
    let mut object = Map::new();
    object.insert("benchmark".to_owned(), json!(title));
    object.insert("player".to_owned(), json!(row.name));
    for (head, value) in heads.iter().zip(&row.values) {
        object.insert((*head).to_owned(), json!(value));
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(median(vec![4.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(vec![4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
