//! Decides which dates a Japanese text states: `1963年7月21日`, `1963年頃`, `1955年から1958年の間`,
//! `1960年又は1961年`, `昭和38年7月`, `(a)… (b)…`, or a cell that is a date or a year itself.
//!
//! A second date without its year has the year of the first. Figures may be full-width. A note in
//! brackets is not part of a date. Anything else is an error that quotes the text.

use super::super::day_first::day_first;
use super::super::enumerated::items;
use crate::party::{DateError, DateSpan, PartialDate};

/// Eras with the year before their first.
const ERAS: [(&str, i16); 5] =
    [("明治", 1867), ("大正", 1911), ("昭和", 1925), ("平成", 1988), ("令和", 2018)];
/// The first year in which a listed party can have been born.
const FIRST_YEAR: i16 = 1850;
/// Words that say a date is not exact.
const ABOUT: [&str; 3] = ["の頃", "頃", "ごろ"];
/// The same before a date.
const ABOUT_BEFORE: [&str; 3] = ["おおよそ", "およそ", "約"];
/// Words between several dates.
const OR: [&str; 7] = ["又は", "または", "もしくは", "；", ";", "、", "\n"];

/// The dates of a text, and what could not be read, each quoted.
pub(super) fn dates(text: &str) -> (Vec<DateSpan>, Vec<DateError>) {
    let (mut dates, mut errors) = (Vec::new(), Vec::new());
    for item in items(&plain(text)) {
        // "から\n… の間" is one range on two lines.
        let item = item.replace("から\n", "から");
        let mut pieces = vec![item.as_str()];
        for word in OR {
            pieces = pieces.iter().flat_map(|piece| piece.split(word)).collect();
        }
        let mut year = None;
        for piece in pieces.into_iter().filter(|piece| piece.chars().any(char::is_alphanumeric)) {
            match span(piece, year).and_then(|date| living(piece, date)) {
                Ok(date) => {
                    year = Some(date.from.year());
                    if !dates.contains(&date) {
                        dates.push(date);
                    }
                }
                Err(error) => errors.push(error),
            }
        }
    }
    (dates, errors)
}

/// A year before [`FIRST_YEAR`] is one of another calendar (ヒジュラ暦) and no date of birth.
fn living(piece: &str, date: DateSpan) -> Result<DateSpan, DateError> {
    let is_possible = date.from.year() >= FIRST_YEAR;
    if is_possible { Ok(date) } else { Err(DateError::NotOnCalendar(piece.trim().to_owned())) }
}

/// The date a text opens with ("1941年8月20日 …生"), when it does.
pub(super) fn opening(text: &str) -> Option<PartialDate> {
    let text = plain(text);
    let is_date = |c: &char| c.is_ascii_digit() || "年月日".contains(*c);
    let head: String = text.trim().chars().take_while(is_date).collect();
    let (at, _) = head.char_indices().rfind(|(_, c)| "年月日".contains(*c))?;
    let end = head.get(at..)?.chars().next()?.len_utf8() + at;
    date(head.get(..end)?, None).ok().filter(|date| date.year() >= FIRST_YEAR)
}

/// Full-width figures and brackets as ASCII.
pub(super) fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '（' | '）' | '－' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        '～' | '〜' | '–' => '-',
        other => other,
    };
    text.chars().map(narrow).collect()
}

