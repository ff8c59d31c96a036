// The window in a browser, against the in-memory host, and the steps of whoever uses it.
import puppeteer from "puppeteer-core";
import { createServer } from "vite";
import { browserPath } from "./browser.mjs";

export const PATIENCE_MS = 20_000;
const VIEW = { width: 1200, height: 860 };
const named = (name) => `[data-test="${name}"]`;

export async function press(page, name) {
  await page.waitForSelector(named(name), { visible: true, timeout: PATIENCE_MS });
  await page.$eval(named(name), (element) => element.click());
}

/** Waits until nothing moves and nothing is on its way. */
export async function still(page) {
  await page.waitForNetworkIdle({ idleTime: 150, timeout: PATIENCE_MS });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => undefined)));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

export async function go(page, address) {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#${address}`);
  await page.waitForSelector("h1", { timeout: PATIENCE_MS });
  await still(page);
}

/** From the first screen to an open sample. */
export async function openSample(page) {
  await press(page, "first-sample");
  await press(page, "sample-start");
  await press(page, "sample-open-1");
  await page.waitForSelector(named("office-name"), { timeout: PATIENCE_MS });
  await still(page);
}

/** Serves the pages and opens them in a browser for as long as `use` takes. */
export async function inWindow(use) {
  const server = await createServer({ root: new URL("../..", import.meta.url).pathname, logLevel: "error", server: { port: 0, hmr: false } });
  await server.listen();
  const browser = await puppeteer.launch({ executablePath: await browserPath(), args: ["--no-sandbox"], headless: true });
  try {
    const page = await browser.newPage();
    await page.setViewport(VIEW);
    await use(page, server.resolvedUrls.local[0]);
  } finally {
    await browser.close();
    await server.close();
  }
}
