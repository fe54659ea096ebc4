//! Asks for income to be paid out.

use crate::attempt::Attempt;
use crate::studio::{MOST, is_filled};
use crate::task::{Task, TaskError};
use crate::ui::{Field, Submit};
use crate::words::{Word, common, merchant, say, studio};
use leptos::prelude::*;
use overlay::api::Api;
use protocol::{LIMITS, NewWithdrawal};

/// Fewest coins that the server pays out.
const LEAST: i64 = 500;

/// Coins as typed, of those that are there.
fn coins(typed: &str, available: i64) -> Result<i64, Word> {
    match typed.trim().parse::<i64>() {
        Ok(coins) if coins < LEAST => Err(merchant::TOO_FEW),
        Ok(coins) if coins > available.min(MOST) => Err(merchant::NOT_ENOUGH),
        Ok(coins) => Ok(coins),
        Err(_) => Err(studio::NOT_A_COUNT),
    }
}

/// The form; `done` closes it, and says whether it was asked for.
#[component]
pub(super) fn WithdrawForm(available: Memo<i64>, done: impl Fn(bool) + Copy + 'static) -> impl IntoView {
    let (api, task, attempt) = (expect_context::<Api>(), Task::new(), Attempt::new());
    let empty = || RwSignal::new(String::new());
    let (typed, payee, account, submitted) = (empty(), empty(), empty(), RwSignal::new(false));
    let wrong_coins = Signal::derive(move || {
        submitted.get().then(|| coins(&typed.read(), available.get()).err()).flatten()
    });
    let filled = move |value: RwSignal<String>| {
        Signal::derive(move || submitted.get().then(|| is_filled(&value.read())).flatten())
    };
    let (wrong_payee, wrong_account) = (filled(payee), filled(account));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        submitted.set(true);
        let wrong = [wrong_payee, wrong_account].iter().any(|wrong| wrong.get_untracked().is_some());
        let Ok(coins) = untrack(|| coins(&typed.read(), available.get())) else { return };
        if wrong {
            return;
        }
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let new = NewWithdrawal { coins, payee: text(payee), account: text(account) };
        let (api, key) = (api.clone(), attempt.key(&new));
        let ask = async move { attempt.end(api.withdraw(&new, &key).await) };
        task.run(ask, move |_| done(true));
    };
    view! {
        <form class="form form-inset" novalidate on:submit=submit>
            <p class="hint">{say(merchant::WITHDRAW_HINT)}</p>
            <Field id="withdraw-coins" label=merchant::WITHDRAW_COINS value=typed error=wrong_coins inputmode="numeric"/>
            <div class="field-row field-row-wide">
                <Field id="withdraw-payee" label=merchant::PAYEE value=payee error=wrong_payee maxlength=LIMITS.payee_chars/>
                <Field id="withdraw-account" label=merchant::ACCOUNT value=account error=wrong_account maxlength=LIMITS.payee_chars/>
            </div>
            <TaskError task/>
            <div class="form-actions">
                <button type="button" class="button button-quiet" on:click=move |_| done(false)>{say(common::CANCEL)}</button>
                <Submit task label=merchant::WITHDRAW_NOW doing=merchant::WITHDRAW_NOW_DOING/>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_asked_for_than_there_is() {
        assert_eq!(coins("499", 9_000), Err(merchant::TOO_FEW));
        assert_eq!(coins(" 500 ", 9_000), Ok(500));
        assert_eq!(coins("9001", 9_000), Err(merchant::NOT_ENOUGH));
        assert_eq!(coins("many", 9_000), Err(studio::NOT_A_COUNT));
    }
}
