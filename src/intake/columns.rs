//! Decides which tables and columns a portfolio may have and what a written header means.
//!
//! Case does not count, and `_`, `-`, space and dot are alike: `Owner.1 Birth-Date` is
//! `owner_1_birth_date`. Columns are found by name, never by position. The names are those of the
//! published contract for portfolios; a name outside it is told to the user with the nearest known
//! one and its values are kept, unread.

use std::fmt;

/// A table this version reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row a partner, its owners and key persons beside it.
    Partners,
    /// One row a party.
    Parties,
    /// One row a tie between two parties.
    Relations,
    /// One row a relationship we enter, continue or pay.
    Engagements,
}

/// Tables of the contract that later stages will read.
const LATER: [&str; 5] = ["payments", "gifts", "questionnaires", "signals", "fx"];

const PARTY: &[&str] = &[
    "id",
    "kind",
    "name",
    "native_name",
    "alias",
    "weak_alias",
    "previous_name",
    "country",
    "jurisdiction",
    "nationality",
    "registration_number",
    "lei",
    "tax_number",
    "inn",
    "ogrn",
    "vat",
    "swift_bic",
    "imo_number",
    "birth_date",
    "birth_place",
    "gender",
    "id_number",
    "passport_number",
    "address",
    "city",
    "postal_code",
    "website",
    "email",
    "phone",
    "incorporation_date",
    "status",
    "legal_form",
    "industry_code",
    "employee_count",
    "annual_revenue",
    "annual_revenue_currency",
    "position",
    "declared_official",
    "bearer_shares",
];

const RELATION: &[&str] = &[
    "from",
    "to",
    "type",
    "share",
    "share_min",
    "share_max",
    "voting",
    "role",
    "appoints_majority",
    "via_nominee",
    "joint_arrangement",
    "start_date",
    "end_date",
    "source",
];

const ENGAGEMENT: &[&str] = &[
    "id",
    "party",
    "our_entity",
    "our_country",
    "manager",
    "role",
    "purpose",
    "acts_on_behalf",
    "interacts_with_government",
    "decision_authority",
    "category",
    "description",
    "deliverables",
    "country_of_performance",
    "start_date",
    "end_date",
    "renewed_from",
    "value",
    "currency",
    "compensation_type",
    "compensation_rate",
    "compensation_base",
    "upfront_pct",
    "selection_method",
    "recommended_by",
    "justification",
    "written_agreement",
    "clause_anti_corruption",
    "clause_termination",
    "clause_audit",
    "account_iban",
    "account_bic",
    "account_holder",
    "account_country",
];

impl Table {
    /// The tables in the order they are read.
    pub(super) const ALL: [Self; 4] =
        [Self::Partners, Self::Parties, Self::Relations, Self::Engagements];

    /// The table's name in file names and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Partners => "partners",
            Self::Parties => "parties",
            Self::Relations => "relations",
            Self::Engagements => "engagements",
        }
    }

    /// Columns without which a row means nothing.
    pub(super) fn required(self) -> &'static [&'static str] {
        match self {
            Self::Partners | Self::Parties => &["id", "name"],
            Self::Relations => &["from", "to", "type"],
            Self::Engagements => &["id", "party"],
        }
    }

    /// The table of that name, in any case.
    pub(super) fn named(stem: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| fold(stem) == table.name())
    }

    /// The table that a file of that name probably holds: the name begins with the table's, or is
    /// it but for one slip (`relation`, `Relations (1)`, `parties_2024`).
    pub(super) fn probably(stem: &str) -> Option<Self> {
        let folded = fold(stem);
        Self::ALL.into_iter().find(|table| {
            folded.starts_with(table.name()) || strsim::osa_distance(&folded, table.name()) <= 1
        })
    }

    /// Whether the name is that of a table that later stages will read.
    pub(super) fn is_later(stem: &str) -> bool {
        LATER.contains(&fold(stem).as_str())
    }

    /// The known columns of a group. Owners and key persons stand beside a party in both party
    /// tables: a column that names one is never taken for an unknown one.
    fn known(self, group: Group) -> Vec<&'static str> {
        match (self, group) {
            (Self::Partners | Self::Parties, Group::Main) => PARTY.to_vec(),
            (Self::Partners | Self::Parties, _) => {
                let tie = RELATION.iter().filter(|name| !matches!(**name, "from" | "to"));
                PARTY.iter().filter(|name| **name != "id").chain(tie).copied().collect()
            }
            (Self::Relations, _) => RELATION.to_vec(),
            (Self::Engagements, _) => ENGAGEMENT.to_vec(),
        }
    }
}

