//! Builders for the tests: fictional parties, listings and engagements in one line each.

/// The binary, run as a user does.
pub(crate) mod command;
/// A server that misbehaves on order.
pub(crate) mod fault_server;
/// A list fetched from such a server.
pub(crate) mod fetching;
/// Workbooks made of small tables.
pub(crate) mod workbook;

use diligence::intake::{ClauseState, Engagement, PartyRecord, Role, Row};
use diligence::party::{
    DateSpan, Identifier, NameQuality, Party, PartyKind, PartyName, Scheme, Tie,
};
use diligence::policy::{Parameters, Policy};
use diligence::screening::{Band, Match, NamePair};
use diligence::watchlist::{Listing, Topic};
use jiff::civil::Date;
use std::sync::Arc;

/// The day all tests are made for.
pub(crate) const TODAY: Date = jiff::civil::date(2026, 11, 21);

/// The shipped parameters in force on [`TODAY`].
pub(crate) fn parameters() -> Parameters {
    let text = include_str!("../../config/policy.toml");
    Policy::read("policy.toml", text).unwrap().on(TODAY).unwrap()
}

/// A party with a name and nothing else.
pub(crate) fn bare(id: &str, kind: Option<PartyKind>, name: &str) -> PartyRecord {
    PartyRecord {
        id: id.to_owned(),
        party: Party {
            kind,
            names: vec![PartyName::new(name, NameQuality::Primary)],
            ..Party::default()
        },
        row: Row { file: "parties.csv".to_owned(), row: 2 },
        ..PartyRecord::default()
    }
}

/// A company that nothing is missing of: registered in Germany in 2001.
pub(crate) fn company(id: &str) -> PartyRecord {
    let mut record = bare(id, Some(PartyKind::Company), "Nordlicht Messtechnik GmbH");
    record.party.tie("DE".parse().unwrap(), Tie::Jurisdiction);
    record.incorporation_date = Some("2001-05-04".parse().unwrap());
    record
}

/// A person that nothing is missing of.
pub(crate) fn person(id: &str) -> PartyRecord {
    let mut record = bare(id, Some(PartyKind::Person), "Ilse Brandhofer");
    record
        .party
        .birth_dates
        .push(DateSpan::from("1971-02-03".parse::<diligence::party::PartialDate>().unwrap()));
    record.party.tie("DE".parse().unwrap(), Tie::Nationality);
    record
}

/// A supplier engagement that nothing is missing of, performed and paid in Germany.
pub(crate) fn engagement(party: &str) -> Engagement {
    Engagement {
        id: "E-1".to_owned(),
        party: party.to_owned(),
        manager: Some("lcm-de".to_owned()),
        role: Some(Role::Supplier),
        country_of_performance: Some("DE".parse().unwrap()),
        start_date: Some("2026-01-01".parse().unwrap()),
        written_agreement: Some(true),
        clause_anti_corruption: Some(ClauseState::Present),
        clause_termination: Some(ClauseState::Present),
        clause_audit: Some(ClauseState::Present),
        account_iban: Some(Identifier::new(Scheme::Iban, "DE89370400440532013000")),
        row: Row { file: "engagements.csv".to_owned(), row: 2 },
        ..Engagement::default()
    }
}

/// A listing of the given topic that says nothing more.
pub(crate) fn listing(id: &str, topic: Topic) -> Listing {
    Listing {
        list: "test".to_owned(),
        id: id.to_owned(),
        party: Party {
            names: vec![PartyName::new("Listed Name", NameQuality::Primary)],
            ..Party::default()
        },
        topics: [topic].into(),
        ..Listing::default()
    }
}

/// A strong match with a listing.
pub(crate) fn matched(listing: Listing) -> Match {
    Match {
        name: NamePair {
            query: "Our Name".to_owned(),
            matched: listing.party.caption().to_owned(),
            quality: NameQuality::Primary,
        },
        listing: Arc::new(listing),
        score: 0.97,
        band: Band::Strong,
        features: Vec::new(),
        alignment: Vec::new(),
    }
}
