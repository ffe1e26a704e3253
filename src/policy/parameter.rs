//! Decides which value of a parameter is in force on a day, and from which source.

use jiff::civil::Date;
use serde::Deserialize;
use std::fmt;

/// A parameter as written: its values over time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Declared<T> {
    /// What it decides.
    pub(super) title: String,
    /// Values with the days they are in force.
    pub(super) values: Vec<Dated<T>>,
}

/// One value with the days it is in force, both ends included.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dated<T> {
    pub(super) value: T,
    pub(super) from: Date,
    #[serde(default)]
    pub(super) to: Option<Date>,
    pub(super) source: String,
}

/// A parameter on one day: the value in force and who says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter<T> {
    /// Name in `policy.toml`.
    pub name: &'static str,
    /// What it decides.
    pub title: String,
    /// The value in force.
    pub value: T,
    /// First day of this value.
    pub from: Date,
    /// Law or policy it comes from.
    pub source: String,
}

impl<T> Parameter<T> {
    /// Where the value stands, for evidence: name, first day and source.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("policy.toml, {} since {}: {}", self.name, self.from, self.source)
    }
}

/// Why the policy file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Syntax, an unknown key, a missing parameter or a value of the wrong type.
    #[error("{file}: expected the parameters documented in policy.toml")]
    Read {
        /// File name.
        file: String,
        /// Position and words of the TOML reader.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// Two values of a parameter are in force on the same day, or the range is backwards.
    #[error(
        "parameter {name}: expected ranges that follow one another; found {first} and {second}"
    )]
    Overlap {
        /// Parameter.
        name: &'static str,
        /// A range.
        first: String,
        /// The range that meets it, or itself when it is backwards.
        second: String,
    },
    /// No value is in force on the day.
    #[error("parameter {name}: expected a value in force on {date}; found none")]
    NotInForce {
        /// Parameter.
        name: &'static str,
        /// The day.
        date: Date,
    },
}

impl<T> Dated<T> {
    fn covers(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

impl<T> fmt::Display for Dated<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) => write!(f, "{} to {to}", self.from),
            None => write!(f, "{} onwards", self.from),
        }
    }
}

impl<T: Clone> Declared<T> {
    /// Checks that no two values are in force on the same day.
    pub(super) fn check(&self, name: &'static str) -> Result<(), PolicyError> {
        for (index, value) in self.values.iter().enumerate() {
            let backwards = value.to.is_some_and(|to| to < value.from);
            let others = self.values.iter().skip(index + 1);
            let clash = others
                .into_iter()
                .find(|other| other.covers(value.from) || value.covers(other.from))
                .or(backwards.then_some(value));
            if let Some(other) = clash {
                let (first, second) = (value.to_string(), other.to_string());
                return Err(PolicyError::Overlap { name, first, second });
            }
        }
        Ok(())
    }

    /// The value in force on `date`.
    pub(super) fn on(&self, name: &'static str, date: Date) -> Result<Parameter<T>, PolicyError> {
        let found = self.values.iter().find(|dated| dated.covers(date));
        let dated = found.ok_or(PolicyError::NotInForce { name, date })?;
        Ok(Parameter {
            name,
            title: self.title.clone(),
            value: dated.value.clone(),
            from: dated.from,
            source: dated.source.clone(),
        })
    }
}
