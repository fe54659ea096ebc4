//! What was paid out, as CSV (RFC 4180) for a spreadsheet.

use protocol::Withdrawal;
use shop::withdrawal::Step;

/// The first line.
const HEAD: &str = "withdrawal,host,payee,account,coins,amount_minor,currency,requested,paid,reference";

/// Paid withdrawals, one a line. Amounts are whole minor units, so that no program rounds them.
pub fn csv(paid: &[Withdrawal]) -> String {
    let mut text = format!("{HEAD}\r\n");
    for one in paid {
        let pay = one.steps.iter().rfind(|step| step.step == Step::Pay.as_str());
        let fields = [
            one.id.to_string(),
            cell(&one.user.name),
            cell(&one.payee),
            cell(&one.account),
            one.coins.to_string(),
            one.amount.amount.to_string(),
            one.amount.currency.as_str().to_owned(),
            one.created.to_string(),
            pay.map(|step| step.time.to_string()).unwrap_or_default(),
            cell(pay.map_or("", |step| &step.note)),
        ];
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A text that people wrote, as one cell. A spreadsheet takes what begins with one of these for a formula and would run it:
/// an apostrophe before it keeps it a text (OWASP, "CSV Injection").
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_text_and_never_a_formula() {
        assert_eq!(cell("Lin, \"Ltd\""), "\"Lin, \"\"Ltd\"\"\"");
        for formula in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert!(cell(formula).starts_with("\"'"), "{formula}");
        }
    }
}
