//! A fictional case with everything a dossier can hold: flags of every severity, open questions,
//! gaps, eight parties, matches in several scripts, lists current and stale. Nobody here exists.

mod flags;
mod matches;

use diligence::dossier::{
    Certificate, Dossier, Field, IndexRow, InvolvedLine, ListLine, RunSummary,
};
use diligence::redflag::{
    Assessment, Evidence, NotScreenedLine, Outcome, Severity, Unknown, Verdict,
};
use diligence::watchlist::Reliance;
use flags::flags;
use matches::{chinese_match, company_match, person_match};

/// The whole case.
pub(crate) fn dossier() -> Dossier {
    Dossier {
        assessment: assessment(),
        subject: fields(&[
            ("Name", "Kestrel Marlow Trading FZE"),
            ("Native name", "كيستريل مارلو للتجارة"),
            ("Kind", "company"),
            ("Country", "AE · United Arab Emirates"),
            ("Registration number", "FZ-0000417"),
            ("Incorporated", "2026-05"),
            ("Website", "https://kestrel-marlow.example"),
            ("Address", "Unit 9, Sample Quay\nJebel Example Free Zone"),
        ]),
        engagement: fields(&[
            ("Engagement", "E-2026-0417"),
            ("Our entity", "Norvane Energy GmbH (DE)"),
            ("Purpose", "enter"),
            ("Role", "agent"),
            ("Acts on our behalf", "yes"),
            ("Value", "1,450,000.00 EUR"),
            ("Compensation", "success fee, 9.5 % of the contract value"),
            ("Account", "CY17 0020 0128 0000 0012 0052 7600 (CY)"),
            ("Period", "2026-12-01 – 2028-11-30"),
        ]),
        involved: involved(),
        certificate: certificate(),
    }
}

fn fields(pairs: &[(&str, &str)]) -> Vec<Field> {
    pairs.iter().map(|(l, v)| Field { label: (*l).into(), value: (*v).into() }).collect()
}

fn assessment() -> Assessment {
    Assessment {
        engagement: Some("E-2026-0417".into()),
        party: Some("P-417".into()),
        caption: "Kestrel Marlow Trading FZE".into(),
        manager: Some("lcm-de".into()),
        outcome: Outcome::Flagged,
        verdict: Verdict::Block,
        rating: "prohibited".into(),
        flags: flags(),
        matches: vec![company_match(), person_match(), chinese_match()],
        not_screened: vec![
            NotScreenedLine {
                what: "P-424".into(),
                reason: "the party has no name to screen".into(),
            },
            NotScreenedLine {
                what: "demo_debarred".into(),
                reason: "stale: retrieved 41 days before the run, limit 30 days".into(),
            },
        ],
        unknown: vec![
            Unknown {
                needs: "birth date of Arman Tolveyev (P-419)".into(),
                would_settle: 3,
                of: 5,
            },
            Unknown { needs: "name of the holder of 12 % of P-418".into(), would_settle: 1, of: 5 },
        ],
    }
}

fn evidence(rows: &[(&str, &str, &str)]) -> Vec<Evidence> {
    rows.iter()
        .map(|(fact, value, source)| Evidence {
            fact: (*fact).into(),
            value: (*value).into(),
            source: (*source).into(),
        })
        .collect()
}

fn involved() -> Vec<InvolvedLine> {
    let line =
        |party: &str, caption: &str, kind: &str, role: &str, path: &[&str], depth, matches| {
            InvolvedLine {
                party: party.into(),
                caption: caption.into(),
                kind: kind.into(),
                role: role.into(),
                path: path.iter().map(|step| (*step).to_owned()).collect(),
                depth,
                matches,
                not_screened: None,
            }
        };
    let over = "owns 100 % of P-417 (relations.csv row 2)";
    vec![
        line("P-417", "Kestrel Marlow Trading FZE", "company", "subject", &[], 0, 0),
        line(
            "P-418",
            "Marlow Sample Holdings (Cyprus) International Consultancy and Procurement Services Ltd",
            "company",
            "owner",
            &[over],
            1,
            0,
        ),
        line(
            "P-420",
            "Оболенск Пример Холдинг",
            "company",
            "owner",
            &["owns 60 % of P-418 (relations.csv row 3)", over],
            2,
            1,
        ),
        line(
            "P-423",
            "样例重工贸易有限公司",
            "company",
            "owner",
            &["owns 28 % of P-418 (relations.csv row 5)", over],
            2,
            1,
        ),
        InvolvedLine {
            not_screened: Some("the party has no name to screen".into()),
            ..line("P-424", "", "", "owner", &["owns 12 % of P-418 (relations.csv row 6)"], 2, 0)
        },
        line(
            "P-419",
            "Arman Tolveyev",
            "person",
            "key_person",
            &["director of P-417 (relations.csv row 8)"],
            1,
            0,
        ),
        line(
            "P-421",
            "طارق نموذج الافتراضي",
            "person",
            "key_person",
            &["managing director of P-417 (relations.csv row 9)"],
            1,
            1,
        ),
        line(
            "P-422",
            "Βασιλική Παραδειγματίδου",
            "person",
            "key_person",
            &["secretary of P-418 (relations.csv row 10)", over],
            2,
            0,
        ),
    ]
}

