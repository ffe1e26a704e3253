//! Decides which scheme a number has by the label OFAC puts before it, and how the number, its
//! country and what is said of its issue and expiry become one identifier.
//!
//! Labels are those of OFAC's reference values and of the remarks of the delimited files. An IMO
//! number stands behind several of them and begins with "IMO". Russian tax and register numbers
//! have schemes of their own; the check digits decide.

use super::super::dates::english_span;
use super::DIGITAL_CURRENCY;
use crate::party::{Checksum, Country, Identifier, Scheme};

/// Labels of numbers and what they are.
pub(in super::super) const NUMBERS: &[(&str, Scheme)] = &[
    ("Legal Entity Number", Scheme::Lei),
    ("LE Number", Scheme::Registration),
    ("SWIFT/BIC", Scheme::Bic),
    ("V.A.T. Number", Scheme::Vat),
    ("Tax ID No.", Scheme::Tax),
    ("Fiscal Code", Scheme::Tax),
    ("Italian Fiscal Code", Scheme::Tax),
    ("US FEIN", Scheme::Tax),
    ("NIT #", Scheme::Tax),
    ("RUC #", Scheme::Tax),
    ("RIF #", Scheme::Tax),
    ("RTN", Scheme::Tax),
    ("R.F.C.", Scheme::Tax),
    ("C.U.I.T.", Scheme::Tax),
    ("C.U.I.L.", Scheme::Tax),
    ("C.U.I.", Scheme::Tax),
    ("CNP (Personal Numerical Code)", Scheme::NationalId),
    ("Unified Social Credit Code (USCC)", Scheme::Registration),
    ("United Social Credit Code Certificate (USCCC)", Scheme::Registration),
    ("Registration Number", Scheme::Registration),
    ("Registration ID", Scheme::Registration),
    ("Business Registration Number", Scheme::Registration),
    ("Business Registration Document #", Scheme::Registration),
    ("Business Number", Scheme::Registration),
    ("Company Number", Scheme::Registration),
    ("UK Company Number", Scheme::Registration),
    ("Company ID", Scheme::Registration),
    ("Commercial Registry Number", Scheme::Registration),
    ("Public Registration Number", Scheme::Registration),
    ("Central Registration System Number", Scheme::Registration),
    ("Economic Register Number (CBLS)", Scheme::Registration),
    ("Certificate of Incorporation Number", Scheme::Registration),
    ("Chamber of Commerce Number", Scheme::Registration),
    ("Dubai Chamber of Commerce Membership No.", Scheme::Registration),
    ("Istanbul Chamber of Comm. No.", Scheme::Registration),
    ("Enterprise Number", Scheme::Registration),
    ("Folio Mercantil No.", Scheme::Registration),
    ("Matricula Mercantil No", Scheme::Registration),
    ("Registered Charity No.", Scheme::Registration),
    ("C.R. No.", Scheme::Registration),
    ("Trade License No.", Scheme::Registration),
    ("Diplomatic Passport", Scheme::Passport),
    ("Stateless Person Passport", Scheme::Passport),
    ("Passport", Scheme::Passport),
    ("National ID No.", Scheme::NationalId),
    ("National Foreign ID Number", Scheme::NationalId),
    ("Personal ID Card", Scheme::NationalId),
    ("Turkish Identification Number", Scheme::NationalId),
    ("Citizen's Card Number", Scheme::NationalId),
    ("Numero de Identidad", Scheme::NationalId),
    ("Cedula No.", Scheme::NationalId),
    ("Cedula de Ciudadania", Scheme::NationalId),
    ("C.U.R.P.", Scheme::NationalId),
    ("D.N.I.", Scheme::NationalId),
    ("SSN", Scheme::NationalId),
    ("Identification Number", Scheme::Other),
    ("Government Gazette Number", Scheme::Other),
    ("Travel Document Number", Scheme::Other),
    ("Residency Number", Scheme::Other),
    ("Driver's License No.", Scheme::Other),
    ("Birth Certificate Number", Scheme::Other),
    ("D-U-N-S Number", Scheme::Other),
    ("MMSI", Scheme::Other),
    ("Aircraft Tail Number", Scheme::Registration),
    ("Aircraft Manufacturer's Serial Number (MSN)", Scheme::Other),
    ("Registration Certificate Number (Dubai)", Scheme::Registration),
    ("Romanian C.R.", Scheme::Registration),
    ("Organization Code", Scheme::Registration),
    ("RSIN", Scheme::Registration),
    (
        "Russian State Individual Business Registration Number Pattern (OGRNIP)",
        Scheme::Registration,
    ),
    ("RFC", Scheme::Tax),
    ("C.I.F.", Scheme::Tax),
    ("N.I.F.", Scheme::Tax),
    ("Paraguayan tax identification number", Scheme::Tax),
    ("Numero Unico de Identificacao Tributaria (NUIT)", Scheme::Tax),
    ("Romanian Tax Registration", Scheme::Tax),
    ("N.I.E.", Scheme::NationalId),
    ("C.I.N.", Scheme::NationalId),
    ("Bosnian Personal ID No.", Scheme::NationalId),
    ("Kenyan ID No.", Scheme::NationalId),
    ("Moroccan Personal ID No.", Scheme::NationalId),
    ("Tazkira National ID Card", Scheme::NationalId),
    ("UAE Identification", Scheme::NationalId),
    ("British National Overseas Passport", Scheme::Passport),
    ("Vessel Registration Identification", Scheme::Other),
    ("Aircraft Serial Identification", Scheme::Other),
    ("Aircraft Construction Number (also called L/N or S/N or F/N)", Scheme::Other),
    ("Aircraft Mode S Transponder Code", Scheme::Other),
    ("Previous Aircraft Tail Number", Scheme::Other),
    ("Vessel Call Sign", Scheme::Other),
    ("Other Vessel Call Sign", Scheme::Other),
    ("BIK (RU)", Scheme::Other),
    ("ISIN", Scheme::Other),
    ("MICEX Code", Scheme::Other),
    ("Serial No.", Scheme::Other),
    ("License", Scheme::Other),
    ("Pilot License Number", Scheme::Other),
    ("Tourism License No.", Scheme::Other),
    ("Afghan Money Service Provider License Number", Scheme::Other),
    ("SRE Permit No.", Scheme::Other),
    ("Permit Number", Scheme::Other),
    ("Credencial electoral", Scheme::Other),
    ("Electoral Registry No.", Scheme::Other),
    ("I.F.E.", Scheme::Other),
    ("C.U.I.P.", Scheme::Other),
    ("Cartilla de Servicio Militar Nacional", Scheme::Other),
    ("Military Registration Number", Scheme::Other),
    ("Public Security and Immigration No.", Scheme::Other),
    ("Immigration No.", Scheme::Other),
    ("VisaNumberID", Scheme::Other),
    ("Romanian Permanent Resident", Scheme::Other),
    ("Stateless Person ID Card", Scheme::Other),
    ("Refugee ID Card", Scheme::Other),
    ("Seafarer's Identification Document", Scheme::Other),
    ("Chinese Commercial Code", Scheme::Other),
    ("Branch Unit Number", Scheme::Other),
    ("MSB Registration Number", Scheme::Other),
    ("File Number", Scheme::Other),
    ("Trademark number", Scheme::Other),
    ("Global Intermediary Identification Number", Scheme::Other),
];

