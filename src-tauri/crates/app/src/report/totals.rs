//! The totals of a period. All arithmetic is exact; shares are printed with their denominator: all complaints.

use std::collections::BTreeMap;

use redress_domain::record::StepKind;
use redress_domain::{CivilDate, FieldError, statistics};
use redress_store::query::totals::{Cells, PeriodSums, Scope, Sum};
use uuid::Uuid;

use crate::App;
use crate::contract::{
    ActivityRow, Completeness, CountRow, DepartmentTotals, Done, MoneyRow, MonthRow, OfficeTotals, PreviousTotals,
    Totals, TotalsQuery,
};
use crate::error::{AppError, Result};
use crate::session::{Session, parse_id};

/// `report.totals`.
pub(crate) fn totals(app: &mut App, query: TotalsQuery) -> Result<Done<Totals>> {
    let today = app.today()?;
    let session = app.session()?;
    let (from, to) = period(&query, today)?;
    let office = query.office.as_deref().filter(|office| !office.is_empty()).map(parse_id).transpose()?;
    Done::read(totals_of(session, &Scope { from, to, office })?)
}

fn period(query: &TotalsQuery, today: CivilDate) -> Result<(CivilDate, CivilDate)> {
    let mut wrong = Vec::new();
    let mut date = |field: &str, text: &str| match CivilDate::parse_typed(text, today) {
        Ok(date) => Some(date),
        Err(error) => {
            wrong.push(FieldError::new(field, error.code()));
            None
        }
    };
    match (date("from", &query.from), date("to", &query.to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        (Some(_), Some(_)) => Err(AppError::field("to", "date_before_start")),
        _ => Err(AppError::invalid(wrong)),
    }
}

/// The sum of all cells.
pub(crate) fn sum_of(cells: &Cells) -> Sum {
    cells.values().fold(Sum::default(), |all, cell| Sum { n: all.n + cell.n, fen: all.fen + cell.fen })
}

fn count(sum: Sum) -> u64 {
    u64::try_from(sum.n).unwrap_or(0)
}

/// The totals of a period and an office or all.
pub(crate) fn totals_of(session: &Session, scope: &Scope) -> Result<Totals> {
    let sums = session.store.period_sums(scope)?;
    let (from, to) = statistics::last_year(scope.from, scope.to);
    let before = session.store.period_sums(&Scope { from, to, office: scope.office })?;
    let complaints = count(sum_of(&sums.received));
    let closed = |step: StepKind| closed_as(&sums.closed, step);
    let departments = departments(session, scope)?;
    Ok(Totals {
        from: scope.from.to_string(),
        to: scope.to.to_string(),
        complaints,
        accepted: count(sum_of(&sums.accepted)),
        refused: closed(StepKind::Refused),
        closed: count(sum_of(&sums.closed)),
        agreed: closed(StepKind::Agreement),
        settled: closed(StepKind::Settled),
        terminated: closed(StepKind::Terminated),
        withdrawn: closed(StepKind::Withdrawn),
        consultations: count(sum_of(&sums.consultation)),
        consultation_persons: u64::try_from(sum_of(&sums.consultation).fen).unwrap_or(0),
        dispute_fen: sum_of(&sums.received).fen,
        recovered_fen: sum_of(&sums.recovered_office).fen,
        by_kind: money(&sums.recovered, |(kind, _)| kind),
        by_route: money(&only_recovered(&sums.recovered), |(_, route)| route),
        previous: PreviousTotals {
            complaints: count(sum_of(&before.received)),
            consultations: count(sum_of(&before.consultation)),
            recovered_fen: sum_of(&before.recovered_office).fen,
        },
        by_office: by_office(session, &sums)?,
        by_nature: by_code(&sums.class, &sums.recovered_class, |(nature, _)| nature.clone(), complaints),
        by_class: by_code(&sums.class, &sums.recovered_class, |(_, class)| major(class), complaints),
        by_channel: by_code(&sums.channel, &Cells::new(), |(channel, _)| channel.clone(), complaints),
        by_month: by_month(session, scope)?,
        department_complaints: departments.iter().map(|row| row.complaints.unsigned_abs()).sum(),
        departments,
        activities: activities(session, scope)?,
        completeness: completeness(session)?,
    })
}

fn closed_as(closed: &Cells, step: StepKind) -> u64 {
    closed.iter().filter(|((_, result), _)| result == step.as_str()).map(|(_, sum)| count(*sum)).sum()
}

fn only_recovered(cells: &Cells) -> Cells {
    let recovered = redress_domain::record::LossKind::Recovered.as_str();
    cells.iter().filter(|((kind, _), _)| kind == recovered).map(|(key, sum)| (key.clone(), *sum)).collect()
}

fn money(cells: &Cells, code: impl Fn(&(String, String)) -> &String) -> Vec<MoneyRow> {
    let mut rows: BTreeMap<&String, Sum> = BTreeMap::new();
    for (key, sum) in cells {
        let row = rows.entry(code(key)).or_default();
        *row = Sum { n: row.n + sum.n, fen: row.fen + sum.fen };
    }
    rows.into_iter().map(|(code, sum)| MoneyRow { code: code.clone(), count: sum.n, amount_fen: sum.fen }).collect()
}

/// A sub-class counts under its major class.
fn major(class: &str) -> String {
    class.split('-').next().unwrap_or(class).to_owned()
}

fn by_code(
    cells: &Cells,
    recovered: &Cells,
    code: impl Fn(&(String, String)) -> String,
    complaints: u64,
) -> Vec<CountRow> {
    let mut rows: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    for (key, sum) in cells {
        rows.entry(code(key)).or_default().0 += count(*sum);
    }
    for (key, sum) in recovered {
        rows.entry(code(key)).or_default().1 += sum.fen;
    }
    let mut rows: Vec<CountRow> = rows
        .into_iter()
        .map(|(code, (count, recovered_fen))| CountRow {
            code,
            count,
            share: statistics::percent(count, complaints),
            recovered_fen,
        })
        .collect();
    rows.sort_by(|one, two| (two.count, &one.code).cmp(&(one.count, &two.code)));
    rows
}

fn by_office(session: &Session, sums: &PeriodSums) -> Result<Vec<OfficeTotals>> {
    let numbers = session.store.office_numbers()?;
    let mut rows: BTreeMap<Uuid, OfficeTotals> = BTreeMap::new();
    for office in session.store.offices()? {
        let row = OfficeTotals {
            office: office.id.to_string(),
            code: office.code,
            name: office.name,
            ..OfficeTotals::default()
        };
        rows.insert(office.id, row);
    }
    let mut add = |cells: &Cells, put: fn(&mut OfficeTotals, Sum)| {
        for ((number, _), sum) in cells {
            if let Some(office) = numbers.get(number) {
                let row = rows
                    .entry(*office)
                    .or_insert_with(|| OfficeTotals { office: office.to_string(), ..OfficeTotals::default() });
                put(row, *sum);
            }
        }
    };
    add(&sums.received, |row, sum| row.complaints += count(sum));
    add(&sums.closed, |row, sum| row.closed += count(sum));
    add(&sums.consultation, |row, sum| row.consultations += count(sum));
    add(&sums.recovered_office, |row, sum| row.recovered_fen += sum.fen);
    let mut rows: Vec<OfficeTotals> = rows.into_values().collect();
    rows.sort_by(|one, two| (&one.code, &one.office).cmp(&(&two.code, &two.office)));
    Ok(rows)
}

fn by_month(session: &Session, scope: &Scope) -> Result<Vec<MonthRow>> {
    if scope.office.is_some() {
        return Ok(Vec::new());
    }
    let months = session.store.by_month(scope)?;
    let row = |(month, (received, recovered)): (i32, (Sum, Sum))| MonthRow {
        month: format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1),
        complaints: count(received),
        recovered_fen: recovered.fen,
    };
    Ok(months.into_iter().map(row).collect())
}

