//! Decides what a column of a sheet holds, by its name; the sheets name the same thing differently.

use super::super::delimited::{Row, key};
use crate::party::{NameQuality, Scheme};

/// Day of the notice (告示), with the days it was revised.
pub(super) const DATE: &str = "告示日付";
/// Number in the notice.
pub(super) const NUMBER: &str = "告示番号";
/// Name in Japanese.
pub(super) const JAPANESE: &str = "日本語表記";
/// Name in Latin letters.
pub(super) const ENGLISH: &str = "英語表記";
/// Columns of other names and how much they count: `確定に十分でない` is "not enough to be sure".
pub(super) const ALIASES: [(&str, NameQuality); 13] = [
    ("別名", NameQuality::Alias),
    ("別称", NameQuality::Alias),
    ("別名・別称", NameQuality::Alias),
    ("別称・別名", NameQuality::Alias),
    ("別称・旧称", NameQuality::Alias),
    ("確定可能な別名", NameQuality::Alias),
    ("確定に十分でない別名", NameQuality::WeakAlias),
    ("旧称", NameQuality::Former),
    ("旧称・以前の呼称", NameQuality::Former),
    ("以前の別名", NameQuality::Former),
    ("過去の別名", NameQuality::Former),
    ("以前の呼称", NameQuality::Former),
    ("過去の名称", NameQuality::Former),
];
/// Titles and functions.
pub(super) const FUNCTIONS: [&str; 4] = ["称号", "役職", "肩書", "肩書等"];
/// Dates of birth.
pub(super) const BIRTH_DATE: &str = "生年月日";
/// Date and place of birth in one text.
pub(super) const BIRTH: &str = "生年月日・出生地";
/// Places of birth.
pub(super) const BIRTH_PLACES: [&str; 2] = ["出生地", "出生地・出身地"];
/// Nationality.
pub(super) const NATIONALITY: &str = "国籍";
/// Numbers.
pub(super) const NUMBERS: [(&str, Scheme); 4] = [
    ("旅券番号", Scheme::Passport),
    ("ID番号", Scheme::NationalId),
    ("身分登録番号", Scheme::NationalId),
    ("身分証番号", Scheme::NationalId),
];
/// Addresses.
pub(super) const ADDRESSES: [&str; 6] = [
    "住所",
    "住所等",
    "所在地",
    "住所・所在地",
    "活動地域・住所",
    "所在地・住所登録された事務所の住所",
];
/// Reference number of the United Nations; `i.` in it is an individual, `e.` an entity.
pub(super) const UN_REFERENCE: &str = "国連参照番号";
/// Reasons.
pub(super) const REASONS: [&str; 2] = ["指定の根拠", "決議1483上の根拠"];
/// Other text.
pub(super) const REMARKS: [&str; 2] = ["その他の情報", "詳細"];
/// Particulars kept under the publisher's own name.
pub(super) const DETAILS: [&str; 6] = [
    "リスト掲載日",
    "国連制裁員会による指定日",
    "国連制裁委員会による指定日",
    "電話",
    "電話番号",
    "FAX",
];
/// The publisher's word for "unknown".
const UNKNOWN: &str = "不明";

/// Whether a column, by its name as compared, is one of these.
pub(super) fn is_known(name: &str) -> bool {
    let single = [DATE, NUMBER, JAPANESE, ENGLISH, BIRTH_DATE, BIRTH, NATIONALITY, UN_REFERENCE];
    let mut all = single
        .into_iter()
        .chain(ALIASES.iter().map(|(name, _)| *name))
        .chain(NUMBERS.iter().map(|(name, _)| *name))
        .chain(FUNCTIONS)
        .chain(BIRTH_PLACES)
        .chain(ADDRESSES)
        .chain(REASONS)
        .chain(REMARKS)
        .chain(DETAILS);
    all.any(|known| key(known) == name)
}

/// The text of a cell with its line breaks, unless it is blank or says "unknown".
pub(super) fn stated<'a>(row: &'a Row<'_>, column: &str) -> Option<&'a str> {
    row.verbatim(column).filter(|text| *text != UNKNOWN)
}

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
