// The county took in a bundle that should not have come. It is taken back out with a reason, what was written since
// stays, the list says who did it and why, and the bundle comes back when it is wanted after all.

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
  STATION,
  submitDialog,
} from "./office.mjs";

const WHY = "站里把去年的练习数据写进来了";
const PRACTICE = "练习商店";
const LATER = "城关超市";

describe("an import that is undone and brought back", { timeout: 300_000 }, () => {
  let places;

  before(async () => {
    places = await folders("county", "station", "stick", "first", "second");
    const { countyStore, stationStore } = await setUpOffices(places.county, places.station, places.stick);
    await commands(places.station, [
      opening(stationStore),
      ["complaint.register", complaint()],
      ["bundle.export", { out: places.first, office: null }],
    ]);
    await commands(places.county, [opening(countyStore), ["bundle.merge", { paths: [places.first] }]]);
    await commands(places.station, [
      opening(stationStore),
      ["complaint.register", complaint({ consumer_name: "练习甲", respondent_name: PRACTICE, consumer_phone: "19900000002" })],
      ["bundle.export", { out: places.second, office: null }],
    ]);
    places.countyStore = countyStore;
  });
  after(() => places.remove());

  it("the county takes the second bundle in and goes on working", () =>
    inWindow("undo-1-county", places.county, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.second);
      await window.picture("taken-in");
      await seeCounted(window, 2);
    }));

  it("what the county registers meanwhile is its own", () =>
    commands(places.county, [
      opening(places.countyStore),
      ["complaint.register", complaint({ consumer_name: "消费者辛", respondent_name: LATER, consumer_phone: "19900000003" })],
    ]));

  it("the bundle is taken back out only with a reason, and what was written since stays", () =>
    inWindow("undo-2-county", places.county, async (window) => {
      await signIn(window);
      await seeCounted(window, 3);
      await window.click("nav-imports");
      await seeWords(window, "import-row-0", STATION);
      await window.picture("bundles-taken-in");
      await window.click("import-undo-0");
      await window.see("import-dialog");
      await window.picture("asked-why");
      await window.click("dialog-submit");
      await window.see("error-reason");
      await window.picture("no-reason-no-undo");
      await giveReason(window, "import-dialog", WHY);
      assert.equal(await window.attribute("import-row-0", "data-undone"), "true");
      assert.equal(await window.attribute("import-row-1", "data-undone"), "false");
      await seeWords(window, "import-undone-0", COUNTY_CLERK, WHY, `${new Date().getFullYear()}`);
      await window.picture("taken-back-out");
      await seeCounted(window, 2);
      await window.click("nav-complaints");
      const listed = await window.script("return document.querySelector('main').innerText;");
      assert.ok(listed.includes(LATER), "what the county wrote since is there");
      assert.ok(!listed.includes(PRACTICE), "what the bundle brought is not");
      await window.picture("later-work-stays");
    }));

  it("it lies where things are set aside, and is brought back from there", () =>
    inWindow("undo-3-county", places.county, async (window) => {
      await signIn(window);
      await window.click("nav-aside");
      await seeWords(window, "undone-0", STATION, WHY, COUNTY_CLERK);
      await window.picture("set-aside");
      await window.click("undone-0-redo");
      await window.picture("brought-back-asked");
      await submitDialog(window, "import-dialog");
      await window.see("aside-empty");
      await window.picture("nothing-set-aside");
      await window.click("nav-imports");
      assert.equal(await window.attribute("import-row-0", "data-undone"), "false");
      await seeCounted(window, 3);
      await window.picture("all-three-count");
    }));
});
