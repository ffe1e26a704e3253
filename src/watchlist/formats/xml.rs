//! Decides which XML is safe and complete enough to be read as a list of records.
//!
//! Refused: DOCTYPE, entities XML does not define itself, nesting and texts beyond [`Limits`].
//! The pull parser ends cleanly on a file cut at an element boundary, so the root must be seen
//! closed and every section the format promises must be there; anything less is
//! [`ParseError::Truncated`]. Text arrives in pieces around references and is joined.

use super::ceiling;
use super::text::utf8;
use crate::watchlist::{Limits, ParseError};
use quick_xml::{Reader, events::BytesStart, events::Event};
use std::collections::{BTreeMap, BTreeSet};

/// One element with its attributes, its joined text and its children, in the file's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Element name.
    pub(super) name: String,
    /// Attributes by local name, in the file's order.
    pub(super) attributes: Vec<(String, String)>,
    /// Text of the element itself, joined; not trimmed.
    pub(super) text: String,
    /// Child elements.
    pub(super) children: Vec<Node>,
}

impl Node {
    /// Children of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Text of the first child of this name with white space collapsed; `None` when empty.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.all(name).next().map(Self::line).filter(|text| !text.is_empty())
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// An attribute with white space collapsed; `None` when it is absent or empty.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let (_, value) = self.attributes.iter().find(|(key, _)| key == name)?;
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// The element's own text on one line: line breaks are the file's layout.
    pub(super) fn line(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The element for a person to read, without insignificant white space.
    pub(super) fn to_text(&self) -> String {
        let inner: String = self.children.iter().map(Self::to_text).collect();
        let stated = self.attributes.iter().filter(|(_, value)| !value.is_empty());
        let stated: String = stated.map(|(key, value)| format!(" {key}=\"{value}\"")).collect();
        format!("<{0}{stated}>{1}{inner}</{0}>", self.name, self.text.trim())
    }
}

/// What surrounds the records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// Attributes of the root element.
    pub(super) root_attributes: BTreeMap<String, String>,
    /// Names of the elements directly below the root, even when empty.
    pub(super) sections: BTreeSet<String>,
    /// Records handed over.
    pub(super) records: u64,
}

/// Shape of a list file: a root, sections in it, and records in those or directly below the root.
pub(super) struct Shape {
    /// Format in words, for errors.
    pub(super) format: &'static str,
    /// Name of the root element.
    pub(super) root: &'static str,
    /// Elements directly below the root that must be present.
    pub(super) sections: &'static [&'static str],
    /// How deep a record lies: 2 directly below the root, 3 in a section. Everything at that depth
    /// is handed over, whatever its name.
    pub(super) record_depth: usize,
}

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// Number of the record among all handed over, from 1.
    pub(super) row: u64,
    /// Name of the element around it: its section, or the root.
    pub(super) section: &'a str,
}

/// Reads a whole document and hands over each record.
///
/// # Errors
/// Any [`ParseError`] of a bad file; see the module.
pub(super) fn read_records(
    file: &str,
    bytes: &[u8],
    shape: &Shape,
    limits: &Limits,
    mut on_record: impl FnMut(Place<'_>, Node),
) -> Result<Outline, ParseError> {
    let text = utf8(file, bytes)?;
    let mut walk =
        Walk { file, shape, limits, outline: Outline::default(), open: Vec::new(), closed: false };
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    loop {
        let event = reader.read_event();
        let position = reader.buffer_position();
        match event.map_err(|error| walk.broken(position, error))? {
            Event::Start(tag) | Event::Empty(tag) => walk.start(&tag, position)?,
            Event::End(_) => {
                if let Some(record) = walk.end()? {
                    if walk.outline.records >= limits.records {
                        return Err(ParseError::TooLarge {
                            file: file.to_owned(),
                            limit: limits.records,
                            what: "records",
                        });
                    }
                    walk.outline.records += 1;
                    let section = walk.open.last().map_or("", |parent| parent.name.as_str());
                    on_record(Place { row: walk.outline.records, section }, record);
                }
            }
            Event::Text(piece) => walk.text(&piece.xml10_content(), position)?,
            Event::CData(piece) => walk.text(&piece.xml10_content(), position)?,
            Event::GeneralRef(reference) => {
                let resolved = resolve(&reference).ok_or_else(|| {
                    walk.refused(position, "an entity the format does not define".to_owned())
                })?;
                walk.text(resolved.encode_utf8(&mut [0; 4]), position)?;
            }
            Event::DocType(_) => return Err(walk.refused(position, "a DOCTYPE".to_owned())),
            Event::Decl(declaration) => walk.encoding(&declaration, position)?,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return walk.finish(),
        }
    }
}

/// The five entities of XML itself, and character references.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match &*reference.xml10_content() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// An attribute's value with its references resolved; `None` when one is not defined.
fn unescape(raw: &str) -> Option<String> {
    quick_xml::escape::unescape(raw).ok().map(std::borrow::Cow::into_owned)
}

/// State of one pass over a document.
struct Walk<'a> {
    file: &'a str,
    shape: &'a Shape,
    limits: &'a Limits,
    outline: Outline,
    open: Vec<Node>,
    closed: bool,
}

