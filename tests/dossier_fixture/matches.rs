//! Matches in three scripts: one sure, one probable, one with conflicts.

use super::evidence;
use diligence::party::NameQuality;
use diligence::redflag::MatchLine;
use diligence::screening::{Agreement, Band, Feature, NamePair, TokenPair};
use diligence::watchlist::Topic;

fn feature(name: &str, verdict: Agreement, weight: f64, values: [&str; 3]) -> Feature {
    let [query, candidate, note] = values.map(Into::into);
    Feature { feature: name.into(), verdict, weight, query, candidate, note }
}

fn token(query: &str, candidate: &str, kind: &str, similarity: f64) -> TokenPair {
    TokenPair { query: query.into(), candidate: candidate.into(), kind: kind.into(), similarity }
}

/// A sanctioned owner, listed under a Cyrillic name.
pub(super) fn company_match() -> MatchLine {
    MatchLine {
        party: "P-420".into(),
        role: "owner".into(),
        listing: "demo_sanctions:4417".into(),
        list: "demo_sanctions".into(),
        caption: "ОБОЛЕНСК ПРИМЕР ХОЛДИНГ, АКЦИОНЕРНОЕ ОБЩЕСТВО".into(),
        name: NamePair {
            query: "Obolensk Primer Holding AO".into(),
            matched: "ОБОЛЕНСК ПРИМЕР ХОЛДИНГ, АКЦИОНЕРНОЕ ОБЩЕСТВО".into(),
            quality: NameQuality::Native,
        },
        score: 0.9731,
        band: Band::Strong,
        topics: vec![Topic::Sanction, Topic::StateOwned],
        features: vec![
            feature(
                "name",
                Agreement::Agree,
                0.86,
                ["Obolensk Primer Holding AO", "ОБОЛЕНСК ПРИМЕР ХОЛДИНГ, АО", "transliterated"],
            ),
            feature("country", Agreement::Agree, 0.05, ["ru", "Russia", ""]),
            feature(
                "identifier",
                Agreement::Agree,
                0.25,
                ["INN 0000000417", "Tax ID 0000000417", "same number in the same register"],
            ),
            feature("address", Agreement::Missing, 0.0, ["", "1 Example Street, Obolensk", ""]),
        ],
        alignment: vec![
            token("obolensk", "оболенск", "exact", 1.0),
            token("primer", "пример", "exact", 1.0),
            token("holding", "холдинг", "exact", 1.0),
            token("AO", "акционерное общество", "legal_form", 1.0),
        ],
        entry: evidence(&[
            ("programme", "DEMO-ENERGY; DEMO-DEFENCE", "demo_sanctions"),
            ("listed_on", "2022-03", "demo_sanctions"),
            ("remark", "Controls sample refineries.\nAlso linked to entry 4418.", "demo_sanctions"),
            ("source", "https://lists.example.org/entry/4417", "demo_sanctions"),
        ]),
    }
}

/// A director who holds public office, listed under an Arabic name.
pub(super) fn person_match() -> MatchLine {
    MatchLine {
        party: "P-421".into(),
        role: "key_person".into(),
        listing: "demo_officials:person-2207".into(),
        list: "demo_officials".into(),
        caption: "طارق نموذج الافتراضي".into(),
        name: NamePair {
            query: "Tariq Namudhaj al-Iftiradi".into(),
            matched: "طارق نموذج الافتراضي".into(),
            quality: NameQuality::Native,
        },
        score: 0.8412,
        band: Band::Likely,
        topics: vec![Topic::Pep],
        features: vec![
            feature(
                "name",
                Agreement::Agree,
                0.81,
                ["Tariq Namudhaj al-Iftiradi", "طارق نموذج الافتراضي", "transliterated, one letter"],
            ),
            feature("birth_date", Agreement::Agree, 0.1, ["1971-04-02", "1971", "year agrees"]),
            feature("country", Agreement::Missing, 0.0, ["", "ae", ""]),
            feature("gender", Agreement::Missing, 0.0, ["male", "", ""]),
        ],
        alignment: vec![
            token("tariq", "طارق", "exact", 1.0),
            token("namudhaj", "نموذج", "typo", 0.88),
            token("al-iftiradi", "الافتراضي", "joined", 0.93),
        ],
        entry: evidence(&[
            (
                "office",
                "Deputy minister, Ministry of Samples (2019-03 – 2024-09)",
                "demo_officials",
            ),
            ("office", "Board member, Example Port Authority (2024-10 – )", "demo_officials"),
        ]),
    }
}

/// An owner whose number and country speak against it, listed under a Chinese name.
pub(super) fn chinese_match() -> MatchLine {
    MatchLine {
        party: "P-423".into(),
        role: "owner".into(),
        listing: "demo_sanctions:5120".into(),
        list: "demo_sanctions".into(),
        caption: "样例重工国际贸易有限公司".into(),
        name: NamePair {
            query: "样例重工贸易有限公司".into(),
            matched: "样例重工国际贸易有限公司".into(),
            quality: NameQuality::WeakAlias,
        },
        score: 0.6608,
        band: Band::Possible,
        topics: vec![Topic::Sanction, Topic::Other("export.control".into())],
        features: vec![
            feature(
                "name",
                Agreement::Agree,
                0.72,
                ["样例重工贸易有限公司", "样例重工国际贸易有限公司", "one word more on the list"],
            ),
            feature(
                "identifier",
                Agreement::Conflict,
                -0.2,
                ["USCC 91000000SAMPLE01X", "USCC 91000000SAMPLE99Y", "same register, other number"],
            ),
            feature("country", Agreement::Conflict, -0.1, ["hk", "cn", "different country"]),
            feature("address", Agreement::Missing, 0.0, ["", "", ""]),
        ],
        alignment: vec![
            token("样例重工", "样例重工", "exact", 1.0),
            token("", "国际", "unmatched", 0.0),
            token("贸易", "贸易", "exact", 1.0),
            token("有限公司", "有限公司", "legal_form", 1.0),
        ],
        entry: evidence(&[
            ("programme", "DEMO-DUAL-USE", "demo_sanctions"),
            ("listed_on", "2025-08-30", "demo_sanctions"),
        ]),
    }
}
