//! `redress status`: whose store it is, what there is to do, what is still to be carried; at the county, every office.

use redress_app::contract::{AppState, Home, OfficeBoardRow, OfficeView};
use redress_app::{AppError, Result};
use redress_domain::case_no::OfficeKind;
use serde_json::json;

use crate::answer::Answer;
use crate::desk::Desk;
use crate::say::{Say, minute, money, number};
use crate::table::{Table, facts, left, right};

/// Tells how things stand.
pub fn run(desk: &mut Desk) -> Result<Answer> {
    if desk.named_store()?.is_none() {
        let state = desk.state()?;
        if state.stores.is_empty() {
            let text = format!("{}\n{}\n", desk.say.text("errors.store_none"), desk.say.text("advice.store_none"));
            return Answer::new(&json!({ "state": state, "home": null, "offices": null }), text);
        }
    }
    let state = desk.open()?;
    let home: Home = desk.call("home.today", json!({}))?;
    let at_county = state.office.as_ref().is_some_and(|office| office.kind == OfficeKind::County);
    let offices: Option<Vec<OfficeBoardRow>> =
        if at_county { Some(desk.call("office.list", json!({}))?) } else { None };
    let mut text = office_lines(desk, &state)? + "\n" + &home_lines(&desk.say, &home) + &clock_line(&desk.say, &state);
    if let Some(offices) = offices.as_ref().filter(|offices| !offices.is_empty()) {
        text += &format!("\n{}\n{}", desk.say.text("office.title"), board(&desk.say, offices));
    }
    Answer::new(&json!({ "state": state, "home": home, "offices": offices }), text)
}

/// Whose store it is.
pub fn office_lines(desk: &Desk, state: &AppState) -> Result<String> {
    let say = &desk.say;
    let Some((office, operator)) = state.office.as_ref().zip(state.operator.as_ref()) else {
        return Err(AppError::new("not_signed_in"));
    };
    let kind = say.code("officeKind", office.kind.as_str(), None);
    let role = serde_json::to_value(operator.role).map_err(AppError::internal)?;
    let role = say.code("role", role.as_str().unwrap_or_default(), None);
    Ok(facts([
        (say.text("head.office"), format!("{} · {kind} {}-{}", office.name, office.area_code, office.code)),
        (say.text("head.operator"), format!("{} · {role}", operator.name)),
        (say.text("head.store"), desk.named_store()?.unwrap_or_else(|| store_of(state, office))),
    ]))
}

/// Without `--store`: the store of this office in the user's folder.
fn store_of(state: &AppState, office: &OfficeView) -> String {
    let own = state.stores.iter().find(|store| store.office_name == office.name);
    own.map_or_else(|| state.data_dir.clone(), |store| store.dir.clone())
}

fn home_lines(say: &Say, home: &Home) -> String {
    let carried = match &home.unconfirmed_since {
        Some(since) => format!("{} · {}", number(home.unconfirmed), say.with("line.since", &[("at", &minute(since))])),
        None => number(home.unconfirmed),
    };
    let day = |day: &Option<String>| day.as_deref().map_or_else(|| "—".to_owned(), minute);
    let mut text = facts([
        (say.text("head.today"), home.today.clone()),
        (say.text("home.open"), number(home.open)),
        (say.text("home.overdue"), number(home.overdue)),
        (say.text("home.soon"), number(home.due_soon)),
        (say.text("head.decisions"), number(home.decisions)),
        (say.text("head.month_complaints"), number(home.month.complaints)),
        (say.text("head.month_consultations"), number(home.month.consultations)),
        (say.text("head.month_recovered"), money(home.month.recovered_fen)),
        (say.text("head.unconfirmed"), carried),
        (say.text("head.carry_by"), day(&home.carry_by)),
        (say.text("head.last_export"), day(&home.last_export)),
    ]);
    if home.waiting + home.quarantined > 0 {
        let held = [("waiting", &*number(home.waiting)), ("quarantined", &*number(home.quarantined))];
        text += &format!("{}\n", say.with("home.held", &held));
    }
    if home.attachments_missing > 0 {
        text += &format!("{}\n", say.counted("home.photosMissing", home.attachments_missing));
    }
    text
}

/// What is to be said of a clock that cannot be believed.
fn clock_line(say: &Say, state: &AppState) -> String {
    let Some(clock) = state.clock else { return String::new() };
    let shows = clock.shows.to_string();
    let words = match clock.reckons {
        Some(day) => say.with("clock.reckons", &[("day", &day.to_string()), ("shows", &shows)]),
        None => say.with("clock.doubtful", &[("shows", &shows)]),
    };
    words + "\n"
}

fn board(say: &Say, offices: &[OfficeBoardRow]) -> String {
    let mut table = Table::new([
        left(say.text("head.code")),
        left(say.text("head.name")),
        right(say.text("totals.cases")),
        right(say.text("home.overdue")),
        right(say.text("office.unconfirmed")),
        left(say.text("office.lastBundle")),
    ]);
    for office in offices {
        let last = match (office.last_bundle, &office.last_bundle_at) {
            _ if office.kind == OfficeKind::County => "—".to_owned(),
            (Some(bundle), at) => {
                let number = say.with("office.bundleNumber", &[("number", &bundle.to_string())]);
                at.as_deref().map(minute).into_iter().chain([number]).collect::<Vec<_>>().join(" · ")
            }
            (None, _) if office.joined => say.text("office.noBundle"),
            (None, _) => say.text("office.invited"),
        };
        table.row([
            office.code.clone(),
            office.name.clone(),
            number(office.complaints),
            number(office.overdue),
            number(office.unconfirmed),
            last,
        ]);
    }
    table.render()
}
