//! The table of roles and commands, cell by cell, asked at the one door that every command goes through.

use std::collections::BTreeSet;

use redress_app::contract::NAMES;
use redress_tests::{PASSPHRASE, World};
use serde_json::{Value, json};

const ROLES: [&str; 4] = ["clerk", "mediator", "supervisor", "reader"];

/// Whom each command answers: `c`lerk, `m`ediator, `s`upervisor, `r`eader; `-` is refused, `door` needs nobody signed in.
const TABLE: &str = "
    app.state               door
    codes.list              door
    county.create           door
    office.join             door
    invitation.read         door
    store.open              door
    store.lock              door
    sample.create           door
    access.ways             door
    access.by_card          door
    access.by_county        door
    recovery.request        door
    backup.find             door
    backup.restore          door
    backup.rescue           door
    bundle.inspect          door
    bundle.verify           door
    deadline.compute        door
    number.check            door
    home.today              cmsr
    office.list             cmsr
    complaint.list          cmsr
    complaint.get           cmsr
    consultation.list       cmsr
    consultation.get        cmsr
    pack.list               cmsr
    business.list           cmsr
    business.get            cmsr
    activity.list           cmsr
    activity.get            cmsr
    volunteer.list          cmsr
    transfer.list           cmsr
    decision.list           cmsr
    import.list             cmsr
    aside.list              cmsr
    carry.places            cmsr
    report.totals           cmsr
    search                  cmsr
    check                   cmsr
    operator.list           cmsr
    passphrase.change       cmsr
    settings.get            cmsr
    device.list             cmsr
    join.list               cmsr
    key.list                cmsr
    backup.make             cms-
    backup.prove            cms-
    form.check              cmsr
    complaint.similar       cms-
    clock.confirm           cms-
    draft.put               cms-
    draft.get               cms-
    draft.drop              cms-
    complaint.register      cms-
    complaint.amend         cms-
    complaint.reveal        cms-
    consultation.reveal     cms-
    phone.reveal            cms-
    evidence.add            cms-
    evidence.get            cms-
    evidence.save           cms-
    evidence.amend          cms-
    evidence.withdraw       cms-
    evidence.restore        cms-
    step.record             cms-
    step.amend              cms-
    consultation.register   cms-
    business.record         cms-
    activity.record         cms-
    volunteer.record        cms-
    department.record       cms-
    bundle.scan             cms-
    bundle.export           cms-
    bundle.export_all       cms-
    bundle.merge            cms-
    rebuild                 cms-
    loss.record             -ms-
    loss.reverse            -ms-
    record.withdraw         -ms-
    record.restore          -ms-
    record.review           -ms-
    link.record             -ms-
    transfer.offer          -ms-
    transfer.answer         -ms-
    transfer.take_back      -ms-
    business.merge          -ms-
    business.unmerge        -ms-
    decision.settle         -ms-
    office.invite           --s-
    device.settle           --s-
    import.undo             --s-
    import.redo             --s-
    waiting.force           --s-
    device.revoke           --s-
    device.reinstate        --s-
    device.label            --s-
    join.answer             --s-
    office.amend            --s-
    office.close            --s-
    office.reopen           --s-
    key.export_audit        --s-
    county.rotate_key       --s-
    escrow.create           --s-
    escrow.restore          --s-
    person.find             --s-
    person.copy             --s-
    person.erase            --s-
    operator.add            --s-
    operator.amend          --s-
    operator.retire         --s-
    operator.reset          --s-
    settings.put            --s-
    pack.import             --s-
    card.make               --s-
    recovery.read           --s-
    recovery.answer         --s-
    view.list               --s-
";

fn rows() -> Vec<(&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.trim().split_once(' ')).map(|(name, who)| (name, who.trim())).collect()
}

#[test]
fn every_command_of_the_contract_stands_once_in_this_table() {
    let told: Vec<&str> = rows().iter().map(|(name, _)| *name).collect();
    let known: BTreeSet<&str> = NAMES.iter().copied().collect();
    let missing: Vec<_> = known.iter().filter(|name| !told.contains(name)).collect();
    let unknown: Vec<_> = told.iter().filter(|name| !known.contains(**name)).collect();
    assert!(missing.is_empty() && unknown.is_empty(), "missing: {missing:?}, unknown: {unknown:?}");
    assert_eq!(told.len(), known.len(), "each once");
}

/// No input fits, so that what is allowed is refused for that, and nothing else happens.
fn answer(desk: &mut redress_tests::Desk, command: &str) -> String {
    desk.refused(command, Value::Null)
}

#[test]
fn each_role_may_do_what_the_table_says_and_nothing_else() {
    let mut world = World::of(1, 801);
    let desk = &mut world.stations[0];
    for role in ROLES {
        let person = json!({"name": format!("{role}某"), "role": role, "passphrase": PASSPHRASE});
        desk.tell("operator.add", person);
    }
    for (column, role) in ROLES.iter().enumerate() {
        desk.sign_in(&format!("{role}某"), PASSPHRASE);
        for (command, who) in rows() {
            let allowed = who == "door" || who.as_bytes()[column] != b'-';
            let expected = if allowed { "bad_payload" } else { "role_forbidden" };
            assert_eq!(answer(desk, command), expected, "{role}: {command}");
            assert_eq!(redress_app::roles::may(redress_domain::record::Role::parse(role).unwrap(), command), allowed);
        }
        let permitted = desk.tell("app.state", json!({}))["may"].clone();
        let told: BTreeSet<&str> = permitted.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        let meant = rows().into_iter().filter(|(_, who)| *who == "door" || who.as_bytes()[column] != b'-');
        assert_eq!(told, meant.map(|(command, _)| command).collect(), "the window is told the same of {role}");
    }
}

/// Case 44: locked, no way to write or read exists.
#[test]
fn without_anybody_signed_in_only_the_door_answers() {
    let mut world = World::of(0, 802);
    world.county.lock();
    for (command, who) in rows() {
        let expected = if who == "door" { "bad_payload" } else { "not_signed_in" };
        assert_eq!(answer(&mut world.county, command), expected, "{command}");
    }
    assert_eq!(world.county.refused("no.such", json!({})), "unknown_command");
}
