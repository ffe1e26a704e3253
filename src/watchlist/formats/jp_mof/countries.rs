//! Decides which country a Japanese name means. Only the names that occur in the workbook stand
//! here, without the word for "republic" that may follow; names in Latin letters are read as
//! everywhere.

use super::super::nationality;
use crate::party::Country;

/// Names with their ISO 3166-1 codes.
const NAMES: [(&str, &str); 78] = [
    ("アフガニスタン", "AF"),
    ("アメリカ", "US"),
    ("アメリカ合衆国", "US"),
    ("アラブ首長国連邦", "AE"),
    ("アルジェリア", "DZ"),
    ("アルバニア", "AL"),
    ("アルメニア", "AM"),
    ("イエメン", "YE"),
    ("イギリス", "GB"),
    ("イスラエル", "IL"),
    ("イタリア", "IT"),
    ("イラク", "IQ"),
    ("イラン", "IR"),
    ("インド", "IN"),
    ("インドネシア", "ID"),
    ("ウガンダ", "UG"),
    ("ウクライナ", "UA"),
    ("ウズベキスタン", "UZ"),
    ("エジプト", "EG"),
    ("エストニア", "EE"),
    ("エチオピア", "ET"),
    ("エリトリア", "ER"),
    ("エリトリア国", "ER"),
    ("オーストリア", "AT"),
    ("カザフスタン", "KZ"),
    ("カタール", "QA"),
    ("ガボン", "GA"),
    ("キルギス", "KG"),
    ("クウェイト", "KW"),
    ("クウェート", "KW"),
    ("グルジア", "GE"),
    ("ケニア", "KE"),
    ("コンゴ", "CG"),
    ("コンゴ民主", "CD"),
    ("サウジアラビア", "SA"),
    ("サウディ・アラビア", "SA"),
    ("シリア", "SY"),
    ("シリア・アラブ", "SY"),
    ("シンガポール", "SG"),
    ("ジョージア", "GE"),
    ("スウェーデン", "SE"),
    ("スロバキア", "SK"),
    ("スーダン", "SD"),
    ("セネガル", "SN"),
    ("ソマリア", "SO"),
    ("タイ", "TH"),
    ("タジキスタン", "TJ"),
    ("タンザニア", "TZ"),
    ("チャド", "TD"),
    ("チュニジア", "TN"),
    ("トリニダード・トバゴ", "TT"),
    ("トルコ", "TR"),
    ("ドイツ", "DE"),
    ("ナイジェリア", "NG"),
    ("ノルウェー", "NO"),
    ("ハイチ", "HT"),
    ("パキスタン", "PK"),
    ("パレスチナ", "PS"),
    ("フィリピン", "PH"),
    ("フランス", "FR"),
    ("ベラルーシ", "BY"),
    ("ベルギー", "BE"),
    ("ボスニア・ヘルツェゴビナ", "BA"),
    ("マリ", "ML"),
    ("マレーシア", "MY"),
    ("モロッコ", "MA"),
    ("モーリタニア", "MR"),
    ("ヨルダン", "JO"),
    ("リビア", "LY"),
    ("ルワンダ", "RW"),
    ("レバノン", "LB"),
    ("ロシア", "RU"),
    ("ロシア連邦", "RU"),
    ("中国", "CN"),
    ("中央アフリカ", "CF"),
    ("中華人民", "CN"),
    ("北朝鮮", "KP"),
    ("南スーダン", "SS"),
];
/// Names that are no beginning of a longer one's word: `英`, `米`.
const SHORT: [(&str, &str); 2] = [("米国", "US"), ("英国", "GB")];
/// What may follow a name.
const REPUBLIC: &str = "共和国";

/// The country a text is the name of: in Japanese, in Latin letters, or the one behind the other.
pub(super) fn country(text: &str) -> Option<Country> {
    let text = text.split(['（', '(']).next().unwrap_or_default().trim();
    let latin = |c: char| c.is_ascii();
    let japanese = text.trim_end_matches(latin).trim();
    if japanese.is_empty() {
        return nationality::country(text);
    }
    let name = japanese.strip_suffix(REPUBLIC).unwrap_or(japanese);
    let mut names = NAMES.iter().chain(&SHORT);
    names.find(|(known, _)| *known == name).and_then(|(_, code)| code.parse().ok())
}

/// The country a text begins with ("レバノン、ベイルート"), or, in Latin letters, ends with.
pub(super) fn country_of_place(text: &str) -> Option<Country> {
    let first = text.split(['、', '，', ' ', '\u{3000}', '（', '(', '\n']).next().and_then(country);
    let last = || text.rsplit([',', '、', '，']).next().and_then(country);
    first.or_else(last).or_else(|| opening(text))
}

/// The longest name a text opens with, where what follows shows that the name ends there: a town
/// may begin like a country.
pub(super) fn opening(text: &str) -> Option<Country> {
    let ends = |name: &str| {
        let rest = text.strip_prefix(name)?;
        let is_long = name.chars().count() > 2;
        let is_end = rest.is_empty() || rest.starts_with([' ', '\u{3000}', '旅']);
        (is_end || rest.starts_with(REPUBLIC) || (is_long && rest.starts_with(['・', 'の'])))
            .then_some(())
    };
    let names = NAMES.iter().chain(&SHORT).filter(|(name, _)| ends(name).is_some());
    let (_, code) = names.max_by_key(|(name, _)| name.len())?;
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_a_country_and_stands_once() {
        for (name, code) in NAMES.iter().chain(&SHORT) {
            assert_eq!(country(name).map(Country::code), Some(*code), "{name}");
            let republic = format!("{name}{REPUBLIC}");
            assert_eq!(country(&republic).map(Country::code), Some(*code), "{republic}");
        }
        let mut names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NAMES.len());
    }

    #[test]
    fn names_stand_alone_with_a_translation_or_before_a_place() {
        for (text, code) in [
            ("リビア Libya", Some("LY")),
            ("エジプトEgypt", Some("EG")),
            ("Indonesia", Some("ID")),
            ("インドネシア（2003年12月時点）", Some("ID")),
            ("エチオピアと思われる", None),
        ] {
            assert_eq!(country(text).map(Country::code), code, "{text}");
        }
        let place = |text| country_of_place(text).map(Country::code);
        assert_eq!(place("南スーダン、ボル（Bor）"), Some("SS"));
        assert_eq!(place("シリア・アラブ共和国ダマスカス"), Some("SY"));
        assert_eq!(place("Paktia Province, Afghanistan"), Some("AF"));
        assert_eq!(place("ケニア・ナイロビ"), Some("KE"));
        for text in ["ティクリート近郊", "タイズ", "マリ・エル"] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
