//! The one error of the use cases: a stable code with parameters. The window and the command line say it in words.

use std::collections::BTreeMap;

use redress_bundle::{BundleError, WriteError};
use redress_domain::FieldError;
use redress_store::StoreError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What happened, as a code that the catalogues know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[ts(rename = "ApiError")]
#[error("{code}")]
pub struct AppError {
    /// Stable code: `errors.<code>` says what happened, `advice.<code>` what to do.
    pub code: String,
    /// What the sentences need.
    pub params: BTreeMap<String, String>,
    /// Filled when the code is `invalid_input`: every field that is wrong.
    pub fields: Vec<FieldError>,
}

/// What use cases return.
pub type Result<T> = std::result::Result<T, AppError>;

impl AppError {
    /// An error without parameters.
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), params: BTreeMap::new(), fields: Vec::new() }
    }

    /// The same with one more parameter.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// A fault of the program itself; `detail` is for its makers and never shown to users.
    pub fn internal(detail: impl ToString) -> Self {
        Self::new("internal").with("detail", detail)
    }

    /// What a person typed is not right: all of it at once.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self { fields, ..Self::new("invalid_input") }
    }

    /// One field is not right.
    pub fn field(field: &str, code: &str) -> Self {
        Self::invalid(vec![FieldError::new(field, code)])
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let plain = Self::new(error.code());
        match &error {
            StoreError::Newer { found, known } => plain.with("found", found).with("known", known),
            StoreError::Damaged(detail)
            | StoreError::Io(detail)
            | StoreError::Sql(detail)
            | StoreError::Refused(detail) => plain.with("detail", detail),
            _ => plain,
        }
    }
}

impl From<BundleError> for AppError {
    fn from(error: BundleError) -> Self {
        let plain = Self::new(error.code());
        match error {
            BundleError::Truncated { have, want } | BundleError::TooLong { have, want } => {
                plain.with("have", have).with("want", want)
            }
            BundleError::NewerFormat { version } => plain.with("version", version),
            BundleError::Limit { which } => plain.with("which", which),
            BundleError::Format { line, .. } => plain.with("line", line),
            BundleError::Io(error) => error.into(),
            _ => plain,
        }
    }
}

impl From<WriteError> for AppError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Io(error) => error.into(),
            WriteError::Limit { which } => Self::new("bundle_limit").with("which", which),
            other => Self::internal(other),
        }
    }
}

impl From<std::io::Error> for AppError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::new("disk_full"),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::new("read_only"),
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::new("path_missing"),
            _ => Self::new("io").with("detail", error),
        }
    }
}
