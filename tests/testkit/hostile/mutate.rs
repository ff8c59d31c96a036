//! Changes bytes by chance, the way that finds mistakes in readers: bits, numbers at the edges, pieces cut, doubled, swapped.

use crate::sim::chance::Chance;

/// Numbers and signs at which readers break.
const EDGES: [&[u8]; 22] = [
    b"0",
    b"-1",
    b"1.5",
    b"1e9",
    b"18446744073709551615",
    b"18446744073709551616",
    b"9223372036854775808",
    b"1099511627776",
    b"4294967296",
    b"null",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\n",
    b"\xff",
    b"\0",
    b"{\"group\":",
    b"{\"end\":",
    b"{\"manifest\":{}}\n",
];

/// These bytes with a few changes.
pub fn mutated(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for _ in 0..=chance.below(3) {
        change(&mut changed, chance);
    }
    changed
}

fn change(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len());
    match chance.below(8) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..(at + 1 + chance.below(40)).min(bytes.len()))),
        3 => {
            let piece = bytes[at..(at + 1 + chance.below(200)).min(bytes.len())].to_vec();
            let to = chance.below(bytes.len());
            drop(bytes.splice(to..to, piece));
        }
        4 => swap_lines(bytes, chance),
        5 => number(bytes, at, chance),
        _ => {
            let edge = EDGES[chance.below(EDGES.len())];
            let end = (at + chance.below(2) * edge.len()).min(bytes.len());
            drop(bytes.splice(at.min(end)..end, edge.iter().copied()));
        }
    }
}

/// Another number where a number stands.
fn number(bytes: &mut Vec<u8>, from: usize, chance: &mut Chance) {
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|at| at + from) else { return };
    let end = bytes[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |at| at + start);
    drop(bytes.splice(start..end, EDGES[chance.below(10)].iter().copied()));
}

fn swap_lines(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let (one, two) = (chance.below(lines.len()), chance.below(lines.len()));
    if one < lines.len() && two < lines.len() {
        lines.swap(one, two);
    }
    *bytes = lines.concat();
}
