//! What counts as a change between two editions: meaning, not order or spacing; and exactly the
//! field that says something else.

use crate::support::command::{Home, fixture};
use diligence::party::{
    Address, Country, CountryTie, Gender, Identifier, NameQuality, PartialDate, Party, PartyKind,
    PartyName, Scheme, Tie,
};
use diligence::watchlist::{
    Delta, Detail, Field, Link, Listing, Office, Topic, delta, fingerprint,
};
use proptest::prelude::*;

/// A listing that has two values or more of everything that is a list.
fn full(id: &str, words: &[String]) -> Listing {
    let word = |at: usize| words.get(at % words.len()).cloned().unwrap_or_default();
    let two = |at: usize| vec![format!("{} one {at}", word(at)), format!("{} two {at}", word(at))];
    let date = |text: &str| text.parse::<PartialDate>().unwrap();
    let country = |code: &str| code.parse::<Country>().unwrap();
    let name = |text: String, quality| PartyName::new(text, quality);
    let number = |scheme, value: String| Identifier::new(scheme, value);
    let link = |at: usize| Link {
        relation: Some("owned by".to_owned()),
        name: format!("{} {at}", word(at)),
        id: Some(at.to_string()),
    };
    let office = |at: usize| Office { position: format!("{} {at}", word(at)), ..Office::default() };
    let address = |at: usize| Address {
        text: format!("{} street {at}", word(at)),
        city: Some(word(at + 1)),
        ..Address::default()
    };
    Listing {
        list: "own".to_owned(),
        id: id.to_owned(),
        party: Party {
            kind: Some(PartyKind::Person),
            names: vec![
                name(format!("{} main", word(0)), NameQuality::Primary),
                name(format!("{} other", word(1)), NameQuality::Alias),
                name(format!("{} weak", word(2)), NameQuality::WeakAlias),
                name(format!("{} native", word(3)), NameQuality::Native),
            ],
            birth_dates: vec![date("1965").into(), date("1966-07").into()],
            birth_places: two(1),
            death_date: Some(date("2019")),
            gender: Some(Gender::Male),
            countries: vec![
                CountryTie { country: country("DE"), tie: Tie::Nationality },
                CountryTie { country: country("CY"), tie: Tie::Address },
            ],
            identifiers: vec![
                number(Scheme::Passport, format!("X{}", word(4))),
                number(Scheme::NationalId, format!("Y{}", word(5))),
            ],
            addresses: vec![address(6), address(7)],
        },
        topics: [Topic::Sanction, Topic::Pep].into(),
        programmes: two(2),
        authority: Some(word(8)),
        offices: vec![office(1), office(2)],
        functions: two(3),
        listed_on: Some(date("2020-01-02")),
        ends_on: Some(date("2030-01-02")),
        amended_on: Some(date("2024-05-06")),
        measures: two(4),
        legal_basis: two(5),
        reasons: two(6),
        remarks: two(7),
        details: vec![Detail::new("website", word(1)), Detail::new("built", word(2))],
        linked_to: vec![link(11), link(12)],
        source_url: Some("https://example.org/1".to_owned()),
    }
}

/// The same entry as another file may write it: every list the other way round and its first value
/// twice, blanks doubled, letters decomposed.
fn rewritten(listing: &Listing) -> Listing {
    use unicode_normalization::UnicodeNormalization;
    fn turn<T: Clone>(values: &mut Vec<T>) {
        values.extend(values.first().cloned());
        values.reverse();
    }
    let respaced =
        |text: &str| format!(" {}\t", text.replace(' ', "\u{a0} \n")).nfd().collect::<String>();
    let mut other = listing.clone();
    turn(&mut other.party.names);
    turn(&mut other.party.birth_dates);
    turn(&mut other.party.countries);
    turn(&mut other.party.identifiers);
    turn(&mut other.party.addresses);
    turn(&mut other.offices);
    turn(&mut other.details);
    turn(&mut other.linked_to);
    for texts in [
        &mut other.party.birth_places,
        &mut other.programmes,
        &mut other.functions,
        &mut other.measures,
        &mut other.legal_basis,
        &mut other.reasons,
        &mut other.remarks,
    ] {
        turn(texts);
        texts.iter_mut().for_each(|text| *text = respaced(text));
    }
    other.party.names.iter_mut().for_each(|name| name.text = respaced(&name.text));
    other.party.addresses.iter_mut().for_each(|address| address.text = respaced(&address.text));
    other
}

