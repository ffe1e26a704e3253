//! Decides which country an English word for a nationality means ("Tunisian"), and which spellings
//! of countries stand in workbooks beside those everybody uses.
//!
//! A country's own name is read first. The words below are those that lists use; one that means two
//! countries ("Congolese", "Korean") is not among them, because it would be a guess.

use super::fault::Fault;
use crate::party::Country;

/// Words for nationalities, and spellings of countries, with the ISO 3166-1 code they mean.
const WORDS: [(&str, &str); 118] = [
    ("afghan", "AF"),
    ("afghani", "AF"),
    ("albanian", "AL"),
    ("algerian", "DZ"),
    ("american", "US"),
    ("armenian", "AM"),
    ("australian", "AU"),
    ("austrian", "AT"),
    ("azerbaijani", "AZ"),
    ("bahraini", "BH"),
    ("bangladeshi", "BD"),
    ("belarusian", "BY"),
    ("belarussian", "BY"),
    ("belgian", "BE"),
    ("bosnia and herzegovina", "BA"),
    ("bosnia-herzegovina", "BA"),
    ("bosnian", "BA"),
    ("brazilian", "BR"),
    ("britain", "GB"),
    ("british", "GB"),
    ("bulgarian", "BG"),
    ("burmese", "MM"),
    ("cambodian", "KH"),
    ("cameroonian", "CM"),
    ("canadian", "CA"),
    ("central african", "CF"),
    ("chadian", "TD"),
    ("chinese", "CN"),
    ("congo (democratic republic)", "CD"),
    ("croatian", "HR"),
    ("cypriot", "CY"),
    ("danish", "DK"),
    ("democratic republic of congo", "CD"),
    ("dutch", "NL"),
    ("egyptian", "EG"),
    ("eritrean", "ER"),
    ("estonian", "EE"),
    ("ethiopian", "ET"),
    ("filipino", "PH"),
    ("finnish", "FI"),
    ("french", "FR"),
    ("gambian", "GM"),
    ("gaza", "PS"),
    ("gaza strip", "PS"),
    ("georgian", "GE"),
    ("german", "DE"),
    ("ghanaian", "GH"),
    ("greek", "GR"),
    ("haitian", "HT"),
    ("hungarian", "HU"),
    ("indian", "IN"),
    ("indonesian", "ID"),
    ("iranian", "IR"),
    ("iraqi", "IQ"),
    ("irish", "IE"),
    ("israeli", "IL"),
    ("italian", "IT"),
    ("japanese", "JP"),
    ("jordanian", "JO"),
    ("kazakh", "KZ"),
    ("kazakhstani", "KZ"),
    ("kenyan", "KE"),
    ("kuwaiti", "KW"),
    ("kyrgyz", "KG"),
    ("latvian", "LV"),
    ("lebanese", "LB"),
    ("libyan", "LY"),
    ("lithuanian", "LT"),
    ("malaysian", "MY"),
    ("malian", "ML"),
    ("maltese", "MT"),
    ("mauritanian", "MR"),
    ("mauritian", "MU"),
    ("moldovan", "MD"),
    ("montenegrin", "ME"),
    ("moroccan", "MA"),
    ("nigerian", "NG"),
    ("north korean", "KP"),
    ("norwegian", "NO"),
    ("occupied palestinian territories", "PS"),
    ("omani", "OM"),
    ("pakistani", "PK"),
    ("palestine", "PS"),
    ("polish", "PL"),
    ("portuguese", "PT"),
    ("qatari", "QA"),
    ("romanian", "RO"),
    ("russian", "RU"),
    ("rwandan", "RW"),
    ("saudi", "SA"),
    ("saudi arabian", "SA"),
    ("senegalese", "SN"),
    ("serbian", "RS"),
    ("singaporean", "SG"),
    ("slovak", "SK"),
    ("somali", "SO"),
    ("south african", "ZA"),
    ("south sudanese", "SS"),
    ("spanish", "ES"),
    ("sudanese", "SD"),
    ("swedish", "SE"),
    ("swiss", "CH"),
    ("syrian", "SY"),
    ("tajik", "TJ"),
    ("tanzanian", "TZ"),
    ("tunisian", "TN"),
    ("turkish", "TR"),
    ("türkiyish", "TR"),
    ("ugandan", "UG"),
    ("ukrainian", "UA"),
    ("ukranian", "UA"),
    ("united kingdom of great britain", "GB"),
    ("united kingdom of great britain and northern ireland", "GB"),
    ("united republic of tanzania", "TZ"),
    ("uzbek", "UZ"),
    ("uzbekistani", "UZ"),
    ("yemeni", "YE"),
    ("zimbabwean", "ZW"),
];

/// The country a name or a word for a nationality means.
pub(super) fn country(text: &str) -> Option<Country> {
    let text = text.trim().trim_end_matches(['.', ',', ';']).trim();
    if text.is_empty() {
        return None;
    }
    let lower = text.to_lowercase();
    let code = || WORDS.iter().find(|(word, _)| *word == lower).map(|(_, code)| *code);
    text.parse().ok().or_else(|| code()?.parse().ok())
}

/// The country a place of birth lies in today, where the text says what became of it: `Ukrainian
/// SSR (now Ukraine)`, `Russia (former USSR)`.
pub(super) fn country_today(text: &str) -> Option<Country> {
    let lower = text.to_lowercase();
    let is_around = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '.');
    let behind = ["now ", "currently "].iter().find_map(|word| lower.split_once(word));
    let before = || lower.split(['(', '.']).next().and_then(country);
    match behind {
        Some((_, today)) => country(today.trim_matches(is_around)),
        None => country(text).or_else(before),
    }
}

/// Reads a country or notes the fault; an empty text is neither.
pub(super) fn stated(text: &str, field: &str, faults: &mut Vec<Fault>) -> Option<Country> {
    let found = country(text);
    if found.is_none() && !text.trim().is_empty() {
        let message = format!("expected a country or a nationality, found '{}'", text.trim());
        faults.push(Fault::field(field, "unknown-country", message));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_means_a_country_and_stands_once() {
        for (word, code) in WORDS {
            assert_eq!(country(word).map(Country::code), Some(code), "{word}");
        }
        let mut words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
        words.dedup();
        assert_eq!(words.len(), WORDS.len());
        assert!(words.is_sorted());
    }

    #[test]
    fn a_country_that_is_no_more_is_the_one_the_text_says_it_became() {
        for (text, code) in [
            ("Ukrainian SSR (now Ukraine)", Some("UA")),
            ("Former USSR Currently Belarus", Some("BY")),
            ("Russia. Former USSR", Some("RU")),
            ("Georgia (former USSR)", Some("GE")),
            ("Russia (now Belarus)", Some("BY")),
            ("USSR", None),
        ] {
            assert_eq!(country_today(text).map(Country::code), code, "{text}");
        }
    }

    #[test]
    fn a_word_for_two_countries_is_a_fault_and_no_guess() {
        let mut faults = Vec::new();
        assert_eq!(stated("Congolese", "Citizenship", &mut faults), None);
        assert!(faults[0].message.contains("Congolese"));
        assert_eq!(stated("  ", "Citizenship", &mut faults), None);
        assert_eq!(faults.len(), 1);
    }
}
