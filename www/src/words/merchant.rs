//! Words of a merchant's pages.

use super::{Word, word};
use crate::route::ShopPart;
use overlay::text::Lang;
use protocol::{CouponClass, OrderActor, RefundStatus, WithdrawalStatus};

pub(crate) const TITLE: Word = word("店铺管理", "Shop");
pub(crate) const TABS: Word = word("店铺分区", "Parts of the shop");
pub(crate) const TO_STUDIO: Word = word("去直播", "Studio");

/// What a part is called.
pub(crate) const fn part(part: ShopPart) -> Word {
    match part {
        ShopPart::Orders => word("订单", "Orders"),
        ShopPart::Products => word("商品", "Products"),
        ShopPart::Coupons => word("优惠券", "Coupons"),
        ShopPart::Income => word("收入", "Income"),
    }
}

pub(crate) const FILTER: Word = word("按状态筛选", "Filter by status");
pub(crate) const ALL: Word = word("全部", "All");
pub(crate) const NO_ORDERS: Word = word("这里还没有订单", "No orders here");
pub(crate) const NO_ORDERS_HINT: Word =
    word("有人下单后马上会出现。", "They appear as soon as somebody orders.");
pub(crate) const NEWER: Word = word("较新的", "Newer");
pub(crate) const OLDER: Word = word("较早的", "Older");
pub(crate) const PAGES: Word = word("翻页", "Pages");
pub(crate) const EXPORT: Word = word("导出", "Export");
pub(crate) const ITEMS: Word = word("{} 件", "Items: {}");
pub(crate) const LINES: Word = word("商品明细", "Items");
pub(crate) const SHIPPING: Word = word("运费", "Shipping");
pub(crate) const REFUNDED: Word = word("已退", "Paid back");
pub(crate) const REFUNDED_ITEMS: Word = word("已退 {} 件", "{} paid back");
pub(crate) const REFUNDED_IN_PART: Word = word("部分退款", "Partly refunded");
pub(crate) const ADDRESS: Word = word("收货人", "Send to");
pub(crate) const NO_ADDRESS: Word = word("未填写收货地址", "No address was asked for");
pub(crate) const INVOICE: Word = word("发票", "Invoice");
pub(crate) const SHIPMENT: Word = word("物流", "Shipment");
pub(crate) const HISTORY: Word = word("经过", "History");
pub(crate) const CARRIER: Word = word("快递公司", "Carrier");
pub(crate) const TRACKING: Word = word("快递单号", "Tracking number");
pub(crate) const SHIP: Word = word("确认发货", "Mark as shipped");
pub(crate) const SHIPPING_NOW: Word = word("发货中…", "Saving…");
pub(crate) const DELIVER: Word = word("确认送达", "Mark as delivered");
pub(crate) const DELIVERING: Word = word("保存中…", "Saving…");

pub(crate) const REFUND: Word = word("退款", "Refund");
pub(crate) const REFUND_OF: Word = word("退几件：{}", "How many to pay back: {}");
pub(crate) const REFUND_ALL: Word = word("全部选上", "Choose everything");
pub(crate) const REFUND_SHIPPING: Word = word("连同运费", "The shipping fee too");
pub(crate) const RESTOCK: Word = word("商品重新上架销售", "Put the items back on sale");
pub(crate) const REASON: Word = word("原因（买家能看到）", "Reason (the shopper reads it)");
pub(crate) const REFUND_AMOUNT: Word = word("退还金额", "To pay back");
pub(crate) const REFUND_NEXT: Word = word("退款…", "Refund…");
pub(crate) const REFUND_QUESTION: Word = word("退还 {} 吗？", "Pay back {}?");
pub(crate) const REFUND_HINT: Word =
    word("钱会原路退给买家，不能撤回。", "The money goes back the way it came. This cannot be undone.");
pub(crate) const REFUND_NOW: Word = word("退还 {}", "Pay back {}");
pub(crate) const REFUNDING: Word = word("退款中…", "Paying back…");
pub(crate) const CHOOSE_ITEMS: Word = word("先选要退的商品", "Choose what is paid back");