/// Every field that can change, and how.
#[expect(clippy::type_complexity, reason = "a table of a test")]
fn changes() -> Vec<(Field, fn(&mut Listing))> {
    vec![
        (Field::Kind, |l| l.party.kind = Some(PartyKind::Company)),
        (Field::PrimaryName, |l| l.party.names[0].text.push_str(" jr")),
        (Field::Name, |l| l.party.names[2].text.push_str(" jr")),
        (Field::Name, |l| l.party.names[1].quality = NameQuality::Former),
        (Field::Name, |l| l.party.names[3].language = Some("ru".to_owned())),
        (Field::BirthDate, |l| l.party.birth_dates[0].approximate = true),
        (Field::BirthDate, |l| l.party.birth_dates.truncate(1)),
        (Field::BirthPlace, |l| l.party.birth_places[1].push('x')),
        (Field::DeathDate, |l| l.party.death_date = None),
        (Field::Gender, |l| l.party.gender = Some(Gender::Female)),
        (Field::Country, |l| l.party.countries[0].tie = Tie::Jurisdiction),
        (Field::Identifier, |l| l.party.identifiers[1].label = Some("Tax card".to_owned())),
        (Field::Identifier, |l| l.party.identifiers[0].value.push('0')),
        (Field::Address, |l| l.party.addresses[1].postal_code = Some("10117".to_owned())),
        (Field::Topic, |l| assert!(l.topics.insert(Topic::Debarment))),
        (Field::Programme, |l| l.programmes[0] = "OTHER".to_owned()),
        (Field::Authority, |l| l.authority = None),
        (Field::Office, |l| l.offices[1].note = Some("second term".to_owned())),
        (Field::Function, |l| l.functions.clear()),
        (Field::ListedOn, |l| l.listed_on = None),
        (Field::EndsOn, |l| l.ends_on = "2031".parse().ok()),
        (Field::Measure, |l| l.measures.push("travel ban".to_owned())),
        (Field::LegalBasis, |l| l.legal_basis[1].push('x')),
        (Field::Reason, |l| l.reasons[0].push('x')),
        (Field::Remark, |l| l.remarks.truncate(1)),
        (Field::Detail, |l| l.details[0].value.push('x')),
        (Field::LinkedTo, |l| l.linked_to[0].relation = None),
    ]
}

fn words() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[A-Za-zÀ-ÿ]{1,8}( [a-zа-я]{1,6})?", 6..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_spacing_and_repetition_are_no_change(lists in proptest::collection::vec(words(), 1..6)) {
        let entry = |(at, words): (usize, &Vec<String>)| full(&format!("E{at}"), words);
        let before: Vec<Listing> = lists.iter().enumerate().map(entry).collect();
        let after: Vec<Listing> = before.iter().rev().map(rewritten).collect();
        prop_assert_eq!(delta(&before, &after), Delta::default());
        for (old, new) in before.iter().zip(after.iter().rev()) {
            prop_assert_eq!(fingerprint(old), fingerprint(new));
        }
    }

    #[test]
    fn one_changed_value_is_exactly_that_field(words in words(), at in 0..27_usize) {
        let before = vec![full("A", &words), full("B", &words)];
        let mut after: Vec<Listing> = before.iter().map(rewritten).collect();
        let (field, change) = changes()[at];
        let mut changed = before[1].clone();
        change(&mut changed);
        after[1] = rewritten(&changed);
        let found = delta(&before, &after);
        prop_assert!(found.added.is_empty() && found.removed.is_empty());
        prop_assert_eq!(found.changed.len(), 1);
        prop_assert_eq!(&found.changed[0].id, "B");
        let fields: Vec<Field> = found.changed[0].fields.iter().map(|f| f.field).collect();
        prop_assert_eq!(fields, vec![field]);
        prop_assert_ne!(fingerprint(&before[1]), fingerprint(&changed));
    }
}

