// A case that belongs elsewhere: the station offers it, goes on with it until the other one has taken it on, and at
// every moment everybody sees one owner. The county carries it from one to the other and sees how long it has waited.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  addStation,
  carryTo,
  commands,
  complaint,
  folders,
  inWindow,
  mergeFrom,
  openComplaint,
  opening,
  seeWords,
  setUpOffices,
  signIn,
  STATION,
  submitDialog,
} from "./office.mjs";

const OTHER = "果里村消费维权联络站";
const OTHER_CLERK = "站员庚";
const WHY = "商家在果里村，由那边就近办。";
const THANKS = "收到，明天去店里看看。";

describe("a case that is handed over", { timeout: 300_000 }, () => {
  let places;
  let countyStore;

  before(async () => {
    places = await folders("county", "station", "other", "stick", "names", "up", "down", "answer", "result");
    const stores = await setUpOffices(places.county, places.station, places.stick);
    countyStore = stores.countyStore;
    const otherStore = await addStation(places.county, countyStore, places.other, {
      code: "0203",
      name: OTHER,
      clerk: OTHER_CLERK,
      stick: places.stick,
    });
    await commands(places.other, [opening(otherStore), ["bundle.export", { out: places.stick, office: null }]]);
    await commands(places.station, [
      opening(stores.stationStore),
      ["complaint.register", complaint()],
      ["bundle.export", { out: places.stick, office: null }],
    ]);
    await countyCarries(places.stick, places.names);
  });
  after(() => places.remove());

  it("the station offers it and still has it", () =>
    inWindow("transfer-1-station", places.station, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.names);
      await openComplaint(window);
      await window.click("transfer-offer");
      await window.choose("offer-to", await officeId(window, OTHER));
      await window.write("offer-note", WHY);
      await window.picture("offer");
      await submitDialog(window, "offer-dialog");
      assert.equal(await window.attribute("transfer-panel", "data-state"), "offered");
      await seeWords(window, "transfer-panel", STATION, OTHER, WHY);
      await window.picture("offered");
      await carryTo(window, places.up);
    }));

  it("the county sees that it waits for an answer", async () => {
    await countyCarries(places.up, places.down);
    await inWindow("transfer-2-county", places.county, async (window) => {
      await signIn(window);
      await window.click("nav-transfers");
      await seeWords(window, "transfers-others", STATION, OTHER, WHY);
      await window.picture("on-its-way");
    });
  });

  it("the other station accepts and has it from then on", () =>
    inWindow("transfer-3-other", places.other, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.down);
      await window.click("nav-home");
      await window.click("home-transfers");
      await seeWords(window, "transfers-forUs", STATION, WHY);
      await window.picture("asked");
      await window.click("transfer-forUs-0-accept");
      await window.write("field-reason", THANKS);
      await window.picture("accept");
      await submitDialog(window, "transfer-dialog");
      await seeWords(window, "transfers-done", THANKS);
      await window.picture("accepted");
      await openComplaint(window);
      await window.see("next-step");
      await window.picture("mine-now");
      await carryTo(window, places.answer);
    }));

  it("the first station learns that it was taken on, and can still read it", async () => {
    await countyCarries(places.answer, places.result);
    await inWindow("transfer-4-station", places.station, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.result);
      await openComplaint(window);
      assert.equal(await window.attribute("transfer-panel", "data-state"), "accepted");
      await seeWords(window, "transfer-panel", OTHER, THANKS);
      assert.equal(await window.has("next-step"), false, "it is no longer this station's to handle");
      await window.picture("handed-over");
    });
  });

  /** The county takes in what lies in `from` and writes for everybody into `to`. */
  function countyCarries(from, to) {
    return commands(places.county, [
      opening(countyStore),
      ["bundle.merge", { paths: [from] }],
      ["bundle.export_all", { out: to }],
    ]);
  }
});

async function officeId(window, name) {
  const rows = await window.rpc("office.list", {});
  return rows.find((row) => row.name === name).id;
}
