//! Every limit on what is read from a stick, and why. Reader and writer use the same ones: what would be refused is not written.
//!
//! A bundle is data from outside, also when the sender is known: the PC behind a good key may be broken or taken over.

/// The header takes exactly this much: one memory page, known before anything is parsed, easy to cut off with `tail -c +4097`.
pub const HEADER_BYTES: usize = 4096;

/// Bytes of a whole file. Fits any stick, FAT32 included, and holds the records of two million cases; more is a second file.
pub const FILE_BYTES_MAX: u64 = 1 << 30;

/// Keys that one bundle is encrypted to: every device of an office and an escrow key, and still within the header.
pub const RECIPIENTS_MAX: usize = 64;

/// Files of one set: at 1 GiB each more than any office will ever write. Whoever reads a set counts through its numbers.
pub const PARTS_MAX: u64 = 1_000;

/// The highest number of an entry or of a bundle: a thousand a second for thirty years. A store keeps no higher ones, and every
/// JSON tool reads these exactly.
pub const NUMBER_MAX: u64 = (1 << 40) - 1;

/// Characters of the creation time: RFC 3339 with nanoseconds and offset has 35.
pub const CREATED_AT_BYTES_MAX: usize = 40;

/// Bytes of the header inside the age part. A stanza has about 100 bytes, so 64 recipients need half of it; the parser reads each
/// line again with every further one, so a long one would cost seconds.
pub const AGE_HEADER_BYTES_MAX: usize = 16 * 1024;

/// Bytes of one line: twice the longest body of an entry, so that a piece of an attachment has room too.
pub const LINE_BYTES_MAX: usize = 1 << 20;

/// Bytes of one attachment: the largest document that is taken in is 10 MiB, and one is put together in memory.
pub const ATTACHMENT_BYTES_MAX: u64 = 16 << 20;

/// Bytes of an attachment in one line: as base64 two thirds of what a line may hold.
pub const PIECE_BYTES: usize = 512 << 10;

/// Attachments that a manifest speaks of: three for each of thirty thousand cases of one office, half of the manifest.
pub const ATTACHMENTS_MAX: usize = 100_000;

/// Bytes of the manifest: what a county has of thousands of logs, each with holes, at about 150 bytes a log.
pub const MANIFEST_BYTES_MAX: usize = 16 << 20;

/// Logs that a manifest speaks of: as many as fit into it.
pub const LOGS_MAX: usize = 100_000;

/// Ranges above holes and ends of other stories in one manifest: what memory holds without noticing.
pub const RANGES_MAX: usize = 500_000;

/// Outcomes in one manifest: five times as many as a writer says.
pub const OUTCOMES_MAX: usize = 10_000;

/// Devices of the receiver whose newest bundle a manifest names: every device that an office ever had.
pub const SEEN_MAX: usize = 1_000;

/// Totals in one manifest: a name for every sum that there is, many times over.
pub const TOTALS_MAX: usize = 1_000;

/// Bytes of a version of the program, of an outcome's reason, of a total's name: words for programs, not for people.
pub const WORD_BYTES_MAX: usize = 256;

/// Bytes of text after decompression. A file of the greatest size with ordinary records unpacks to 3 GiB.
pub const PAYLOAD_BYTES_MAX: u64 = 8 << 30;

/// Text may be this many times the encrypted size. Records compress about threefold, a page of equal records fiftyfold.
pub const RATIO_MAX: u64 = 200;

/// Text that needs no ratio: small bundles of repetitive records may compress extremely well.
pub const RATIO_FREE_BYTES: u64 = 16 << 20;

/// Base-2 logarithm of the zstd window: what stock `zstd -d` accepts, 128 MiB of memory at the very worst.
pub const WINDOW_LOG_MAX: u32 = 27;

/// Entries of one bundle: a county of a million cases has three million.
pub const ENTRIES_MAX: u64 = 5_000_000;

/// Groups of one bundle: hundreds of logs, each torn into hundreds of ranges.
pub const GROUPS_MAX: u64 = 100_000;

/// Seals of one bundle: ten years of weekly seals of two thousand devices.
pub const SEALS_MAX: u64 = 1_000_000;

/// Lines between the seals and the end, pieces of attachments and what this version skips: one file of lines of a kilobyte.
pub const OTHER_LINES_MAX: u64 = 1_000_000;

/// How deep JSON may nest in any line. Our own records nest 4 deep; a parser without a limit dies of a deep one.
pub const DEPTH_MAX: u32 = 16;

/// The most text that a bundle of this encrypted size may hold.
pub(crate) fn payload_bytes_max(encrypted_bytes: u64) -> u64 {
    encrypted_bytes.saturating_mul(RATIO_MAX).saturating_add(RATIO_FREE_BYTES).min(PAYLOAD_BYTES_MAX)
}
