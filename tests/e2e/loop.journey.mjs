// The program's main job, through the real window: a county sets up and invites, a station joins, registers, mediates,
// recovers and exports, and the county merges what was carried. Each office has a data folder of its own, as if on its
// own PC; the only thing they share is the folder that stands for the stick.

import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { temporaryFolder, until, Window } from "./driver.mjs";

const PASSPHRASE = "荷塘 lotus 1987 breeze";
const RECOVERED_FEN = 128_050;
const RECOVERED_YUAN = "1280.50";

/** Runs one office's window for a part of the journey; a picture is kept when it fails. */
async function inWindow(part, home, walk) {
  const window = await Window.open(part, home);
  try {
    await walk(window);
  } catch (error) {
    await window.picture("failed").catch(() => undefined);
    throw error;
  } finally {
    await window.close();
  }
}

async function signInAs(window) {
  await window.write("passphrase", PASSPHRASE);
  await window.click("submit");
  await window.see("nav-home");
}

async function newPassphrase(window) {
  await window.write("passphrase", PASSPHRASE);
  await window.write("passphrase-again", PASSPHRASE);
}

async function waitForStatus(window, status) {
  await until(`the complaint is ${status}`, async () => {
    await window.see("complaint-status");
    return (await window.attribute("complaint-status", "data-status")) === status;
  });
}

async function takeNextStep(window, fill) {
  await window.click("next-step");
  await window.see("step-dialog");
  await fill();
  await window.click("dialog-submit");
  await until("the step is written down", async () => !(await window.has("step-dialog")));
}

