//! Decides what one row of a table of one's own says, by the declaration's mapping.

use super::super::dates::english_span;
use super::super::delimited::Row;
use super::super::fault::{self, Fault};
use super::super::unique::Names;
use crate::party::{
    Address, DateSpan, Gender, Identifier, NameQuality, PartialDate, Party, PartyKind, PartyName,
    Tie,
};
use crate::watchlist::{Columns, DateOrder, Detail, KindColumn, Link, ListSource, Listing, Topic};
use sha2::{Digest, Sha256};

/// A row with the mapping it is read by.
struct Reader<'a> {
    mapping: &'a Columns,
    row: &'a Row<'a>,
}

impl Reader<'_> {
    fn one(&self, column: Option<&String>) -> Option<String> {
        self.row.value(column?)
    }

    /// The values of some columns, cells taken apart at the separator.
    fn all(&self, columns: &[String]) -> Vec<String> {
        let cells = columns.iter().filter_map(|column| self.row.value(column));
        cells.flat_map(|cell| self.split(&cell)).collect()
    }

    fn split(&self, cell: &str) -> Vec<String> {
        let pieces: Vec<&str> = match self.mapping.separator.as_deref() {
            Some(separator) => cell.split(separator).collect(),
            None => vec![cell],
        };
        let filled = pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty());
        filled.map(str::to_owned).collect()
    }

    /// Cells joined in the mapping's order.
    fn joined(&self, columns: &[String], between: &str) -> Option<String> {
        let cells: Vec<String> = columns.iter().filter_map(|c| self.row.value(c)).collect();
        (!cells.is_empty()).then(|| cells.join(between))
    }
}

/// The listing of a row; `None` when it has no name or no number, which is then a fault.
pub(super) fn listing(
    source: &ListSource,
    mapping: &Columns,
    row: &Row<'_>,
    faults: &mut Vec<Fault>,
) -> Option<Listing> {
    let reader = Reader { mapping, row };
    let names = names(&reader);
    if names.is_empty() {
        let columns = [mapping.name.as_slice(), &mapping.name_parts].concat().join(", ");
        faults.push(Fault::record("no-name", format!("expected a name in {columns}, found none")));
        return None;
    }
    let id = id(&reader, faults)?;
    let mut party = Party { kind: kind(&reader, faults), names, ..Party::default() };
    person(&reader, &mut party, faults);
    ties(&reader, &mut party, faults);
    numbers(&reader, &mut party, faults);
    address(&reader, &mut party, faults);
    let mut day = |column: &Option<String>| {
        let column = column.as_ref()?;
        let text = row.value(column)?;
        span(&text, mapping.dates, column, faults).map(|span| span.from)
    };
    let (listed_on, ends_on, amended_on) =
        (day(&mapping.listed_on), day(&mapping.ends_on), day(&mapping.amended_on));
    let stated = reader.one(mapping.authority.as_ref());
    Some(Listing {
        list: source.name.clone(),
        id,
        party,
        topics: topics(source, &reader, faults),
        programmes: reader.all(&mapping.programme),
        authority: stated.or_else(|| source.authority.clone()),
        functions: reader.all(&mapping.function),
        listed_on,
        ends_on,
        amended_on,
        measures: reader.all(&mapping.measure),
        legal_basis: reader.all(&mapping.legal_basis),
        reasons: reader.all(&mapping.reason),
        remarks: reader.all(&mapping.remark),
        details: details(&reader),
        linked_to: links(&reader),
        source_url: reader.one(mapping.source_url.as_ref()),
        ..Listing::default()
    })
}

