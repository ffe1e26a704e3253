//! Red flags of every severity that is raised, and one that could not be answered.

use super::evidence;
use diligence::redflag::{RedFlag, Severity, Truth};

struct FlagText {
    code: &'static str,
    title: &'static str,
    because: &'static str,
    clause: &'static str,
    settles: &'static str,
}

fn flag(
    text: &FlagText,
    severity: Severity,
    party: Option<&str>,
    rows: &[(&str, &str, &str)],
) -> RedFlag {
    RedFlag {
        code: text.code.into(),
        severity,
        truth: Truth::True,
        party: party.map(Into::into),
        title: text.title.into(),
        because: text.because.into(),
        clause: text.clause.into(),
        evidence: evidence(rows),
        settles: text.settles.into(),
        needs: Vec::new(),
    }
}

/// Flags of five severities, and one question that could not be answered.
pub(super) fn flags() -> Vec<RedFlag> {
    let mut flags = raised_flags();
    let open = flag(
        &FlagText {
            code: "GOV-03",
            title: "A key person may hold public office",
            because: "Arman Tolveyev shares his name with a member of a regional council; without \
                      a birth date the two cannot be told apart.",
            clause: "1.3",
            settles: "The birth date on an identity document.",
        },
        Severity::High,
        Some("P-419"),
        &[("office", "member, Samplia Regional Council", "demo_officials:office-88, 2026-11-02")],
    );
    flags.push(RedFlag {
        truth: Truth::Unknown,
        needs: vec!["birth date of P-419".into(), "nationality of P-419".into()],
        ..open
    });
    flags
}

fn raised_flags() -> Vec<RedFlag> {
    vec![
        flag(
            &FlagText {
                code: "OWN-01",
                title: "Owned 50 % or more by sanctioned parties",
                because: "Оболенск Пример Холдинг, listed by the demonstration authority, owns \
                          60 % of Kestrel Marlow Trading FZE through Marlow Sample Holdings Ltd.",
                clause: "4.2",
                settles: "A register extract showing that the holding was sold, and when.",
            },
            Severity::Prohibited,
            Some("P-420"),
            &[
                ("share", "P-418 owns 100 % of P-417", "relations.csv row 2"),
                ("share", "P-420 owns 60 % of P-418", "relations.csv row 3"),
                ("listing", "demo_sanctions:4417", "Demonstration sanctions list, 2026-11-19"),
            ],
        ),
        flag(
            &FlagText {
                code: "PAY-04",
                title: "Paid to an account in a third country",
                because: "The account is in CY; the party is in AE and performs in DE.",
                clause: "4.7",
                settles: "A written reason and a bank letter that names the holder.",
            },
            Severity::High,
            None,
            &[("account", "CY17 0020 0128 0000 0012 0052 7600", "engagements.csv row 17")],
        ),
        flag(
            &FlagText {
                code: "PRF-02",
                title: "Incorporated less than 12 months before the contract",
                because: "Incorporated 2026-05; the contract starts on 2026-12-01.",
                clause: "4.2",
                settles: "References for the same people in an earlier company.",
            },
            Severity::Medium,
            Some("P-417"),
            &[
                ("incorporation date", "2026-05", "parties.csv row 4"),
                ("parameter", "young company: 12 months", "policy.toml young_company_months"),
            ],
        ),
        flag(
            &FlagText {
                code: "CMP-01",
                title: "Success fee above the usual range",
                because: "9.5 % of the contract value; the policy asks for a reason above 5 %.",
                clause: "4.1",
                settles: "A comparison with what agents of this kind are paid, approved.",
            },
            Severity::Medium,
            None,
            &[("compensation rate", "9.5 %", "engagements.csv row 17")],
        ),
        flag(
            &FlagText {
                code: "BEH-11",
                title: "Selected on the recommendation of a customer",
                because: "Recommended by the customer's project office.",
                clause: "4.2",
                settles: "Nothing more is needed; the compliance manager is told.",
            },
            Severity::Notify,
            None,
            &[("recommended by", "customer project office", "engagements.csv row 17")],
        ),
    ]
}