/// Who moved an order on.
pub(crate) const fn actor(actor: OrderActor) -> Word {
    match actor {
        OrderActor::Shopper => word("买家", "Shopper"),
        OrderActor::Shop => word("店铺", "Shop"),
        OrderActor::Server => word("系统", "System"),
    }
}

/// Where a refund stands.
pub(crate) const fn refund(status: RefundStatus) -> Word {
    match status {
        RefundStatus::Pending => word("退款处理中", "Refund under way"),
        RefundStatus::Done => word("退款已完成", "Refund done"),
        RefundStatus::Failed => word("退款未成功", "Refund declined"),
    }
}

pub(crate) const IMPORT: Word = word("导入", "Import");
pub(crate) const IMPORT_FILE: Word = word("选择商品文件", "Choose a product file");
pub(crate) const IMPORT_HINT: Word = word(
    "CSV、Google 商品 TSV 或 XML、JSON-LD。先看变化，再决定要不要导入。",
    "CSV, Google Merchant TSV or XML, JSON-LD. You see what changes before anything does.",
);
pub(crate) const IMPORT_LOOKING: Word = word("正在比对…", "Comparing…");
pub(crate) const IMPORT_NEW: Word = word("新增", "New");
pub(crate) const IMPORT_CHANGED: Word = word("改动", "Changed");
pub(crate) const IMPORT_SAME: Word = word("不变", "Unchanged");
pub(crate) const IMPORT_REFUSED: Word = word("有误，已跳过", "Left out");
pub(crate) const IMPORT_LINE: Word = word("第 {} 行", "Line {}");
pub(crate) const IMPORT_APPLY: Word = word("导入这些变化", "Apply these changes");
pub(crate) const IMPORT_APPLYING: Word = word("导入中…", "Applying…");
pub(crate) const IMPORT_DONE: Word = word("已导入", "Imported");
pub(crate) const IMPORT_NOTHING: Word = word("文件里没有要改的内容", "The file changes nothing");
pub(crate) const IMPORT_CLOSE: Word = word("关闭", "Close");
pub(crate) const BAD_FORMAT: Word =
    word("请选择 .csv、.tsv、.xml 或 .json 文件", "Choose a .csv, .tsv, .xml or .json file");
pub(crate) const FILE_TOO_LARGE: Word = word("文件超过 4 MB", "The file is larger than 4 MB");
pub(crate) const FILE_UNREADABLE: Word = word("这个文件读不出来", "The file cannot be read");

/// What an import changes, as the server names it: `price`, or of a variant with its number before it, `s-m price`.
pub(crate) fn field(name: &str, lang: Lang) -> String {
    const FIELDS: [(&str, &str); 8] = [
        ("title", "名称"),
        ("description", "介绍"),
        ("image_link", "图片"),
        // Before what they end with.
        ("price before", "划线价"),
        ("live price", "直播价"),
        ("is new, stock", "新规格，库存"),
        ("price", "价格"),
        ("stock", "库存"),
    ];
    let known = FIELDS.iter().find_map(|(english, chinese)| Some((name.strip_suffix(english)?, chinese)));
    match (lang, known) {
        (Lang::Zh, Some((of, chinese))) => format!("{of}{chinese}"),
        _ => name.to_owned(),
    }
}

pub(crate) const ON_HAND: Word = word("入库", "On hand");
pub(crate) const HELD: Word = word("占用", "Held");
pub(crate) const SOLD: Word = word("已售", "Sold");
pub(crate) const FOR_SALE: Word = word("可售", "For sale");
pub(crate) const VARIANTS: Word = word("{} 种规格", "{} variants");
pub(crate) const PER_ORDER: Word = word("每单限购（空为不限）", "Most in one order (empty: no bound)");
pub(crate) const PER_USER: Word = word("每人限购（空为不限）", "Most for one shopper (empty: no bound)");
pub(crate) const LIMIT_ORDER: Word = word("每单限 {}", "{} an order");
pub(crate) const LIMIT_USER: Word = word("每人限 {}", "{} a shopper");

