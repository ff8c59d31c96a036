// A clerk with a keyboard and no mouse: a complaint, a consultation, one out of the other, and finding them again.
// The sheet asks only what must be known, says how it understood what was typed, and shows what was here before.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { until } from "./driver.mjs";
import { commands, complaint, folders, inWindow, opening, PASSPHRASE, setUpOffices } from "./office.mjs";

// Ninety seconds for a complaint and twenty for a consultation, for somebody who presses three keys a second. Counted in keys,
// so that a slow computer changes nothing.
const KEYS_A_SECOND = 3;
const COMPLAINT_KEYS_MAX = 90 * KEYS_A_SECOND;
const CONSULTATION_KEYS_MAX = 20 * KEYS_A_SECOND;

const QUESTION = "网购的电饭煲能不能七天内退货";

describe("intake by keyboard", { timeout: 240_000 }, () => {
  let places;

  before(async () => {
    places = await folders("county", "station", "stick");
    const { stationStore } = await setUpOffices(places.county, places.station, places.stick);
    await commands(places.station, [
      opening(stationStore),
      ["complaint.register", complaint({ consumer_name: "消费者丁", consumer_phone: "19900000002" })],
    ]);
  });
  after(() => places.remove());

  it("registers, consults, turns one into the other, and finds by two characters and by initials", () =>
    inWindow("intake-1-station", places.station, async (window) => {
      await window.focus("passphrase");
      await window.type(PASSPHRASE, "Enter");
      await window.see("home-open");
      await registerByKeyboard(window);
      const asked = await consultByKeyboard(window);
      assert.ok(asked);
      await turnIntoComplaint(window);
      // What was asked last stands first.
      await findByKeyboard(window, "电饭", "found-by-two-characters", "consult-to-complaint");
      await findByKeyboard(window, "zsf", "found-by-initials", "complaint-number");
    }));
});

/** Prints how many keys were pressed, and holds them to their number. */
function countKeys(window, what, most) {
  const keys = window.keys();
  console.log(`${what}: ${keys} keys, ${Math.round(keys / KEYS_A_SECOND)} seconds at ${KEYS_A_SECOND} keys a second`);
  assert.ok(keys <= most, `${what} takes ${keys} keys, more than ${most}`);
}

async function registerByKeyboard(window) {
  window.keys();
  await window.control("n");
  await window.see("field-consumer_name");
  await until("the first field has the focus", () => window.focused("field-consumer_name"));
  await window.type("张三丰", "Enter", "１９９ ００００ ０００２", "Enter", "Enter");
  await window.type(" ", "Enter");
  await until("the business has the focus", () => window.focused("field-respondent_name"));
  await window.type("荷叶村家电商行", "Enter", "3月2日", "Enter", "电饭煲", "Enter");
  await window.type("cf");
  await window.see("field-class-option-0");
  await window.picture("class-by-typing");
  await window.type("Enter", " ", "Enter");
  await window.see("similar");
  await window.type("用了三天就不加热，商家不肯换。");
  await window.control("Enter");
  await window.see("error-request");
  await window.picture("one-field-is-missing");
  await window.type("换一台新的。", "Tab", "一万五", "Tab", "三百五", "Tab");
  await window.picture("amount-said-back");
  await until("the amount is said back", async () => (await window.words("echo-price")).includes("15,000.00"));
  assert.match(await window.words("echo-dispute"), /350\.00/);
  await window.picture("understood-and-similar");
  await window.control("Enter");
  await window.see("complaint-number");
  await window.picture("registered");
  countKeys(window, "a complaint", COMPLAINT_KEYS_MAX);
}

async function consultByKeyboard(window) {
  window.keys();
  await window.control("j");
  await until("the question has the focus", () => window.focused("field-content"));
  await window.type(QUESTION, "Tab", "能，七天无理由，运费自理。", "Tab", " ");
  await window.picture("consultation");
  await window.control("Enter");
  await window.see("consult-row-0");
  countKeys(window, "a consultation", CONSULTATION_KEYS_MAX);
  return true;
}

async function turnIntoComplaint(window) {
  await window.focus("consult-row-0");
  await window.type("Enter");
  await window.see("consult-to-complaint");
  await window.picture("consultation-page");
  await window.focus("consult-to-complaint");
  await window.type("Enter");
  await until("the facts are what was asked", async () => (await window.value("field-facts")) === QUESTION);
  await window.picture("complaint-from-consultation");
}

async function findByKeyboard(window, text, title, opened) {
  await window.control("k");
  await until("the search has the focus", () => window.focused("search-input"));
  await window.type(text);
  await window.see("search-hit-0");
  await window.picture(title);
  await window.type("Enter");
  await window.see(opened);
  await until("the search has closed", async () => !(await window.has("search-input")));
}
