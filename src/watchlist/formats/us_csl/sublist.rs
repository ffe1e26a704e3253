//! Decides what the lists inside the Consolidated Screening List are: who decides, what an entry
//! means, and whether their numbers are those of the SDN list too.
//!
//! The lists of OFAC are sanctions: the SDN list blocks, the others forbid certain dealings, which
//! the entry's own words say. The lists of the Bureau of Industry and Security control exports.
//! Debarment under the Arms Export Control Act (section 38) excludes from defence trade.

use crate::watchlist::Topic;

/// A list inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SubList {
    /// What stands in brackets in `source`, in capitals.
    pub(super) code: &'static str,
    /// Who decides.
    pub(super) authority: &'static str,
    /// What an entry means, in FollowTheMoney's code.
    topic: &'static str,
    /// Its numbers are used by the SDN list as well.
    pub(super) shares_numbers: bool,
}

const OFAC: &str = "Office of Foreign Assets Control";
const BIS: &str = "Bureau of Industry and Security";
const DDTC: &str = "Department of State, Directorate of Defense Trade Controls";
const ISN: &str = "Department of State, Bureau of International Security and Nonproliferation";
const SANCTION: &str = "sanction";
const EXPORT_CONTROL: &str = "export.control";
const DEBARMENT: &str = "debarment";

const SUBLISTS: [SubList; 14] = [
    of("SDN", OFAC, SANCTION),
    also("SSI", OFAC, SANCTION),
    also("CAP", OFAC, SANCTION),
    also("CMIC", OFAC, SANCTION),
    also("FSE", OFAC, SANCTION),
    also("NS-MBS", OFAC, SANCTION),
    also("NS-ISA", OFAC, SANCTION),
    also("PLC", OFAC, SANCTION),
    of("EL", BIS, EXPORT_CONTROL),
    of("DPL", BIS, EXPORT_CONTROL),
    of("UVL", BIS, EXPORT_CONTROL),
    of("MEU", BIS, EXPORT_CONTROL),
    of("ISN", ISN, SANCTION),
    of("DTC", DDTC, DEBARMENT),
];

const fn of(code: &'static str, authority: &'static str, topic: &'static str) -> SubList {
    SubList { code, authority, topic, shares_numbers: false }
}

const fn also(code: &'static str, authority: &'static str, topic: &'static str) -> SubList {
    SubList { code, authority, topic, shares_numbers: true }
}

impl SubList {
    /// What an entry means.
    pub(super) fn topic(self) -> Topic {
        Topic::from(self.topic.to_owned())
    }
}

/// The codes of all lists inside, as a declaration may name them.
pub(in crate::watchlist::formats) fn codes() -> Vec<&'static str> {
    SUBLISTS.iter().map(|list| list.code).collect()
}

/// The list a `source` names, by the first word in its brackets ("Entity List (EL) - Bureau …").
pub(super) fn of_source(source: &str) -> Option<SubList> {
    let (_, behind) = source.split_once('(')?;
    let inside = behind.split(')').next()?;
    let code = inside.split_whitespace().next()?.to_uppercase();
    SUBLISTS.iter().find(|list| list.code == code).copied()
}

/// The list's name without its authority.
pub(super) fn title(source: &str) -> &str {
    source.split(" - ").next().unwrap_or(source).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_known_by_the_letters_in_brackets() {
        let code = |source: &str| of_source(source).map(|list| list.code);
        assert_eq!(code("Entity List (EL) - Bureau of Industry and Security"), Some("EL"));
        assert_eq!(code("Sanctions List (NS-MBS List) - Treasury Department"), Some("NS-MBS"));
        assert_eq!(code("Some New List (SNL) - Nobody"), None);
        assert_eq!(code("no brackets"), None);
        assert_eq!(title("Military End User (MEU) List - Bureau"), "Military End User (MEU) List");
    }

    #[test]
    fn every_code_is_there_once() {
        let mut all = codes();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), SUBLISTS.len());
    }
}