fn departments(session: &Session, scope: &Scope) -> Result<Vec<DepartmentTotals>> {
    let row = |row: redress_store::query::totals::DepartmentRow| DepartmentTotals {
        id: row.id.to_string(),
        department: row.department,
        year: row.year,
        complaints: row.complaints,
    };
    Ok(session.store.departments(scope)?.into_iter().map(row).collect())
}

fn activities(session: &Session, scope: &Scope) -> Result<Vec<ActivityRow>> {
    let mut rows: Vec<ActivityRow> = Vec::new();
    for sum in session.store.activities(scope)? {
        rows.push(ActivityRow {
            kind: sum.kind,
            count: sum.count,
            people: sum.people,
            materials: sum.materials,
            firms: sum.firms,
            units: sum.units,
        });
    }
    let order: Vec<String> = session.store.code_lists()?.codes("activity", scope.to).map(str::to_owned).collect();
    rows.sort_by_key(|row| order.iter().position(|code| *code == row.kind));
    Ok(rows)
}

/// Which offices the numbers stand on.
fn completeness(session: &Session) -> Result<Completeness> {
    let (mut reporting, mut missing, mut oldest) = (0, Vec::new(), None::<String>);
    let offices: Vec<_> =
        session.store.offices()?.into_iter().filter(|office| office.id != session.office_id()).collect();
    for office in &offices {
        match session.store.last_import(&office.id)? {
            Some(import) => {
                reporting += 1;
                oldest = Some(oldest.map_or(import.created_at.clone(), |known| known.min(import.created_at)));
            }
            None => missing.push(office.name.clone()),
        }
    }
    let own = 1;
    if !session.is_county() {
        return Ok(Completeness { offices: own, reporting: own, missing: Vec::new(), oldest_bundle_at: None });
    }
    Ok(Completeness {
        offices: offices.len() as u64 + own,
        reporting: reporting + own,
        missing,
        oldest_bundle_at: oldest,
    })
}
