// What a station holds about one person: told and agreed to at registration, copied for the person, corrected, and erased
// when its time is over or the person asks for it. Numbers, dates and sums stay, here and at the county.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { until } from "./driver.mjs";
import {
  commands,
  complaint,
  folders,
  inWindow,
  openComplaint,
  opening,
  register,
  seeError,
  seeWords,
  setUpOffices,
  signIn,
  submitDialog,
} from "./office.mjs";

const PERSON = "消费者丙";
const PHONE = "19900000001";
const RECOVERED_FEN = 128_050;

describe("one person's information", { timeout: 300_000 }, () => {
  let places;
  let stores;

  before(async () => {
    places = await folders("county", "station", "invitation", "up", "paper");
    stores = await setUpOffices(places.county, places.station, places.invitation);
    await oldClosedCase(places.station, stores.stationStore);
  });
  after(() => places.remove());

  it("is told of and agreed to when a complaint is registered", () =>
    inWindow("personal-1-station", places.station, async (window) => {
      await signIn(window);
      await window.click("nav-register");
      await window.click("fold-consent");
      await window.click("field-consent_notice");
      await window.show("privacy");
      await window.picture("notice");
      await register(window, { consumer: PERSON, dispute: "300" });
      await window.see("complaint-number");
    }));

  it("is found by telephone, copied whole, and saved", () =>
    inWindow("personal-2-station", places.station, async (window) => {
      await signIn(window);
      await openPerson(window);
      await window.write("field-text", "没有这个人");
      await window.click("person-find");
      await window.see("person-none");
      await window.picture("nobody");
      await find(window);
      await window.see("person-1");
      await window.picture("found");
      await window.click("person-copy");
      await seeWords(window, "person-sheet", PERSON, PHONE);
      await window.show("person-sheet");
      await window.picture("copy");
      await window.click("person-save");
      await window.write("field-out", places.paper);
      await window.click("person-write");
      await seeWords(window, "person-path", places.paper);
      const [file] = await readdir(places.paper);
      assert.match(await readFile(`${places.paper}/${file}`, "utf8"), new RegExp(PHONE));
    }));

  it("is corrected when the person says that it is wrong", () =>
    inWindow("personal-3-station", places.station, async (window) => {
      await signIn(window);
      await openComplaint(window);
      await window.click("amend");
      await window.write("field-consumer_name", "消费者炳");
      await window.click("save");
      await until("the new name stands there", async () => (await window.heading()).includes("消费者炳"));
      await window.picture("corrected");
    }));

  it("is not erased while a case is open or its time is not over; then it goes, and sums stay", () =>
    inWindow("personal-4-station", places.station, async (window) => {
      await signIn(window);
      await openPerson(window);
      await find(window);
      await window.click("person-erase");
      await window.write("field-reason", "本人来信要求");
      await window.picture("ask");
      await window.click("dialog-submit");
      await seeError(window, "case_open");
      await window.picture("still-open");
      await window.click("dialog-cancel");
      await window.click("person-0");
      await window.click("person-erase");
      await window.write("field-reason", "办结已满三年");
      await window.click("dialog-submit");
      await window.see("erased");
      await window.picture("erased");
      await window.click("dialog-close");
      await window.click("nav-complaints");
      await window.click("complaint-row-1");
      await window.see("complaint-number");
      assert.equal(await window.figure("ledger-total"), `${RECOVERED_FEN}`);
      assert.equal((await window.text("complaint-facts")).includes(PHONE), false);
      await window.see("erased-note");
      await window.picture("what-remains");
    }));
});

/** Finds the person by telephone. */
async function find(window) {
  await window.write("field-text", "199 0000 0001");
  await window.click("person-find");
  await window.see("person-found");
}

async function openPerson(window) {
  await window.click("nav-settings");
  await window.click("to-person");
}

/** A case that was closed so long ago that nothing of the person need be kept. */
async function oldClosedCase(home, store) {
  const [, { id }] = await commands(home, [
    opening(store),
    ["complaint.register", complaint({ received_on: "2022-03-01", consumer_address: "荷叶村三组" })],
  ]);
  const step = (kind, on, more) => ["step.record", { complaint: id, kind, on, ...more }];
  const loss = { kind: "recovered", route: "station_mediation", amount: "1280.50", on: "2022-03-10", evidence: "转账回单" };
  await commands(home, [
    opening(store),
    step("accepted", "2022-03-03"),
    step("mediation", "2022-03-08", { outcome: "agreed", note: `${PERSON}当场同意` }),
    step("agreement", "2022-03-10", { agreement_form: "AF01", performance: "PF01", loss }),
  ]);
}
