//! Answers one subject: gathers its facts, has them assessed, and makes the dossier of it. The
//! batch, the check of one vendor and every later entrance call this and nothing else.

use super::Engine;
use crate::dossier::{Certificate, Dossier, InvolvedLine, engagement_fields, subject_fields};
use crate::intake::{Intake, Involved, Involvement, Relation, Subject, Ties};
use crate::ownership::{BlockedEntity, blocked_by_ownership, sanctioned};
use crate::redflag::{Assessment, Facts, InvolvedFacts, assess, quarantined};
use crate::screening::{Match, NotScreened};
use std::collections::BTreeMap;

/// Ties shown at either end of a long path.
const SHOWN_TIES: usize = 3;

/// What screening said about each party, by party id.
pub(super) type Screened = BTreeMap<String, Result<Vec<Match>, NotScreened>>;

/// What is known about a portfolio once everybody in it was screened.
pub(super) struct Picture<'a> {
    intake: &'a Intake,
    ties: &'a Ties<'a>,
    screened: Screened,
    blocked: BTreeMap<String, BlockedEntity>,
    certificate: Certificate,
}

impl<'a> Picture<'a> {
    /// Adds ownership to what screening said.
    pub(super) fn new(
        engine: &Engine,
        intake: &'a Intake,
        ties: &'a Ties<'a>,
        screened: Screened,
    ) -> Self {
        let matched = screened.iter().filter_map(|(id, r)| Some((id.as_str(), r.as_deref().ok()?)));
        let listed = sanctioned(matched);
        let threshold = engine.parameters.ownership_threshold_percent.value;
        let blocked = blocked_by_ownership(&intake.relations, &listed, threshold, engine.date);
        let certificate = engine.certificate(intake);
        Self { intake, ties, screened, blocked, certificate }
    }

    /// The dossier of one subject.
    pub(super) fn dossier(&self, engine: &Engine, subject: &Subject) -> Dossier {
        let record = subject.party.as_ref().and_then(|id| self.intake.parties.get(id));
        let (Some(record), None) = (record, &subject.quarantined) else {
            let reason =
                subject.quarantined.as_deref().unwrap_or("the party is not in the portfolio");
            return self.bare(quarantined(subject, reason));
        };
        let engagement = subject.engagement.as_ref().and_then(|id| self.intake.engagements.get(id));
        let involvement = self.ties.involved(&record.id, engine.date);
        let parties = involvement.parties.iter();
        let facts = Facts {
            date: engine.date,
            policy: &engine.parameters,
            engagement,
            involved: parties
                .filter_map(|party| self.involved_facts(&involvement, party))
                .collect(),
            blocked: &self.blocked,
            unattributed: &self.intake.unattributed,
            unreliable_lists: &engine.unreliable_lists,
        };
        Dossier {
            assessment: assess(&facts, &engine.catalogue),
            subject: subject_fields(record),
            engagement: engagement.map(engagement_fields).unwrap_or_default(),
            involved: facts.involved.iter().map(involved_line).collect(),
            certificate: self.certificate.clone(),
        }
    }

    fn bare(&self, assessment: Assessment) -> Dossier {
        Dossier {
            assessment,
            subject: Vec::new(),
            engagement: Vec::new(),
            involved: Vec::new(),
            certificate: self.certificate.clone(),
        }
    }

    fn involved_facts(
        &'a self,
        involvement: &Involvement,
        party: &Involved,
    ) -> Option<InvolvedFacts<'a>> {
        let record = self.intake.parties.get(&party.party)?;
        // Whom the screening left out is not screened, never unmatched.
        let screened = self.screened.get(&party.party).map(Result::as_deref);
        Some(InvolvedFacts {
            record,
            role: party.standing.role.as_str(),
            path: shown_path(&involvement.path(party), &self.intake.relations),
            depth: party.standing.depth,
            screened: screened.unwrap_or(Err(&NotScreened::LeftOut)),
            gaps: self.intake.gaps.get(&party.party).map_or(&[], Vec::as_slice),
        })
    }
}

/// The ties of a path in words, those in the middle of a long one only counted: in a chain of
/// owners every party has a path, and all of them whole would be quadratic in its length.
fn shown_path(path: &[usize], relations: &[Relation]) -> Vec<String> {
    let words = |ties: &[usize]| -> Vec<String> {
        ties.iter().filter_map(|at| relations.get(*at)).map(Relation::words).collect()
    };
    let (Some((near, rest)), true) =
        (path.split_at_checked(SHOWN_TIES), path.len() > 2 * SHOWN_TIES + 1)
    else {
        return words(path);
    };
    let (between, far) = rest.split_at(rest.len().saturating_sub(SHOWN_TIES));
    let mut shown = words(near);
    shown.push(format!("… {} more ties …", between.len()));
    shown.extend(words(far));
    shown
}

fn involved_line(involved: &InvolvedFacts<'_>) -> InvolvedLine {
    InvolvedLine {
        party: involved.record.id.clone(),
        caption: involved.record.party.caption().to_owned(),
        kind: involved.record.party.kind.map_or("", |kind| kind.as_str()).to_owned(),
        role: involved.role.to_owned(),
        path: involved.path.clone(),
        depth: involved.depth,
        matches: involved.matches().len(),
        not_screened: involved.screened.err().map(ToString::to_string),
    }
}