impl Walk<'_> {
    fn start(&mut self, tag: &BytesStart<'_>, position: u64) -> Result<(), ParseError> {
        let name = tag.local_name().into_inner().to_owned();
        if self.open.len() >= self.limits.depth {
            let what = format!("elements nested deeper than {}", self.limits.depth);
            return Err(self.refused(position, what));
        }
        if tag.attributes_raw().len() > self.limits.text_bytes {
            return Err(self.too_long("bytes of attributes"));
        }
        let attributes = self.attributes(tag, position)?;
        match self.open.len() {
            0 => self.root(&name, &attributes, position)?,
            1 => {
                self.outline.sections.insert(name.clone());
            }
            _ => {}
        }
        self.open.push(Node { name, attributes, ..Node::default() });
        Ok(())
    }

    /// Attributes by local name, references resolved.
    fn attributes(
        &self,
        tag: &BytesStart<'_>,
        position: u64,
    ) -> Result<Vec<(String, String)>, ParseError> {
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.broken(position, error.into()))?;
            let key = attribute.key.local_name().into_inner().to_owned();
            let value = unescape(&attribute.value).ok_or_else(|| {
                self.refused(position, "an entity the format does not define".to_owned())
            })?;
            attributes.push((key, value));
        }
        Ok(attributes)
    }

    fn root(
        &mut self,
        name: &str,
        attributes: &[(String, String)],
        position: u64,
    ) -> Result<(), ParseError> {
        if self.closed {
            return Err(self.refused(position, "a second root element".to_owned()));
        }
        if name != self.shape.root {
            return Err(ParseError::NotThisFormat {
                file: self.file.to_owned(),
                expected: self.shape.format,
                found: format!("XML with the root element <{name}>"),
            });
        }
        self.outline.root_attributes.extend(attributes.iter().cloned());
        Ok(())
    }

    /// The record that ends here, if one does.
    fn end(&mut self) -> Result<Option<Node>, ParseError> {
        let depth = self.open.len();
        let Some(node) = self.open.pop() else { return Ok(None) };
        self.closed = depth == 1;
        if depth >= self.shape.record_depth {
            ceiling::check_text(self.file, &node.text, self.limits)?;
        }
        if depth == self.shape.record_depth {
            return Ok(Some(node));
        }
        if depth > self.shape.record_depth
            && let Some(parent) = self.open.last_mut()
        {
            if parent.children.len() >= self.limits.values_per_record {
                return Err(ceiling::too_many(self.file, self.limits, "elements in one"));
            }
            parent.children.push(node);
        }
        Ok(None)
    }

    fn text(&mut self, piece: &str, position: u64) -> Result<(), ParseError> {
        let limit = self.limits.text_bytes;
        match self.open.last_mut() {
            Some(node) if node.text.len() + piece.len() > limit => {
                Err(self.too_long("bytes of one text"))
            }
            Some(node) => {
                node.text.push_str(piece);
                Ok(())
            }
            None if piece.trim().is_empty() => Ok(()),
            None => Err(self.refused(position, "text outside the root element".to_owned())),
        }
    }

    fn encoding(
        &self,
        declaration: &quick_xml::events::BytesDecl<'_>,
        position: u64,
    ) -> Result<(), ParseError> {
        match declaration.encoding() {
            Some(Ok(name)) if !matches!(name.to_lowercase().as_str(), "utf-8" | "us-ascii") => {
                Err(self.refused(position, format!("the encoding {name}; expected UTF-8")))
            }
            _ => Ok(()),
        }
    }

    fn finish(self) -> Result<Outline, ParseError> {
        let missing = self.shape.sections.iter().find(|s| !self.outline.sections.contains(**s));
        let found = match (self.closed, missing) {
            (true, None) => return Ok(self.outline),
            (false, _) => format!("the root element <{}> is not closed", self.shape.root),
            (true, Some(section)) => format!("the section <{section}> is missing"),
        };
        Err(ParseError::Truncated {
            file: self.file.to_owned(),
            records: self.outline.records,
            found,
        })
    }

    /// A syntax error at the very end of the file is a cut, any other is a broken file.
    fn broken(&self, position: u64, error: quick_xml::Error) -> ParseError {
        let file = self.file.to_owned();
        match error {
            quick_xml::Error::Syntax(_) => ParseError::Truncated {
                file,
                records: self.outline.records,
                found: format!("the file ends inside the markup at byte {position}"),
            },
            other => ParseError::Malformed { file, format: "XML", position, source: other.into() },
        }
    }

    fn refused(&self, position: u64, what: String) -> ParseError {
        ParseError::Refused { file: self.file.to_owned(), position, what }
    }

    fn too_long(&self, what: &'static str) -> ParseError {
        ParseError::TooLarge {
            file: self.file.to_owned(),
            limit: self.limits.text_bytes as u64,
            what,
        }
    }
}
