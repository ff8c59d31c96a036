// The people of a station: a supervisor takes a clerk and a reader on, each sees and may do what the role says, whoever
// looks at a full telephone is noted, wrong passphrases have to wait, and somebody new takes an old job over.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  commands,
  complaint,
  folders,
  goToMore,
  inWindow,
  lock,
  newPassphrase,
  openComplaint,
  opening,
  PASSPHRASE,
  seeError,
  seeWords,
  setUpOffices,
  signIn,
  signInAs,
  STATION_CLERK,
  submitDialog,
} from "./office.mjs";

const PHONE = "19900000001";
const CLERK = { name: "站员丁", role: "clerk", passphrase: "石榴 三月 河堤 bright" };
const READER = { name: "村务戊", role: "reader", passphrase: "竹篮 七月 山路 quiet" };
const NEXT_CLERK = { name: "站员己", passphrase: "稻谷 九月 晒场 early" };
const CHANGED = "石榴 三月 河堤 brighter";
const WHY = "回访消费者";

describe("the people of a station", { timeout: 300_000 }, () => {
  let places;

  before(async () => {
    places = await folders("county", "station", "stick");
    const { stationStore } = await setUpOffices(places.county, places.station, places.stick);
    const input = complaint({ consumer_address: "荷叶村三组" });
    await commands(places.station, [opening(stationStore), ["complaint.register", input]]);
  });
  after(() => places.remove());

  it("a clerk and a reader are taken on; a passphrase of blanks is refused", () =>
    inWindow("people-1-supervisor", places.station, async (window) => {
      await signIn(window);
      await goToMore(window, "people");
      await window.see("operator-0");
      await window.picture("alone");
      await window.click("operator-add");
      await window.write("field-name", CLERK.name);
      await newPassphrase(window, "          ");
      await window.click("dialog-submit");
      await seeError(window, "passphrase_weak");
      await window.picture("passphrase-of-blanks");
      await newPassphrase(window, CLERK.passphrase);
      await submitDialog(window, "person-dialog");
      await window.click("operator-add");
      await window.write("field-name", READER.name);
      await window.choose("field-role", READER.role);
      await newPassphrase(window, READER.passphrase);
      await window.picture("add-a-reader");
      await submitDialog(window, "person-dialog");
      await seeWords(window, "operator-2", READER.name);
      await window.picture("three-people");
    }));

  it("the reader sees telephones and documents masked, and what cannot be done says why", () =>
    inWindow("people-2-reader", places.station, async (window) => {
      await signInAs(window, READER.name, READER.passphrase);
      assert.equal(await window.has("nav-register"), false, "no way leads to what a reader never does");
      await window.picture("home");
      await window.click("nav-complaints");
      await window.see("complaint-row-0");
      assert.equal((await window.text("complaint-row-0")).includes(PHONE), false);
      await window.picture("list");
      await openComplaint(window);
      await seeWords(window, "complaint-facts", "199****0001");
      assert.equal(await window.has("reveal"), false);
      assert.equal(await window.has("next-step"), false);
      await window.picture("masked");
      await goToMore(window, "people");
      assert.equal(await window.has("operator-0-retire"), false);
      await window.picture("people");
    }));

  it("the clerk looks at the full telephone, locks by key, waits after wrong passphrases, and changes the own one", () =>
    inWindow("people-3-clerk", places.station, async (window) => {
      await signInAs(window, CLERK.name, CLERK.passphrase);
      await openComplaint(window);
      await window.click("reveal");
      await window.write("field-reason", WHY);
      await window.picture("why");
      await submitDialog(window, "reveal-dialog");
      await seeWords(window, "complaint-facts", PHONE);
      await window.picture("in-full");
      await goToMore(window, "people");
      await window.click("passphrase-change");
      await window.write("passphrase-old", CLERK.passphrase);
      await newPassphrase(window, CHANGED);
      await submitDialog(window, "passphrase-dialog");
      await window.see("passphrase-changed");
      await window.picture("changed");
      await lock(window);
      await window.picture("locked");
      await signInAs(window, CLERK.name, CHANGED);
      await lock(window);
      await window.choose("operator-name", CLERK.name);
      for (const tried of [1, 2, 3, 4]) {
        await window.write("passphrase", CLERK.passphrase);
        await window.click("submit");
        await seeError(window, tried < 4 ? "passphrase_wrong" : "passphrase_wrong_wait");
        if (tried === 1) await window.picture("wrong");
      }
      await window.write("passphrase", CHANGED);
      await window.click("submit");
      await seeError(window, "passphrase_wait");
      await window.picture("wait");
    }));

  it("the supervisor reads who looked, and hands the clerk's job over to somebody new", () =>
    inWindow("people-4-supervisor", places.station, async (window) => {
      await signInAfterTheWait(window);
      await goToMore(window, "people");
      await window.click("to-views");
      await seeWords(window, "view-0", CLERK.name, WHY);
      await window.picture("who-looked");
      await goToMore(window, "people");
      const row = await rowOf(window, CLERK.name);
      await window.click(`${row}-hand-over`);
      await window.write("field-name", NEXT_CLERK.name);
      await newPassphrase(window, NEXT_CLERK.passphrase);
      await window.picture("hand-over");
      await window.click("dialog-submit");
      await seeWords(window, "handed-over", CLERK.name, NEXT_CLERK.name);
      await window.picture("handed-over");
      await window.click("dialog-close");
      await window.see("operator-3");
      await window.picture("people");
      await lock(window);
      await signInAs(window, NEXT_CLERK.name, NEXT_CLERK.passphrase);
      await window.picture("new-clerk");
    }));
});

/** Tries again until the wait that wrong passphrases cost is over. */
async function signInAfterTheWait(window) {
  await window.choose("operator-name", STATION_CLERK);
  for (;;) {
    await window.write("passphrase", PASSPHRASE);
    await window.click("submit");
    const outcome = await Promise.race([
      window.see("home-open").then(() => "open"),
      window.see("error").then(() => "wait"),
    ]);
    if (outcome === "open") return;
  }
}

/** The name of somebody's row in the list of people. */
async function rowOf(window, name) {
  const rows = await window.rpc("operator.list", {});
  return `operator-${rows.findIndex((one) => one.name === name)}`;
}