/// Whom a column of a party table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// The row's own party (or relation, or engagement).
    Main,
    /// Its n-th owner.
    Owner(u32),
    /// Its n-th key person.
    Person(u32),
}

/// A header cell and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// As written.
    pub(super) written: String,
    /// Whom it is about.
    pub(super) group: Group,
    /// Folded name within its group; empty when the header cell is empty.
    pub(super) field: String,
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.group {
            Group::Main => write!(f, "{}", self.field),
            Group::Owner(n) => write!(f, "owner.{n}.{}", self.field),
            Group::Person(n) => write!(f, "person.{n}.{}", self.field),
        }
    }
}

impl Column {
    /// Reads a header cell.
    pub(super) fn read(written: &str) -> Self {
        let folded = fold(written);
        let numbered = |prefix: &str| {
            let (number, field) = folded.strip_prefix(prefix)?.split_once('_')?;
            Some((number.parse().ok()?, field.to_owned()))
        };
        let (group, field) = if let Some((n, field)) = numbered("owner_") {
            (Group::Owner(n), field)
        } else if let Some((n, field)) = numbered("person_") {
            (Group::Person(n), field)
        } else {
            (Group::Main, folded)
        };
        Self { written: written.trim().to_owned(), group, field }
    }

    /// Whether the contract knows the column in that table.
    pub(super) fn is_known(&self, table: Table) -> bool {
        let grouped = matches!(table, Table::Partners | Table::Parties);
        (grouped || self.group == Group::Main)
            && table.known(self.group).contains(&self.field.as_str())
    }

    /// The column of an owner or key person that was probably meant, when an unknown column of a
    /// party table looks like one: it begins with `owner` or `person`, give or take one slip, as a
    /// word of its own. Without a number it is the first one's, without a field the name.
    pub(super) fn beside(&self, table: Table) -> Option<Self> {
        const SLIPS: usize = 1;
        if !matches!(table, Table::Partners | Table::Parties) || self.is_known(table) {
            return None;
        }
        let with = |group, field: &str| {
            let field = if field.is_empty() { "name" } else { field };
            Some(Self { written: String::new(), group, field: field.to_owned() })
        };
        if self.group != Group::Main {
            return self.field.is_empty().then(|| with(self.group, ""))?;
        }
        let ends_word = |c: char| c == '_' || c.is_numeric();
        let end = self.field.find(ends_word).unwrap_or(self.field.len());
        let (word, rest) = self.field.split_at_checked(end)?;
        let rest = rest.trim_start_matches('_');
        let field = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = rest.strip_suffix(field).and_then(|n| n.parse().ok()).unwrap_or(1);
        let meant = |known: &str| strsim::osa_distance(word, known) <= SLIPS;
        let field = field.trim_matches('_');
        match () {
            () if meant("owner") => with(Group::Owner(number), field),
            () if meant("person") => with(Group::Person(number), field),
            () => None,
        }
    }

    /// The known column of the table that was probably meant: the nearest name when one is near
    /// enough.
    pub(super) fn meant(&self, table: Table) -> Option<Self> {
        const NEAR: f64 = 0.8;
        let near = table.known(self.group).into_iter().filter_map(|known| {
            let likeness = strsim::jaro_winkler(known, &self.field);
            (likeness >= NEAR).then_some((likeness, known))
        });
        let best = near.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        best.map(|(_, known)| Self { field: known.to_owned(), ..self.clone() })
    }
}

