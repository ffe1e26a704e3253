//! Decides which BCP 47 tag a publisher's way to name a language means: two letters in any case,
//! three letters (ISO 639-2, either set) or the English name.
//!
//! Only languages the lists use are named; two letters pass as they are. Anything else gives no
//! tag, and the name itself stays.

/// Tag, ISO 639-2 codes, English name.
const LANGUAGES: [(&str, &[&str]); 44] = [
    ("ar", &["ara", "arabic"]),
    ("az", &["aze", "azerbaijani"]),
    ("be", &["bel", "belarusian", "belarussian"]),
    ("bg", &["bul", "bulgarian"]),
    ("bs", &["bos", "bosnian"]),
    ("cs", &["ces", "cze", "czech"]),
    ("da", &["dan", "danish"]),
    ("de", &["deu", "ger", "german"]),
    ("el", &["ell", "gre", "greek"]),
    ("en", &["eng", "english"]),
    ("es", &["spa", "spanish"]),
    ("et", &["est", "estonian"]),
    ("fa", &["fas", "per", "persian", "farsi"]),
    ("fi", &["fin", "finnish"]),
    ("fr", &["fra", "fre", "french"]),
    ("he", &["heb", "hebrew"]),
    ("hi", &["hin", "hindi"]),
    ("hr", &["hrv", "croatian"]),
    ("hu", &["hun", "hungarian"]),
    ("hy", &["hye", "arm", "armenian"]),
    ("it", &["ita", "italian"]),
    ("ja", &["jpn", "japanese"]),
    ("ka", &["kat", "geo", "georgian"]),
    ("kk", &["kaz", "kazakh"]),
    ("ko", &["kor", "korean"]),
    ("ku", &["kur", "kurdish"]),
    ("lt", &["lit", "lithuanian"]),
    ("lv", &["lav", "latvian"]),
    ("my", &["mya", "bur", "burmese"]),
    ("nl", &["nld", "dut", "dutch"]),
    ("pl", &["pol", "polish"]),
    ("prs", &["prs", "dari"]),
    ("ps", &["pus", "pashto"]),
    ("pt", &["por", "portuguese"]),
    ("ro", &["ron", "rum", "romanian", "mo", "moldovan"]),
    ("ru", &["rus", "russian"]),
    ("sr", &["srp", "serbian"]),
    ("sv", &["swe", "swedish"]),
    ("tg", &["tgk", "tajik"]),
    ("tr", &["tur", "turkish"]),
    ("uk", &["ukr", "ukrainian"]),
    ("ur", &["urd", "urdu"]),
    ("uz", &["uzb", "uzbek"]),
    ("zh", &["zho", "chi", "chinese", "mandarin"]),
];

/// The BCP 47 tag of a language, when the text names one.
pub(super) fn bcp47(text: &str) -> Option<String> {
    let key = text.trim().to_lowercase();
    let named =
        LANGUAGES.iter().find(|(tag, others)| *tag == key || others.contains(&key.as_str()));
    match named {
        Some((tag, _)) => Some((*tag).to_owned()),
        None => (key.len() == 2 && key.bytes().all(|b| b.is_ascii_lowercase())).then_some(key),
    }
}

/// Names of scripts, as far as they are not the name of one language, with their ISO 15924 code.
const SCRIPTS: [(&str, &str); 4] =
    [("arabic", "Arab"), ("cyrillic", "Cyrl"), ("latin", "Latn"), ("hangul", "Hang")];

/// The BCP 47 tag of a text of which only the script is known: `und-Cyrl`. Where publishers name
/// a language instead, it is that language.
pub(super) fn of_script(text: &str) -> Option<String> {
    let key = text.trim().to_lowercase();
    let script = SCRIPTS.iter().find(|(name, _)| *name == key);
    script.map(|(_, code)| format!("und-{code}")).or_else(|| bcp47(text))
}

/// The tag with the script's four letters behind it (ISO 15924), when the publisher gives one.
pub(super) fn with_script(language: Option<String>, script: Option<&str>) -> Option<String> {
    let script = script.map(str::trim).filter(|code| {
        code.chars().count() == 4 && code.chars().all(|letter| letter.is_ascii_alphabetic())
    });
    match (language, script) {
        (Some(language), Some(script)) => {
            let mut letters = script.chars();
            let head: String = letters.by_ref().take(1).flat_map(char::to_uppercase).collect();
            let tail: String = letters.flat_map(char::to_lowercase).collect();
            Some(format!("{language}-{head}{tail}"))
        }
        (language, _) => language,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_three_letters_and_names_mean_the_same_language() {
        for (text, tag) in [
            ("RU", "ru"),
            ("rus", "ru"),
            ("Russian", "ru"),
            ("ger", "de"),
            ("MO", "ro"),
            ("GA", "ga"),
        ] {
            assert_eq!(bcp47(text).as_deref(), Some(tag), "{text}");
        }
        assert_eq!(bcp47("Klingon"), None);
        assert_eq!(bcp47(""), None);
    }

    #[test]
    fn a_script_stands_behind_the_language_in_its_own_case() {
        let tag = |script| with_script(bcp47("rus"), script);
        assert_eq!(tag(Some("cyrl")).as_deref(), Some("ru-Cyrl"));
        assert_eq!(tag(Some("Cyrillic")).as_deref(), Some("ru"));
        assert_eq!(with_script(None, Some("Arab")), None);
        assert_eq!(of_script("Cyrillic").as_deref(), Some("und-Cyrl"));
        assert_eq!(of_script("Korean").as_deref(), Some("ko"));
        assert_eq!(of_script("Runes"), None);
    }
}
