//! Why a bundle is refused or cannot be written: one stable code each, with the numbers a clerk is told. No sentences for users.

use std::io;

/// Why a bundle is refused. Nothing of a refused bundle may be kept.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It does not begin like a bundle.
    #[error("not a bundle")]
    NotABundle,
    /// The file is shorter than it says: copying was interrupted.
    #[error("the bundle is incomplete: {have} of {want} bytes")]
    Truncated {
        /// Bytes there are.
        have: u64,
        /// Bytes there should be; 4096 when the header itself is cut.
        want: u64,
    },
    /// The file is longer than it says.
    #[error("the bundle is too long: {have} instead of {want} bytes")]
    TooLong {
        /// Bytes there are, as far as was read.
        have: u64,
        /// Bytes there should be.
        want: u64,
    },
    /// The header is not what a writer of this version makes.
    #[error("the bundle's header is damaged")]
    HeaderDamaged,
    /// What follows the header does not have the announced digest, or does not decrypt or unpack.
    #[error("the bundle's content is damaged")]
    ContentDamaged,
    /// Written by a newer program.
    #[error("the bundle has format {version}; this program reads up to {}", crate::FORMAT_VERSION)]
    NewerFormat {
        /// Its format version.
        version: u32,
    },
    /// The signature in the header does not fit the header and its key.
    #[error("the bundle's signature is wrong")]
    BadSignature,
    /// None of the given keys opens it. The header's `keys` say for which it was made.
    #[error("the bundle is encrypted to other keys")]
    NotForUs,
    /// More than `limits` allow.
    #[error("the bundle exceeds the limit `{which}`")]
    Limit {
        /// Name of the limit.
        which: &'static str,
    },
    /// The text breaks the grammar of FORMAT.md.
    #[error("line {line} of the bundle: {what}")]
    Format {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it, in English, for the log.
        what: &'static str,
    },
    /// The medium or the staging folder cannot be read.
    #[error("reading the bundle failed: {0}")]
    Io(#[source] io::Error),
}

impl BundleError {
    /// The stable code that user interface and command line turn into words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotABundle => "not_a_bundle",
            Self::Truncated { .. } => "bundle_truncated",
            Self::TooLong { .. } | Self::HeaderDamaged | Self::ContentDamaged => "bundle_damaged",
            Self::NewerFormat { .. } => "bundle_newer",
            Self::BadSignature => "bundle_signature",
            Self::NotForUs => "bundle_not_for_us",
            Self::Limit { .. } => "bundle_limit",
            Self::Format { .. } => "bundle_format",
            Self::Io(_) => "io",
        }
    }

    /// For errors of a stream of decoders: the system's own errors come from the medium, all others from the content.
    pub(crate) fn from_stream(error: io::Error) -> Self {
        if error.raw_os_error().is_some() { Self::Io(error) } else { Self::ContentDamaged }
    }
}

/// Why reading stopped: because of the bundle, or because the receiver of its content said so.
#[derive(Debug, thiserror::Error)]
pub enum ReadError<E> {
    /// The bundle is refused.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// The sink failed or wanted to stop.
    #[error("the content could not be taken over")]
    Sink(E),
}

/// Why a bundle cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Nobody could read it.
    #[error("a bundle needs at least one recipient")]
    NoRecipient,
    /// It would exceed `limits`, so no reader would take it.
    #[error("the bundle would exceed the limit `{which}`")]
    Limit {
        /// Name of the limit.
        which: &'static str,
    },
    /// The caller broke the grammar or its own promise of counts: a mistake in the program.
    #[error("the bundle cannot be written like this: {what}")]
    Grammar {
        /// What was expected.
        what: &'static str,
    },
    /// The medium or the staging folder cannot be written.
    #[error("writing the bundle failed: {0}")]
    Io(#[from] io::Error),
}

impl WriteError {
    /// The stable code that user interface and command line turn into words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRecipient => "bundle_no_recipient",
            Self::Limit { .. } => "bundle_limit",
            Self::Grammar { .. } => "bundle_format",
            Self::Io(_) => "io",
        }
    }
}
