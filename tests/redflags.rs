//! Every red flag: a case that raises it, one that does not, one that cannot be answered, and its
//! border. A case changes one input of a subject that nothing is wrong with.

use crate::support::{TODAY, bare, company, engagement, listing, matched, parameters, person};
use diligence::intake::{ClauseState, Engagement, PartyRecord, Relation, RelationKind, Role, Row};
use diligence::ownership::{blocked_by_ownership, sanctioned};
use diligence::party::{Identifier, PartyKind, Scheme, Tie};
use diligence::redflag::{
    Assessment, Catalogue, Facts, InvolvedFacts, Outcome, Severity, Truth, Verdict, assess,
};
use diligence::screening::{Match, NotScreened};
use diligence::watchlist::{Office, Topic};
use std::collections::BTreeMap;

/// A subject with an owner, complete and unsuspicious until a test changes it.
struct Scenario {
    subject: PartyRecord,
    owner: PartyRecord,
    engagement: Option<Engagement>,
    matches: BTreeMap<String, Vec<Match>>,
    failed: Option<NotScreened>,
    share: Option<(f64, f64)>,
    gaps: Vec<String>,
    lists: Vec<(String, String)>,
    unattributed: Vec<String>,
}

fn scenario() -> Scenario {
    Scenario {
        subject: company("P-1"),
        owner: person("P-2"),
        engagement: Some(engagement("P-1")),
        matches: BTreeMap::new(),
        failed: None,
        share: Some((100.0, 100.0)),
        gaps: Vec::new(),
        lists: Vec::new(),
        unattributed: Vec::new(),
    }
}

impl Scenario {
    fn engaged(mut self, change: impl FnOnce(&mut Engagement)) -> Self {
        change(self.engagement.as_mut().unwrap());
        self
    }

    fn matching(mut self, party: &str, found: Match) -> Self {
        self.matches.entry(party.to_owned()).or_default().push(found);
        self
    }

    fn assess(&self) -> Assessment {
        let policy = parameters();
        let matched = self.matches.iter().map(|(party, found)| (party.as_str(), found.as_slice()));
        let sanctioned = sanctioned(matched);
        let relation = Relation {
            from: self.owner.id.clone(),
            to: self.subject.id.clone(),
            kind: RelationKind::Owns,
            share_min: self.share.map(|(min, _)| min),
            share_max: self.share.map(|(_, max)| max),
            role: None,
            start: None,
            end: None,
            other: BTreeMap::new(),
            row: Row { file: "relations.csv".to_owned(), row: 2 },
        };
        let threshold = policy.ownership_threshold_percent.value;
        let blocked = blocked_by_ownership(&[relation], &sanctioned, threshold, TODAY);
        let none = Vec::new();
        let involved = [(&self.subject, "subject", 0), (&self.owner, "owner", 1)].map(
            |(record, role, depth)| InvolvedFacts {
                record,
                role,
                path: Vec::new(),
                depth,
                screened: match (&self.failed, depth) {
                    (Some(error), 1) => Err(error),
                    _ => Ok(self.matches.get(&record.id).unwrap_or(&none).as_slice()),
                },
                gaps: if depth == 1 { &self.gaps } else { &[] },
            },
        );
        let facts = Facts {
            date: TODAY,
            policy: &policy,
            engagement: self.engagement.as_ref(),
            involved: involved.into(),
            blocked: &blocked,
            unattributed: &self.unattributed,
            unreliable_lists: &self.lists,
        };
        let text = include_str!("../config/redflags.toml");
        assess(&facts, &Catalogue::read("redflags.toml", text).unwrap())
    }

    /// Codes raised (`true`) and unanswered (`unknown`), with severities.
    fn flags(&self) -> Vec<(String, Truth, Severity)> {
        let flags = self.assess().flags;
        flags.into_iter().map(|flag| (flag.code, flag.truth, flag.severity)).collect()
    }

    #[track_caller]
    fn raises(&self, code: &str, severity: Severity) {
        assert_eq!(self.flags(), [(code.to_owned(), Truth::True, severity)]);
    }

    #[track_caller]
    fn raises_nothing(&self) {
        assert_eq!(self.flags(), []);
        let answer = self.assess();
        assert_eq!((answer.outcome, answer.verdict), (Outcome::Clear, Verdict::Pass));
    }

