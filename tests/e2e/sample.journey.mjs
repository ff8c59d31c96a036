// The sample county from the first screen, built as real stores, and a walk through the county's pages in both
// languages.

import { after, before, describe, it } from "node:test";
import { folders, inWindow } from "./office.mjs";

const BUILD_PATIENCE_MS = 120_000;
const PAGES = [
  ["home", "home-task-0"],
  ["register", "save"],
  ["complaints", "complaint-row-0"],
  ["consult", "consult-row-0"],
  ["carry", "carry-export"],
  ["merge", "merge-scan"],
  ["totals", "totals-complaints"],
  ["offices", "office-row-0"],
  ["decisions", undefined],
  ["settings", "check-start"],
];

/** Pages with much on them, where large text finds no room first. */
const WIDE_PAGES = PAGES.filter(([page]) => ["home", "register", "complaints", "totals", "offices"].includes(page));

describe("the sample county", { timeout: 300_000 }, () => {
  let places;

  before(async () => {
    places = await folders("sample");
  });
  after(() => places.remove());

  it("is built from the first screen, opens, and shows the reference totals", () =>
    inWindow("sample-1-county", places.sample, async (window) => {
      await window.click("first-sample");
      await window.picture("before");
      await window.click("sample-start");
      await window.see("progress");
      await window.picture("building");
      await window.see("sample-done", BUILD_PATIENCE_MS);
      await window.picture("built");
      await window.click("sample-open-0");
      await window.see("home-task-0");
      await walk(window, "zh");
      await seeEightYears(window);
      await window.click("nav-settings");
      await window.click("language-en");
      await walk(window, "en");
      await window.click("nav-settings");
      await window.click("large-text");
      await window.resize(960, 640);
      await walk(window, "en-large-text-in-a-small-window", WIDE_PAGES);
    }));
});

async function walk(window, language, pages = PAGES) {
  for (const [page, landmark] of pages) {
    await window.click(`nav-${page}`);
    if (landmark) await window.see(landmark);
    await window.picture(`${language}-${page}`);
  }
  await window.click("nav-complaints");
  await window.click("complaint-row-0");
  await window.see("complaint-number");
  await window.picture(`${language}-complaint`);
}

/** The reference county of the design: the same figures that the command line prints. */
async function seeEightYears(window) {
  await window.click("nav-totals");
  await window.click("period-custom");
  await window.write("totals-from", "2018-01-01");
  await window.waitForFigure("totals-complaints", 4_000);
  await window.waitForFigure("totals-consultations", 1_000);
  await window.waitForFigure("totals-recovered", 150_000_000);
  await window.picture("zh-totals-all");
}
