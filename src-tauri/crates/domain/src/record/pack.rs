//! A pack that replaces or adds to one shipped with the program. Written by the county into the public scope only.

use super::record;

record! {
    /// 数据包
    pub struct Pack {
        /// What it holds, a word of [`crate::timetable::PackKind`]; a word of a newer program is kept and not used.
        kind: String,
        /// Which one of its kind, as "2027" of calendars.
        name: String,
        /// The pack itself, as text.
        content: String,
    }
}
