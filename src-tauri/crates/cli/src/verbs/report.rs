//! `redress report`: the totals of a period, of one office or the whole county.

use std::collections::BTreeMap;

use redress_app::Result;
use redress_app::contract::{AppState, CountRow, MoneyRow, Totals, TotalsQuery};
use redress_domain::CivilDate;
use redress_domain::case_no::OfficeKind;
use redress_domain::record::LossKind;

use crate::answer::Answer;
use crate::args::Report;
use crate::desk::Desk;
use crate::say::{Say, minute, money, number, plain, signed};
use crate::table::{Table, left, right};

/// Offices without a bundle that are named; the rest is counted.
const MISSING_NAMED: usize = 6;

/// How long a report may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Every row.
    Full,
    /// The first rows of each table, and how many follow.
    Brief,
}

impl Length {
    fn rows(self) -> usize {
        match self {
            Length::Full => usize::MAX,
            Length::Brief => 10,
        }
    }
}

/// Counts. Without a period: this year, up to today.
pub fn run(desk: &mut Desk, args: Report) -> Result<Answer> {
    let state = desk.open()?;
    let year = state.today.get(..4).unwrap_or_default();
    let from = args.from.unwrap_or_else(|| format!("{year}-01-01"));
    let to = args.to.unwrap_or_else(|| state.today.clone());
    let office = args.office.as_deref().map(|code| desk.office_id(&state, code)).transpose()?;
    let totals: Totals = desk.call("report.totals", TotalsQuery { from, to, office })?;
    let whose = Whose::of(&desk.say, &state, args.office.as_deref(), &totals);
    Answer::new(&totals, text(&desk.say, &whose, &totals, Length::Full))
}

/// Whose figures a report shows.
pub struct Whose {
    /// The office, or the whole county.
    pub name: String,
    /// A single office: a table of offices would only say the same again.
    pub single: bool,
}

impl Whose {
    fn of(say: &Say, state: &AppState, code: Option<&str>, totals: &Totals) -> Self {
        let own = state.office.as_ref();
        match code {
            Some(code) => {
                let named = totals.by_office.iter().find(|row| row.code == code).map(|row| row.name.as_str());
                let name = named.or_else(|| own.filter(|own| own.code == code).map(|own| own.name.as_str()));
                Self { name: format!("{code} {}", name.unwrap_or_default()), single: true }
            }
            None if own.is_some_and(|own| own.kind == OfficeKind::County) => {
                Self { name: say.text("totals.allOffices"), single: false }
            }
            None => Self { name: own.map(|own| own.name.clone()).unwrap_or_default(), single: true },
        }
    }
}

/// The whole report in words.
pub fn text(say: &Say, whose: &Whose, totals: &Totals, length: Length) -> String {
    let period = say.with("totals.period", &[("from", &totals.from), ("to", &totals.to)]);
    let mut text =
        format!("{} · {} · {period}\n\n{}", say.text("totals.title"), plain(&whose.name), figures(say, totals));
    let on = CivilDate::parse_iso(&totals.to).ok();
    let mut part = |title: &str, table: Table, note: Option<String>| {
        text += &section(say, title, table, length);
        text += &note.map(|note| format!("  {note}\n")).unwrap_or_default();
    };
    let apart = totals.by_kind.iter().any(|row| row.code != LossKind::Recovered.as_str());
    let only = apart.then(|| say.text("line.recovered_only"));
    part("head.by_kind", money_rows(say, "lossKind", &totals.by_kind), only);
    let mut routes = money_rows(say, "route", &totals.by_route);
    routes.total([say.text("head.total"), String::new(), money(totals.recovered_fen)]);
    part("head.by_route", routes, None);
    part("totals.byNature", count_rows(say, "nature", &totals.by_nature, on), None);
    part("totals.byClass", count_rows(say, "class", &totals.by_class, on), None);
    part("totals.byChannel", channels(say, totals, on), None);
    if length == Length::Full {
        part("totals.byMonth", months(say, totals), None);
    }
    if !whose.single {
        part("totals.byOffice", offices(say, totals), None);
    }
    part("totals.activities", activities(say, totals, on), None);
    let apart = (!totals.departments.is_empty()).then(|| {
        let own = number(totals.complaints);
        let params = [("departments", &*number(totals.department_complaints)), ("complaints", &*own)];
        say.with("line.departments_apart", &params)
    });
    part("department.title", departments(say, totals), apart);
    let scope = if whose.single { say.text("totals.ownOnly") + "\n" } else { completeness(say, totals) };
    text + "\n" + &scope
}

/// A table under its title; nothing where there are no rows.
fn section(say: &Say, title: &str, mut table: Table, length: Length) -> String {
    if table.is_empty() {
        return String::new();
    }
    let left_out = table.keep(length.rows());
    let mut text = format!("\n{}\n{}", say.text(title), table.render());
    if left_out > 0 {
        text += &format!("  {}\n", say.counted("line.more_rows", left_out as u64));
    }
    text
}