describe("a complaint's way from the station to the county's totals", { timeout: 300_000 }, () => {
  const places = {};
  const known = {};

  before(async () => {
    for (const name of ["county", "station", "stick"]) places[name] = await temporaryFolder(name);
  });
  after(async () => {
    for (const folder of Object.values(places)) await rm(folder, { recursive: true, force: true });
  });

  it("a county office is set up and invites a station", () =>
    inWindow("1-county", places.county, async (window) => {
      await window.see("first-county");
      await window.picture("first-screen");
      await window.click("first-county");
      await window.write("county-name", "桓台县消费者权益保护委员会");
      await window.write("county-area", "370321");
      await window.write("operator-name", "县办甲");
      await newPassphrase(window);
      await window.picture("set-up");
      await window.click("submit");
      await window.see("nav-offices");
      await window.picture("home-empty");
      await window.click("nav-offices");
      await window.click("office-invite");
      await window.click("field-kind-station");
      await window.write("field-code", "0107");
      await window.write("field-name", "荷叶村消费维权联络站");
      await window.write("field-out", places.stick);
      await window.click("dialog-submit");
      await window.see("invite-done");
      known.compareCode = await window.text("compare-code");
      await window.picture("invited");
      const [invitation] = await readdir(places.stick);
      assert.ok(invitation, "the invitation lies on the stick");
      known.invitation = `${places.stick}/${invitation}`;
    }));

  it("the station joins with the invitation and sees the same code to compare", () =>
    inWindow("2-station", places.station, async (window) => {
      await window.click("first-join");
      await window.write("field-invitation", known.invitation);
      await window.click("invitation-read");
      assert.equal(await window.text("compare-code"), known.compareCode);
      await window.write("operator-name", "站员乙");
      await newPassphrase(window);
      await window.picture("join");
      await window.click("submit");
      await window.see("nav-register");
      await window.picture("home-empty");
    }));

  it("the station registers, accepts, mediates and recovers a loss, and exports it to the stick", () =>
    inWindow("3-station", places.station, async (window) => {
      await signInAs(window);
      await window.click("nav-register");
      await window.click("field-channel-IC01");
      await window.write("field-consumer_name", "消费者丙");
      await window.write("field-consumer_phone", "19900000001");
      await window.write("field-respondent_name", "荷叶村家电商行");
      await window.choose("field-class", "G05-04");
      await window.write("field-goods_name", "壁挂式空调");
      await window.click("field-nature-N01");
      await window.write("field-facts", "购买三周后不制冷，商家两次上门没有修好。");
      await window.write("field-request", "退货并退还货款。");
      await window.write("field-price", "2599");
      await window.write("field-dispute", RECOVERED_YUAN);
      await window.picture("register");
      await window.click("save");
      known.number = await window.text("complaint-number");
      assert.match(known.number, /\S/);
      await waitForStatus(window, "registered");
      await window.picture("registered");

      await takeNextStep(window, async () => undefined);
      await waitForStatus(window, "accepted");
      await takeNextStep(window, async () => {
        await window.click("field-outcome-agreed");
        await window.write("field-place", "联络站调解室");
        await window.picture("mediation");
      });
      await takeNextStep(window, async () => {
        await window.click("field-agreement_form-AF01");
        await window.click("field-performance-PF01");
        await window.write("field-agreed", RECOVERED_YUAN);
        await window.click("with-loss");
        await window.write("loss-amount", RECOVERED_YUAN);
        await window.write("loss-evidence", "转账回单");
        await window.picture("agreement-with-recovered-loss");
      });
      await waitForStatus(window, "agreed");
      assert.equal(await window.figure("ledger-total"), `${RECOVERED_FEN}`);
      await window.picture("ledger");

      await window.click("nav-carry");
      await window.write("carry-path", places.stick);
      await window.click("carry-export");
      await window.see("carry-done", 30_000);
      assert.equal(await window.attribute("carry-done", "data-verified"), "true");
      known.bundleCode = await window.text("carry-code");
      assert.match(known.bundleCode, /\S/);
      await window.picture("safe-to-remove");
    }));

  it("the county merges the stick and its totals show the complaint and the yuan", () =>
    inWindow("4-county", places.county, async (window) => {
      await signInAs(window);
      await window.click("nav-merge");
      await window.write("merge-path", places.stick);
      await window.click("merge-scan");
      await window.see("merge-item-0");
      await window.picture("scanned");
      await window.click("merge-start");
      await window.see("merge-done", 30_000);
      assert.equal(await window.figure("merge-new-complaints"), "1");
      assert.equal(await window.attribute("merge-row-0", "data-outcome"), "merged");
      await window.picture("merged");

      await window.click("nav-totals");
      await window.click("period-year");
      assert.equal(await window.figure("totals-complaints"), "1");
      assert.equal(await window.figure("totals-recovered"), `${RECOVERED_FEN}`);
      await window.picture("totals");

      await window.click("nav-complaints");
      await window.see("complaint-row-0");
      await window.picture("list");
      await window.click("complaint-row-0");
      assert.equal(await window.text("complaint-number"), known.number);
      await window.picture("complaint");
    }));

  it("merging the same stick again adds nothing", () =>
    inWindow("5-county", places.county, async (window) => {
      await signInAs(window);
      await window.click("nav-merge");
      await window.write("merge-path", places.stick);
      await window.click("merge-scan");
      await window.see("merge-item-0");
      await window.picture("scanned-again");
      await window.click("merge-start");
      await window.see("merge-done", 30_000);
      assert.equal(await window.figure("merge-new-complaints"), "0");
      assert.equal(await window.attribute("merge-row-0", "data-outcome"), "already_merged");
      await window.picture("nothing-new");
      await window.click("nav-totals");
      await window.click("period-year");
      assert.equal(await window.figure("totals-complaints"), "1");
    }));

  it("a wrong passphrase is told in words and opens nothing", () =>
    inWindow("6-station", places.station, async (window) => {
      await window.write("passphrase", "not the passphrase");
      await window.click("submit");
      await window.see("error");
      assert.equal(await window.attribute("error", "data-code"), "passphrase_wrong");
      assert.equal(await window.has("nav-home"), false);
      await window.picture("wrong-passphrase");
    }));
});
