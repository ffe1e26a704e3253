//! Decides what an entry means, apart from how its file happens to write it: its values by field,
//! each field a set of texts.
//!
//! Text is in Unicode normalisation form C with single blanks; the order of names, addresses,
//! identifiers, remarks and programmes means nothing, and a value given twice is given once. Which
//! name is the primary one counts, and so do case, spelling and the publisher's own labels.
//! Material is every field that says who is listed, why and since when. Cosmetic, and no change
//! of the entry by themselves, are: the date on which the publisher last touched it, the address
//! of its page, and the file's internal number of a party it is linked to, whose name counts.

use crate::party::{Address, CountryTie, Identifier, NameQuality, Party, PartyName};
use crate::watchlist::{Detail, Link, Listing, Office};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// A field of an entry, as changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Kind of party.
    Kind,
    /// The name the publisher lists it under.
    PrimaryName,
    /// All other names, with quality and language.
    Name,
    /// Dates of birth.
    BirthDate,
    /// Places of birth.
    BirthPlace,
    /// Date of death.
    DeathDate,
    /// Gender.
    Gender,
    /// Countries, with what ties the party to them.
    Country,
    /// Identifiers, with scheme, label and country.
    Identifier,
    /// Addresses.
    Address,
    /// Topics.
    Topic,
    /// Programmes.
    Programme,
    /// Authority that decided.
    Authority,
    /// Public offices.
    Office,
    /// Titles and functions.
    Function,
    /// Date of listing.
    ListedOn,
    /// Date the measure ends.
    EndsOn,
    /// What is forbidden.
    Measure,
    /// Acts the listing rests on.
    LegalBasis,
    /// Statement of reasons.
    Reason,
    /// Other remarks.
    Remark,
    /// Other particulars.
    Detail,
    /// Parties it is linked to, by relation and name.
    LinkedTo,
    /// Last day the publisher changed the entry. Cosmetic.
    AmendedOn,
    /// The file's numbers of the parties it is linked to. Cosmetic.
    LinkId,
    /// Page of the entry. Cosmetic.
    SourceUrl,
}

impl Field {
    /// Whether a change of this field alone changes what the entry means.
    #[must_use]
    pub fn is_material(self) -> bool {
        !matches!(self, Self::AmendedOn | Self::LinkId | Self::SourceUrl)
    }

    /// The field's name, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::PrimaryName => "primary_name",
            Self::Name => "name",
            Self::BirthDate => "birth_date",
            Self::BirthPlace => "birth_place",
            Self::DeathDate => "death_date",
            Self::Gender => "gender",
            Self::Country => "country",
            Self::Identifier => "identifier",
            Self::Address => "address",
            Self::Topic => "topic",
            Self::Programme => "programme",
            Self::Authority => "authority",
            Self::Office => "office",
            Self::Function => "function",
            Self::ListedOn => "listed_on",
            Self::EndsOn => "ends_on",
            Self::Measure => "measure",
            Self::LegalBasis => "legal_basis",
            Self::Reason => "reason",
            Self::Remark => "remark",
            Self::Detail => "detail",
            Self::LinkedTo => "linked_to",
            Self::AmendedOn => "amended_on",
            Self::LinkId => "link_id",
            Self::SourceUrl => "source_url",
        }
    }
}

/// The values of an entry by field; a field without a value is not there.
pub type Meaning = BTreeMap<Field, BTreeSet<String>>;

/// What an entry means. Its own identifier is not part of it.
#[must_use]
pub fn meaning(listing: &Listing) -> Meaning {
    // A field added to the listing must be sorted into a class here.
    let Listing {
        list: _,
        id: _,
        party,
        topics,
        programmes,
        authority,
        offices,
        functions,
        listed_on,
        ends_on,
        amended_on,
        measures,
        legal_basis,
        reasons,
        remarks,
        details,
        linked_to,
        source_url,
    } = listing;
    let mut values = Values::default();
    values.of_party(party);
    values.put(Field::Topic, topics);
    values.put(Field::Programme, programmes);
    values.put(Field::Authority, authority);
    values.put(Field::Office, offices.iter().map(office));
    values.put(Field::Function, functions);
    values.put(Field::ListedOn, listed_on);
    values.put(Field::EndsOn, ends_on);
    values.put(Field::AmendedOn, amended_on);
    values.put(Field::Measure, measures);
    values.put(Field::LegalBasis, legal_basis);
    values.put(Field::Reason, reasons);
    values.put(Field::Remark, remarks);
    values.put(Field::Detail, details.iter().map(detail));
    values.put(Field::LinkedTo, linked_to.iter().map(link));
    let numbered = linked_to.iter().filter_map(|Link { id, .. }| id.as_ref());
    values.put(Field::LinkId, numbered);
    values.put(Field::SourceUrl, source_url);
    values.0
}

