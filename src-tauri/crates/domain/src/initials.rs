//! Pinyin initials of names: 张三丰 is found by zsf, and a character with several readings by each of them.
//! It must not decide which reading is meant: whoever searches knows.

use pinyin::ToPinyinMulti;

/// A character that can be spelled: where it stands, and its possible letters.
struct Spelled {
    at: usize,
    letters: Vec<char>,
}

/// The first letters a character may have: those of all its readings, a Latin letter or a digit itself.
fn letters(c: char) -> Vec<char> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_ascii_lowercase()];
    }
    let readings = c.to_pinyin_multi().into_iter().flatten();
    let mut letters: Vec<char> = readings.filter_map(|reading| reading.plain().chars().next()).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

fn spelled(name: &str) -> Vec<Spelled> {
    let all = name.chars().enumerate().map(|(at, c)| Spelled { at, letters: letters(c) });
    all.filter(|spelled| !spelled.letters.is_empty()).collect()
}

/// The possible letters of each character that can be spelled, one group for each: "td h" of 调换. For a window that finds
/// in a short list by itself.
pub fn groups(name: &str) -> String {
    let groups: Vec<String> = spelled(name).into_iter().map(|spelled| spelled.letters.into_iter().collect()).collect();
    groups.join(" ")
}

/// Every two neighbouring initials, in every reading: what an index of two-character windows needs.
pub fn pairs(name: &str) -> Vec<[char; 2]> {
    let spelled = spelled(name);
    let mut pairs = Vec::new();
    for two in spelled.windows(2) {
        let seconds = &two[1].letters;
        pairs.extend(two[0].letters.iter().flat_map(|first| seconds.iter().map(|second| [*first, *second])));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Where a name can be read by these initials: the places (in characters) of the first and behind the last.
/// One letter alone says nothing.
pub fn find(name: &str, wanted: &str) -> Option<(usize, usize)> {
    let wanted: Vec<char> = wanted.chars().map(|c| c.to_ascii_lowercase()).collect();
    if wanted.len() < 2 || !wanted.iter().all(char::is_ascii_alphanumeric) {
        return None;
    }
    let spelled = spelled(name);
    let fits = |window: &&[Spelled]| window.iter().zip(&wanted).all(|(spelled, c)| spelled.letters.contains(c));
    let window = spelled.windows(wanted.len()).find(fits)?;
    Some((window.first()?.at, window.last()?.at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_their_initials_in_every_reading() {
        let table = [
            ("张三丰", "zsf", Some((0, 3))),
            ("张三丰", "ZSF", Some((0, 3))),
            ("张三丰", "sf", Some((1, 3))),
            ("单雄信", "sxx", Some((0, 3))),
            ("单雄信", "dxx", Some((0, 3))),
            ("曾乐", "zl", Some((0, 2))),
            ("曾乐", "cy", Some((0, 2))),
            ("荷叶村（东）A1超市", "ca1", None),
            ("荷叶村（东）A1超市", "da1c", Some((4, 9))),
            ("张三丰", "zf", None),
            ("张三丰", "z", None),
            ("张三丰", "张三", None),
            ("", "zs", None),
        ];
        for (name, wanted, expected) in table {
            assert_eq!(find(name, wanted), expected, "{name} by {wanted}");
        }
    }

    #[test]
    fn an_index_gets_every_pair_of_neighbours() {
        assert_eq!(pairs("曾乐"), [['c', 'l'], ['c', 'y'], ['z', 'l'], ['z', 'y']]);
        assert_eq!(pairs("张·三"), [['z', 's']]);
        assert_eq!(pairs("张"), Vec::<[char; 2]>::new());
    }
}