fn one() -> Listing {
    full("A", &["Volkhov".to_owned(), "Meridian".to_owned()])
}

#[test]
fn a_date_of_amendment_a_link_number_and_an_address_of_a_page_are_cosmetic() {
    let changes: [fn(&mut Listing); 3] = [
        |l| l.amended_on = None,
        |l| l.linked_to[0].id = Some("99".to_owned()),
        |l| l.source_url = None,
    ];
    for change in changes {
        let mut after = one();
        change(&mut after);
        let found = delta(&[one()], &[after.clone()]);
        assert!(found.is_empty());
        assert_eq!(found.cosmetic, ["A"]);
        assert_eq!(fingerprint(&one()), fingerprint(&after));
        after.remarks.push("more".to_owned());
        let told = &delta(&[one()], &[after]).changed[0].fields;
        assert_eq!(told.len(), 2, "beside a material change it is told");
    }
}

#[test]
fn which_name_is_the_primary_one_counts() {
    let mut after = one();
    after.party.names[0].quality = NameQuality::Alias;
    after.party.names[1].quality = NameQuality::Primary;
    let change = &delta(&[one()], &[after]).changed[0];
    let fields: Vec<Field> = change.fields.iter().map(|change| change.field).collect();
    assert_eq!(fields, [Field::PrimaryName, Field::Name]);
    assert_eq!(change.fields[0].before, ["Volkhov main"]);
    assert_eq!(change.fields[0].after, ["Meridian other"]);
}

#[test]
fn a_change_tells_what_went_and_what_came_and_not_what_stayed() {
    let mut after = one();
    after.programmes = vec![one().programmes[0].clone(), "NEW".to_owned()];
    let change = &delta(&[one()], &[after]).changed[0].fields[0];
    assert_eq!((change.before.len(), change.after.as_slice()), (1, &["NEW".to_owned()][..]));
    assert_eq!(change.before[0], one().programmes[1]);
}

/// Entries with one remark each, by identifier.
fn entries(all: &[(&str, &str)]) -> Vec<Listing> {
    let entry = |(id, remark): &(&str, &str)| Listing {
        id: (*id).to_owned(),
        remarks: vec![(*remark).to_owned()],
        ..Listing::default()
    };
    all.iter().map(entry).collect()
}

#[test]
fn entries_that_share_a_number_are_paired_by_what_they_say() {
    let twins = entries(&[("2677", "one"), ("2677-2", "two"), ("9", "x")]);
    let swapped = entries(&[("2677", "two"), ("2677-2", "one"), ("9", "x")]);
    assert_eq!(delta(&twins, &swapped), Delta::default());
    let amended = entries(&[("2677", "two, amended"), ("2677-2", "one"), ("9", "x")]);
    let found = delta(&twins, &amended);
    assert_eq!((found.changed.len(), found.added.len(), found.removed.len()), (0, 1, 1));
    let alone = entries(&[("2677", "two"), ("9", "x")]);
    let found = delta(&twins, &alone);
    assert_eq!((found.removed.as_slice(), found.changed.len()), (&["2677".to_owned()][..], 0));
    let equal = entries(&[("2677", "one"), ("2677-2", "one")]);
    assert_eq!(delta(&equal, &equal), Delta::default());
}

#[test]
fn an_identifier_that_only_looks_like_a_second_one_stands_for_itself() {
    let before = entries(&[("KPi-001", "a"), ("KPi-002", "b")]);
    let after = entries(&[("KPi-002", "b, amended"), ("KPi-003", "c")]);
    let found = delta(&before, &after);
    assert_eq!((found.added.len(), found.removed.len(), found.changed.len()), (1, 1, 1));
    assert_eq!(found.changed[0].id, "KPi-002");
}

