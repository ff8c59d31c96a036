// County and station write different things into one field without knowing of each other. Nothing is lost, nobody is
// asked during a merge, one decision settles it, and the decision travels.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  carryTo,
  commands,
  complaint,
  COUNTY_CLERK,
  folders,
  inWindow,
  mergeFrom,
  openComplaint,
  opening,
  setUpOffices,
  signIn,
  STATION_CLERK,
} from "./office.mjs";

const COUNTY_SAYS = "荷叶村家电商行（个体工商户）";
const STATION_SAYS = "荷叶村家电商行二店";

describe("a field that county and station amend apart", { timeout: 300_000 }, () => {
  let places;

  before(async () => {
    places = await folders("county", "station", "stick", "down", "up", "decided");
    const { countyStore, stationStore } = await setUpOffices(places.county, places.station, places.stick);
    await commands(places.station, [
      opening(stationStore),
      ["complaint.register", complaint()],
      ["bundle.export", { out: places.stick, office: null }],
    ]);
    await commands(places.county, [opening(countyStore), ["bundle.merge", { paths: [places.stick] }]]);
  });
  after(() => places.remove());

  it("the county amends the station's complaint and carries it down", () =>
    inWindow("conflict-1-county", places.county, async (window) => {
      await signIn(window);
      await amendRespondent(window, COUNTY_SAYS);
      await carryTo(window, places.down);
      await window.picture("return-bundles");
    }));

  it("the station, which does not know, amends the same field; what comes down makes both values seen", () =>
    inWindow("conflict-2-station", places.station, async (window) => {
      await signIn(window);
      await amendRespondent(window, STATION_SAYS);
      await carryTo(window, places.up);
      await mergeFrom(window, places.down);
      await window.picture("merged-with-a-conflict");
      await openComplaint(window);
      await seeBothValues(window, "conflict-0");
      await window.picture("both-values");
    }));

  it("the county sees both values with who and when, and settles for the station's", () =>
    inWindow("conflict-3-county", places.county, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.up);
      await window.click("nav-decisions");
      await seeBothValues(window, "decision-0");
      await window.picture("to-decide");
      await keep(window, "decision-0", STATION_SAYS);
      await window.see("decisions-empty");
      await window.picture("decided");
      await openComplaint(window);
      assert.equal(await window.has("conflict-0"), false);
      assert.ok((await window.heading()).includes(STATION_SAYS));
      await window.picture("settled");
      await carryTo(window, places.decided);
    }));

  it("the station takes the decision in and is not asked again", () =>
    inWindow("conflict-4-station", places.station, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.decided);
      await window.picture("decision-came");
      await window.click("nav-decisions");
      await window.see("decisions-empty");
      await openComplaint(window);
      assert.equal(await window.has("conflict-0"), false);
      assert.ok((await window.heading()).includes(STATION_SAYS));
      assert.ok((await window.text("timeline")).includes(COUNTY_CLERK));
      await window.picture("settled");
    }));
});

async function amendRespondent(window, name) {
  await openComplaint(window);
  await window.click("amend");
  await window.write("field-respondent_name", name);
  await window.click("save");
  await window.see("complaint-number");
}

async function seeBothValues(window, card) {
  const words = await window.text(card);
  for (const expected of [COUNTY_SAYS, STATION_SAYS, COUNTY_CLERK, STATION_CLERK]) {
    assert.ok(words.includes(expected), `${expected} is shown: ${words}`);
  }
  assert.match(words, /\d{4}-\d{2}-\d{2} \d{2}:\d{2}/, "when it was written is shown");
}

/** Keeps the version that says `value`, whichever stands first. */
async function keep(window, card, value) {
  const first = (await window.text(card)).indexOf(COUNTY_SAYS) > (await window.text(card)).indexOf(value);
  await window.click(`${card}-keep-${first ? 0 : 1}`);
}
