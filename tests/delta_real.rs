//! What changed between real neighbouring editions, against the counts of the data's description.

use crate::lists_real::{declared, options, real};
use diligence::watchlist::{Delta, ListDiff, ListStore, diff_editions, import_list};

/// Imports two editions one after the other and compares them.
fn between(list: &str, folder: &str, from: &str, to: &str) -> Option<ListDiff> {
    let root = real(folder)?;
    let data = tempfile::tempdir().unwrap();
    let store = ListStore::new(data.path().to_owned());
    for (day, edition) in [("2026-03-04", from), ("2026-03-05", to)] {
        let retrieved = format!("{day}T06:00:00Z").parse().unwrap();
        let at = diligence::watchlist::ImportOptions { retrieved, ..options() };
        let paths = [root.join(edition)];
        let report = import_list(&store, &declared(list), &paths, &at, &|_, _| Ok(())).unwrap();
        assert!(report.is_published(), "{edition}: {:?}", report.trips);
    }
    let diff = diff_editions(&store, list, None).unwrap();
    let Delta { added, removed, changed, cosmetic, .. } = &diff.delta;
    println!(
        "{list} {from} to {to}: +{} −{} ~{} cosmetic {}",
        added.len(),
        removed.len(),
        changed.len(),
        cosmetic.len()
    );
    Some(diff)
}

#[test]
fn sdn_of_april_and_may_2024_grew_and_shrank_as_described() {
    let folder = "lists/ofac_sdn_csv";
    let Some(grown) = between("ofac_sdn", folder, "2024-04-26", "2024-05-01") else { return };
    assert_eq!((grown.delta.added.len(), grown.delta.removed.len()), (298, 0));
    let Some(fallen) = between("ofac_sdn", folder, "2024-05-02", "2024-05-03") else { return };
    assert_eq!((fallen.delta.added.len(), fallen.delta.removed.len()), (0, 8));
    assert_eq!(fallen.delta.changed, []);
}

#[test]
fn un_of_2025_and_2026_has_as_many_new_and_gone_entries_as_described() {
    let (from, to) = ("un_fetched_2025-06-19.xml", "un_2026-02-27.xml");
    let Some(diff) = between("un_sc", "lists/un_sc", from, to) else { return };
    assert_eq!((diff.delta.added.len(), diff.delta.removed.len()), (135, 9));
    // Six entries were written anew under another DATAID, with the reference number the committee
    // knows them by.
    assert_eq!(diff.delta.renumbered.len(), 6);
    assert_eq!((diff.from.records, diff.to.records), (877, 1_003));
}
