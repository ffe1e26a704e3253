//! Decides that the aliases of the UN list are found one by one, whatever stands around them.

use crate::lists_real::declared;
use diligence::party::NameQuality;
use diligence::watchlist::{InputFile, Limits, parse};
use std::path::Path;

#[test]
fn a_un_alias_of_many_names_is_taken_apart_and_counts_as_much_as_it_is_stated() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lists/un_sc_xml/basic/un.xml");
    let text = std::fs::read_to_string(path).unwrap();
    let of = |quality: &str, name: &str| {
        format!("<QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>")
    };
    let entity = "Sun Front (SF) (شمس (original script); Shams Front; Front (F) of Shams)";
    let text = text.replace(&of("a.k.a.", "Northern Sands"), &of("a.k.a.", entity)).replace(
        &of("Low", "Abu Karim"),
        &[
            of("Low", "Abu Karim"),
            of("Good", "Abu Karim"),
            of("Low", "Abu Salim (original script: Салим)"),
            of("Good", "Yusuf Sand, born 1 Jan. 1953 (paper no. 1)"),
            of("Good", "Yusuf Dune (previously listed as)"),
        ]
        .join("</INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS>"),
    );
    let files = [InputFile { role: "main".to_owned(), name: "un.xml".to_owned() }];
    let mut read = |_: usize| Ok(text.clone().into_bytes());
    let parsed = parse(&declared("un_sc"), &files, &mut read, &Limits::default()).unwrap();
    let all: Vec<_> = parsed
        .listings
        .iter()
        .flat_map(|listing| &listing.party.names)
        .map(|name| (name.text.as_str(), name.quality))
        .collect();
    for expected in [
        ("Sun Front (SF)", NameQuality::Alias),
        ("شمس", NameQuality::Native),
        ("Shams Front", NameQuality::Alias),
        ("Front (F) of Shams", NameQuality::Alias),
        ("Abu Karim", NameQuality::Alias),
        ("Abu Salim", NameQuality::WeakAlias),
        ("Салим", NameQuality::WeakAlias),
        ("Yusuf Sand", NameQuality::Alias),
        ("Yusuf Dune", NameQuality::Former),
    ] {
        assert!(all.contains(&expected), "{expected:?} in {all:?}");
    }
    let remarks: Vec<&String> = parsed.listings.iter().flat_map(|l| &l.remarks).collect();
    assert!(remarks.iter().any(|text| text.contains("born 1 Jan. 1953 (paper no. 1)")));
}