fn names(reader: &Reader<'_>) -> Vec<PartyName> {
    let mapping = reader.mapping;
    let mut names = Names::default();
    let whole = reader.joined(&mapping.name_parts, " ").into_iter();
    let sorts = [
        (whole.chain(reader.all(&mapping.name)).collect(), NameQuality::Primary),
        (reader.all(&mapping.native_name), NameQuality::Native),
        (reader.all(&mapping.alias), NameQuality::Alias),
        (reader.all(&mapping.former_name), NameQuality::Former),
        (reader.all(&mapping.weak_alias), NameQuality::WeakAlias),
    ];
    for (texts, quality) in sorts {
        for text in texts {
            let is_second = quality == NameQuality::Primary && !names.is_empty();
            let quality = if is_second { NameQuality::Alias } else { quality };
            names.add(text, quality);
        }
    }
    let mut names = names.into_vec();
    // A row of aliases alone would have no name to go by.
    if names.first().is_some_and(|name| name.quality != NameQuality::Primary) {
        names.clear();
    }
    names
}

/// The number, or a hash of what identifies the party where the mapping names no number.
fn id(reader: &Reader<'_>, faults: &mut Vec<Fault>) -> Option<String> {
    let mapping = reader.mapping;
    if !mapping.id.is_empty() {
        let id = reader.joined(&mapping.id, "-");
        if id.is_none() {
            let message = format!("expected a number in {}, found none", mapping.id.join(", "));
            faults.push(Fault::record("no-id", message));
        }
        return id;
    }
    let numbers = mapping.identifier.iter().map(|number| &number.column);
    let columns = [&mapping.name_parts, &mapping.name, &mapping.birth_date, &mapping.country];
    let columns = columns.into_iter().flatten().chain(numbers).chain(&mapping.address);
    let mut hash = Sha256::new();
    for column in columns {
        hash.update(reader.row.value(column).unwrap_or_default().to_lowercase());
        hash.update([0]);
    }
    let digits = base16ct::lower::encode_string(&hash.finalize());
    Some(digits.chars().take(16).collect())
}

fn kind(reader: &Reader<'_>, faults: &mut Vec<Fault>) -> Option<PartyKind> {
    let coded = match reader.mapping.kind.as_ref()? {
        KindColumn::Constant(kind) => return Some(kind.constant),
        KindColumn::Column(coded) => coded,
    };
    let text = reader.row.value(&coded.column)?;
    let same = |value: &&String| value.trim().to_lowercase() == text.to_lowercase();
    let mapped = coded.values.keys().find(same).and_then(|value| coded.values.get(value)).copied();
    mapped.or_else(|| {
        let error = match text.parse() {
            Ok(kind) => return Some(kind),
            Err(error) => error,
        };
        let error: crate::party::UnknownKind = error;
        faults.push(Fault::field(&coded.column, "unknown-kind", error.to_string()));
        None
    })
}

fn person(reader: &Reader<'_>, party: &mut Party, faults: &mut Vec<Fault>) {
    let mapping = reader.mapping;
    for column in &mapping.birth_date {
        for text in reader.all(std::slice::from_ref(column)) {
            party.birth_dates.extend(span(&text, mapping.dates, column, faults));
        }
    }
    party.birth_places = reader.all(&mapping.birth_place);
    if let Some(column) = &mapping.gender
        && let Some(text) = reader.row.value(column)
    {
        party.gender = Gender::parse(&text);
        if party.gender.is_none() {
            let message = format!("expected female, male or other, found '{text}'");
            faults.push(Fault::field(column, "unknown-gender", message));
        }
    }
}

fn ties(reader: &Reader<'_>, party: &mut Party, faults: &mut Vec<Fault>) {
    let mapping = reader.mapping;
    for (columns, tie) in [
        (&mapping.nationality, Tie::Nationality),
        (&mapping.jurisdiction, Tie::Jurisdiction),
        (&mapping.country, Tie::Stated),
    ] {
        for column in columns {
            for text in reader.all(std::slice::from_ref(column)) {
                if let Some(country) = fault::country(&text, column, faults) {
                    party.tie(country, tie);
                }
            }
        }
    }
}