    #[track_caller]
    fn cannot_answer(&self, code: &str, outcome: Outcome, verdict: Verdict) {
        let flags = self.flags();
        let unknown: Vec<&str> = flags
            .iter()
            .filter(|(_, truth, _)| *truth == Truth::Unknown)
            .map(|(code, _, _)| code.as_str())
            .collect();
        assert_eq!(unknown, [code]);
        let answer = self.assess();
        assert_eq!((answer.outcome, answer.verdict), (outcome, verdict));
        assert!(!answer.unknown.is_empty(), "a missing input is named");
    }
}

fn official(end: Option<&str>) -> Match {
    let mut entry = listing("pep", Topic::Pep);
    entry.offices.push(Office {
        position: "deputy minister".to_owned(),
        end: end.map(|text| text.parse().unwrap()),
        ..Office::default()
    });
    matched(entry)
}

fn debarred(authority: &str, ends: Option<&str>) -> Match {
    let mut entry = listing("firm", Topic::Debarment);
    entry.authority = Some(authority.to_owned());
    entry.ends_on = ends.map(|text| text.parse().unwrap());
    matched(entry)
}

#[test]
fn a_complete_subject_without_matches_is_clear() {
    scenario().raises_nothing();
}

#[test]
fn own_01_is_raised_by_a_sanctioned_subject_or_owner_and_blocks() {
    let hit = || matched(listing("s", Topic::Sanction));
    let subject = scenario().matching("P-1", hit());
    subject.raises("OWN-01", Severity::Prohibited);
    assert_eq!(subject.assess().verdict, Verdict::Block);
    let mut owner = scenario().matching("P-2", hit());
    owner.share = Some((10.0, 10.0));
    owner.raises("OWN-01", Severity::Prohibited);
}

#[test]
fn own_02_follows_the_share_of_the_sanctioned_owner() {
    let owned = |share| {
        let mut scenario = scenario().matching("P-2", matched(listing("s", Topic::Sanction)));
        scenario.share = share;
        let flags = scenario.assess().flags;
        flags.into_iter().find(|flag| flag.code == "OWN-02").map(|flag| flag.truth)
    };
    assert_eq!(owned(Some((50.0, 50.0))), Some(Truth::True));
    assert_eq!(owned(Some((49.99, 49.99))), None);
    assert_eq!(owned(Some((25.0, 50.0))), Some(Truth::Unknown));
    assert_eq!(owned(None), Some(Truth::Unknown));
}

#[test]
fn gov_01_counts_current_and_former_officials_and_not_other_topics() {
    scenario().matching("P-2", official(None)).raises("GOV-01", Severity::High);
    scenario().matching("P-2", official(Some("1998"))).raises("GOV-01", Severity::High);
    let other = matched(listing("x", Topic::Other("poi".to_owned())));
    assert_eq!(scenario().matching("P-2", other).flags(), []);
}

#[test]
fn rec_01_ends_with_the_debarment_and_asks_who_debarred() {
    scenario().matching("P-1", debarred("World Bank", None)).raises("REC-01", Severity::High);
    let last_day = debarred("World Bank", Some("2026-11-21"));
    scenario().matching("P-1", last_day).raises("REC-01", Severity::High);
    scenario().matching("P-1", debarred("World Bank", Some("2026-11-20"))).raises_nothing();
    scenario().matching("P-1", debarred("Town of Elsewhere", None)).cannot_answer(
        "REC-01",
        Outcome::NotScreened,
        Verdict::Hold,
    );
    let by_nobody = matched(listing("firm", Topic::Debarment));
    scenario().matching("P-1", by_nobody).cannot_answer(
        "REC-01",
        Outcome::NotScreened,
        Verdict::Hold,
    );
}

#[test]
fn a_match_that_no_condition_judges_holds_the_gate() {
    for topic in ["crime", "sanction.linked", "role.rca", "gov.soe"] {
        let entry = listing("x", Topic::from(topic.to_owned()));
        let answer = scenario().matching("P-2", matched(entry)).assess();
        assert_eq!((answer.outcome, answer.verdict), (Outcome::NotScreened, Verdict::Hold));
        assert!(answer.not_screened[0].reason.contains(topic), "{topic}");
    }
    let mut nothing = listing("x", Topic::Pep);
    nothing.topics.clear();
    let answer = scenario().matching("P-1", matched(nothing)).assess();
    assert_eq!((answer.outcome, answer.verdict), (Outcome::NotScreened, Verdict::Hold));
}

