//! Invented names of the sample county: villages, shops, people, telephone numbers that nobody can be reached under.
//! The nine towns are the county's own; everything below them is made up and says so.

use super::chance::Chance;

/// The reference county.
pub(super) const COUNTY_NAME: &str = "桓台县消费者权益保护委员会";
/// Its area code.
pub(super) const AREA_CODE: &str = "370321";

/// A town: its name, and the places of its stations.
pub(super) struct Town {
    pub(super) name: &'static str,
    pub(super) places: &'static [&'static str],
}

/// Nine towns with seventy stations.
pub(super) const TOWNS: [Town; 9] = [
    Town {
        name: "索镇街道",
        places: &[
            "柳荫社区",
            "书香社区",
            "东篱社区",
            "惠客来购物中心",
            "晨集农贸市场",
            "西岸社区",
            "新禾社区",
            "明灯家电城",
        ],
    },
    Town {
        name: "少海街道",
        places: &[
            "听湖社区",
            "云帆社区",
            "锦上社区",
            "北望社区",
            "少海风情商业街",
            "和煦社区",
            "春晓社区",
            "安筑建材市场",
        ],
    },
    Town {
        name: "起凤镇",
        places: &["凤栖村", "苇花村", "渔歌村", "踏浪村", "荷风村", "沙鸥村", "晓市集贸市场", "长堤柳村"],
    },
    Town {
        name: "田庄镇",
        places: &["稻香村", "麦浪村", "前溪畔村", "后溪畔村", "秋收集贸市场", "大槐荫村", "南亩村", "青杨岭村"],
    },
    Town {
        name: "荆家镇",
        places: &["紫荆东村", "紫荆西村", "四果园村", "桑榆村", "听桥村", "仁爱村", "春种农资街", "石桥畔村"],
    },
    Town {
        name: "马桥镇",
        places: &["桥畔社区", "北斗社区", "红枫村", "五福里村", "岔路口社区", "远来商贸城", "东升社区", "祥云村"],
    },
    Town {
        name: "新城镇",
        places: &["古槐村", "朝阳门村", "晚晴村", "石坊街社区", "梧桐里村", "罗裙湾村", "满城集贸市场", "望月村"],
    },
    Town {
        name: "唐山镇",
        places: &["唐园一村", "唐园四村", "前桃坞村", "后桃坞村", "黄杏桥村", "薄荷园村", "顺途汽贸城"],
    },
    Town {
        name: "果里镇",
        places: &["果香社区", "东篱果村", "西山果村", "驿铺村", "梧凰社区", "青石坝村", "通达物流园"],
    },
];

/// The branch of a town.
pub(super) fn branch_name(town: &Town) -> String {
    format!("桓台县消保委{}分会", town.name)
}

/// A station; its name says that it is a sample.
pub(super) fn station_name(town: &Town, place: &str) -> String {
    format!("{}{place}消费维权联络站（样例）", town.name)
}

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "孙", "周", "吴", "徐", "宋", "于", "郑", "田", "胡", "巩", "荆", "耿",
    "崔", "朱", "毕", "成", "伊", "罗", "魏", "岳", "曲", "高", "宗",
];
const GIVEN_FIRST: &[&str] = &[
    "样", "例", "试", "文", "春", "秀", "建", "玉", "志", "桂", "永", "丽", "家", "海", "景", "树", "新", "兰", "晓",
    "立",
];
const GIVEN_SECOND: &[&str] = &[
    "", "禾", "英", "平", "芳", "民", "河", "梅", "国", "霞", "田", "华", "柱", "云", "安", "青", "苗", "和", "山",
    "荷",
];

/// An invented person.
pub(super) fn person(chance: &mut Chance) -> String {
    format!("{}{}{}", chance.pick(SURNAMES), chance.pick(GIVEN_FIRST), chance.pick(GIVEN_SECOND))
}

/// An eleven-digit number of a range that is not given out.
pub(super) fn phone(chance: &mut Chance) -> String {
    format!("1990000{:04}", chance.below(10_000))
}

const SHOP_WORDS: &[&str] =
    &["福禾", "盛丰", "惠百", "鑫汇", "永顺", "佳美", "兴隆", "恒达", "金穗", "宏运", "和润", "天悦", "瑞祥", "德顺"];

/// One of a town's invented businesses: what it sells decides the last word, as in "样例金穗农资店".
pub(super) fn business(chance: &mut Chance, seller: &str) -> String {
    format!("样例{}{seller}", chance.pick(SHOP_WORDS))
}