fn numbers(reader: &Reader<'_>, party: &mut Party, faults: &mut Vec<Fault>) {
    for number in &reader.mapping.identifier {
        let country = number.country.as_ref().and_then(|column| {
            let text = reader.row.value(column)?;
            fault::country(&text, column, faults)
        });
        for value in reader.all(std::slice::from_ref(&number.column)) {
            let label = number.label.clone().or_else(|| Some(number.column.clone()));
            let identifier = Identifier { scheme: number.scheme, value, country, label };
            if !party.identifiers.contains(&identifier) {
                party.identifiers.push(identifier);
            }
        }
    }
}

/// One address a row; a town or code that stands in a column of its own is part of its text.
fn address(reader: &Reader<'_>, party: &mut Party, faults: &mut Vec<Fault>) {
    let mapping = reader.mapping;
    let city = reader.one(mapping.city.as_ref());
    let postal_code = reader.one(mapping.postal_code.as_ref());
    let mut columns = mapping.address.clone();
    let apart = [&mapping.postal_code, &mapping.city].into_iter().flatten();
    columns.extend(apart.filter(|column| !mapping.address.contains(column)).cloned());
    let text = reader.joined(&columns, ", ").unwrap_or_default();
    let country = mapping.address_country.as_ref().and_then(|column| {
        let text = reader.row.value(column)?;
        fault::country(&text, column, faults)
    });
    if let Some(country) = country {
        party.tie(country, Tie::Address);
    }
    if !text.is_empty() || country.is_some() {
        party.addresses.push(Address { text, city, postal_code, country });
    }
}

/// The list's topics and the row's own, which must look like codes of the vocabulary.
fn topics(
    source: &ListSource,
    reader: &Reader<'_>,
    faults: &mut Vec<Fault>,
) -> std::collections::BTreeSet<Topic> {
    let mut topics = source.topics();
    for column in &reader.mapping.topic {
        for text in reader.all(std::slice::from_ref(column)) {
            let code = text.to_lowercase();
            if code.chars().all(|c| c.is_ascii_lowercase() || c == '.') {
                topics.insert(Topic::from(code));
            } else {
                let message =
                    format!("expected a code such as sanction or gov.soe, found '{text}'");
                faults.push(Fault::field(column, "unknown-topic", message));
            }
        }
    }
    topics
}

/// Columns nobody mapped and nobody ignores, under their own names.
fn details(reader: &Reader<'_>) -> Vec<Detail> {
    let mapped = reader.mapping.named();
    let ignored = reader.mapping.ignored.iter().map(String::as_str);
    let known: Vec<&str> = mapped.into_iter().chain(ignored).collect();
    let unread = reader.row.columns().unread(&known);
    let filled = unread.filter_map(|name| Some((name, reader.row.value(name)?)));
    filled.map(|(name, value)| Detail::new(name, value)).collect()
}

fn links(reader: &Reader<'_>) -> Vec<Link> {
    let links = reader.mapping.linked_to.iter().map(|link| {
        let names = reader.all(std::slice::from_ref(&link.column));
        (link.relation.as_deref(), names)
    });
    links
        .flat_map(|(relation, names)| {
            names.into_iter().map(move |name| Link::named(relation, name)).collect::<Vec<_>>()
        })
        .collect()
}

/// ISO 8601, then the declared order, then the English forms ("circa 1965", "1960 to 1962").
fn span(text: &str, order: DateOrder, column: &str, faults: &mut Vec<Fault>) -> Option<DateSpan> {
    let read = text.parse().ok().or_else(|| in_order(text, order)).map(DateSpan::from);
    read.or_else(|| english_span(text).ok()).or_else(|| {
        let form = match order {
            DateOrder::Iso => "YYYY-MM-DD",
            DateOrder::DayFirst => "DD.MM.YYYY",
            DateOrder::MonthFirst => "MM/DD/YYYY",
        };
        let message = format!("expected a date as {form}, found '{text}'");
        faults.push(Fault::field(column, "bad-date", message));
        None
    })
}

fn in_order(text: &str, order: DateOrder) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let (day, month) = match order {
        DateOrder::Iso => return None,
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
}
