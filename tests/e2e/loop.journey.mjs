// The program's main job, through the real window: a county sets up and invites, a station joins, registers, mediates,
// recovers and exports, and the county merges what was carried. Each office has a data folder of its own, as if on its
// own PC; the only thing they share is the folder that stands for the stick.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import {
  carryTo,
  COUNTY,
  COUNTY_CLERK,
  folders,
  inWindow,
  mergeFrom,
  newPassphrase,
  openComplaint,
  register,
  signIn,
  STATION,
  STATION_CLERK,
  submitDialog,
  takeNextStep,
  waitForStatus,
} from "./office.mjs";

const RECOVERED_FEN = 128_050;
const RECOVERED_YUAN = "1280.50";
const MISTAKEN_FEN = 20_000;
const MISTAKEN_YUAN = "200";

describe("a complaint's way from the station to the county's totals", { timeout: 300_000 }, () => {
  let places;
  const known = {};

  before(async () => {
    places = await folders("county", "station", "stick");
  });
  after(() => places.remove());

  it("a county office is set up and invites a station", () =>
    inWindow("loop-1-county", places.county, async (window) => {
      await window.see("first-county");
      await window.picture("first-screen");
      await window.click("language-en");
      await window.picture("first-screen-en");
      await window.click("language-zh-CN");
      await window.click("first-county");
      await window.write("county-name", COUNTY);
      await window.write("county-area", "370321");
      await window.write("operator-name", COUNTY_CLERK);
      await newPassphrase(window);
      await window.picture("set-up");
      await window.click("submit");
      await window.see("home-empty");
      await window.picture("home-empty");
      await window.click("nav-offices");
      await window.picture("no-offices");
      await window.click("office-invite");
      await window.click("field-kind-station");
      await window.write("field-code", "0107");
      await window.write("field-name", STATION);
      await window.write("field-out", places.stick);
      await window.picture("invite");
      await window.click("dialog-submit");
      known.compareCode = await window.text("compare-code");
      await window.picture("invited");
      const [invitation] = await readdir(places.stick);
      assert.equal(await window.text("invite-path"), `${places.stick}/${invitation}`);
      known.invitation = `${places.stick}/${invitation}`;
    }));

  it("the station joins with the invitation and sees the same code to compare", () =>
    inWindow("loop-2-station", places.station, async (window) => {
      await window.click("first-join");
      await window.write("field-invitation", known.invitation);
      await window.click("invitation-read");
      assert.equal(await window.text("compare-code"), known.compareCode);
      await window.picture("invitation");
      await window.write("operator-name", STATION_CLERK);
      await newPassphrase(window);
      await window.click("submit");
      assert.equal(await window.text("office-name"), STATION);
      await window.see("home-empty");
      await window.picture("home-empty");
    }));

  it("the station registers, accepts, mediates and recovers a loss, and takes a wrong entry back", () =>
    inWindow("loop-3-station", places.station, async (window) => {
      await signIn(window);
      await register(window, { dispute: RECOVERED_YUAN });
      known.number = await window.text("complaint-number");
      assert.match(known.number, /^370321-0107-\d{4}-0001-[0-9A-Z]$/);
      await waitForStatus(window, "registered");
      await window.picture("registered");
      await mediate(window);
      assert.equal(await window.figure("ledger-total"), `${RECOVERED_FEN}`);
      await window.picture("performed");
      await takeBackAMistake(window);
      await window.waitForFigure("ledger-total", RECOVERED_FEN);
      await window.picture("ledger-after-reversal");
      await window.click("nav-home");
      await window.see("home-task-0");
      await window.picture("home");
    }));

  it("the station answers a consultation and exports everything, safe to remove", () =>
    inWindow("loop-4-station", places.station, async (window) => {
      await signIn(window);
      await window.click("nav-consult");
      await window.click("consult-new");
      await window.write("field-content", "网购的衣服拆了吊牌还能不能七天无理由退货？");
      await window.write("field-answer", "商品完好的可以退；吊牌影响二次销售的，先与商家协商。");
      await window.click("field-topic-CT01");
      await window.write("field-asker_name", "来电居民丁");
      await window.write("field-asker_phone", "19900000002");
      await window.picture("consultation");
      await window.click("save");
      await window.see("consult-row-0");
      await window.picture("consultations");
      await carryTo(window, places.stick);
      assert.match(await window.text("carry-code"), /\d/);
      await window.picture("safe-to-remove");
      assert.equal((await readdir(places.stick)).filter((name) => name.endsWith(".redress")).length, 1);
    }));

  it("the county merges the stick, its totals show the case to the fen, and a second merge adds nothing", () =>
    inWindow("loop-5-county", places.county, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.stick);
      assert.equal(await window.figure("merge-new-complaints"), "1");
      assert.equal(await window.attribute("merge-row-0", "data-outcome"), "merged");
      await window.picture("merged");
      await seeTotals(window);
      await window.picture("totals");
      await window.click("nav-offices");
      await window.see("office-row-0");
      await window.picture("offices");
      await openComplaint(window);
      assert.equal(await window.text("complaint-number"), known.number);
      assert.equal(await window.figure("ledger-total"), `${RECOVERED_FEN}`);
      await window.picture("complaint");

      await mergeFrom(window, places.stick);
      assert.equal(await window.figure("merge-new-complaints"), "0");
      assert.equal(await window.attribute("merge-row-0", "data-outcome"), "already_merged");
      await window.picture("nothing-new");
      await seeTotals(window);
    }));
});

async function mediate(window) {
  await takeNextStep(window);
  await waitForStatus(window, "accepted");
  await takeNextStep(window, async () => {
    await window.click("field-outcome-agreed");
    await window.write("field-place", "联络站调解室");
    await window.picture("mediation");
  });
  await window.picture("after-mediation");
  await takeNextStep(window, async () => {
    await window.click("field-agreement_form-AF01");
    await window.click("field-performance-PF01");
    await window.write("field-agreed", RECOVERED_YUAN);
    await window.click("with-loss");
    await window.write("loss-amount", RECOVERED_YUAN);
    await window.write("loss-evidence", "转账回单");
    await window.picture("agreement-with-recovered-loss");
  });
  await waitForStatus(window, "performed");
}

async function takeBackAMistake(window) {
  await window.click("ledger-add");
  await window.write("loss-amount", MISTAKEN_YUAN);
  await window.write("loss-evidence", "现金收条");
  await window.picture("recovered-loss");
  await window.click("dialog-submit");
  // Together that is more than the dispute is about: the program asks first.
  await window.see("loss-asks");
  await window.click("dialog-submit");
  await window.waitForFigure("ledger-total", RECOVERED_FEN + MISTAKEN_FEN);
  await window.click("ledger-reverse-1");
  await window.write("field-reason", "收条是另一件投诉的，记错了。");
  await window.picture("reversal");
  await submitDialog(window, "reverse-dialog");
}

async function seeTotals(window) {
  await window.click("nav-totals");
  assert.equal(await window.figure("totals-complaints"), "1");
  assert.equal(await window.figure("totals-consultations"), "1");
  assert.equal(await window.figure("totals-recovered"), `${RECOVERED_FEN}`);
}
