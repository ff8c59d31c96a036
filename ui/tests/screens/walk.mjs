// Every screen of the window in a browser, against the in-memory host: axe looks at each, in both languages, in the usual
// colours and in high contrast, and the keyboard alone must reach everything. Nothing serious may be found, and no word of
// one language on a screen of the other.
//
// usage: npm run screens [part of an address]

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { go, inWindow, openSample, PATIENCE_MS, press, still } from "./hand.mjs";
import { SCREENS, SHEETS } from "./screens.mjs";
import { mixed } from "./tongues.mjs";

const GRAVE = ["serious", "critical"];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wanted = process.argv[2] ?? "";

/** What axe finds that is serious, one line each. */
async function look(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"] }),
  );
  return violations
    .filter((one) => GRAVE.includes(one.impact))
    .map((one) => `${where}: ${one.impact} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
}

/** Walks with the Tab key until it has come round; names what can be clicked and was not reached. */
async function unreached(page, where) {
  const stops = await page.evaluate(() => {
    const all = document.querySelectorAll("a[href], button:not([disabled]), input:not([disabled]), select, textarea, tr.open");
    const shown = [...all].filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && element.tabIndex >= 0);
    // Of a group of radio buttons the keyboard reaches one; the arrows reach the others.
    const groups = new Map(shown.map((element) => [element.type === "radio" ? element.name : element, element]));
    [...groups.values()].forEach((element) => element.setAttribute("data-stop", ""));
    document.body.focus();
    return groups.size;
  });
  for (let n = 0; n < stops + 12; n += 1) {
    await page.keyboard.press("Tab");
    await page.evaluate(() => {
      const here = document.activeElement;
      here?.removeAttribute("data-stop");
      if (here?.type === "radio") document.getElementsByName(here.name).forEach((other) => other.removeAttribute("data-stop"));
    });
  }
  const left = await page.evaluate(() => [...document.querySelectorAll("[data-stop]")].map((element) => element.outerHTML.slice(0, 90)));
  return left.map((element) => `${where}: the keyboard does not reach ${element}`);
}

async function walk(page, base) {
  const found = [];
  let seen = 0;
  const screens = SCREENS.filter((screen) => screen.address.includes(wanted));
  const visit = async (where, language) => {
    found.push(...(await look(page, where)));
    found.push(...(await mixed(page, language, where)));
    seen += 1;
  };
  for (const { address } of screens.filter((screen) => screen.outside)) {
    await page.goto(`${base}#${address}`);
    await page.waitForSelector("h1", { timeout: PATIENCE_MS });
    await still(page);
    await visit(address, "zh-CN");
  }
  await page.goto(`${base}#/start`);
  await openSample(page);
  for (const look of ["zh-CN", "en", "contrast"]) {
    // High contrast comes last and stays in the language before it.
    const language = look === "contrast" ? "en" : look;
    await go(page, "/settings");
    await press(page, look === "contrast" ? "high-contrast" : `language-${look}`);
    for (const { address } of screens.filter((screen) => !screen.outside)) {
      await go(page, address);
      await visit(`${look} ${address}`, language);
      if (look === "zh-CN") found.push(...(await unreached(page, address)));
    }
    for (const { address, presses } of SHEETS.filter((sheet) => sheet.address.includes(wanted))) {
      await go(page, "/home");
      await go(page, address);
      for (const name of presses) await press(page, name);
      await still(page);
      await visit(`${look} ${address} ${presses.at(-1)}`, language);
      await page.keyboard.press("Escape");
    }
  }
  return { found, seen };
}

await inWindow(async (page, base) => {
  const { found, seen } = await walk(page, base);
  found.forEach((line) => console.log(line));
  console.log(`${seen} looks at the screens, ${found.length} findings`);
  process.exitCode = found.length > 0 || seen === 0 ? 1 : 0;
});
