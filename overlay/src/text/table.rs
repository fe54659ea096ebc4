use super::Lang;

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)*) => {
        /// One text, in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Text { $(#[doc = $en] $(#[$doc])* $name,)* }

        impl Text {
            /// Every text there is.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// This text in `lang`.
            pub const fn get(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)* }
            }
        }
    };
}

texts! {
    Say: "说点什么…", "Say something…";
    Send: "发送", "Send";
    Chat: "聊天", "Chat";
    ChatEmpty: "还没有人说话，来打个招呼吧", "No one has spoken yet. Say hello!";
    NewMessages: "条新消息", "new";
    Host: "主播", "Host";
    Watching: "人在看", "watching";
    Reconnecting: "正在重新连接…", "Reconnecting…";
    Replay: "回放", "Replay";
    ReplayPosition: "回放进度", "Position in the replay";
    ToLive: "正在直播，去看看", "Live now: go and see";
    Danmaku: "弹幕", "Flying comments";
    Bag: "购物袋", "Bag";
    BagTitle: "直播好物", "In this show";
    BagEmpty: "还没有上架商品", "Nothing is on sale yet";
    Cart: "购物车", "Cart";
    CartEmpty: "购物车是空的", "The cart is empty";
    CartFull: "购物车已满", "The cart is full";
    AddedToCart: "已加入购物车", "Added to the cart";
    AddToCart: "加入购物车", "Add to cart";
    Remove: "移除", "Remove";
    FewerThere: "只剩 {} 件，少于你想要的", "Only {} left, fewer than you wanted";
    NotOnSale: "已下架", "No longer on sale";
    Search: "搜索商品", "Search";
    NothingFound: "没有找到相关商品", "Nothing found";
    PriceChanged: "已改价", "Price changed";
    NowShown: "讲解中", "Showing now";
    Buy: "抢购", "Buy";
    BuyNow: "立即抢购", "Buy now";
    SoldOut: "已售罄", "Sold out";
    Close: "关闭", "Close";
    Claim: "领取", "Claim";
    Claiming: "领取中…", "Claiming…";
    Claimed: "已领取", "Claimed";
    Gone: "已领完", "All gone";
    Ended: "已结束", "Ended";
    Expired: "已过期", "Expired";
    Used: "已使用", "Used";
    Coupon: "优惠券", "Coupon";
    EndsIn: "剩", "ends in";
    Checkout: "确认订单", "Checkout";
    CouponCode: "输入优惠码", "Coupon code";
    UseCode: "兑换", "Use";
    SendTo: "收货地址", "Send to";
    ChangeAddress: "修改", "Change";
    AddressMissing: "请填写收货人、电话、国家和详细地址", "Fill in the name, the phone, the country and the street";
    WantInvoice: "需要发票", "I need an invoice";
    InvoiceFor: "发票抬头", "Invoice for";
    TaxNumber: "税号（选填）", "Tax number (optional)";
    InvoiceMissing: "请填写发票抬头", "Say whom the invoice is for";
    Recipient: "收货人", "Name";
    Phone: "电话", "Phone";
    Country: "国家代码", "Country code";
    Region: "省份", "State or region";
    City: "城市", "City";
    Street: "详细地址", "Street and number";
    Postcode: "邮编", "Postcode";
    Shipping: "运费", "Shipping";
    ShippingDiscount: "运费优惠", "Shipping discount";
    FreeShipping: "包邮", "Free";
    PriceHolds: "直播价剩", "Live price for";
    AtMost: "限购 {} 件", "at most {}";
    ItemsBack: "已退 {} 件", "{} paid back";
    PaidBack: "已退款", "Paid back";
    Details: "查看", "View";
    Quantity: "数量", "Quantity";
    Fewer: "减少数量", "One fewer";
    More: "增加数量", "One more";
    Subtotal: "商品金额", "Subtotal";
    Discount: "优惠", "Discount";
    Total: "合计", "Total";
    PlaceOrder: "提交订单", "Place order";
    Placing: "提交中…", "Placing…";
    Held: "库存已为你保留", "Reserved for you";
    PayWith: "支付方式", "Pay with";
    SandboxCard: "测试卡", "Test card";
    SandboxCardHint: "沙盒支付，不会真的扣款", "Sandbox: no money moves";
    SandboxDeclined: "会被拒绝的测试卡", "Test card that is declined";
    SandboxDeclinedHint: "用来查看支付失败时的样子", "Shows what a refusal looks like";
    Pay: "支付", "Pay";
    Paying: "支付中…", "Paying…";
    Paid: "支付成功", "Paid";
    ThankYou: "谢谢惠顾，主播已收到你的订单", "Thank you. The host has your order";
    OrderNo: "订单号", "Order";
    PaymentNo: "支付流水", "Payment";
    KeepWatching: "继续看直播", "Keep watching";
    CancelOrder: "取消订单", "Cancel order";
    MyOrders: "我的订单", "My orders";
    NoOrders: "还没有订单", "No orders yet";
    OrderHeld: "待支付", "To pay";
    OrderPaid: "已支付", "Paid";
    OrderShipped: "已发货", "Shipped";
    OrderDelivered: "已送达", "Delivered";
    OrderRefunded: "已退款", "Refunded";
    OrderCancelled: "已取消", "Cancelled";
    OrderExpired: "已超时", "Expired";
    LogIn: "登录", "Log in";
    LogOut: "退出登录", "Log out";
    Register: "注册", "Sign up";
    LogInTitle: "登录后继续", "Log in to go on";
    RegisterTitle: "注册一个账号", "Make an account";
    NoAccount: "还没有账号？", "No account yet?";
    HaveAccount: "已有账号？", "Have an account?";
    Name: "用户名", "Name";
    Password: "密码", "Password";
    PasswordHint: "至少 8 位", "At least 8 characters";
    Bought: "买了", "bought";
    NoMinimum: "无门槛", "No minimum";
    ForFree: "赠品", "Free gift";
    Over: "满 {} 可用", "Over {}";
    DanmakuSettings: "弹幕设置", "Flying comments";
    Area: "显示区域", "Area";
    AreaQuarter: "1/4 屏", "A quarter";
    AreaHalf: "半屏", "Half";
    AreaWhole: "全屏", "All of it";
    Density: "密度", "Density";
    DensityFew: "较少", "Few";
    DensityNormal: "不重叠", "None overlap";
    DensityOverlap: "允许重叠", "All, overlapping";
    Opacity: "不透明度", "Opacity";
    Speed: "速度", "Speed";
    Size: "字号", "Size";
    Kinds: "显示的类型", "Kinds shown";
    KindScroll: "滚动", "Scrolling";
    KindReverse: "逆向", "Reverse";
    KindTop: "顶部", "Top";
    KindBottom: "底部", "Bottom";
    KindPositioned: "定位", "Placed";
    KindColored: "彩色", "Coloured";
    AsTheyArrive: "实时弹幕", "Comments as they arrive";
    AsTheyArriveHint: "不等画面，可能剧透", "Not with their picture: may tell what comes";
    Blocked: "屏蔽", "Blocked";
    BlockHint: "屏蔽词，或 /表达式/", "A word, or /an expression/";
    Block: "屏蔽", "Block";
    Unblock: "取消屏蔽", "No longer block";
    Export: "导出", "Export";
    Import: "导入", "Import";
    Imported: "设置已导入", "Settings imported";
    Reset: "恢复默认", "Reset";
    CatchComment: "选取飞过的弹幕", "Hold a flying comment";
    Copy: "复制", "Copy";
    Copied: "已复制", "Copied";
    Reply: "回复", "Reply";
    BlockUser: "屏蔽此人", "Block user";
    Report: "举报", "Report";
    LikeComment: "点赞", "Like";
    ChatKeys: "按上下键逐条浏览，按回车键操作", "Up and down go from line to line; Enter shows what can be done";
    Reported: "已举报，谢谢", "Reported. Thank you";
    LetGo: "放开", "Let go";
    Gifts: "礼物", "Gifts";
    NoGifts: "暂时没有礼物", "No gifts for now";
    Gave: "送出", "gave";
    ManyGifts: "{people} 人又送出 {gifts} 份礼物", "{gifts} more gifts, people: {people}";
    Free: "免费", "Free";
    Coins: "{} 金币", "{} coins";
    Wallet: "我的金币", "My coins";
    Recharge: "充值", "Get coins";
    Recharging: "等待支付结果…", "Waiting for the payment…";
    Recharged: "到账 {} 金币", "{} coins are yours";
    RechargeSlow: "支付还在处理，到账后会显示在这里", "The payment is still under way: the coins will show here";
    RechargeFailed: "支付未成功，未扣款", "Payment failed, nothing was charged";
    RechargeElsewhere: "请在商家页面完成支付", "Finish the payment on the shop's page";
    CoinsForGifts: "金币用来送礼物，不能提现", "Coins are for gifts, and are not paid out";
    Movements: "明细", "Movements";
    NoMovements: "还没有明细", "Nothing yet";
    MoveRecharge: "充值", "Bought";
    MoveUndone: "充值撤回", "Taken back";
    MoveGift: "送礼物", "Gift";
    MovePacket: "红包", "Red packet";
    MoveOther: "其他", "Other";
    Limits: "消费限额", "Spending limits";
    SpentToday: "24 小时内已送出 {} 金币", "Given in 24 hours: {} coins";
    PerGift: "单个礼物最多", "Most in one gift";
    PerDay: "24 小时最多", "Most in 24 hours";
    RemindAt: "达到后提醒我", "Remind me at";
    Save: "保存", "Save";
    Saved: "已保存", "Saved";
    ReminderTitle: "休息一下？", "A short pause?";
    ReminderText: "理性消费，量力而行", "Give what you can spare";
    GoOnGiving: "我知道了，继续送", "I know: go on";
    EnoughGiven: "今天先到这里", "Enough for today";
    SendPacket: "发红包", "Send a red packet";
    PacketOf: "{} 的红包", "Red packet by {}";
    PacketLeft: "剩 {left}/{all} 个", "{left} of {all} left";
    Grab: "抢", "Open";
    Grabbed: "抢到 {} 金币", "You got {} coins";
    PacketCoins: "总金币", "Coins in all";
    PacketShares: "红包个数", "How many shares";
    PacketLuck: "拼手气", "By luck";
    PacketLuckHint: "每份金额随机", "Each share is another sum";
    PacketEqual: "普通红包", "Equal shares";
    PacketEqualHint: "每份一样多", "Each gets as much";
    PacketSend: "塞金币进红包", "Fill and send it";
    PacketBack: "两分钟内没抢完的会退回", "What nobody takes in two minutes comes back";
    SkipGift: "跳过", "Skip";
    Effects: "大礼物全屏播放", "Big gifts fill the picture";
    Like: "点赞", "Like";
    Loading: "加载中…", "Loading…";
    SomethingWrong: "出了点问题，请重试", "Something went wrong: please try again";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_has_words_in_every_language() {
        for text in Text::ALL {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!text.get(lang).trim().is_empty(), "{text:?} in {lang:?}");
            }
        }
    }
}
