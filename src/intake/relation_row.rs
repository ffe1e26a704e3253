//! Decides what one row says about the tie between two parties, and whether the shares it states
//! can be true together: 0 ≤ least ≤ stated ≤ most ≤ 100.

use super::fields::Fields;
use super::model::{Relation, RelationKind};
use super::values::percent;

/// Reads a relation from `from` to `to`. Without a kind in the row it is `default`; where the
/// contract requires a kind, `default` is `None`. Faults are left in `fields`.
pub(super) fn read(
    fields: &mut Fields<'_>,
    from: &str,
    to: &str,
    default: Option<RelationKind>,
) -> Option<Relation> {
    if default.is_none() && !fields.has("type") {
        fields.required("type");
    }
    let kind = fields.word("type").or(default);
    let (share_min, share_max) = share(fields);
    let role = fields.string("role");
    let (start, end) = (fields.date("start_date"), fields.date("end_date"));
    Some(Relation {
        from: from.to_owned(),
        to: to.to_owned(),
        kind: kind?,
        share_min,
        share_max,
        role,
        start,
        end,
        other: std::collections::BTreeMap::new(),
        row: fields.row(),
    })
}

/// Columns of a relation that stay text.
const OTHER: [&str; 5] =
    ["voting", "appoints_majority", "via_nominee", "joint_arrangement", "source"];

/// Takes the columns of a relation that stay text, for a row that also describes a party.
pub(super) fn other(fields: &mut Fields<'_>) -> std::collections::BTreeMap<String, String> {
    let value = |name: &&str| Some(((*name).to_owned(), fields.string(name)?));
    OTHER.iter().filter_map(value).collect()
}

/// The bounds of the share in per cent; a stated share is both.
fn share(fields: &mut Fields<'_>) -> (Option<f64>, Option<f64>) {
    let exact = fields.parse("share", "bad-share", percent);
    let least = fields.parse("share_min", "bad-share", percent);
    let most = fields.parse("share_max", "bad-share", percent);
    let ordered = [least, exact, most].into_iter().flatten().is_sorted();
    if !ordered {
        let show = |bound: Option<f64>| bound.map_or_else(|| "none".to_owned(), |b| b.to_string());
        let message = format!(
            "expected share_min ≤ share ≤ share_max; found {}, {}, {}",
            show(least),
            show(exact),
            show(most)
        );
        fields.fault("share", "bad-share", message);
    }
    (exact.or(least), exact.or(most))
}