/// What stands beside a number: its label, country and dates as the publisher writes them.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Paper<'a> {
    /// What the publisher calls the number.
    pub(in super::super) label: &'a str,
    /// Country of issue.
    pub(in super::super) country: Option<Country>,
    /// Date of issue.
    pub(in super::super) issued: Option<&'a str>,
    /// Date of expiry.
    pub(in super::super) expires: Option<&'a str>,
    /// Anything else that is said of the paper.
    pub(in super::super) notes: &'a [String],
}

/// The scheme of a label as a whole; `None` when no number is known by it.
pub(in super::super) fn named_scheme(label: &str) -> Option<Scheme> {
    let label = label.replace('’', "'");
    let known = NUMBERS.iter().find(|(name, _)| *name == label).map(|(_, scheme)| *scheme);
    known.or_else(|| label.starts_with(DIGITAL_CURRENCY).then_some(Scheme::Other))
}

/// One identifier.
pub(in super::super) fn identifier(scheme: Scheme, value: &str, paper: &Paper<'_>) -> Identifier {
    let (scheme, value) = match value.strip_prefix("IMO").map(str::trim) {
        Some(digits) if digits.starts_with(|c: char| c.is_ascii_digit()) => (Scheme::Imo, digits),
        _ => (scheme, value),
    };
    let label = (!paper.label.is_empty()).then(|| label(paper));
    let plain = Identifier { country: paper.country, label, ..Identifier::new(scheme, value) };
    Identifier { scheme: russian(&plain), ..plain }
}

/// `Passport, issued 2014-03-03, expires 2019-03-03`; a date nobody can read stays as written. The
/// delimited files have the straight apostrophe where ENHANCED XML has the curved one.
fn label(paper: &Paper<'_>) -> String {
    let day = |text: &str| english_span(text).map_or_else(|_| text.to_owned(), |d| d.to_string());
    let mut label = paper.label.replace('’', "'");
    for (word, date) in [("issued", paper.issued), ("expires", paper.expires)] {
        if let Some(date) = date.map(str::trim).filter(|date| !date.is_empty()) {
            label.push_str(&format!(", {word} {}", day(date)));
        }
    }
    for note in paper.notes {
        label.push_str(", ");
        label.push_str(note);
    }
    label
}

/// Russian tax and register numbers have schemes of their own; the check digits decide.
pub(in super::super) fn russian(identifier: &Identifier) -> Scheme {
    if identifier.country.is_none_or(|country| country.code() != "RU") {
        return identifier.scheme;
    }
    let scheme = match identifier.scheme {
        Scheme::Tax => Scheme::Inn,
        Scheme::Registration => Scheme::Ogrn,
        other => return other,
    };
    let read_as = Identifier { scheme, ..identifier.clone() };
    if read_as.checksum() == Checksum::Valid { scheme } else { identifier.scheme }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_label_is_there_once() {
        let labels: BTreeSet<&str> = NUMBERS.iter().map(|(label, _)| *label).collect();
        assert_eq!(labels.len(), NUMBERS.len());
    }

    #[test]
    fn an_imo_number_is_one_behind_any_label_and_loses_its_letters() {
        let paper = Paper { label: "Company Number", ..Paper::default() };
        let imo = identifier(Scheme::Registration, "IMO 5946501", &paper);
        assert_eq!((imo.scheme, imo.value.as_str()), (Scheme::Imo, "5946501"));
        let other = identifier(Scheme::Registration, "IMOLA 77", &paper);
        assert_eq!((other.scheme, other.value.as_str()), (Scheme::Registration, "IMOLA 77"));
    }

    #[test]
    fn a_label_says_when_a_paper_was_issued_and_ends() {
        let paper = Paper {
            label: "Passport",
            issued: Some("03 Mar 2014"),
            expires: Some("soon"),
            notes: &["not valid".to_owned()],
            ..Paper::default()
        };
        let label = identifier(Scheme::Passport, "DEMO1", &paper).label;
        assert_eq!(label.as_deref(), Some("Passport, issued 2014-03-03, expires soon, not valid"));
    }
}