pub(crate) const KIND: Word = word("种类", "Kind");
pub(crate) const KIND_AMOUNT: Word = word("减金额", "Amount off");
pub(crate) const KIND_PERCENT: Word = word("打折（百分比）", "Per cent off");
pub(crate) const PERCENT: Word = word("减百分之几", "Per cent off");
pub(crate) const AT_MOST: Word = word("最多减", "At most");
pub(crate) const CLASS: Word = word("用在", "Comes off");
pub(crate) const ONE_GIFT: Word = word("选一件没有规格的商品", "Choose one product, without variants");
pub(crate) const GIFT_FROM: Word = word("满 {min} 送价值 {off} 的赠品", "A gift worth {off} from {min}");
pub(crate) const GIFT_ALWAYS: Word = word("下单即送价值 {off} 的赠品", "A gift worth {off} with any order");
pub(crate) const PER_CLAIM: Word = word("每人可领", "For one shopper");
pub(crate) const CODE: Word = word("优惠码（可不填）", "Code (optional)");
pub(crate) const STARTS: Word = word("开始时间（可不填）", "Starts (optional)");
pub(crate) const EXPIRES: Word = word("结束时间（可不填）", "Ends (optional)");
pub(crate) const EXCLUSIVE: Word = word("不与其他优惠券同用", "Goes with no other coupon");
pub(crate) const ISSUED: Word = word("发行", "Issued");
pub(crate) const CLAIMED: Word = word("领取", "Claimed");
pub(crate) const REDEEMED: Word = word("使用", "Redeemed");
pub(crate) const CODE_IS: Word = word("优惠码 {}", "Code {}");
pub(crate) const FROM_TIME: Word = word("{} 起", "From {}");
pub(crate) const UNTIL_TIME: Word = word("{} 止", "Until {}");
pub(crate) const BAD_CODE: Word = word("4–32 位字母、数字或连字符", "4 to 32 letters, digits and hyphens");
pub(crate) const BAD_PERCENT: Word = word("1 到 100 的整数", "A whole number from 1 to 100");
pub(crate) const BAD_TIME: Word = word("结束要晚于开始", "The end has to be after the start");
pub(crate) const PERCENT_FROM: Word =
    word("满 {min} 减 {percent}%，最多 {off}", "{percent}% off from {min}, at most {off}");

/// What a coupon comes off.
pub(crate) const fn class(class: CouponClass) -> Word {
    match class {
        CouponClass::Items => word("指定商品", "Some products"),
        CouponClass::Order => word("整单", "The order"),
        CouponClass::Gift => word("赠品", "A gift"),
        CouponClass::Shipping => word("运费", "Shipping"),
    }
}

pub(crate) const AVAILABLE: Word = word("可提现", "To withdraw");
pub(crate) const PENDING: Word = word("冻结期内", "On hold");
pub(crate) const WITHDRAWING: Word = word("提现中", "On its way");
pub(crate) const PAID_OUT: Word = word("已到账", "Paid out");
pub(crate) const COINS: Word = word("{} 币", "{} coins");
pub(crate) const INCOME_TITLE: Word = word("礼物收入", "Income from gifts");
pub(crate) const INCOME_HINT: Word = word(
    "新收到的礼物先冻结几天，过后才能提现。",
    "What gifts bring is on hold for some days before it can be withdrawn.",
);
pub(crate) const WITHDRAW: Word = word("申请提现", "Withdraw");
pub(crate) const WITHDRAW_NOW: Word = word("提交申请", "Ask for it");
pub(crate) const WITHDRAW_NOW_DOING: Word = word("提交中…", "Asking…");
pub(crate) const WITHDRAW_HINT: Word = word(
    "至少 500 币。提交后金币先扣下，由审核人核对，超过 50,000 币要两人审核。",
    "500 coins at least. They are set aside at once and reviewed; above 50,000 by two people.",
);
pub(crate) const WITHDRAW_COINS: Word = word("币数", "Coins");
pub(crate) const PAYEE: Word = word("收款人", "Payee");
pub(crate) const ACCOUNT: Word = word("收款账号", "Account");
pub(crate) const WITHDRAWALS: Word = word("提现记录", "Withdrawals");
pub(crate) const NO_WITHDRAWALS: Word = word("还没有提现", "No withdrawals yet");
pub(crate) const WITHDRAW_CANCEL: Word = word("撤回", "Take back");
pub(crate) const WITHDRAW_CANCELLING: Word = word("撤回中…", "Taking back…");
pub(crate) const NOT_ENOUGH: Word = word("超过了可提现的数量", "More than may be withdrawn");
pub(crate) const TOO_FEW: Word = word("至少 500", "500 at least");

