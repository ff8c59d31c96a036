// The county's computer was brought back from an older backup. What a station writes next builds on something that the
// county has lost: it waits, says why, and a supervisor may use it at once. When the missing part comes, it all agrees.

import assert from "node:assert/strict";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { until } from "./driver.mjs";
import {
  carryTo,
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
} from "./office.mjs";

const WHY = "消费者等着答复，不能再等下一趟";

describe("something that waits for what comes before it", { timeout: 300_000 }, () => {
  let places;
  let stationStore;

  before(async () => {
    places = await folders("county", "station", "stick", "kept", "first", "receipt", "second", "return", "third");
    const stores = await setUpOffices(places.county, places.station, places.stick);
    stationStore = stores.stationStore;
    const { countyStore } = stores;
    await cp(places.county, places.kept, { recursive: true });
    const [, { id }] = await commands(places.station, [
      opening(stationStore),
      ["complaint.register", complaint()],
      ["bundle.export", { out: places.first, office: null }],
    ]);
    await commands(places.county, [
      opening(countyStore),
      ["bundle.merge", { paths: [places.first] }],
      ["bundle.export_all", { out: places.receipt }],
    ]);
    const [, , page] = await commands(places.station, [
      opening(stationStore),
      ["bundle.merge", { paths: [places.receipt] }],
      ["complaint.get", { id }],
    ]);
    await commands(places.station, [
      opening(stationStore),
      ["complaint.amend", { id, seen: page.heads, input: { ...page.input, facts: `${page.input.facts}第三次上门仍未修好。` } }],
      ["bundle.export", { out: places.second, office: null }],
    ]);
    await rm(places.county, { recursive: true, force: true });
    await cp(places.kept, places.county, { recursive: true });
  });
  after(() => places.remove());

  it("is kept, says why, and is used at once with a reason", () =>
    inWindow("waiting-1-county", places.county, async (window) => {
      await signIn(window);
      await window.picture("restored");
      await mergeFrom(window, places.second);
      await window.picture("something-waits");
      await window.click("merge-to-aside");
      await seeWords(window, "aside-waiting", STATION);
      await window.picture("waiting");
      await window.click("waiting-0-raw");
      await window.see("raw-text");
      await window.picture("as-written");
      await window.click("raw-close");
      await window.click("waiting-0-force");
      await window.see("force-dialog");
      await window.click("dialog-submit");
      await window.see("error-reason");
      await giveReason(window, "force-dialog", WHY);
      await until("it is used", async () => (await window.attribute("waiting-0", "data-forced")) === "true");
      assert.equal(await window.has("waiting-0-force"), false, "nobody is asked a second time");
      await window.picture("used");
      await window.click("nav-complaints");
      await window.click("complaint-row-0");
      await seeWords(window, "timeline", COUNTY_CLERK, WHY);
      await window.show("timeline");
      await window.picture("marked");
      await carryTo(window, places.return);
    }));

  it("agrees with what comes before it when that arrives", async () => {
    await commands(places.station, [
      opening(stationStore),
      ["bundle.merge", { paths: [places.return] }],
      ["bundle.export", { out: places.third, office: null }],
    ]);
    await inWindow("waiting-2-county", places.county, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.third);
      await window.picture("the-rest-came");
      await seeCounted(window, 1);
      const decisions = await window.rpc("decision.list", {});
      assert.deepEqual(
        decisions.filter((one) => one.kind === "conflict"),
        [],
      );
      await window.click("nav-decisions");
      await window.picture("no-contradiction");
      await window.click("nav-aside");
      await window.see("aside-empty");
      await window.picture("nothing-waits");
    });
  });
});