fn certificate() -> Certificate {
    Certificate {
        run_date: "2026-11-21".into(),
        engine: "diligence 0.1.0".into(),
        input_sha256: "5f2c8d8e7a3b49d0c1e6f7a8b9c0d1e2f3a4b5c6d7e8f90123456789abcdef01".into(),
        policy_sha256: "9b1d3f5a7c9e0b2d4f6a8c0e1b3d5f7a9c1e3b5d7f9a0c2e4b6d8f0a1c3e5b7d".into(),
        lists: lists(),
    }
}

fn lists() -> Vec<ListLine> {
    let line = |list: &str, title: &str, published: &str, retrieved: &str, counts, state: &str| {
        let (records, names): (u64, u64) = counts;
        ListLine {
            list: list.into(),
            title: title.into(),
            edition: format!("{published}-c0ffee00c0ff"),
            published: published.into(),
            retrieved: retrieved.into(),
            sha256: "c0ffee00".repeat(8),
            records,
            names,
            reliance: if state == "current" { Reliance::Current } else { Reliance::HardStale },
            state: state.into(),
        }
    };
    vec![
        line(
            "demo_debarred",
            "Demonstration debarment list",
            "2026-10-09",
            "2026-10-11T05:00:00Z",
            (1_204, 1_377),
            "stale: 41 days old, limit 30",
        ),
        line(
            "demo_officials",
            "Demonstration register of public offices",
            "",
            "2026-11-02T05:00:00Z",
            (48_112, 131_408),
            "current",
        ),
        line(
            "demo_sanctions",
            "Demonstration sanctions list, consolidated",
            "2026-11-19",
            "2026-11-21T04:12:09Z",
            (17_903, 41_266),
            "current",
        ),
    ]
}

/// A case in which nothing was raised.
pub(crate) fn clear_dossier() -> Dossier {
    let mut clear = dossier();
    clear.assessment = Assessment {
        outcome: Outcome::Clear,
        verdict: Verdict::Pass,
        rating: "none".into(),
        manager: None,
        engagement: None,
        flags: Vec::new(),
        matches: Vec::new(),
        not_screened: Vec::new(),
        unknown: Vec::new(),
        ..clear.assessment
    };
    clear.engagement.clear();
    clear.involved.truncate(1);
    clear.certificate.lists.remove(0);
    clear
}

/// A portfolio of `count` subjects of every outcome, in a fixed pattern.
pub(crate) fn portfolio(count: usize) -> Vec<IndexRow> {
    const CAPTIONS: [&str; 6] = [
        "Kestrel Marlow Trading FZE",
        "Оболенск Пример Холдинг",
        "样例重工贸易有限公司",
        "Société d'Exemple et Fils",
        "شركة النموذج للاستيراد",
        "Arman Tolveyev",
    ];
    let flagged = dossier().assessment;
    let clear = clear_dossier().assessment;
    (0..count)
        .map(|i| {
            let mut one = if i % 5 < 2 { flagged.clone() } else { clear.clone() };
            one.caption = format!("{} {}", CAPTIONS[i % CAPTIONS.len()], i + 1);
            one.party = Some(format!("P-{}", i + 1));
            one.engagement = Some(format!("E-2026-{:04}", i + 1));
            one.manager = (i % 11 != 0).then(|| ["lcm-de", "lcm-cy", "lcm-kz"][i % 3].to_owned());
            match i % 10 {
                1 => {
                    one.flags.retain(|flag| flag.severity == Severity::Medium);
                    one.matches.clear();
                    one.verdict = Verdict::Hold;
                    one.rating = "medium".into();
                }
                4 => {
                    one.outcome = Outcome::NotScreened;
                    one.verdict = Verdict::Hold;
                    one.not_screened = flagged.not_screened.clone();
                }
                9 if i % 20 == 19 => {
                    one.outcome = Outcome::Quarantined;
                    one.verdict = Verdict::Hold;
                    one.party = None;
                    one.caption = String::new();
                    one.not_screened = vec![NotScreenedLine {
                        what: format!("partners.csv row {}", i + 2),
                        reason: "country: expected an ISO 3166-1 code or name, found \"XQ\"".into(),
                    }];
                }
                _ => {}
            }
            let page = one.outcome == Outcome::Flagged || one.outcome == Outcome::NotScreened;
            IndexRow::new(&one, page.then(|| format!("dossiers/E-2026-{:04}.html", i + 1)))
        })
        .collect()
}

/// The run that portfolio came from.
pub(crate) fn run() -> RunSummary {
    let certificate = certificate();
    RunSummary {
        portfolio: "Demonstration portfolio".into(),
        run_date: certificate.run_date,
        engine: certificate.engine,
        input_sha256: certificate.input_sha256,
        policy_sha256: certificate.policy_sha256,
        lists: certificate.lists,
        rejects: 7,
    }
}