/// Where a withdrawal stands.
pub(crate) const fn withdrawal(status: WithdrawalStatus) -> Word {
    match status {
        WithdrawalStatus::Requested => word("待审核", "To be reviewed"),
        WithdrawalStatus::Held => word("待第二人审核", "A second review"),
        WithdrawalStatus::Approved => word("待打款", "Approved"),
        WithdrawalStatus::Paid => word("已打款", "Paid"),
        WithdrawalStatus::Rejected => word("未通过", "Rejected"),
        WithdrawalStatus::Cancelled => word("已撤回", "Taken back"),
    }
}

pub(crate) const SALES: Word = word("商品销售", "Sales");
pub(crate) const SALES_OF: Word = word("哪一场", "Which show");
pub(crate) const SALES_EVER: Word = word("全部场次", "All shows");
pub(crate) const SALES_OF_SHOW: Word = word("{} 的直播", "Show of {}");
pub(crate) const SALES_ORDERS: Word = word("订单", "Orders");
pub(crate) const SALES_ITEMS: Word = word("件数", "Items");
pub(crate) const SALES_SUBTOTAL: Word = word("商品金额", "Subtotal");
pub(crate) const SALES_PRODUCT: Word = word("商品", "Product");
pub(crate) const SALES_SHIPPING: Word = word("运费", "Shipping");
pub(crate) const SALES_DISCOUNT: Word = word("优惠", "Discount");
pub(crate) const SALES_TOTAL: Word = word("实收", "Paid");
pub(crate) const SALES_REFUNDED: Word = word("已退", "Paid back");
pub(crate) const SALES_NET: Word = word("净收", "Kept");
pub(crate) const NO_SALES: Word = word("还没有卖出", "Nothing sold yet");

/// Problems that only a merchant meets.
pub(super) fn problem(code: &str, lang: Lang) -> Option<&'static str> {
    let word = match code {
        "refund_declined" => word(
            "支付渠道没有接受退款，什么都没有变，请稍后再试",
            "The payment provider declined to pay back; nothing changed. Try again later",
        ),
        "nothing_to_refund" => word("没有可退的了", "There is nothing left to pay back"),
        "quantity_out_of_range" => {
            word("数量超出了剩余的件数", "That is not a number of items that there are")
        }
        "plan_changed" => word(
            "文件或商品已经变了，请重新选择文件再看一遍",
            "The file or what is on sale has changed: choose the file again and look once more",
        ),
        "bad_coupon" => {
            word("优惠券的金额、数量或时间不合要求", "The coupon's amounts, number or times will not do")
        }
        "code_taken" => word("这个优惠码已被使用，请换一个", "Another coupon has this code: take another"),
        "bad_withdrawal" => word("每次提现 500 到 1,000,000 币", "A withdrawal is of 500 to 1,000,000 coins"),
        "too_many_withdrawals" => {
            word("提现申请太多，请等前面的处理完", "Many withdrawals are under way: wait for one of them")
        }
        "insufficient_income" => word("可提现的币不够", "There are not so many coins to withdraw"),
        "withdrawal_closed" => word("这笔提现已经不能撤回", "This withdrawal cannot be taken back any more"),
        "idempotency_mismatch" => word("内容有变，请重新提交", "Something changed: please submit again"),
        _ => return None,
    };
    Some(word.get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_import_changes_is_said_in_the_reader_s_language() {
        assert_eq!(field("price before", Lang::Zh), "划线价");
        assert_eq!(field("s-m stock", Lang::Zh), "s-m 库存");
        assert_eq!(field("s-m stock", Lang::En), "s-m stock");
        assert_eq!(field("of tomorrow", Lang::Zh), "of tomorrow");
    }
}
