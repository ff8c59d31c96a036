// Keys that get lost: the county puts a second key into three envelopes, changes its own, and a computer that has only
// the old one says so, until two envelopes are opened. A stolen computer is revoked, and trusted again when it is found.

import assert from "node:assert/strict";
import { cp, readdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import {
  commands,
  complaint,
  folders,
  giveReason,
  inWindow,
  lookInto,
  mergeFrom,
  opening,
  seeError,
  seeWords,
  setUpOffices,
  signIn,
  STATION,
  submitDialog,
} from "./office.mjs";
import { until } from "./driver.mjs";

const STOLEN = "放在村委会的旧电脑夜里被偷";

describe("keys and what is done when they are lost", { timeout: 300_000 }, () => {
  let places;
  let stores;
  const known = {};

  before(async () => {
    places = await folders("county", "station", "before", "invitation", "first", "news", "road", "safe");
    stores = await setUpOffices(places.county, places.station, places.invitation);
    await stationWrites("消费者丙", places.first);
    await countyCarries(places.first, places.news);
  });
  after(() => places.remove());

  it("the county makes three envelopes, shown once, and writes a key file for an audit", () =>
    inWindow("keys-1-county", places.county, async (window) => {
      await signIn(window);
      await window.click("nav-directory");
      await window.click("to-keys");
      await window.see("escrow-none");
      known.before = await window.text("key-id");
      await window.picture("no-envelopes");
      await window.click("split");
      known.firstSet = await readSheets(window);
      await window.picture("three-sheets");
      await window.click("shares-done");
      await window.click("split");
      await window.see("key-dialog");
      await window.picture("three-new-sheets");
      await submitDialog(window, "key-dialog");
      known.shares = await readSheets(window);
      await window.click("shares-done");
      await window.see("escrow");
      assert.equal(await window.has("shares"), false);
      await window.click("audit");
      await window.write("field-out", places.safe);
      await window.picture("key-file");
      await window.click("dialog-submit");
      await window.see("audit-done");
      await window.picture("key-file-written");
      assert.deepEqual(await readdir(places.safe), ["370321-0000-audit.age-key"]);
    }));

  it("the key is changed: stations learn it with the next bundle, the old one still reads", async () => {
    await countyCarries(places.first, places.news);
    // What somebody finds again when the computer is gone: the county's ledger as it was before the change.
    await cp(places.county, places.before, { recursive: true });
    await inWindow("keys-2-county", places.county, async (window) => {
      await signIn(window);
      await window.click("nav-directory");
      await window.click("to-keys");
      await window.click("rotate");
      await window.see("key-dialog");
      await window.picture("change-the-key");
      await submitDialog(window, "key-dialog");
      await until("another key", async () => (await window.text("key-id")) !== known.before);
      await seeWords(window, "former", known.before);
      await window.picture("changed");
    });
    await countyCarries(places.first, places.news);
    await commands(places.station, [opening(stores.stationStore), ["bundle.merge", { paths: [places.news] }]]);
    await stationWrites("消费者戊", places.road);
  });

  it("a computer with the old key names both keys; one envelope opens nothing, two of three do", () =>
    inWindow("keys-3-old-county", places.before, async (window) => {
      await signIn(window);
      await lookInto(window, places.road);
      assert.equal(await window.attribute("merge-item-0", "data-state"), "bad");
      await seeWords(window, "merge-item-0", known.before.replaceAll(" ", ""));
      await window.picture("another-key");
      await window.click("nav-directory");
      await window.click("to-keys");
      await window.click("restore");
      await window.write("field-share-one", known.shares[0]);
      await window.write("field-share-two", known.shares[0]);
      await window.click("dialog-submit");
      await seeError(window, "share_twice");
      await window.picture("the-same-twice");
      await window.write("field-share-two", known.firstSet[1]);
      await window.click("dialog-submit");
      await seeError(window, "shares_of_different_sets");
      await window.picture("different-sets");
      await window.write("field-share-two", "");
      await window.click("dialog-submit");
      await seeError(window, "shares_too_few");
      await window.picture("one-is-too-few");
      await window.write("field-share-two", known.shares[2].replace(/.$/, (last) => (last === "7" ? "8" : "7")));
      await window.click("dialog-submit");
      await seeError(window, "share_invalid");
      await window.picture("copied-wrong");
      await window.write("field-share-two", known.shares[2].toLowerCase().replaceAll("-", " "));
      await window.click("dialog-submit");
      await window.see("restored");
      await window.picture("put-together");
      await window.click("dialog-close");
      await mergeFrom(window, places.road);
      assert.equal(await window.figure("merge-new-complaints"), "1");
      await window.picture("merged");
    }));

  it("a stolen computer is revoked at a point, and trusted again", () =>
    inWindow("keys-4-county", places.county, async (window) => {
      await signIn(window);
      await window.click("nav-directory");
      await seeWords(window, "directory-1", STATION);
      await window.picture("directory");
      await window.click("device-1-0-revoke");
      await window.click("field-upto-point");
      await window.write("field-point", "1");
      await window.write("field-reason", STOLEN);
      await window.picture("revoke");
      await submitDialog(window, "revoke-dialog");
      await seeWords(window, "device-1-0-revoked", STOLEN);
      await window.picture("revoked");
      await window.click("device-1-0-reinstate");
      await giveReason(window, "device-dialog", "在废品站找回，没有人开过机");
      await until("it is trusted", async () => !(await window.has("device-1-0-revoked")));
      await window.picture("trusted-again");
    }));

  function stationWrites(consumer, out) {
    return commands(places.station, [
      opening(stores.stationStore),
      ["complaint.register", complaint({ consumer_name: consumer })],
      ["bundle.export", { out, office: null }],
    ]);
  }

  /** The county takes in what lies in `from` and writes for everybody into `to`. */
  function countyCarries(from, to) {
    return commands(places.county, [
      opening(stores.countyStore),
      ["bundle.merge", { paths: [from] }],
      ["bundle.export_all", { out: to }],
    ]);
  }
});

/** What the three sheets say. */
async function readSheets(window) {
  const sheets = [];
  for (const number of [1, 2, 3]) sheets.push(await window.figure(`share-${number}`));
  return sheets;
}
