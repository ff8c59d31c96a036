//! What people type: complaints, amendments, steps, losses, evidence, withdrawals, decisions, links, businesses, transfers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::Simulation;
use crate::Typed;
use crate::pictures::{document_of, photo};

/// A photo of a few points is a photo.
const TINY: (u32, u32) = (8, 6);

/// Something that somebody does at a PC.
type Deed = fn(&mut Simulation, usize);

impl Simulation {
    pub(super) fn somebody_types(&mut self) {
        let actor = self.some_actor();
        let deeds: [(usize, Deed); 13] = [
            (10, Self::registers),
            (8, Self::amends),
            (6, Self::takes_a_step),
            (4, Self::recovers),
            (2, Self::reverses),
            (4, Self::works_on_evidence),
            (2, Self::withdraws),
            (3, Self::consults),
            (4, Self::settles),
            (2, Self::compares),
            (2, Self::hands_over),
            (2, Self::merges_businesses),
            (1, Self::forces),
        ];
        let deed = self.chance.weighted(&deeds);
        deed(self, actor);
    }

    fn registers(&mut self, actor: usize) {
        let goods = self.text("货物");
        let consumer = format!("王{}", self.chance.below(4));
        let form = Typed { received_on: "2026-11-02", consumer: &consumer, goods: &goods }.form();
        if let Some(output) = self.ask(actor, "complaint.register", json!(form)) {
            let id = output["id"].as_str().expect("a complaint has an id").to_owned();
            let office = self.actors[actor].office;
            self.offices[office].complaints.push(id);
        }
    }

    /// A complaint that this PC may know: of its office; at the county of any.
    pub(super) fn some_complaint(&mut self, actor: usize) -> Option<String> {
        let office = match self.actors[actor].office {
            0 => self.chance.below(self.offices.len()),
            own => own,
        };
        self.chance.pick(&self.offices[office].complaints.clone()).cloned()
    }

    fn page(&mut self, actor: usize) -> Option<Value> {
        let id = self.some_complaint(actor)?;
        self.ask(actor, "complaint.get", json!({"id": id}))
    }

    fn amends(&mut self, actor: usize) {
        let Some(page) = self.page(actor) else { return };
        let field = *self.chance.pick(&["facts", "request", "goods_brand", "respondent_name"]).expect("four fields");
        let mut input = page["input"].clone();
        input[field] = if self.chance.once_in(4) { json!("同样的话") } else { json!(self.text("改")) };
        self.ask(actor, "complaint.amend", json!({"id": page["id"], "seen": page["heads"], "input": input}));
    }

    fn takes_a_step(&mut self, actor: usize) {
        let Some(page) = self.page(actor) else { return };
        let kind = *self
            .chance
            .pick(&["accepted", "mediation", "agreement", "settled", "withdrawn", "archived"])
            .expect("some");
        let mut form = json!({"complaint": page["id"], "kind": kind, "on": "2026-11-05", "note": self.text("步骤")});
        if kind == "mediation" {
            form["outcome"] = json!("agreed");
        }
        if kind == "agreement" {
            form["agreement_form"] = json!("AF01");
            form["performance"] = json!("PF01");
        }
        self.ask(actor, "step.record", form);
    }

    fn recovers(&mut self, actor: usize) {
        let Some(page) = self.page(actor) else { return };
        let yuan = format!("{}.{:02}", 1 + self.chance.below(900), self.chance.below(100));
        let form = json!({"complaint": page["id"], "kind": "recovered", "route": "station_mediation", "amount": yuan, "on": "2026-11-06"});
        self.ask(actor, "loss.record", form);
    }

    fn reverses(&mut self, actor: usize) {
        let Some(page) = self.page(actor) else { return };
        let Some(loss) = page["ledger"].get(0).map(|line| line["id"].clone()) else { return };
        let reason = self.text("冲销");
        self.ask(
            actor,
            "loss.reverse",
            json!({"loss": loss, "on": "2026-11-07", "reason": reason, "replacement": null}),
        );
    }

    /// Puts a small paper or photo into the file of a case, or takes one out, brings it back, says what it shows.
    fn works_on_evidence(&mut self, actor: usize) {
        let Some(page) = self.page(actor) else { return };
        let reason = self.text("材料");
        let one_of = |list: &Value, at: usize| {
            list.as_array().filter(|all| !all.is_empty()).map(|all| all[at % all.len()].clone())
        };
        let at = self.chance.below(5);
        let (here, taken) = (one_of(&page["evidence"], at), one_of(&page["evidence_withdrawn"], at));
        match (self.chance.below(8), here, taken) {
            (0, Some(item), _) => {
                self.ask(
                    actor,
                    "evidence.withdraw",
                    json!({"id": item["id"], "seen": item["heads"], "reason": reason}),
                );
            }
            (1 | 2, _, Some(item)) => {
                self.ask(actor, "evidence.restore", json!({"id": item["id"], "seen": item["heads"], "reason": reason}));
            }
            (3, Some(item), _) => {
                let form = json!({"id": item["id"], "seen": item["heads"], "note": reason, "taken_on": "2026-11-02"});
                self.ask(actor, "evidence.amend", form);
            }
            _ => self.adds_evidence(actor, &page["id"]),
        }
    }

    /// Now and then two cases have the same paper.
    fn adds_evidence(&mut self, actor: usize, complaint: &Value) {
        let (name, bytes) = match self.chance.below(5) {
            0 => ("收据.jpg", photo(self.typed, TINY)),
            1 => ("通知.pdf", document_of("同一份通知")),
            _ => ("收条.pdf", document_of(&self.text("收条"))),
        };
        let about = json!({"complaint": complaint, "name": name, "note": "", "taken_on": ""});
        self.ask(actor, "evidence.add", json!({"about": about, "content": STANDARD.encode(bytes)}));
    }

