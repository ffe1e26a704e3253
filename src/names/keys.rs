//! Decides when two spellings of one sound are the same: the key under which transliteration
//! variants of a Latin word meet, and the consonant skeleton under which its vowels no longer
//! matter.
//!
//! The key unites the standards for Cyrillic (ICAO, BGN, ISO 9, German and French usage) and the
//! usual renderings of Arabic: Sergey/Sergei/Serguei, Yury/Iurii, Khan/Han, Hussein/Husayn. It is
//! coarser than a sound: agreement on it is a little less than agreement on the letters.

/// The letter groups that start with a letter and what they become, longest first; applied left to
/// right, once. Derivation: the differing outputs of the standards named above for the same letter.
fn groups(letter: char) -> &'static [(&'static str, &'static str)] {
    match letter {
        'a' => &[("ay", "ei"), ("ai", "ei"), ("ae", "ei")],
        'c' => &[("ch", "ch"), ("ck", "k")],
        'd' => &[("dsch", "j"), ("dzh", "j"), ("dj", "j"), ("dh", "d")],
        'e' => &[("ee", "i"), ("ey", "ei")],
        'g' => &[("gh", "g"), ("gu", "gu")],
        'i' => &[("iu", "u"), ("ia", "a"), ("ie", "e"), ("iy", "i")],
        'j' => &[("ju", "u"), ("ja", "ja")],
        'k' => &[("kh", "h")],
        'o' => &[("ou", "u"), ("oo", "u")],
        'p' => &[("ph", "f")],
        's' => &[("schtsch", "sh"), ("shch", "sh"), ("stch", "sh"), ("sch", "sh"), ("sh", "sh")],
        't' => &[("tsch", "ch"), ("tch", "ch"), ("th", "t"), ("tz", "ts")],
        'y' => &[("yu", "u"), ("ya", "a"), ("ye", "e"), ("yi", "i")],
        'z' => &[("zh", "j")],
        _ => &[],
    }
}

/// The key of a folded Latin word. Letters other than ASCII pass through. Empty for an empty word.
pub(super) fn sound_key(folded: &str) -> String {
    let letters: Vec<char> = folded.chars().collect();
    let mut out: Vec<char> = Vec::with_capacity(letters.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let rest = letters.get(at..).unwrap_or_default();
        let group = groups(*letter).iter().find(|(from, _)| starts_with(rest, from));
        match group {
            Some((from, to)) => {
                to.chars().for_each(|c| push_once(&mut out, c));
                at += from.len();
            }
            None => {
                push_once(&mut out, single(*letter));
                if *letter == 'x' {
                    push_once(&mut out, 's');
                }
                at += 1;
            }
        }
    }
    out.into_iter().collect()
}

/// A single letter's place in the key: letters that the standards exchange become one.
fn single(letter: char) -> char {
    match letter {
        'c' | 'q' | 'x' => 'k',
        'w' => 'v',
        'y' => 'i',
        'o' => 'u',
        other => other,
    }
}

fn push_once(out: &mut Vec<char>, letter: char) {
    if out.last() != Some(&letter) || letter.is_ascii_digit() {
        out.push(letter);
    }
}

fn starts_with(letters: &[char], prefix: &str) -> bool {
    let mut letters = letters.iter();
    prefix.chars().all(|c| letters.next() == Some(&c))
}

/// The consonants of a key; a leading vowel stays as `a`, so that "Ali" is not "Lee".
pub(super) fn skeleton(key: &str) -> String {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut out = String::new();
    for (place, letter) in key.chars().enumerate() {
        if !vowel(letter) {
            out.push(letter);
        } else if place == 0 {
            out.push('a');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standards_for_one_name_share_a_key() {
        let families: [&[&str]; 6] = [
            &["sergey", "sergei"],
            &["yuriy", "iurii", "yuri", "yury", "juri"],
            &["khan", "han"],
            &["shcherbakov", "schtscherbakow", "scherbakov"],
            &["philip", "filip"],
            &["nuristani", "nooristani", "nouristani"],
        ];
        for family in families {
            let keys: Vec<String> = family.iter().map(|name| sound_key(name)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{family:?} {keys:?}");
        }
    }

    #[test]
    fn the_skeleton_forgets_vowels_but_not_that_a_word_starts_with_one() {
        assert_eq!(skeleton(&sound_key("mohamed")), skeleton(&sound_key("muhammad")));
        assert_ne!(skeleton(&sound_key("ali")), skeleton(&sound_key("lee")));
        assert_eq!(skeleton(""), "");
    }

    #[test]
    fn different_names_keep_different_keys() {
        for (a, b) in [("ivanov", "ivanova"), ("petrov", "pavlov"), ("kim", "kam")] {
            assert_ne!(sound_key(a), sound_key(b), "{a} {b}");
        }
    }
}
