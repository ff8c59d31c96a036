//! The words of the command line. Their explanations are in `words/`, in both languages; see [`crate::help`].

use std::ffi::OsString;

use clap::{Args, Parser, Subcommand, ValueEnum};
use redress_domain::case_no::OfficeKind;
use redress_domain::checks::CheckKind;

use crate::environment::Environment;
use crate::say::Tongue;

#[derive(Parser)]
#[command(name = "redress", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every command takes.
#[derive(Args)]
pub struct Common {
    #[arg(long, global = true, value_name = "DIR")]
    pub store: Option<String>,
    #[arg(long = "as", global = true, value_name = "NAME")]
    pub operator: Option<String>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Tongue>,
}

#[derive(Subcommand)]
pub enum Verb {
    #[command(subcommand)]
    Office(OfficeVerb),
    Status,
    #[command(subcommand)]
    Bundle(BundleVerb),
    #[command(subcommand)]
    Device(DeviceVerb),
    #[command(subcommand)]
    Key(KeyVerb),
    #[command(subcommand)]
    Evidence(EvidenceVerb),
    Search(Search),
    Deadline(Deadline),
    Validate(Validate),
    Report(Report),
    Check,
    Rebuild,
    Backup(Backup),
    Restore(Restore),
    Rescue(Rescue),
    Rpc,
    Contract(Contract),
    Sample(Sample),
}

#[derive(Subcommand)]
pub enum OfficeVerb {
    Create(Create),
    Invite(Invite),
    Join(Join),
}

#[derive(Subcommand)]
pub enum BundleVerb {
    Export(Export),
    Merge(Merge),
    Inspect(Inspect),
}

#[derive(Subcommand)]
pub enum EvidenceVerb {
    Add(AddFiles),
    Save(SaveFile),
}

#[derive(Args)]
pub struct AddFiles {
    #[arg(value_name = "CASE")]
    pub complaint: String,
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub note: String,
}

#[derive(Args)]
pub struct SaveFile {
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(long, value_name = "DIR")]
    pub out: String,
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub reason: String,
}

#[derive(Subcommand)]
pub enum DeviceVerb {
    List,
    Admit(CodeOf),
    Refuse(CodeOf),
    Revoke(RevokeArgs),
    Reinstate(ReinstateArgs),
}

#[derive(Args)]
pub struct CodeOf {
    pub code: String,
}

#[derive(Args)]
pub struct RevokeArgs {
    pub device: String,
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
    #[arg(long, value_name = "ID", requires = "upto")]
    pub epoch: Option<String>,
    #[arg(long, value_name = "N", requires = "epoch")]
    pub upto: Option<u64>,
}

#[derive(Args)]
pub struct ReinstateArgs {
    pub device: String,
    #[arg(long, value_name = "WORDS")]
    pub reason: String,
}

#[derive(Subcommand)]
pub enum KeyVerb {
    Show,
    Rotate,
    ExportAudit(ExportAudit),
    Split,
    Restore(RestoreKey),
}

#[derive(Args)]
pub struct ExportAudit {
    #[arg(long, value_name = "DIR")]
    pub out: String,
}

#[derive(Args)]
pub struct RestoreKey {
    #[arg(required = true, value_name = "SHARE")]
    pub shares: Vec<String>,
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
}

#[derive(Args)]
pub struct Create {
    #[arg(long)]
    pub name: String,
    #[arg(long)]
    pub area: String,
    #[arg(long, value_name = "NAME")]
    pub operator: String,
}

#[derive(Args)]
pub struct Invite {
    #[arg(long, value_enum)]
    pub kind: InvitedKind,
    #[arg(long)]
    pub code: String,
    #[arg(long)]
    pub name: String,
    #[arg(long, value_name = "DIR")]
    pub out: String,
}

/// What can be invited: the county is there already.
#[derive(Clone, Copy, ValueEnum)]
pub enum InvitedKind {
    Branch,
    Station,
}

impl From<InvitedKind> for OfficeKind {
    fn from(kind: InvitedKind) -> Self {
        match kind {
            InvitedKind::Branch => OfficeKind::Branch,
            InvitedKind::Station => OfficeKind::Station,
        }
    }
}

#[derive(Args)]
pub struct Join {
    pub invitation: String,
    #[arg(long, value_name = "NAME")]
    pub operator: String,
}

#[derive(Args)]
pub struct Export {
    #[arg(long, value_name = "DIR")]
    pub out: String,
    #[arg(long, value_name = "CODE", conflicts_with = "all")]
    pub office: Option<String>,
    #[arg(long)]
    pub all: bool,
    #[arg(long)]
    pub without_photos: bool,
}

#[derive(Args)]
pub struct Merge {
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
}

#[derive(Args)]
pub struct Inspect {
    pub file: String,
}

#[derive(Args)]
pub struct Search {
    pub text: String,
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
}

#[derive(Args)]
pub struct Deadline {
    pub rule: String,
    pub date: String,
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    pub exclude: u32,
}

#[derive(Args)]
pub struct Validate {
    #[arg(value_enum)]
    pub kind: NumberKind,
}

/// What `validate` knows.
#[derive(Clone, Copy, ValueEnum)]
pub enum NumberKind {
    ResidentId,
    Uscc,
    OrganisationCode,
    OldRegistration,
    Phone,
    AreaCode,
    CaseNo,
}

impl From<NumberKind> for CheckKind {
    fn from(kind: NumberKind) -> Self {
        match kind {
            NumberKind::ResidentId => CheckKind::ResidentId,
            NumberKind::Uscc => CheckKind::Uscc,
            NumberKind::OrganisationCode => CheckKind::OrganisationCode,
            NumberKind::OldRegistration => CheckKind::OldRegistration,
            NumberKind::Phone => CheckKind::Phone,
            NumberKind::AreaCode => CheckKind::AreaCode,
            NumberKind::CaseNo => CheckKind::CaseNo,
        }
    }
}

#[derive(Args)]
pub struct Report {
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    #[arg(long, value_name = "CODE")]
    pub office: Option<String>,
}

#[derive(Args)]
pub struct Backup {
    #[arg(long, value_name = "DIR")]
    pub out: Option<String>,
}

#[derive(Args)]
pub struct Restore {
    pub backup: String,
}

#[derive(Args)]
pub struct Rescue {
    #[arg(long, value_name = "DIR")]
    pub out: String,
}

#[derive(Args)]
pub struct Contract {
    #[arg(long, value_name = "DIR")]
    pub out: String,
}

#[derive(Args)]
pub struct Sample {
    #[arg(long, value_name = "DIR")]
    pub dir: String,
}

/// The language to speak, needed before the words are read, because even their errors are said in it.
/// What `--lang` says, else `REDRESS_LANG`, else Chinese.
pub fn language(args: &[OsString], env: &Environment) -> Tongue {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let apart = texts.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    let named = apart.or(joined).or_else(|| env.get("REDRESS_LANG"));
    named.and_then(|name| Tongue::from_str(name, true).ok()).unwrap_or(Tongue::Zh)
}
