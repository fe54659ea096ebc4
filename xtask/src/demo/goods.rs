//! What the demo sells, and what its host and viewers say: one table for the shop, the picture and the script.

/// A product of the demo, and its scene in the picture.
#[derive(Debug)]
pub(super) struct Good {
    pub(super) chinese: &'static str,
    pub(super) english: &'static str,
    pub(super) description: &'static str,
    /// Under `www/assets/products/`, without `.svg`.
    pub(super) picture: &'static str,
    /// Fen.
    pub(super) price: i64,
    /// Fen.
    pub(super) compare_at: i64,
    pub(super) stock: i64,
    /// What the host says while it is shown.
    pub(super) lines: [&'static str; 3],
}

impl Good {
    /// As the shop calls it.
    pub(super) fn title(&self) -> String {
        format!("{} · {}", self.chinese, self.english)
    }
}

/// In the order in which they are shown.
pub(super) const GOODS: [Good; 5] = [
    Good {
        chinese: "明前龙井（铁罐）",
        english: "Pre-rain Longjing, tin",
        description: "头采一芽一叶，250 克铁罐。First flush, one bud and one leaf, 250 g.",
        picture: "longjing-tin",
        price: 12_800,
        compare_at: 16_800,
        stock: 300,
        lines: ["先看这一罐明前龙井，头采", "闻一下，豆香很干净", "今天直播间 128，平时 168"],
    },
    Good {
        chinese: "白瓷盖碗",
        english: "White porcelain gaiwan",
        description: "薄胎白瓷，150 毫升，不烫手。Thin white porcelain, 150 ml.",
        picture: "white-gaiwan",
        price: 8_900,
        compare_at: 11_900,
        stock: 120,
        lines: [
            "泡绿茶就用这只白瓷盖碗",
            "胎薄，透光，口沿不烫手",
            "The lid lets you pour without a strainer",
        ],
    },
    Good {
        chinese: "建盏",
        english: "Jian ware tea bowl",
        description: "柴烧兔毫，每一只都不同。Wood-fired hare's fur glaze, no two alike.",
        picture: "jian-cup",
        price: 26_800,
        compare_at: 0,
        stock: 40,
        lines: ["这只建盏是柴烧的，兔毫釉", "每一只纹路都不一样", "只带了四十只来"],
    },
    Good {
        chinese: "普洱茶饼",
        english: "Pu'er tea cake",
        description: "2019 年布朗山生普，357 克。Sheng pu'er, Bulang mountain, 2019, 357 g.",
        picture: "puer-cake",
        price: 19_800,
        compare_at: 25_800,
        stock: 200,
        lines: [
            "2019 年的布朗山生普",
            "现在喝已经很甜了，也可以再放",
            "A cake keeps for decades if kept dry",
        ],
    },
    Good {
        chinese: "紫砂茶宠（睡猫）",
        english: "Zisha tea pet, sleeping cat",
        description: "紫砂手作，茶汤养得越久越润。Hand-made clay; tea makes it glow.",
        picture: "tea-pet",
        price: 5_900,
        compare_at: 0,
        stock: 500,
        lines: ["最后是这只睡着的小猫", "浇茶就会变色，慢慢养", "凑单刚刚好"],
    },
];

/// Seconds that each is on screen.
pub(super) const SCENE_SECONDS: u32 = 14;

/// A coupon of the demo: title, fen off, least spend in fen, how many, and the scene in which it is released.
pub(super) struct Offer {
    pub(super) title: &'static str,
    pub(super) amount_off: i64,
    pub(super) min_spend: i64,
    pub(super) total: i64,
    pub(super) scene: usize,
}

/// What the host gives away.
pub(super) const OFFERS: [Offer; 2] = [
    Offer { title: "满100减20", amount_off: 2_000, min_spend: 10_000, total: 500, scene: 0 },
    Offer { title: "新客立减 ¥5", amount_off: 500, min_spend: 0, total: 1_000, scene: 3 },
];

/// What viewers say, over and over.
pub(super) const CHATTER: [&str; 18] = [
    "好香的样子",
    "主播晚上好～",
    "这个颜色真好看",
    "包邮吗？",
    "Is this the 2026 harvest?",
    "买过，回购第二次了",
    "已下单 🍵",
    "能看一下杯底吗",
    "love that glaze",
    "泡多少度的水？",
    "85 度左右就好",
    "优惠券什么时候发",
    "领到了！",
    "猫猫可爱 😻",
    "茶汤好亮",
    "shipping to Berlin?",
    "声音很清楚",
    "哈哈哈哈",
];

/// Who watches.
pub(super) const VIEWERS: [&str; 4] = ["小满", "阿澈", "momo", "Wren"];