const LINE: &str = r#"{"id":"ID","schema":"Company","properties":{"name":["NAME"],"alias":["Second","Third"],"topics":["sanction"]}}"#;

fn line(id: &str, name: &str) -> String {
    format!("{}\n", LINE.replace("ID", id).replace("NAME", name))
}

/// A user with two editions of a list of their own.
fn home(before: &str, after: &str) -> Home {
    let home = Home::new();
    for (at, text) in [(1, before), (2, after)] {
        let file = home.write("own.json", text).display().to_string();
        let time = format!("2026-03-0{at}T06:00:00Z");
        let args = ["lists", "import", "--ftm", &file, "--as", "own", "--retrieved", &time];
        assert_eq!(home.run(&args).code, 0);
    }
    home
}

fn many(skip: usize, name: &str) -> String {
    (skip..30).map(|n| line(&format!("c{n:02}"), &format!("{name} {n} Trading"))).collect()
}

#[test]
fn the_command_compares_the_last_two_editions_as_json_and_as_a_table() {
    let after = many(1, "Volkhov").replace("Volkhov 29 Trading", "Volkhov 29 Shipping");
    let home = home(&many(0, "Volkhov"), &format!("{}{after}", line("d1", "Altfeld")));
    let said = home.run(&["lists", "diff", "own", "--format", "json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["list"], "own");
    assert_eq!(told["added"], serde_json::json!(["d1"]));
    assert_eq!(told["removed"], serde_json::json!(["c00"]));
    let field = serde_json::json!({
        "field": "primary_name",
        "before": ["Volkhov 29 Trading"],
        "after": ["Volkhov 29 Shipping"],
    });
    assert_eq!(told["changed"], serde_json::json!([{"id": "c29", "fields": [field]}]));
    assert_eq!(told["from"]["records"], 30);
    assert_eq!(told["to"]["retrieved"], "2026-03-02T06:00:00Z");
    let said = home.run(&["lists", "diff", "own"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for words in ["1 added, 1 removed, 1 changed", "Altfeld", "c29", "+ Volkhov 29 Shipping"] {
        assert!(said.out.contains(words), "{words} in {}", said.out);
    }
    let wide = said.out.lines().filter(|line| line.chars().count() > 100);
    assert_eq!(wide.count(), 0, "{}", said.out);
}

#[test]
fn editions_are_named_by_the_beginning_of_their_names_and_wrong_ones_are_told() {
    let home = home(&many(0, "Volkhov"), &many(1, "Volkhov"));
    let said = home.run(&["lists", "diff", "own", "2026-03-02", "2026-03-01", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(told["added"], serde_json::json!(["c00"]), "backwards");
    for wrong in ["2026-03", "2027", ""] {
        let said = home.run(&["lists", "diff", "own", wrong, "2026-03-01"]);
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(said.err.contains("2026-03-02-"), "it names those kept: {}", said.err);
    }
    assert_eq!(home.run(&["lists", "diff", "own", "2026-03-01"]).code, 2);
    assert_eq!(home.run(&["lists", "diff", "nobody"]).code, 2);
    let demo = Home::new();
    let args = ["lists", "import", "demo", &fixture("demo/lists")];
    assert_eq!(demo.run(&args).code, 0);
    let said = demo.run(&["lists", "diff", "demo"]);
    assert!(said.err.contains("two kept editions"), "{}", said.err);
}

#[test]
fn a_file_that_is_sorted_and_written_otherwise_has_no_changes() {
    let mut lines: Vec<String> = many(0, "Volkhov").lines().map(str::to_owned).collect();
    lines.reverse();
    let other = lines.join("\n").replace(r#"["Second","Third"]"#, r#"[ "Third" , "Second " ]"#);
    let home = home(&many(0, "Volkhov"), &other);
    let said = home.run(&["lists", "diff", "own"]);
    assert!(said.out.contains("0 added, 0 removed, 0 changed"), "{}", said.out);
}