#[derive(Default)]
struct Values(Meaning);

impl Values {
    fn put<T: ToString>(&mut self, field: Field, values: impl IntoIterator<Item = T>) {
        let texts = values.into_iter().map(|value| plain(&value.to_string()));
        let texts: BTreeSet<String> = texts.filter(|text| !text.is_empty()).collect();
        if !texts.is_empty() {
            self.0.insert(field, texts);
        }
    }

    fn of_party(&mut self, party: &Party) {
        let Party {
            kind,
            names,
            birth_dates,
            birth_places,
            death_date,
            gender,
            countries,
            identifiers,
            addresses,
        } = party;
        let (primary, others): (Vec<&PartyName>, Vec<&PartyName>) =
            names.iter().partition(|name| name.quality == NameQuality::Primary);
        self.put(Field::Kind, kind.map(crate::party::PartyKind::as_str));
        self.put(Field::PrimaryName, primary.into_iter().map(name));
        self.put(Field::Name, others.into_iter().map(name));
        self.put(Field::BirthDate, birth_dates);
        self.put(Field::BirthPlace, birth_places);
        self.put(Field::DeathDate, death_date);
        self.put(Field::Gender, gender.as_ref().and_then(code));
        self.put(Field::Country, countries.iter().map(country));
        self.put(Field::Identifier, identifiers.iter().map(identifier));
        self.put(Field::Address, addresses.iter().map(address));
    }
}

/// Normalisation form C, single blanks, none around.
fn plain(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The word a value is stored as.
fn code<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

fn name(name: &PartyName) -> String {
    let PartyName { text, quality, language } = name;
    let text = plain(text);
    let mut told = match quality {
        NameQuality::Primary => text,
        quality => format!("{}: {text}", code(quality).unwrap_or_default().replace('_', " ")),
    };
    if let Some(language) = language {
        told.push_str(&format!(" [{language}]"));
    }
    told
}

fn country(CountryTie { country, tie }: &CountryTie) -> String {
    format!("{} ({})", country.code(), code(tie).unwrap_or_default().replace('_', " "))
}

fn identifier(Identifier { scheme, value, country, label }: &Identifier) -> String {
    let (value, label) = (plain(value), label.as_deref().map(plain).unwrap_or_default());
    let mut told = match label.as_str() {
        "" => format!("{}: {value}", scheme.label()),
        label => format!("{}, {label}: {value}", scheme.label()),
    };
    if let Some(country) = country {
        told.push_str(&format!(" ({})", country.code()));
    }
    told
}

fn address(Address { text, city, postal_code, country }: &Address) -> String {
    let country = country.map(|country| country.code().to_owned());
    joined([
        Some(text.clone()),
        city.as_ref().map(|city| format!("city {city}")),
        postal_code.as_ref().map(|code| format!("postal code {code}")),
        country.map(|code| format!("country {code}")),
    ])
}

fn office(office: &Office) -> String {
    let Office { position, organization, country, start, end, note } = office;
    joined([
        Some(position.clone()),
        organization.clone(),
        country.map(|country| country.code().to_owned()),
        start.map(|day| format!("from {day}")),
        end.map(|day| format!("to {day}")),
        note.clone(),
    ])
}

fn detail(Detail { label, value }: &Detail) -> String {
    format!("{}: {}", plain(label), plain(value))
}

fn link(Link { relation, name, id: _ }: &Link) -> String {
    format!("{} {}", plain(relation.as_deref().unwrap_or_default()), plain(name))
}

/// Parts that say something, each normalised by itself.
fn joined<const PARTS: usize>(parts: [Option<String>; PARTS]) -> String {
    let parts = parts.into_iter().flatten().map(|part| plain(&part));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}
