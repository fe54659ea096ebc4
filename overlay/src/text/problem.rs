use super::Lang;

/// What to tell a shopper about a problem's code (see [`protocol::Problem`]); none for a code that has no words, whose
/// English detail is then better than nothing. `unreachable` and `unexpected` are [`crate::api::ApiError`]'s own.
pub fn problem(code: &str, lang: Lang) -> Option<&'static str> {
    let (zh, en) = match code {
        "sold_out" => ("手慢了，库存不足", "Not enough left: somebody was faster"),
        "price_changed" => {
            ("价格已更新，请确认新的金额", "The price has changed: please check the new total")
        }
        "payment_declined" => {
            ("支付未成功，未扣款，请换一种方式", "Payment was declined, nothing was charged: try another way")
        }
        "payment_running" => ("支付处理中，请稍候", "The payment is being processed: wait a moment"),
        "idempotency_running" => ("正在提交，请稍候再试", "It is under way: wait a moment, then try again"),
        "idempotency_mismatch" | "bad_body" => {
            ("提交未成功，请重新操作", "That did not go through: please start again")
        }
        "order_closed" => ("订单已结束，请重新下单", "This order is over: please order again"),
        "quantity_out_of_range" => ("购买数量不符合要求", "That is not a number of things one can buy"),
        "coupon_gone" => ("优惠券已被领完", "All of these coupons are taken"),
        "coupon_expired" => ("优惠券已过期", "This coupon has expired"),
        "coupon_not_released" | "not_released" => ("优惠券暂不可领", "This coupon is not out"),
        "coupon_used" => ("优惠券已使用", "This coupon has been used"),
        "coupon_not_claimed" => ("请先领取优惠券", "Claim the coupon first"),
        "coupon_below_min_spend" => ("未达到优惠券使用门槛", "The order does not reach the coupon's minimum"),
        "coupon_not_started" => ("优惠券还没到使用时间", "This coupon cannot be used yet"),
        "coupon_for_others" => ("优惠券不适用于这些商品", "This coupon is for other things"),
        "coupon_gift_gone" => ("赠品已送完", "The gift is sold out"),
        "coupon_takes_nothing" => ("优惠券没有可减的金额", "There is nothing for this coupon to take off"),
        "coupons_do_not_combine" => ("这些优惠券不能同时使用", "These coupons do not go together"),
        "others_are_better" => ("其他优惠更划算", "Other coupons take off more"),
        "bad_code" | "unknown_code" => ("没有这个优惠码", "There is no such code"),
        "variant_required" | "unknown_variant" => ("请选择规格", "Choose which one you want"),
        "too_many_in_order" => ("超过了每单限购数量", "That is more than one order may have"),
        "too_many_for_user" => ("超过了每人限购数量", "That is more than one shopper may buy"),
        "address_required" | "bad_address" => ("请填写收货地址", "Say where to send it"),
        "bad_invoice" => ("请检查税号", "Check the tax number"),
        "currency_mismatch" => {
            ("不同币种的商品要分开下单", "Things in two currencies are ordered one by one")
        }
        "line_twice" | "bad_cart" => {
            ("购物车有误，请重新添加", "Something is wrong with the cart: fill it again")
        }
        "refund_running" => ("退款处理中，请稍候", "A refund is being processed: wait a moment"),
        "too_long" | "too_large" => ("内容太长了", "That is too long"),
        "empty" => ("请输入内容", "Say something first"),
        "bad_character" => ("含有不支持的字符", "That has a character that cannot be used"),
        "positioned_by_viewer" => ("只有主播可以定位弹幕", "Only the host may place a comment"),
        "bad_place" | "too_many_zones" | "bad_zone" => {
            ("位置不在画面内", "That is not a place on the picture")
        }
        "slow_down" => ("太快了，请稍等", "Too fast: wait a moment"),
        "repeated" => ("请不要重复发送", "You have just said that"),
        "log_in_required" | "bad_token" => ("请先登录", "Please log in first"),
        "not_host" | "host_required" => ("只有主播可以这样做", "Only the host may do that"),
        "wrong_credentials" => ("用户名或密码不正确", "Wrong name or password"),
        "name_taken" => ("用户名已被使用，请换一个", "That name is taken: choose another"),
        "password_too_short" => ("密码至少 8 位", "The password needs at least 8 characters"),
        "password_too_long" => ("密码太长了", "That password is too long"),
        "unknown_product" | "unknown_comment" | "unknown_coupon" | "unknown_order" | "unknown_room" => {
            ("没有找到", "Not found")
        }
        "own_comment" => ("不能举报自己的弹幕", "That is your own comment"),
        "wallet_missing" => ("金币功能还没开放，先送免费礼物吧", "Coins are not here yet: send a free gift"),
        "insufficient_funds" => ("金币不足，请先充值", "Not enough coins: get some first"),
        "spend_limit_gift" => ("超过了你设定的单个礼物限额", "That is more than your limit for one gift"),
        "spend_limit_day" => ("超过了你设定的 24 小时限额", "That passes your limit for 24 hours"),
        "bad_limit" => ("限额超出允许的范围", "A limit is out of range"),
        "packet_gone" => ("手慢了，红包抢完了", "All of it is taken: somebody was faster"),
        "packet_over" => ("红包已过期", "This red packet is over"),
        "bad_packet" => {
            ("金币数至少等于红包个数", "There has to be a coin for each share, and no more than may be given")
        }
        "too_many_packets" => ("红包太多了，等一等再发", "There are many red packets already: wait a little"),
        "gifts_changed" => {
            ("礼物已更新，请再看一眼价格", "The gifts have changed: please look at the price again")
        }
        "unknown_gift" => ("这个礼物已下架", "That gift is gone"),
        "show_over" => ("直播已结束，下次再送吧", "The show is over: send it in the next one"),
        "not_live" => ("直播未开始或已结束", "The show is not on"),
        "busy" => ("人太多了，请稍后重试", "Very busy: please try again"),
        "unreachable" | "too_slow" => ("网络不给力，请重试", "No connection: please try again"),
        "unexpected" | "internal" => ("服务器开小差了，请重试", "The server had a hiccup: please try again"),
        _ => return None,
    };
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_s_refusals_have_words_of_their_own() {
        for code in ["idempotency_running", "idempotency_mismatch", "too_large", "bad_body", "price_changed"]
        {
            assert!(problem(code, Lang::Zh).is_some() && problem(code, Lang::En).is_some(), "{code}");
        }
        assert_eq!(problem("a_code_of_tomorrow", Lang::En), None);
    }
}
