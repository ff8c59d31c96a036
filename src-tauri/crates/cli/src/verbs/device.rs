//! `redress device`: the computers of all offices, those that ask to be let in, and how far each is trusted.

use redress_app::contract::{
    AnswerJoin, JoinAnswered, JoinRequestView, OfficeDevices, PointView, Recorded, ReinstateDevice, RevokeDevice,
};
use redress_app::{AppError, Result};
use serde_json::json;

use crate::answer::Answer;
use crate::args::DeviceVerb;
use crate::desk::Desk;
use crate::table::{Table, left};

/// Does what is asked of the devices.
pub fn run(desk: &mut Desk, verb: DeviceVerb) -> Result<Answer> {
    desk.open()?;
    match verb {
        DeviceVerb::List => list(desk),
        DeviceVerb::Admit(args) => answer(desk, &args.code, true),
        DeviceVerb::Refuse(args) => answer(desk, &args.code, false),
        DeviceVerb::Revoke(args) => {
            let point = args.epoch.zip(args.upto).map(|(epoch, seq)| PointView { epoch, seq });
            let input = RevokeDevice { device: args.device, reason: args.reason, point };
            let revoked: Recorded = desk.call("device.revoke", input)?;
            Answer::new(&revoked, format!("{}\n", desk.say.text("line.device_revoked")))
        }
        DeviceVerb::Reinstate(args) => {
            let input = ReinstateDevice { device: args.device, reason: args.reason };
            let trusted: Recorded = desk.call("device.reinstate", input)?;
            Answer::new(&trusted, format!("{}\n", desk.say.text("line.device_trusted")))
        }
    }
}

fn list(desk: &mut Desk) -> Result<Answer> {
    let offices: Vec<OfficeDevices> = desk.call("device.list", json!({}))?;
    let asking: Vec<JoinRequestView> = desk.call("join.list", json!({}))?;
    let say = &desk.say;
    let mut table = Table::new([
        left(say.text("head.office")),
        left(say.text("head.device")),
        left(say.text("head.label")),
        left(say.text("head.state")),
    ]);
    for office in &offices {
        for device in &office.devices {
            let state = match &device.revoked {
                Some(revoked) => say.with("line.revoked_since", &[("at", &revoked.at), ("reason", &revoked.reason)]),
                None => device.last_bundle_at.clone().unwrap_or_default(),
            };
            table.row([office.name.clone(), device.id.clone(), device.label.clone(), state]);
        }
    }
    let mut text = table.render();
    for request in &asking {
        let words = [("office", request.office_name.as_str()), ("code", request.compare_code.as_str())];
        text += &format!("{}\n", say.with("line.asks_to_join", &words));
    }
    Answer::new(&json!({"offices": offices, "asking": asking}), text)
}

/// Answers the request that shows this code.
fn answer(desk: &mut Desk, code: &str, admit: bool) -> Result<Answer> {
    let asking: Vec<JoinRequestView> = desk.call("join.list", json!({}))?;
    let request = asking.into_iter().find(|request| request.compare_code == code.trim());
    let request = request.ok_or_else(|| AppError::new("request_gone"))?;
    let form = AnswerJoin { device: request.device, compare_code: Some(request.compare_code), admit };
    let answered: JoinAnswered = desk.call("join.answer", form)?;
    let key = if admit { "line.device_admitted" } else { "line.device_refused" };
    Answer::new(&answered, format!("{}\n", desk.say.text(key)))
}
