// Where a Chromium is.
import { access } from "node:fs/promises";

const KNOWN = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function browserPath() {
  for (const path of [process.env.CHROMIUM, ...KNOWN].filter(Boolean)) {
    if (await access(path).then(() => true, () => false)) return path;
  }
  throw new Error("no Chromium was found: install the package chromium");
}
