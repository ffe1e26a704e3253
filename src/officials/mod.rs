//! Decides whether a listing makes a person a Government Official in the sense of the policy, and
//! whether the office is held, was held, or is of unknown date.
//!
//! Tier 1 only: persons listed as holders of public office. A source that knows of no last day
//! does not prove that the office is held today; it is treated as held, and says so.

use crate::party::PartialDate;
use crate::policy::LookBack;
use crate::watchlist::{Listing, Office, Topic};
use jiff::civil::Date;

/// How a listed person stands to the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The source knows of no last day.
    Held(Office),
    /// The last known day in office has passed.
    Former {
        /// The office left last.
        office: Office,
        /// Its last day.
        ended: PartialDate,
    },
    /// The source lists the person as an official without naming an office.
    Unnamed,
}

/// A listing that makes a person an official.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialFinding {
    /// How the person stands to the office.
    pub standing: Standing,
    /// Whether the office is held or was left within the look-back.
    pub counts: bool,
}

/// What a listing says about public office on `date`; `None` when it lists no official.
#[must_use]
pub fn listed_official(
    listing: &Listing,
    date: Date,
    look_back: &LookBack,
) -> Option<OfficialFinding> {
    if !listing.topics.contains(&Topic::Pep) {
        return None;
    }
    let standing = standing(&listing.offices, date);
    let counts = match &standing {
        Standing::Former { ended, .. } => within(*ended, date, look_back),
        Standing::Held(_) | Standing::Unnamed => true,
    };
    Some(OfficialFinding { standing, counts })
}

fn standing(offices: &[Office], date: Date) -> Standing {
    let over = |office: &&Office| office.end.is_some_and(|end| end.latest() < date);
    let held = offices.iter().filter(|office| !over(office)).max_by_key(|office| office.start);
    if let Some(office) = held {
        return Standing::Held(office.clone());
    }
    let left_last = offices
        .iter()
        .filter_map(|office| Some((office, office.end?)))
        .max_by_key(|(_, end)| end.latest());
    match left_last {
        Some((office, ended)) => Standing::Former { office: office.clone(), ended },
        None => Standing::Unnamed,
    }
}

fn within(ended: PartialDate, date: Date, look_back: &LookBack) -> bool {
    match look_back {
        LookBack::Unlimited(_) => true,
        LookBack::Years(years) => {
            let span = jiff::Span::new().years(i32::from(*years));
            ended.latest().saturating_add(span) >= date
        }
    }
}

impl Standing {
    /// The standing in words: "member, Riigikogu (since 2015-03-30)".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Unnamed => "listed as an official; no office named".to_owned(),
            Self::Held(office) => match office.start {
                Some(start) => format!("{} since {start}, no end known", title(office)),
                None => format!("{}, no dates known", title(office)),
            },
            Self::Former { office, ended } => format!("{} until {ended}", title(office)),
        }
    }
}

fn title(office: &Office) -> String {
    let country = office.country.map(|country| country.name().to_owned());
    let parts = [Some(office.position.clone()), office.organization.clone(), country];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Unlimited;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 21);

    fn listing(ends: &[Option<&str>]) -> Listing {
        let office = |end: &Option<&str>| Office {
            position: "member".into(),
            organization: Some("Senate".into()),
            end: end.map(|text| text.parse().unwrap()),
            ..Office::default()
        };
        Listing {
            topics: [Topic::Pep].into(),
            offices: ends.iter().map(office).collect(),
            ..Listing::default()
        }
    }

    #[test]
    fn an_office_without_a_last_day_is_taken_as_held() {
        let finding =
            listed_official(&listing(&[Some("2001"), None]), TODAY, &LookBack::Years(1)).unwrap();
        assert!(finding.counts);
        assert_eq!(finding.standing.words(), "member, Senate, no dates known");
    }

    #[test]
    fn the_look_back_ends_on_its_last_day() {
        let left = listing(&[Some("2021-11-21"), Some("2019")]);
        let counts = |years| listed_official(&left, TODAY, &LookBack::Years(years)).unwrap().counts;
        assert!(counts(5));
        assert!(!counts(4));
        let always = LookBack::Unlimited(Unlimited::Unlimited);
        assert!(listed_official(&left, TODAY, &always).unwrap().counts);
    }

    #[test]
    fn an_official_without_an_office_counts_and_a_sanction_does_not_make_one() {
        let unnamed = listed_official(&listing(&[]), TODAY, &LookBack::Years(1)).unwrap();
        assert!(unnamed.counts);
        let sanctioned = Listing { topics: [Topic::Sanction].into(), ..Listing::default() };
        assert_eq!(listed_official(&sanctioned, TODAY, &LookBack::Years(1)), None);
    }
}