fn figures(say: &Say, totals: &Totals) -> String {
    let previous = &totals.previous;
    let rows = [
        ("totals.complaints", number(totals.complaints), number(previous.complaints)),
        ("head.accepted", number(totals.accepted), String::new()),
        ("head.refused", number(totals.refused), String::new()),
        ("head.agreed", number(totals.agreed), String::new()),
        ("head.settled", number(totals.settled), String::new()),
        ("head.terminated", number(totals.terminated), String::new()),
        ("head.withdrawn", number(totals.withdrawn), String::new()),
        ("head.closed", number(totals.closed), String::new()),
        ("head.consultations", number(totals.consultations), number(previous.consultations)),
        ("head.consultation_persons", number(totals.consultation_persons), String::new()),
        ("totals.dispute", money(totals.dispute_fen), String::new()),
        ("totals.recovered", money(totals.recovered_fen), money(previous.recovered_fen)),
    ];
    let mut table = Table::new([
        left(say.text("head.item")),
        right(say.text("head.this_period")),
        right(say.text("head.last_year")),
    ]);
    for (key, now, before) in rows {
        table.row([say.text(key), now, before]);
    }
    table.render()
}

fn money_rows(say: &Say, catalogue: &str, rows: &[MoneyRow]) -> Table {
    let mut table =
        Table::new([left(say.text("head.item")), right(say.text("totals.times")), right(say.text("totals.yuan"))]);
    for row in rows {
        table.row([say.code(catalogue, &row.code, None), signed(row.count), money(row.amount_fen)]);
    }
    table
}

fn count_rows(say: &Say, list: &str, rows: &[CountRow], on: Option<CivilDate>) -> Table {
    let mut table = Table::new([
        left(say.text("head.item")),
        right(say.text("totals.cases")),
        right("%".to_owned()),
        right(say.text("totals.recoveredShort")),
    ]);
    for row in rows {
        let (share, recovered) = (row.share.clone(), money(row.recovered_fen));
        table.row([say.code(list, &row.code, on), number(row.count), share, recovered]);
    }
    table
}

/// Money is not counted by channel.
fn channels(say: &Say, totals: &Totals, on: Option<CivilDate>) -> Table {
    let mut table = Table::new([left(say.text("head.item")), right(say.text("totals.cases")), right("%".to_owned())]);
    for row in &totals.by_channel {
        table.row([say.code("channel", &row.code, on), number(row.count), row.share.clone()]);
    }
    table
}

fn months(say: &Say, totals: &Totals) -> Table {
    let mut table = Table::new([
        left(say.text("totals.month")),
        right(say.text("totals.cases")),
        right(say.text("totals.recoveredShort")),
    ]);
    for row in &totals.by_month {
        table.row([row.month.clone(), number(row.complaints), money(row.recovered_fen)]);
    }
    table
}

fn offices(say: &Say, totals: &Totals) -> Table {
    let mut table = Table::new([
        left(say.text("head.code")),
        left(say.text("head.name")),
        right(say.text("totals.cases")),
        right(say.text("head.closed")),
        right(say.text("head.consultations")),
        right(say.text("totals.recoveredShort")),
    ]);
    for row in &totals.by_office {
        table.row([
            row.code.clone(),
            row.name.clone(),
            number(row.complaints),
            number(row.closed),
            number(row.consultations),
            money(row.recovered_fen),
        ]);
    }
    table.total([
        say.text("head.total"),
        String::new(),
        number(totals.complaints),
        number(totals.closed),
        number(totals.consultations),
        money(totals.recovered_fen),
    ]);
    table
}

fn activities(say: &Say, totals: &Totals, on: Option<CivilDate>) -> Table {
    let mut table = Table::new([
        left(say.text("totals.activity")),
        right(say.text("totals.times")),
        right(say.text("totals.people")),
        right(say.text("totals.materials")),
        right(say.text("head.units")),
        right(say.text("head.firms")),
    ]);
    for row in &totals.activities {
        table.row([
            say.code("activity", &row.kind, on),
            signed(row.count),
            signed(row.people),
            signed(row.materials),
            signed(row.units),
            signed(row.firms),
        ]);
    }
    table
}

/// A department has a row a year; here its years stand together.
fn departments(say: &Say, totals: &Totals) -> Table {
    let mut years: BTreeMap<&str, (i64, i64, i64)> = BTreeMap::new();
    for row in &totals.departments {
        let (first, last, sum) = years.entry(&row.department).or_insert((row.year, row.year, 0));
        (*first, *last) = (row.year.min(*first), row.year.max(*last));
        *sum = sum.saturating_add(row.complaints);
    }
    let mut table = Table::new([
        left(say.text("fields.department")),
        left(say.text("fields.year")),
        right(say.text("totals.cases")),
    ]);
    for (name, (first, last, sum)) in years {
        let span = if first == last { first.to_string() } else { format!("{first}–{last}") };
        table.row([name.to_owned(), span, signed(sum)]);
    }
    table.total([say.text("department.sum"), String::new(), number(totals.department_complaints)]);
    table
}

fn completeness(say: &Say, totals: &Totals) -> String {
    let complete = &totals.completeness;
    let (offices, reporting) = (number(complete.offices), number(complete.reporting));
    let mut named = complete.missing.iter().take(MISSING_NAMED).cloned().collect::<Vec<_>>();
    let comma = say.text("action.listComma");
    if complete.missing.len() > MISSING_NAMED {
        let names = [("names", &*named.join(&comma)), ("count", &*number(complete.missing.len() as u64))];
        named = vec![say.with("totals.andMore", &names)];
    }
    let params = [("offices", &*offices), ("reporting", &*reporting), ("missing", &*named.join(&comma))];
    let key = if complete.missing.is_empty() { "totals.complete" } else { "totals.incomplete" };
    let mut text = if complete.offices == 0 { String::new() } else { say.with(key, &params) + "\n" };
    if let Some(at) = &complete.oldest_bundle_at {
        text += &format!("{}\n", say.with("totals.oldest", &[("at", &minute(at))]));
    }
    text
}
