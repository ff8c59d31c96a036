//! `redress check` and `redress rebuild`: computes everything again from the journal, and compares or replaces.

use redress_app::Result;
use redress_app::contract::CheckReport;
use serde_json::json;

use crate::Exit;
use crate::answer::Answer;
use crate::desk::Desk;
use crate::say::{number, plain};

/// Runs `command`, which is one of the two.
pub fn run(desk: &mut Desk, command: &str) -> Result<Answer> {
    desk.open()?;
    let report: CheckReport = desk.call(command, json!({}))?;
    let key = match (report.ok, command) {
        (true, "rebuild") => "line.rebuilt",
        (true, _) => "settings.checkGood",
        (false, _) => "settings.checkBad",
    };
    let (entries, records) = (number(report.entries), number(report.records));
    let mut text = desk.say.with(key, &[("entries", &entries), ("records", &records)]) + "\n";
    for difference in &report.differences {
        text += &format!("  {}\n", plain(difference));
    }
    for broken in &report.chains_broken {
        let (from, upto) = (number(broken.from), number(broken.upto));
        let told = [("office", broken.office_name.as_str()), ("from", &from), ("upto", &upto)];
        text += &format!("  {}\n", plain(&desk.say.with("settings.edited", &told)));
    }
    if let Some(from) = report.views_broken {
        text += &format!("  {}\n", plain(&desk.say.with("settings.viewsEdited", &[("from", &number(from))])));
    }
    if report.attachments_broken > 0 {
        text += &format!("  {}\n", desk.say.counted("settings.attachmentsBroken", report.attachments_broken));
    }
    let exit = if report.ok { Exit::Ok } else { Exit::Differs };
    Ok(Answer::new(&report, text)?.ending(exit))
}