#[test]
fn a_refused_tie_that_may_concern_anybody_keeps_everybody_from_clear() {
    let mut scenario = scenario();
    scenario.unattributed.push("relations.csv row 7, to: found 'S-1'".to_owned());
    let answer = scenario.assess();
    assert_eq!((answer.outcome, answer.verdict), (Outcome::NotScreened, Verdict::Hold));
}

#[test]
fn geo_05_compares_the_account_with_performance_and_registration() {
    let iban = |text: &str| Some(Identifier::new(Scheme::Iban, text));
    let cyprus = "CY17002001280000001200527600";
    scenario().engaged(|e| e.account_iban = iban(cyprus)).raises("GEO-05", Severity::High);
    scenario()
        .engaged(|e| {
            e.account_iban = iban(cyprus);
            e.country_of_performance = Some("CY".parse().unwrap());
        })
        .raises_nothing();
    scenario()
        .engaged(|e| e.account_bic = Some(Identifier::new(Scheme::Bic, "BCYPCY2N")))
        .raises("GEO-05", Severity::High);
    scenario().engaged(|e| e.account_iban = None).cannot_answer(
        "GEO-05",
        Outcome::Clear,
        Verdict::Pass,
    );
    scenario()
        .engaged(|e| {
            e.account_iban = iban(cyprus);
            e.country_of_performance = None;
        })
        .cannot_answer("GEO-05", Outcome::Clear, Verdict::Pass);
}

#[test]
fn shl_01_turns_on_the_last_day_of_the_first_year() {
    let incorporated = |text: Option<&str>| {
        let mut scenario = scenario();
        scenario.subject.incorporation_date = text.map(|text| text.parse().unwrap());
        scenario
    };
    incorporated(Some("2025-01-02")).raises("SHL-01", Severity::Medium);
    incorporated(Some("2025-01-01")).raises_nothing();
    incorporated(Some("2026-03")).raises("SHL-01", Severity::Medium);
    incorporated(Some("2025")).cannot_answer("SHL-01", Outcome::Clear, Verdict::Pass);
    incorporated(None).cannot_answer("SHL-01", Outcome::Clear, Verdict::Pass);
    let mut natural = scenario();
    natural.subject = person("P-1");
    natural.raises_nothing();
}

#[test]
fn beh_01_is_graver_for_agents_and_not_asked_of_donees() {
    let refused = |role| {
        scenario().engaged(|e| {
            e.role = role;
            e.clause_anti_corruption = Some(ClauseState::Refused);
        })
    };
    refused(Some(Role::Supplier)).raises("BEH-01", Severity::High);
    refused(Some(Role::Agent)).raises("BEH-01", Severity::Prohibited);
    refused(Some(Role::Donee)).raises_nothing();
    scenario()
        .engaged(|e| e.clause_anti_corruption = Some(ClauseState::Missing))
        .raises("BEH-01", Severity::High);
    scenario()
        .engaged(|e| e.clause_anti_corruption = Some(ClauseState::Deviating))
        .raises_nothing();
    scenario().engaged(|e| e.clause_anti_corruption = None).cannot_answer(
        "BEH-01",
        Outcome::NotScreened,
        Verdict::Hold,
    );
}

#[test]
fn beh_02_asks_the_audit_right_of_agents_only() {
    let without = |role, state| {
        scenario().engaged(|e| {
            e.role = Some(role);
            e.clause_audit = state;
        })
    };
    without(Role::Distributor, Some(ClauseState::Missing)).raises("BEH-02", Severity::High);
    without(Role::Supplier, Some(ClauseState::Missing)).raises_nothing();
    without(Role::Distributor, Some(ClauseState::Present)).raises_nothing();
    without(Role::Distributor, None).cannot_answer("BEH-02", Outcome::NotScreened, Verdict::Hold);
}

#[test]
fn beh_03_asks_for_the_right_to_terminate() {
    let with = |state| scenario().engaged(|e| e.clause_termination = state);
    with(Some(ClauseState::Missing)).raises("BEH-03", Severity::High);
    with(Some(ClauseState::Refused)).raises("BEH-03", Severity::High);
    with(None).cannot_answer("BEH-03", Outcome::NotScreened, Verdict::Hold);
}