/// How many of the header cells some table knows: what tells delimiters apart.
pub(super) fn recognised<'a>(cells: impl Iterator<Item = &'a str>) -> usize {
    let known = |cell: &str| {
        let column = Column::read(cell);
        Table::ALL.into_iter().any(|table| column.is_known(table))
    };
    cells.filter(|cell| known(cell)).count()
}

/// The table a header belongs to when the file name does not say: owners or key persons beside a
/// party make it `partners`. `None` when no table's required columns are there.
pub(super) fn recognise(columns: &[Column]) -> Option<Table> {
    let has = |name: &str| columns.iter().any(|c| c.group == Group::Main && c.field == name);
    let grouped = columns.iter().any(|c| c.group != Group::Main);
    let fits = |table: &Table| table.required().iter().all(|name| has(name));
    let order = if grouped {
        Table::ALL
    } else {
        [Table::Parties, Table::Relations, Table::Engagements, Table::Partners]
    };
    order.into_iter().find(fits)
}

/// The comparison key of a name: lower case, `_`, `-`, space and dot alike.
fn fold(written: &str) -> String {
    let alike = |c: char| if matches!(c, '-' | ' ' | '.' | '\u{a0}') { '_' } else { c };
    written.trim().chars().map(alike).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_and_case_do_not_count() {
        for written in ["Birth Date", "birth-date", "BIRTH.DATE", " birth_date "] {
            assert_eq!(Column::read(written).field, "birth_date", "{written}");
        }
        let owner = Column::read("Owner 2 Birth-Date");
        assert_eq!((owner.group, owner.field.as_str()), (Group::Owner(2), "birth_date"));
        assert!(owner.is_known(Table::Partners));
        assert!(!owner.is_known(Table::Relations));
    }

    #[test]
    fn a_misspelt_column_is_told_what_was_meant() {
        let meant = |written: &str, table| {
            Column::read(written).meant(table).map(|column| column.to_string())
        };
        let told = |meant: &str| Some(meant.to_owned());
        assert_eq!(meant("brith_date", Table::Parties), told("birth_date"));
        assert_eq!(meant("owner.2.shaer", Table::Partners), told("owner.2.share"));
        assert_eq!(meant("xyzzy", Table::Parties), None);
    }

    #[test]
    fn a_column_that_looks_like_an_owner_or_key_person_is_told_from_others() {
        let beside = |written: &str| {
            Column::read(written).beside(Table::Parties).map(|column| column.to_string())
        };
        for (written, meant) in [
            ("owner1.name", "owner.1.name"),
            ("ownr.2.name", "owner.2.name"),
            ("onwer.2.name", "owner.2.name"),
            ("Owner Name", "owner.1.name"),
            ("owner", "owner.1.name"),
            ("owner_3", "owner.3.name"),
            ("owner.1.", "owner.1.name"),
            ("owner..share", "owner.1.share"),
            ("owner.99999999999.name", "owner.1.name"),
            ("Persons 2 birth date", "person.2.birth_date"),
            ("person.name", "person.1.name"),
        ] {
            assert_eq!(beside(written).as_deref(), Some(meant), "{written}");
        }
        for written in
            ["owner.1.name", "owner.1.nmae", "ownership", "power", "personal_id", "", "é1"]
        {
            assert_eq!(beside(written), None, "{written}");
        }
        assert_eq!(Column::read("owner").beside(Table::Engagements), None);
    }

    #[test]
    fn a_header_alone_tells_its_table() {
        let read =
            |header: &str| recognise(&header.split(',').map(Column::read).collect::<Vec<_>>());
        assert_eq!(read("id,name"), Some(Table::Parties));
        assert_eq!(read("id,name,person.1.name"), Some(Table::Partners));
        assert_eq!(read("from,to,type"), Some(Table::Relations));
        assert_eq!(read("id,party"), Some(Table::Engagements));
        assert_eq!(read("vendor,city"), None);
    }
}