fn span(piece: &str, year: Option<i16>) -> Result<DateSpan, DateError> {
    let quoted = |_| DateError::Shape(piece.trim().to_owned());
    let body: String = piece.split('(').next().unwrap_or_default().split_whitespace().collect();
    let body = body.trim_end_matches(['.', '。', '生']);
    let body =
        ["までの間", "の間", "まで"].iter().find_map(|w| body.strip_suffix(w)).unwrap_or(body);
    // `©` is what an office program makes of the mark `(c)`.
    let body = body.trim_start_matches('©');
    let before = ABOUT_BEFORE.iter().find_map(|word| body.strip_prefix(word));
    let body = before.unwrap_or(body);
    let about = ABOUT.iter().find_map(|word| body.strip_suffix(word));
    let body = about.unwrap_or(body);
    let about = about.or(before);
    let year_first: Vec<&str> = body.split('/').rev().collect();
    let day_last = || day_first(&year_first.join("/"));
    if let Ok(date) =
        body.parse::<PartialDate>().or_else(|_| day_first(body)).or_else(|_| day_last())
    {
        return Ok(DateSpan { from: date, to: date, approximate: about.is_some() });
    }
    let (from, to) = match body.split_once("から").or_else(|| body.split_once('-')) {
        Some((from, to)) => {
            let from = date(from, year).map_err(quoted)?;
            (from, date(to, Some(from.year())).map_err(quoted)?)
        }
        None => {
            let one = date(body, year).map_err(quoted)?;
            (one, one)
        }
    };
    if from.earliest() > to.latest() {
        return Err(DateError::NotOnCalendar(piece.trim().to_owned()));
    }
    Ok(DateSpan { from, to, approximate: about.is_some() })
}

/// `1963年7月21日`, `昭和38年`, `1963`, `7月21日` of a known year.
fn date(text: &str, year: Option<i16>) -> Result<PartialDate, DateError> {
    let shape = || DateError::Shape(text.to_owned());
    let text = ABOUT.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text);
    let era = ERAS.iter().find_map(|(era, before)| Some((text.strip_prefix(era)?, *before)));
    let (body, before) = era.unwrap_or((text, 0));
    let number = |part: &str, digits: usize| -> Result<i16, DateError> {
        let is_plain =
            (1..=digits).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if is_plain { part.parse().map_err(|_| shape()) } else { Err(shape()) }
    };
    let (year, rest) = match body.split_once('年') {
        Some(("元", rest)) if before > 0 => (before + 1, rest),
        Some((figures, rest)) => (before + number(figures, 4)?, rest),
        None if body.contains('月') => (year.ok_or_else(shape)?, body),
        None => (number(body, 4)?, ""),
    };
    let small = |part: &str| i8::try_from(number(part, 2)?).map_err(|_| shape());
    if rest.is_empty() {
        return PartialDate::new(year, None, None);
    }
    let (month, rest) = rest.split_once('月').ok_or_else(shape)?;
    let day = match rest.strip_suffix('日').unwrap_or(rest) {
        "" if rest.is_empty() => None,
        day => Some(small(day)?),
    };
    PartialDate::new(year, Some(small(month)?), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_of_the_workbook_is_read() {
        for (text, expected) in [
            ("1963年7月21日", vec!["1963-07-21"]),
            ("１９６３ 年7月", vec!["1963-07"]),
            ("1963-07-21", vec!["1963-07-21"]),
            ("1963", vec!["1963"]),
            ("昭和38年7月21日", vec!["1963-07-21"]),
            ("平成元年", vec!["1989"]),
            ("1963年頃", vec!["circa 1963"]),
            ("おおよそ1963年", vec!["circa 1963"]),
            ("1963/7/21、1963年10月5", vec!["1963-07-21", "1963-10-05"]),
            ("(a)1955年-1958年頃\n(b)１945年", vec!["circa 1955 to 1958", "1945"]),
            ("1955年から1958年までの間", vec!["1955 to 1958"]),
            ("1955年3月1日から\n1955年4月2日の間", vec!["1955-03-01 to 1955-04-02"]),
            ("1963年9月9日又は9月10日", vec!["1963-09-09", "1963-09-10"]),
            (
                "（a）1963年（ヒジュラ暦）；1964年9月から10月の間",
                vec!["1963", "1964-09 to 1964-10"],
            ),
        ] {
            let (dates, errors) = dates(text);
            let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
            assert_eq!(dates, expected, "{text}");
            assert!(errors.is_empty(), "{errors:?}");
        }
        for text in
            ["30歳から35歳", "7月21日", "1963年2月31日", "1963年から1960年", "1383年（ヒジュラ暦）"]
        {
            assert_eq!(dates(text).1.len(), 1, "{text}");
        }
        assert_eq!(opening("1941年8月20日ポート生\nBorn").unwrap().to_string(), "1941-08-20");
        assert_eq!(opening("Born 1941"), None);
        assert_eq!(opening("1383年"), None);
    }
}
