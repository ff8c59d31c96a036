//! Who may do what: ONE table of roles and commands, asked before any use case runs. A command without a row does not
//! compile. Whether an office may do something (a county, the owner of a case) is asked by the use cases themselves.

use redress_domain::record::Role;

use crate::App;
use crate::error::{AppError, Result};
use crate::session::Session;

/// Whom a command answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    /// Everybody, also before somebody has signed in.
    Door,
    /// Those who are signed in with one of these roles, in the order of the table's head.
    Roles([bool; 4]),
}

use May::{Door, Roles};

/// The columns of the table.
const HEAD: [Role; 4] = [Role::Clerk, Role::Mediator, Role::Supervisor, Role::Reader];

/// Looking, printing, and what belongs to oneself.
const ALL: May = Roles([true, true, true, true]);
/// Writing down what people say and what was done, and carrying it.
const DESK: May = Roles([true, true, true, false]);
/// Money, mediation, and what takes a case away from somebody.
const CASE: May = Roles([false, true, true, false]);
/// What concerns the office, its people and its keys.
const LEAD: May = Roles([false, false, true, false]);

const TABLE: &[(&str, May)] = &[
    ("app.state", Door),
    ("codes.list", Door),
    ("county.create", Door),
    ("office.join", Door),
    ("invitation.read", Door),
    ("store.open", Door),
    ("store.lock", Door),
    ("sample.create", Door),
    ("access.ways", Door),
    ("access.by_card", Door),
    ("access.by_county", Door),
    ("recovery.request", Door),
    ("backup.find", Door),
    ("backup.restore", Door),
    ("backup.rescue", Door),
    ("bundle.inspect", Door),
    ("deadline.compute", Door),
    ("number.check", Door),
    ("bundle.verify", Door),
    ("home.today", ALL),
    ("office.list", ALL),
    ("complaint.list", ALL),
    ("complaint.get", ALL),
    ("consultation.list", ALL),
    ("consultation.get", ALL),
    ("pack.list", ALL),
    ("business.list", ALL),
    ("business.get", ALL),
    ("activity.list", ALL),
    ("activity.get", ALL),
    ("volunteer.list", ALL),
    ("transfer.list", ALL),
    ("decision.list", ALL),
    ("import.list", ALL),
    ("aside.list", ALL),
    ("carry.places", ALL),
    ("report.totals", ALL),
    ("search", ALL),
    ("check", ALL),
    ("operator.list", ALL),
    ("passphrase.change", ALL),
    ("device.list", ALL),
    ("join.list", ALL),
    ("key.list", ALL),
    ("settings.get", ALL),
    ("backup.make", DESK),
    ("backup.prove", DESK),
    ("complaint.reveal", DESK),
    ("consultation.reveal", DESK),
    ("phone.reveal", DESK),
    ("form.check", ALL),
    ("complaint.similar", DESK),
    ("clock.confirm", DESK),
    ("draft.put", DESK),
    ("draft.get", DESK),
    ("draft.drop", DESK),
    ("complaint.register", DESK),
    ("complaint.amend", DESK),
    ("evidence.add", DESK),
    ("evidence.get", DESK),
    ("evidence.save", DESK),
    ("evidence.amend", DESK),
    ("evidence.withdraw", DESK),
    ("evidence.restore", DESK),
    ("step.record", DESK),
    ("step.amend", DESK),
    ("consultation.register", DESK),
    ("business.record", DESK),
    ("activity.record", DESK),
    ("volunteer.record", DESK),
    ("department.record", DESK),
    ("bundle.scan", DESK),
    ("bundle.export", DESK),
    ("bundle.export_all", DESK),
    ("bundle.merge", DESK),
    ("rebuild", DESK),
    ("loss.record", CASE),
    ("loss.reverse", CASE),
    ("record.withdraw", CASE),
    ("record.restore", CASE),
    ("record.review", CASE),
    ("link.record", CASE),
    ("transfer.offer", CASE),
    ("transfer.answer", CASE),
    ("transfer.take_back", CASE),
    ("business.merge", CASE),
    ("business.unmerge", CASE),
    ("decision.settle", CASE),
    ("office.invite", LEAD),
    ("device.settle", LEAD),
    ("device.revoke", LEAD),
    ("device.reinstate", LEAD),
    ("device.label", LEAD),
    ("join.answer", LEAD),
    ("office.amend", LEAD),
    ("office.close", LEAD),
    ("office.reopen", LEAD),
    ("key.export_audit", LEAD),
    ("county.rotate_key", LEAD),
    ("escrow.create", LEAD),
    ("escrow.restore", LEAD),
    ("person.find", LEAD),
    ("person.copy", LEAD),
    ("person.erase", LEAD),
    ("operator.add", LEAD),
    ("operator.amend", LEAD),
    ("operator.retire", LEAD),
    ("operator.reset", LEAD),
    ("settings.put", LEAD),
    ("pack.import", LEAD),
    ("card.make", LEAD),
    ("recovery.read", LEAD),
    ("recovery.answer", LEAD),
    ("view.list", LEAD),
    ("import.undo", LEAD),
    ("import.redo", LEAD),
    ("waiting.force", LEAD),
];

