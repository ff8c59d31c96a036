// The guide's pictures for its English pages: the same screens as the Chinese ones, of the pages in a browser against the
// in-memory host, since the journeys through the real window are walked in Chinese. Run it when the screens have changed.
//
// usage: npm run pictures:en

import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { go, inWindow, openSample, PATIENCE_MS, press, still } from "./hand.mjs";

const WIDTH = 880;
const QUALITY = 80;
const out = fileURLToPath(new URL("../../../assets/guide/pictures/en/", import.meta.url));

/** Picture -> where it is, what is pressed before, what is written into which field, and how much of the height to show. */
const PICTURES = {
  register: {
    address: "/register",
    presses: ["field-channel-IC01"],
    writes: { "field-consumer_name": "林小禾", "field-consumer_phone": "19900000001", "field-respondent_name": "惠民家电商场", "field-goods_name": "洗衣机" },
    height: 800,
  },
  "next-steps": { address: "/complaints", presses: ["complaint-row-6", "more-steps"], height: 640 },
  agreement: { address: "/complaints", presses: ["complaint-row-2", "more-steps", "step-agreement", "field-agreement_form-AF01"], height: 700 },
  carry: { address: "/carry", presses: ["carry-export"], until: "carry-done", height: 400 },
  merge: { address: "/merge", presses: ["merge-scan", "merge-start"], until: "merge-done", height: 560 },
  decide: { address: "/decisions", presses: [], height: 570 },
};

async function take(page, name, { address, presses, writes = {}, until, height }) {
  await go(page, "/home");
  await go(page, address);
  for (const one of presses) await press(page, one);
  if (until) await page.waitForSelector(`[data-test="${until}"]`, { timeout: PATIENCE_MS });
  for (const [field, text] of Object.entries(writes)) await page.type(`[data-test="${field}"]`, text);
  await still(page);
  const clip = { x: 0, y: 0, width: page.viewport().width, height };
  const webp = await page.screenshot({ type: "webp", quality: QUALITY, clip });
  await writeFile(`${out}${name}.webp`, webp);
  console.log(`${name}.webp`);
  await page.keyboard.press("Escape");
}

await mkdir(out, { recursive: true });
await inWindow(async (page, base) => {
  const { width, height } = page.viewport();
  await page.setViewport({ width, height, deviceScaleFactor: WIDTH / width });
  await page.goto(`${base}#/start`);
  await openSample(page);
  await go(page, "/settings");
  await press(page, "language-en");
  for (const [name, picture] of Object.entries(PICTURES)) await take(page, name, picture);
});
