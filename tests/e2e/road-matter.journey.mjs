// The same shop under two names, and the same complaint registered twice: the county says that they are one, everything
// is counted once, and when it was a mistake both stand apart again. No registration is changed by either.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  commands,
  complaint,
  COUNTY_CLERK,
  folders,
  giveReason,
  inWindow,
  mergeFrom,
  opening,
  seeCounted,
  seeWords,
  setUpOffices,
  signIn,
  submitDialog,
} from "./office.mjs";

const SHOP = "荷叶村家电商行";
const SHORT = "荷叶家电";
const SAME_SHOP = "执照是同一张";
const NOT_SAME_SHOP = "去看过，是隔壁新开的一家";
const NOT_SAME_MATTER = "打电话问过，是两台空调";

describe("two that are one", { timeout: 300_000 }, () => {
  let places;

  before(async () => {
    places = await folders("county", "station", "stick", "up");
    const { countyStore, stationStore } = await setUpOffices(places.county, places.station, places.stick);
    await commands(places.station, [
      opening(stationStore),
      ["complaint.register", complaint()],
      ["complaint.register", complaint({ consumer_name: "消费者壬", consumer_phone: "19900000009", respondent_name: SHORT })],
      ["bundle.export", { out: places.up, office: null }],
    ]);
    await commands(places.county, [
      opening(countyStore),
      ["complaint.register", complaint({ channel: "IC02", facts: "空调不制冷，来电反映。" })],
      ["business.record", business(SHOP)],
      ["business.record", business(SHORT)],
    ]);
  });
  after(() => places.remove());

  it("two entries of one shop are merged and parted again", () =>
    inWindow("matter-1-county", places.county, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.up);
      await window.click("nav-businesses");
      const [short, long] = await rowsOf(window, SHORT, SHOP);
      await seeFigure(window, long, 2);
      await seeFigure(window, short, 1);
      await window.picture("two-shops");
      await window.click(`business-${short}-merge`);
      await seeWords(window, "survivor-0", SHOP);
      await window.click("survivor-0");
      await window.write("field-reason", SAME_SHOP);
      await window.picture("which-one-is-the-same");
      await submitDialog(window, "business-merge-dialog");
      await seeWords(window, "business-0", SHOP, SHORT);
      assert.equal(await window.has("business-1"), false, "they are one line now");
      await seeFigure(window, 0, 3);
      await window.picture("one-shop");
      await window.click("business-0-unmerge-0");
      await giveReason(window, "unmerge-dialog", NOT_SAME_SHOP);
      await window.see("business-1");
      const [shortAgain, longAgain] = await rowsOf(window, SHORT, SHOP);
      await seeFigure(window, longAgain, 2);
      await seeFigure(window, shortAgain, 1);
      await window.picture("two-shops-again");
    }));

  it("a complaint that was registered twice is proposed, linked and counted once", () =>
    inWindow("matter-2-county", places.county, async (window) => {
      await signIn(window);
      await seeCounted(window, 3);
      await window.click("nav-decisions");
      await window.see("decision-0-same");
      await window.picture("perhaps-one-matter");
      await window.click("decision-0-same");
      await window.picture("why-one-matter");
      await submitDialog(window, "reason-dialog");
      await window.see("decisions-empty");
      await seeCounted(window, 3, 2);
      await window.picture("counted-once");
    }));

  it("both registrations stay, say of each other, and are unlinked with a reason", () =>
    inWindow("matter-3-county", places.county, async (window) => {
      await signIn(window);
      await openLinked(window);
      await seeWords(window, "link-0", COUNTY_CLERK, "消费者丙");
      await window.show("link-0");
      await window.picture("linked");
      await window.click("link-0-apart");
      await giveReason(window, "link-apart-dialog", NOT_SAME_MATTER);
      await window.see("link-add");
      assert.equal(await window.has("link-0"), false);
      await window.picture("apart-again");
      await seeCounted(window, 3);
    }));
});

function business(name) {
  return { id: null, seen: [], name, uscc: "", kind: "", phone: "", address: "", aliases: [] };
}

/** On which lines these businesses stand. */
async function rowsOf(window, ...names) {
  await window.see("business-1");
  const said = [await window.text("business-0"), await window.text("business-1")];
  return names.map((name) => said.findIndex((words) => words.startsWith(name)));
}

async function seeFigure(window, row, complaints) {
  await window.waitForFigure(`business-${row}-complaints`, complaints);
}

/** Opens one of the two registrations of the linked matter. */
async function openLinked(window) {
  await window.click("nav-complaints");
  await window.see("complaint-row-2");
  for (const row of [0, 1, 2]) {
    if (!(await window.text(`complaint-row-${row}`)).includes("消费者丙")) continue;
    await window.click(`complaint-row-${row}`);
    await window.see("complaint-number");
    return;
  }
  assert.fail("the linked complaint is in the list");
}