/// What a damaged store still answers: commands that only read. A new command is not among them until somebody says so.
pub const WHEN_DAMAGED: &[&str] = &[
    "home.today",
    "office.list",
    "complaint.list",
    "complaint.get",
    "consultation.list",
    "consultation.get",
    "pack.list",
    "business.list",
    "business.get",
    "activity.list",
    "activity.get",
    "volunteer.list",
    "transfer.list",
    "decision.list",
    "import.list",
    "aside.list",
    "carry.places",
    "report.totals",
    "search",
    "operator.list",
    "device.list",
    "join.list",
    "key.list",
    "settings.get",
    "form.check",
    "complaint.similar",
    "draft.get",
    "person.find",
    "view.list",
];

/// The row of a command; asked by the compiler for every command of the contract.
const fn row(command: &str) -> Option<May> {
    let mut at = 0;
    while at < TABLE.len() {
        if is_same(TABLE[at].0, command) {
            return Some(TABLE[at].1);
        }
        at += 1;
    }
    None
}

/// Whether a command has its row.
pub(crate) const fn has_row(command: &str) -> bool {
    row(command).is_some()
}

/// Texts cannot be compared by `==` before the program runs.
const fn is_same(one: &str, two: &str) -> bool {
    let (one, two) = (one.as_bytes(), two.as_bytes());
    if one.len() != two.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != two[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether somebody with a role may run a command.
pub fn may(role: Role, command: &str) -> bool {
    match row(command) {
        Some(Door) => true,
        Some(Roles(roles)) => HEAD.iter().zip(roles).any(|(head, yes)| *head == role && yes),
        None => false,
    }
}

/// The commands that whoever is signed in may run, for the window: it shows what can be done and says why the rest cannot.
pub(crate) fn permitted(session: &Session) -> Result<Vec<String>> {
    let role = session.role()?;
    let answers = |command: &str| !session.is_read_only() || answers_when_damaged(command);
    let mine = TABLE.iter().filter(|(command, _)| may(role, command) && answers(command));
    Ok(mine.map(|(command, _)| (*command).to_owned()).collect())
}

fn answers_when_damaged(command: &str) -> bool {
    row(command) == Some(Door) || WHEN_DAMAGED.contains(&command)
}

/// Refuses what whoever is signed in may not do, and what would write into a damaged store.
pub(crate) fn check(app: &App, command: &str) -> Result<()> {
    let Some(Roles(_)) = row(command) else { return Ok(()) };
    let session = app.session()?;
    let role = session.role()?;
    if !may(role, command) {
        return Err(AppError::new("role_forbidden").with("role", role.as_str()));
    }
    if session.is_read_only() && !answers_when_damaged(command) {
        return Err(AppError::new("store_read_only"));
    }
    Ok(())
}