    fn withdraws(&mut self, actor: usize) {
        let Some(page) = self.page(actor) else { return };
        let command = if page["withdrawn"].is_null() { "record.withdraw" } else { "record.restore" };
        let reason = self.text("撤下");
        self.ask(actor, command, json!({"id": page["id"], "seen": page["heads"], "reason": reason}));
    }

    fn consults(&mut self, actor: usize) {
        let content = self.text("问");
        let form = json!({"asked_on": "2026-11-03", "way": "CW02", "topic": "CT02", "content": content});
        self.ask(actor, "consultation.register", form);
    }

    /// Decides the first thing in the list that a person can decide.
    fn settles(&mut self, actor: usize) {
        let Some(list) = self.ask(actor, "decision.list", json!({})) else { return };
        let decisions = list.as_array().cloned().unwrap_or_default();
        let Some(decision) = self.chance.pick(&decisions).cloned() else { return };
        let seen = decision["heads"].clone();
        let reason = self.text("决定");
        let record = decision["record"].clone();
        match decision["kind"].as_str().unwrap_or_default() {
            "conflict" => {
                let conflict = &decision["conflict"];
                let versions = conflict["versions"].as_array().cloned().unwrap_or_default();
                let Some(kept) = self.chance.pick(&versions) else { return };
                let settled = json!({"record": conflict["record"], "field": conflict["field"], "entry": kept["entry"], "seen": seen});
                self.ask(actor, "decision.settle", settled);
            }
            "withdrawn_and_edited" => {
                let command = if self.chance.once_in(2) { "record.withdraw" } else { "record.restore" };
                self.ask(actor, command, json!({"id": record, "seen": seen, "reason": reason}));
            }
            "contradiction" => {
                let step = decision["steps"][0].clone();
                self.ask(
                    actor,
                    "record.withdraw",
                    json!({"id": step["record"], "seen": step["heads"], "reason": reason}),
                );
            }
            "same_matter" => {
                let same = self.chance.once_in(2);
                let link = json!({"a": record, "b": decision["other"]["id"], "same": same, "reason": reason});
                self.ask(actor, "link.record", link);
            }
            "addition" | "fork" | "late_edit" => {
                self.ask(actor, "record.review", json!({"id": record, "seen": []}));
            }
            _ => {}
        }
    }

    fn compares(&mut self, actor: usize) {
        let (Some(a), Some(b)) = (self.some_complaint(actor), self.some_complaint(actor)) else { return };
        let (same, reason) = (!self.chance.once_in(4), self.text("比较"));
        self.ask(actor, "link.record", json!({"a": a, "b": b, "same": same, "reason": reason}));
    }

    fn hands_over(&mut self, actor: usize) {
        let transfers = self.ask(actor, "transfer.list", json!({})).unwrap_or_default();
        let open: Vec<Value> =
            transfers.as_array().into_iter().flatten().filter(|it| it["state"] == "offered").cloned().collect();
        if let Some(transfer) = self.chance.pick(&open).cloned() {
            let (accept, note) = (!self.chance.once_in(3), self.text("答复"));
            if transfer["can_answer"] == true {
                self.ask(
                    actor,
                    "transfer.answer",
                    json!({"id": transfer["id"], "accept": accept, "note": note, "seen": []}),
                );
            } else if transfer["can_take_back"] == true {
                self.ask(actor, "transfer.take_back", json!({"id": transfer["id"], "reason": note, "seen": []}));
            }
            return;
        }
        let board = self.ask(actor, "office.list", json!({})).unwrap_or_default();
        let rows = board.as_array().cloned().unwrap_or_default();
        let (Some(to), Some(complaint)) = (self.chance.pick(&rows).cloned(), self.some_complaint(actor)) else {
            return;
        };
        let note = self.text("移交");
        self.ask(actor, "transfer.offer", json!({"complaint": complaint, "to": to["id"], "note": note}));
    }

    fn merges_businesses(&mut self, actor: usize) {
        let query = json!({"text": "", "limit": 100});
        let rows =
            self.ask(actor, "business.list", query).and_then(|rows| rows.as_array().cloned()).unwrap_or_default();
        if rows.len() < 3 || self.chance.once_in(3) {
            let form = json!({
                "id": null, "seen": [], "name": self.text("商家"), "uscc": "", "kind": "", "phone": "", "address": "", "aliases": [],
            });
            self.ask(actor, "business.record", form);
            return;
        }
        let (loser, survivor) = (self.chance.pick(&rows).cloned(), self.chance.pick(&rows).cloned());
        let (Some(loser), Some(survivor)) = (loser, survivor) else { return };
        let reason = self.text("并入");
        if loser["merged"].get(0).is_some() && self.chance.once_in(2) {
            let merged = loser["merged"][0].clone();
            self.ask(actor, "business.unmerge", json!({"id": merged["id"], "reason": reason, "seen": []}));
        } else {
            let merger = json!({"loser": loser["id"], "survivor": survivor["id"], "reason": reason, "seen": []});
            self.ask(actor, "business.merge", merger);
        }
    }

    fn forces(&mut self, actor: usize) {
        let aside = self.ask(actor, "aside.list", json!({})).unwrap_or_default();
        let forced = aside["waiting"].as_array().into_iter().flatten().find(|item| item["can_force"] == true).cloned();
        if let Some(item) = forced {
            let reason = self.text("强制");
            self.ask(actor, "waiting.force", json!({"entry": item["entry"], "reason": reason}));
        }
    }
}
