// Photos as evidence, through the real window: added by button, by paste and by drag, refused with words where they are
// none, looked at with the keyboard and described, taken out with a reason and brought back; carried, and seen at the county.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { until } from "./driver.mjs";
import {
  carryTo,
  commands,
  complaint,
  folders,
  giveReason,
  inWindow,
  mergeFrom,
  openComplaint,
  opening,
  seeWords,
  setUpOffices,
  signIn,
  today,
} from "./office.mjs";

// A picture is drawn in the page itself: 3000 by 2000 points, larger than what is kept, and different for every colour.
const DRAW = `
  const [name, colour, way] = arguments;
  const draw = async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 3000, height: 2000 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 3000, 2000);
    pen.fillStyle = "white";
    pen.font = "300px sans-serif";
    pen.fillText(name, 300, 1100);
    const bytes = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    return new File([bytes], name, { type: "image/jpeg" });
  };`;

const HAND_OVER = `
  const give = (file) => {
    const carried = new DataTransfer();
    carried.items.add(file);
    if (way === "button") {
      const chooser = document.querySelector('[data-test="evidence-file"]');
      chooser.files = carried.files;
      chooser.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (way === "paste") {
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
    } else {
      const place = document.querySelector('[data-test="evidence-drop"]');
      place.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
    }
  };`;

const addPhoto = (window, name, colour, way) => window.script(`${DRAW}${HAND_OVER} return draw().then(give);`, name, colour, way);

const addText = (window, name) =>
  window.script(`const [name, way] = arguments;${HAND_OVER} give(new File(["this is no PDF"], name));`, name, "button");

/** Waits until the picture at place `n` is really drawn. */
const seeDrawn = (window, n) =>
  until(`picture ${n} is drawn`, () =>
    window.script(`return document.querySelector('[data-test="evidence-' + arguments[0] + '"] img')?.naturalWidth > 0;`, n),
  );

/** The words of a tile may be cut where there is no room for them: they are looked for in the page. */
const seeDescribed = (window) =>
  until("the second photo is described", async () => (await window.words("evidence-1")).includes("收据正面"));

const shownWidth = (window) =>
  window.script(`return document.querySelector('[data-test="evidence-picture"]')?.naturalWidth ?? 0;`);

describe("photos as evidence", { timeout: 240_000 }, () => {
  let places;
  let stores;

  before(async () => {
    places = await folders("county", "station", "stick");
    stores = await setUpOffices(places.county, places.station, places.stick);
    await commands(places.station, [opening(stores.stationStore), ["complaint.register", complaint()]]);
  });
  after(() => places.remove());

  it("come by button, by paste and by drag, and what is none is refused with words", () =>
    inWindow("evidence-1-station", places.station, async (window) => {
      await signIn(window);
      await openComplaint(window);
      await window.see("evidence-drop");
      await window.show("evidence-drop");
      await window.picture("nothing-yet");
      await addPhoto(window, "button.jpg", "#2c7446", "button");
      await seeDrawn(window, 0);
      await addPhoto(window, "paste.jpg", "#a93a2b", "paste");
      await seeDrawn(window, 1);
      await addPhoto(window, "drag.jpg", "#345a9c", "drag");
      await seeDrawn(window, 2);
      await addText(window, "none.pdf");
      await window.see("evidence-refused");
      assert.equal(await window.attribute("error", "data-code"), "evidence_pdf_invalid");
      await window.show("evidence-refused");
      await window.picture("three-photos-and-one-refused");
    }));

  it("are looked at with the keyboard and described, and one is taken out, brought back and taken out again", () =>
    inWindow("evidence-2-station", places.station, async (window) => {
      await signIn(window);
      await openComplaint(window);
      await seeDrawn(window, 0);
      await window.click("evidence-0-open");
      await until("the whole photo is shown", async () => (await shownWidth(window)) === 2048);
      await window.picture("in-full");
      const first = await window.attribute("evidence-picture", "src");
      await window.type("Right");
      await until("the next is shown", async () => {
        const now = await window.script(`return document.querySelector('[data-test="evidence-picture"]')?.src ?? "";`);
        return now !== "" && now !== first;
      });
      await window.write("evidence-note", "收据正面");
      await window.write("evidence-taken-on", today());
      await window.click("evidence-words-save");
      await seeWords(window, "evidence-view", "收据正面");
      await window.picture("described");
      await window.type("Escape");
      await until("the sheet has gone", async () => !(await window.has("evidence-view")));
      await seeDescribed(window);
      const takeOut = async () => {
        await window.click("evidence-2-withdraw");
        await giveReason(window, "evidence-reason", "拍的是另一件商品。");
        await until("it has left the file", async () => !(await window.has("evidence-2")));
      };
      await takeOut();
      await window.click("evidence-taken-show");
      await seeWords(window, "evidence-taken", "拍的是另一件商品");
      await window.picture("taken-out");
      await window.click("evidence-taken-0-restore");
      await giveReason(window, "evidence-reason", "就是这件商品。");
      await seeDrawn(window, 2);
      await takeOut();
      await carryTo(window, places.stick);
      await seeWords(window, "carry-attachments", "2");
      await window.picture("carried-with-photos");
    }));

  it("arrive at the county", () =>
    inWindow("evidence-3-county", places.county, async (window) => {
      await signIn(window);
      await mergeFrom(window, places.stick);
      await window.picture("merged");
      await openComplaint(window);
      await seeDrawn(window, 0);
      await seeDrawn(window, 1);
      await seeDescribed(window);
      assert.equal(await window.has("evidence-2"), false, "what was taken out has not travelled");
      await window.show("evidence-drop");
      await window.picture("at-the-county");
    }));
});
