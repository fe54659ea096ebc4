use super::Lang;

/// What to tell a shopper about a problem's code (see [`protocol::Problem`]); none for a code that has no words, whose
/// English detail is then better than nothing.
pub fn problem(code: &str, lang: Lang) -> Option<&'static str> {
    let (zh, en) = match code {
        "sold_out" => ("手慢了，商品已售罄", "Sold out: somebody was faster"),
        "out_of_stock" => ("库存不足，请减少数量", "Not that many left: please take fewer"),
        "price_changed" => {
            ("价格已更新，请确认新的金额", "The price has changed: please check the new total")
        }
        "payment_declined" => {
            ("支付未成功，未扣款，请换一种方式", "Payment was declined, nothing was charged: try another way")
        }
        "order_expired" => ("订单超时未支付，已自动取消", "The order ran out of time and was cancelled"),
        "coupon_gone" | "coupon_exhausted" => ("优惠券已被领完", "All of these coupons are taken"),
        "coupon_expired" => ("优惠券已过期", "This coupon has expired"),
        "coupon_withdrawn" => ("优惠券已下架", "This coupon is no longer offered"),
        "coupon_used" => ("优惠券已使用", "This coupon has been used"),
        "coupon_not_claimed" => ("请先领取优惠券", "Claim the coupon first"),
        "coupon_not_applicable" | "min_spend" => {
            ("未达到优惠券使用门槛", "The order does not reach the coupon's minimum")
        }
        "too_long" => ("内容太长了", "That is too long"),
        "too_fast" | "rate_limited" | "too_many_requests" => ("发送太快，请稍等", "Too fast: wait a moment"),
        "empty" => ("请输入内容", "Say something first"),
        "unauthorized" | "not_logged_in" => ("请先登录", "Please log in first"),
        "forbidden" => ("没有权限", "You may not do that"),
        "wrong_credentials" | "bad_credentials" | "invalid_credentials" => {
            ("用户名或密码不正确", "Wrong name or password")
        }
        "name_taken" => ("用户名已被使用，请换一个", "That name is taken: choose another"),
        "weak_password" | "password_too_short" => {
            ("密码至少 8 位", "The password needs at least 8 characters")
        }
        "invalid_name" => ("用户名不符合要求", "That name cannot be used"),
        "not_found" => ("没有找到", "Not found"),
        "show_ended" => ("直播已结束", "The show is over"),
        "unreachable" => ("网络不给力，请重试", "No connection: please try again"),
        "unexpected" | "internal" => ("服务器开小差了，请重试", "The server had a hiccup: please try again"),
        _ => return None,
    };
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}