#[test]
fn beh_08_blocks_an_intermediary_without_an_agreement() {
    let with = |role, written| {
        scenario().engaged(|e| {
            e.role = Some(role);
            e.written_agreement = written;
        })
    };
    with(Role::Agent, Some(false)).raises("BEH-08", Severity::Prohibited);
    with(Role::Agent, Some(true)).raises_nothing();
    with(Role::Supplier, Some(false)).cannot_answer("BEH-08", Outcome::NotScreened, Verdict::Hold);
    scenario()
        .engaged(|e| {
            e.acts_on_behalf = Some(false);
            e.written_agreement = Some(false);
        })
        .raises_nothing();
    with(Role::Agent, None).cannot_answer("BEH-08", Outcome::NotScreened, Verdict::Hold);
    scenario()
        .engaged(|e| {
            e.acts_on_behalf = Some(true);
            e.written_agreement = Some(false);
        })
        .raises("BEH-08", Severity::Prohibited);
}

#[test]
fn dat_01_wants_more_than_a_name() {
    let mut owner = scenario();
    owner.owner = bare("P-2", Some(PartyKind::Person), "Anna Berg");
    owner.raises("DAT-01", Severity::Medium);
    assert_eq!(owner.assess().unknown[0].needs, "birth date of P-2");
    owner.owner.party.tie("SE".parse().unwrap(), Tie::Nationality);
    owner.raises("DAT-01", Severity::Medium);
    owner.owner.party.identifiers.push(Identifier::new(Scheme::Passport, "X1234567"));
    owner.raises_nothing();
    let mut firm = scenario();
    firm.subject.party.countries.clear();
    firm.engagement = None;
    firm.raises("DAT-01", Severity::Medium);
}

#[test]
fn dat_02_keeps_a_stale_list_from_clearing_but_not_from_flagging() {
    let mut stale = scenario();
    stale.lists.push(("un_sc".to_owned(), "last retrieved 80 hours ago".to_owned()));
    let answer = stale.assess();
    assert_eq!((answer.outcome, answer.verdict), (Outcome::NotScreened, Verdict::Hold));
    assert_eq!(answer.flags[0].code, "DAT-02");
    let flagged = stale.matching("P-1", matched(listing("s", Topic::Sanction))).assess();
    assert_eq!((flagged.outcome, flagged.verdict), (Outcome::Flagged, Verdict::Block));
}

#[test]
fn dat_03_names_the_identifier_that_fails() {
    let lei = |value: &str| {
        let mut scenario = scenario();
        scenario.subject.party.identifiers.push(Identifier::new(Scheme::Lei, value));
        scenario
    };
    lei("5493001KJTIIGC8Y1R13").raises("DAT-03", Severity::Medium);
    lei("5493001KJTIIGC8Y1R12").raises_nothing();
    let flag = lei("5493001KJTIIGC8Y1R13").assess().flags.remove(0);
    assert!(flag.because.contains("LEI '5493001KJTIIGC8Y1R13'"), "{}", flag.because);
}

#[test]
fn dat_05_and_every_other_failure_hold_the_gate() {
    let mut failed = scenario();
    failed.failed =
        Some(NotScreened::Index { list: "un_sc".to_owned(), reason: "disk".to_owned() });
    let answer = failed.assess();
    assert_eq!((answer.outcome, answer.verdict), (Outcome::NotScreened, Verdict::Hold));
    assert_eq!(answer.flags[0].code, "DAT-05");
    failed.failed = Some(NotScreened::LeftOut);
    assert_eq!(failed.assess().flags[0].code, "DAT-05");
    failed.failed = Some(NotScreened::NoName);
    assert_eq!(failed.assess().outcome, Outcome::NotScreened);
    let mut gap = scenario();
    gap.gaps.push("relations.csv row 7: unknown party".to_owned());
    let answer = gap.assess();
    assert_eq!((answer.outcome, answer.verdict), (Outcome::NotScreened, Verdict::Hold));
    assert_eq!(answer.not_screened[0].what, "P-2");
}

#[test]
fn flags_come_gravest_first_and_the_rating_is_the_gravest() {
    let answer = scenario()
        .engaged(|e| e.clause_termination = Some(ClauseState::Missing))
        .matching("P-2", matched(listing("s", Topic::Sanction)))
        .matching("P-1", matched(listing("t", Topic::Pep)))
        .assess();
    let codes: Vec<&str> = answer.flags.iter().map(|flag| flag.code.as_str()).collect();
    assert_eq!(codes, ["OWN-01", "OWN-02", "BEH-03", "GOV-01"]);
    assert_eq!(answer.rating, "prohibited");
}
