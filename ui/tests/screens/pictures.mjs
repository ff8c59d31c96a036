// Pictures for the guide: chosen ones of those that the journeys took of the real window, smaller, as WebP. The browser does
// the scaling. Run it after the journeys, when the screens have changed.
//
// usage: npm run pictures FOLDER-OF-THE-JOURNEYS

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { browserPath } from "./browser.mjs";

const WIDTH = 880;
const QUALITY = 0.8;
/** Picture of the guide -> the journey, the title of its picture, and how much of its height is worth showing. */
const CHOSEN = {
  register: ["life-1-whole", "register", 800],
  "next-steps": ["life-1-whole", "what-is-possible-and-why-not", 640],
  agreement: ["life-1-whole", "the-seal-comes-later", 700],
  // Below that stands the folder of the journey.
  carry: ["loop-4-station", "safe-to-remove", 366],
  merge: ["loop-5-county", "merged", 510],
  decide: ["conflict-3-county", "to-decide", 570],
};

const folder = process.argv[2];
if (!folder) throw new Error("name the folder with the pictures of the journeys");
const out = fileURLToPath(new URL("../../../assets/guide/pictures/", import.meta.url));
const taken = await readdir(folder);
const browser = await puppeteer.launch({ executablePath: await browserPath(), args: ["--no-sandbox"], headless: true });
try {
  await mkdir(out, { recursive: true });
  const page = await browser.newPage();
  for (const [name, [journey, title, height]] of Object.entries(CHOSEN)) {
    const file = taken.find((one) => one.startsWith(`${journey}-`) && one.replace(/^.*?-\d\d-/, "") === `${title}.png`);
    if (file === undefined) throw new Error(`the journeys took no picture “${title}” of ${journey}`);
    const png = (await readFile(join(folder, file))).toString("base64");
    const webp = await page.evaluate(scaled, `data:image/png;base64,${png}`, { height, width: WIDTH, quality: QUALITY });
    await writeFile(join(out, `${name}.webp`), Buffer.from(webp.split(",")[1], "base64"));
    console.log(`${name}.webp from ${file}`);
  }
} finally {
  await browser.close();
}

/** Runs in the page. */
async function scaled(source, { height, width, quality }) {
  const picture = await createImageBitmap(await (await fetch(source)).blob());
  const scale = width / picture.width;
  const canvas = new OffscreenCanvas(width, Math.round(Math.min(height, picture.height) * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, width, picture.height * scale);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality });
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
}
