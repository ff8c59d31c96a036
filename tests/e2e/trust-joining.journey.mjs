// One trip: a station joins with its invitation, works at once, and is confirmed by what comes back. Its second computer
// used the same invitation, so the county compares a code by telephone and lets it in; nobody travels twice.

import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { until } from "./driver.mjs";
import {
  carryTo,
  commands,
  COUNTY,
  COUNTY_CLERK,
  folders,
  inWindow,
  mergeFrom,
  newPassphrase,
  PASSPHRASE,
  register,
  seeError,
  seeWords,
  signIn,
  STATION,
  STATION_CLERK,
} from "./office.mjs";

const SECOND_CLERK = "站员丁";

describe("joining in one trip", { timeout: 300_000 }, () => {
  let places;
  const known = {};

  before(async () => {
    places = await folders("county", "station", "second", "invitation", "wrong", "up", "late", "down");
    const operator = { operator_name: COUNTY_CLERK, passphrase: PASSPHRASE, dir: null };
    await commands(places.county, [["county.create", { name: COUNTY, area_code: "370321", ...operator }]]);
  });
  after(() => places.remove());

  it("the county invites: a file, and a code to compare", () =>
    inWindow("joining-1-county", places.county, async (window) => {
      await signIn(window);
      await window.click("nav-offices");
      await window.click("office-invite");
      await window.write("field-code", "0107");
      await window.write("field-name", STATION);
      await window.write("field-out", places.invitation);
      await window.click("dialog-submit");
      known.code = await window.text("compare-code");
      await window.picture("invited");
      const [file] = await readdir(places.invitation);
      known.invitation = `${places.invitation}/${file}`;
    }));

  it("the station refuses an altered invitation, joins with the right one, works and writes a bundle", () =>
    inWindow("joining-2-station", places.station, async (window) => {
      const altered = await alter(known.invitation, places.wrong);
      await window.click("first-join");
      await window.write("field-invitation", altered);
      await window.click("invitation-read");
      await seeError(window, "invitation_wrong_signature");
      await window.picture("altered");
      await join(window, STATION_CLERK);
      await register(window, { dispute: "300" });
      await window.see("complaint-number");
      await carryTo(window, places.up);
      await window.picture("first-bundle");
    }));

  it("a second computer uses the invitation again, and works at once too", () =>
    inWindow("joining-3-second", places.second, async (window) => {
      await window.click("first-join");
      await join(window, SECOND_CLERK);
      await register(window, { consumer: "消费者己", dispute: "500" });
      await window.see("complaint-number");
      await carryTo(window, places.late);
      known.asking = await window.text("carry-code");
    }));

  it("the county takes the first in by itself, and the second after comparing its code", () =>
    inWindow("joining-4-county", places.county, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.up);
      assert.equal(await window.figure("merge-new-complaints"), "1");
      await window.picture("the-first-is-in");
      await window.click("merge-again");
      await mergeFrom(window, places.late);
      await seeWords(window, "merge-row-0", known.asking);
      await window.picture("the-second-asks");
      await window.click("merge-joining-0");
      assert.equal(await window.text("join-0-code"), known.asking);
      await window.picture("asks");
      await window.click("join-0-admit");
      await window.see("join-merged");
      assert.equal(await window.has("join-0"), false);
      await window.see("device-1-1");
      await window.picture("admitted");
      await carryTo(window, places.down);
      await window.picture("return-bundles");
    }));

  it("both computers learn that everything arrived", async () => {
    await confirmed("joining-5-station", places.station);
    await confirmed("joining-6-second", places.second);
  });

  /** Reads the invitation on the page that is open, and becomes that office. */
  async function join(window, clerk) {
    await window.write("field-invitation", known.invitation);
    await window.click("invitation-read");
    assert.equal(await window.text("compare-code"), known.code);
    await window.write("operator-name", clerk);
    await newPassphrase(window);
    await window.picture("join");
    await window.click("submit");
    await window.see("home-empty");
  }

  function confirmed(part, home) {
    return inWindow(part, home, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.down);
      await window.click("nav-home");
      await until("nothing is unconfirmed", async () => (await window.figure("home-unconfirmed")) === "0");
      await window.show("home-unconfirmed");
      await window.picture("confirmed");
    });
  }
});

/** The invitation with another office's name in it. */
async function alter(invitation, folder) {
  const path = `${folder}/altered.invite`;
  await writeFile(path, (await readFile(invitation, "utf8")).replaceAll(STATION, "果里村消费维权联络站"));
  return path;
}
