//! What can go wrong with a store, told apart by what the user can do about it.

use std::io;

use rusqlite::ErrorCode;

/// An error of the store. `code()` is stable; the texts are for engineers, users read the catalogues.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no store.
    #[error("there is no store in this folder")]
    Missing,
    /// The folder holds a store already.
    #[error("there is a store in this folder already")]
    Exists,
    /// No key slot opens with this passphrase.
    #[error("the passphrase opens no key slot")]
    WrongPassphrase,
    /// The key is right but the database cannot be read.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// The database is damaged, and only what can be read of it is open.
    #[error("the store is damaged and open for reading only")]
    OnlyRead,
    /// A newer program wrote the store.
    #[error("the store has schema {found}, this program knows {known}")]
    Newer {
        /// The schema number in the store.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// Another program has the store open.
    #[error("another program has the store open")]
    LockedByOther,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The medium cannot be written.
    #[error("the medium is read-only")]
    ReadOnly,
    /// A rule of the schema refused a row.
    #[error("the database refused a row: {0}")]
    Refused(String),
    /// A record is not here.
    #[error("there is no such record")]
    RecordMissing,
    /// What was asked for has been done already.
    #[error("it has been done already")]
    Settled,
    /// Whoever was told how far it is wanted it to stop; nothing was changed.
    #[error("it was stopped")]
    Stopped,
    /// Anything else from the operating system.
    #[error("input or output failed: {0}")]
    Io(String),
    /// Anything else from the database.
    #[error("the database failed: {0}")]
    Sql(String),
}

/// What most functions of this crate return.
pub type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    /// The stable code that the catalogues of sentences know.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "store_missing",
            Self::Exists => "store_exists",
            Self::WrongPassphrase => "passphrase_wrong",
            Self::Damaged(_) => "store_damaged",
            Self::OnlyRead => "store_read_only",
            Self::Newer { .. } => "store_newer",
            Self::LockedByOther => "store_locked_by_other",
            Self::DiskFull => "disk_full",
            Self::ReadOnly => "read_only",
            Self::RecordMissing => "record_missing",
            Self::Settled => "already_settled",
            Self::Stopped => "cancelled",
            Self::Io(_) => "io",
            Self::Refused(_) | Self::Sql(_) => "internal",
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(text),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::LockedByOther,
            Some(ErrorCode::ConstraintViolation) => Self::Refused(text),
            Some(ErrorCode::SystemIoFailure) => Self::Io(text),
            _ if matches!(error, rusqlite::Error::QueryReturnedNoRows) => Self::RecordMissing,
            _ => Self::Sql(text),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error.to_string()),
        }
    }
}
