//! Decides where one query ends and the next begins, and which lines are none: one that is not
//! text, or longer than any query needs to be, is refused alone and the batch goes on.

use std::io::{self, BufRead, Read};

/// Longest line that is read as a query, in bytes.
pub const LONGEST: u64 = 1 << 20;

/// A line that may be a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryLine {
    /// 1-based number of the line.
    pub number: usize,
    /// Its text without the line end, or why it is no query.
    pub text: Result<String, LineFault>,
}

/// Why a line cannot be a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Bytes that are no text.
    #[error("expected UTF-8 text")]
    NotUtf8 {
        /// The line with U+FFFD for what is no text: to find its id in.
        lossy: String,
    },
    /// More than [`LONGEST`] bytes.
    #[error("expected a line of at most {LONGEST} bytes")]
    TooLong,
}

/// The lines of `input` that are not blank. The last item is an error when reading failed.
pub fn query_lines(mut input: impl BufRead) -> impl Iterator<Item = io::Result<QueryLine>> {
    let mut number = 0;
    std::iter::from_fn(move || {
        loop {
            number += 1;
            let mut bytes = Vec::new();
            if let Err(error) = input.by_ref().take(LONGEST + 1).read_until(b'\n', &mut bytes) {
                return Some(Err(error));
            }
            if bytes.is_empty() {
                return None;
            }
            if bytes.last() == Some(&b'\n') {
                bytes.pop();
            } else if bytes.len() as u64 > LONGEST {
                return Some(
                    input
                        .skip_until(b'\n')
                        .map(|_| QueryLine { number, text: Err(LineFault::TooLong) }),
                );
            }
            if !bytes.trim_ascii().is_empty() {
                let text = String::from_utf8(bytes).map_err(|error| LineFault::NotUtf8 {
                    lossy: String::from_utf8_lossy(error.as_bytes()).into_owned(),
                });
                return Some(Ok(QueryLine { number, text }));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &[u8]) -> Vec<QueryLine> {
        query_lines(input).collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn blank_lines_count_and_are_passed_over() {
        let lines = read(b"a\n\n \r\nb");
        let seen: Vec<_> = lines.iter().map(|line| (line.number, line.text.clone())).collect();
        assert_eq!(seen, [(1, Ok("a".to_owned())), (4, Ok("b".to_owned()))]);
    }

    #[test]
    fn a_line_that_is_no_text_or_too_long_is_refused_alone() {
        let longest = usize::try_from(LONGEST).unwrap();
        let mut input = b"\xff\n".to_vec();
        input.extend(std::iter::repeat_n(b'x', longest));
        input.push(b'\n');
        input.extend(std::iter::repeat_n(b'x', 3 * longest));
        input.extend(b"\nlast");
        let lines = read(&input);
        assert_eq!(lines[0].text, Err(LineFault::NotUtf8 { lossy: "\u{fffd}".to_owned() }));
        assert_eq!(lines[1].text.as_ref().unwrap().len(), longest);
        assert_eq!(lines[2].text, Err(LineFault::TooLong));
        assert_eq!(lines[3], QueryLine { number: 4, text: Ok("last".to_owned()) });
    }
}
