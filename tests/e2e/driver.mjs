// A small WebDriver client for the program's window: just what a journey needs, over the W3C protocol.
// It starts the program under its own tauri-driver, with its own data folder, and looks elements up by `data-test`.
// Nothing here sleeps for a fixed time: whatever is waited for is looked at again until a deadline.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const LOOK_AGAIN_MS = 50;
const PATIENCE_MS = 15_000;
const START_PATIENCE_MS = 60_000;
const ANSWER_MS_MAX = 60_000;
const FAREWELL_MS_MAX = 5_000;
const KEY_DELETE = "\uE017";
const KEYS = { Enter: "\uE007", Tab: "\uE004", Control: "\uE009", Right: "\uE014", Down: "\uE015", Escape: "\uE00C" };

// Fonts loaded, moving parts at rest (one that never rests is not waited for), and two frames drawn after that.
const STILL = `
  const rest = (motion) => motion.finished.catch(() => undefined);
  const patience = new Promise((done) => setTimeout(done, 1000));
  return document.fonts.ready
    .then(() => Promise.race([patience, Promise.all(document.getAnimations().map(rest))]))
    .then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))));`;

// Words of a page that can be moved sideways, and of every part whose content bursts out of it.
const BEYOND_ITS_EDGE = `
  const page = document.documentElement;
  const bursts = (element) =>
    element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "visible";
  const parts = [...document.querySelectorAll("section, th, td, h1, h2, button, .kpi")].filter(bursts);
  const wide = page.scrollWidth > page.clientWidth ? [page] : [];
  return [...wide, ...parts].slice(0, 5).map((element) => element.innerText.slice(0, 40));`;

// What a person would not see: faults of the pages, and anything the content policy had to refuse.
const HEAR_TROUBLE = `
  const troubles = (window.troublesHeard = []);
  window.addEventListener("error", (event) => troubles.push(String(event.message)));
  window.addEventListener("unhandledrejection", (event) => troubles.push(String(event.reason?.message ?? event.reason)));
  document.addEventListener("securitypolicyviolation", (event) => troubles.push("refused: " + event.blockedURI));`;

// Where nothing that stays at an edge covers it. The driver cannot click a row of a table, but a cell of it.
const TO_THE_MIDDLE = `
  const shown = (cell) => cell.getClientRects().length > 0;
  const element = arguments[0].matches("tr") ? [...arguments[0].cells].find(shown) : arguments[0];
  element.scrollIntoView({ block: "center", behavior: "instant" });
  return element;`;

/** Looks again and again until `look` gives something, and gives that; after `patience_ms` it fails, naming `what`. */
export async function until(what, look, patience_ms = PATIENCE_MS) {
  const deadline = Date.now() + patience_ms;
  let last;
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`not within ${patience_ms} ms: ${what}${last ? ` (${last.message})` : ""}`, { cause: last });
    }
    await pause(LOOK_AGAIN_MS);
  }
}

/** A folder of its own under the system's temporary folder. */
export function temporaryFolder(name) {
  return mkdtemp(join(tmpdir(), `redress-${name}-`));
}

/** The processes of a group that still live. A dead one that nobody has fetched yet does not count. */
async function livingIn(group) {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lives = await Promise.all(
    ids.map(async (id) => {
      // After the name in brackets: state, parent, group.
      const facts = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
      const [state, , itsGroup] = facts.slice(facts.lastIndexOf(")") + 2).split(" ");
      return itsGroup === `${group}` && state !== "Z";
    }),
  );
  return ids.filter((_, n) => lives[n]);
}

function endGroup(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    // It ended by itself in this very moment.
    if (error.code !== "ESRCH") throw error;
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** One run of the program: its window, its driver, its data folder. */
export class Window {
  #base;
  #driver;
  #session;
  #journey;
  #runtime;
  #pictures = 0;
  #keys = 0;
  #sticksOut = [];
  #said = "";

  /** Opens the program for the journey called `journey`, keeping its stores below `dataHome`. */
  static async open(journey, dataHome) {
    const window = new Window();
    window.#journey = journey;
    try {
      await window.#start(dataHome);
    } catch (error) {
      await window.close();
      throw error;
    }
    return window;
  }

  async #start(dataHome) {
    const [port, nativePort] = [await freePort(), await freePort()];
    this.#base = `http://127.0.0.1:${port}`;
    this.#runtime = await temporaryFolder("runtime");
    this.#driver = spawn(setting("REDRESS_DRIVER"), ["--port", `${port}`, "--native-port", `${nativePort}`], {
      env: this.#environment(dataHome),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [this.#driver.stdout, this.#driver.stderr]) {
      stream.on("data", (text) => (this.#said = (this.#said + text).slice(-4_000)));
    }
    this.#driver.on("error", (error) => (this.#said += error.message));
    await until("the driver answers", () => this.#call("GET", "/status"), START_PATIENCE_MS);
    const capabilities = { alwaysMatch: { "tauri:options": { application: setting("REDRESS_APP") } } };
    const { sessionId } = await this.#call("POST", "/session", { capabilities });
    this.#session = `/session/${sessionId}`;
    await until("the first page is drawn", () => this.find("[data-test]"), START_PATIENCE_MS);
    await this.script(HEAR_TROUBLE);
  }

  // A desktop of its own: no session bus, where a program that already runs would take the window.
  #environment(dataHome) {
    const { DBUS_SESSION_BUS_ADDRESS: _bus, ...environment } = process.env;
    return {
      ...environment,
      GDK_BACKEND: "x11",
      LIBGL_ALWAYS_SOFTWARE: "1",
      NO_AT_BRIDGE: "1",
      XDG_CACHE_HOME: join(dataHome, ".cache"),
      XDG_CONFIG_HOME: join(dataHome, ".config"),
      XDG_DATA_HOME: dataHome,
      XDG_RUNTIME_DIR: this.#runtime,
    };
  }

  /** Closes the window and ends its driver; safe to call twice. */
  async close() {
    if (this.#session) await this.#call("DELETE", this.#session, undefined, FAREWELL_MS_MAX).catch(() => undefined);
    await this.crash();
  }

  /** Ends the program in the middle of whatever it does, as a power cut would; safe to call twice. */
  async crash() {
    this.#session = undefined;
    const group = this.#driver?.pid;
    // Its own process group: the driver, the browser's driver and the window go together, also when they hang.
    if (group && (await livingIn(group)).length > 0) {
      endGroup(group);
      await until("the program has ended", async () => (await livingIn(group)).length === 0);
    }
    if (this.#runtime) await rm(this.#runtime, { recursive: true, force: true });
  }

  async #call(method, path, body, answer_ms_max = ANSWER_MS_MAX) {
    const answer = await fetch(this.#base + path, {
      method,
      signal: AbortSignal.timeout(answer_ms_max),
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
      headers: { "content-type": "application/json" },
    });
    const { value } = await answer.json();
    if (answer.ok) return value;
    throw new Error(`${value?.error}: ${value?.message}\n${this.#said}`);
  }

  #ask(method, path, body) {
    return this.#call(method, this.#session + path, body);
  }

  /** Every element a CSS selector finds now, perhaps none. */
  async findAll(selector) {
    const found = await this.#ask("POST", "/elements", { using: "css selector", value: selector });
    return found.map((element) => element[ELEMENT]);
  }

  /** The first element a CSS selector finds now, or nothing. */
  async find(selector) {
    return (await this.findAll(selector))[0];
  }

  /** The element named `name` as soon as it is there and can be seen. */
  see(name, patience_ms) {
    return until(
      `“${name}” is seen`,
      async () => {
        for (const element of await this.findAll(named(name))) {
          if (await this.#ask("GET", `/element/${element}/displayed`)) return element;
        }
        return undefined;
      },
      patience_ms,
    );
  }

  /** Whether an element named `name` is there now. */
  async has(name) {
    return (await this.find(named(name))) !== undefined;
  }

  /** Clicks the element named `name`; one that is covered or still moving is tried again. */
  async click(name) {
    await until(`“${name}” takes a click`, async () => {
      const element = await this.script(TO_THE_MIDDLE, { [ELEMENT]: await this.see(name) });
      await this.#ask("POST", `/element/${element[ELEMENT]}/click`);
      return true;
    });
  }

  /** Brings the element named `name` to the middle of the window. */
  async show(name) {
    await this.script(TO_THE_MIDDLE, { [ELEMENT]: await this.see(name) });
  }

  /** Writes `text` into the field named `name` in place of what it held, key by key as a person would. */
  async write(name, text) {
    const element = await this.see(name);
    await this.script("arguments[0].focus(); arguments[0].select();", { [ELEMENT]: element });
    await this.#ask("POST", `/element/${element}/value`, { text: text || KEY_DELETE });
    await until(`“${name}” holds “${text}”`, async () => (await this.value(name)) === text);
  }

  /** Types into whatever has the focus: text as it stands, and keys by their names (Enter, Tab, Down). */
  async type(...parts) {
    for (const part of parts) {
      this.#keys += keysOf(part);
      const active = await this.#ask("GET", "/element/active");
      await this.#ask("POST", `/element/${active[ELEMENT]}/value`, { text: KEYS[part] ?? part });
    }
  }

  /** How many keys were pressed since this was asked last. */
  keys() {
    const pressed = this.#keys;
    this.#keys = 0;
    return pressed;
  }

  /** Presses `key` while `Control` is held. */
  async control(key) {
    this.#keys += 2;
    const down = (value) => ({ type: "keyDown", value });
    const up = (value) => ({ type: "keyUp", value });
    const pressed = KEYS[key] ?? key;
    const actions = [down(KEYS.Control), down(pressed), up(pressed), up(KEYS.Control)];
    await this.#ask("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Whether the element named `name` has the focus. */
  focused(name) {
    return this.script("return document.activeElement?.dataset.test === arguments[0];", name);
  }

  /** Puts the focus on the element named `name`, as walking there with Tab would. */
  async focus(name) {
    await this.script("arguments[0].focus();", { [ELEMENT]: await this.see(name) });
  }

  /** Chooses the option of `code` in the list named `name`; in a list that is searched by typing, by typing the code. */
  async choose(name, code) {
    const list = await this.see(name);
    if ((await this.#ask("GET", `/element/${list}/property/tagName`)) === "INPUT") {
      await this.write(name, code);
      await this.see(`${name}-option-0`);
      await this.#ask("POST", `/element/${list}/value`, { text: KEYS.Enter });
      await until(`“${name}” is “${code}”`, async () => (await this.attribute(name, "data-value")) === code);
      return;
    }
    const option = `${named(name)} option[value="${code}"]`;
    await until(`“${name}” offers “${code}”`, () => this.find(option));
    await this.script(
      "const list = document.querySelector(arguments[0]); list.value = arguments[1];" +
        "list.dispatchEvent(new Event('input', { bubbles: true }));" +
        "list.dispatchEvent(new Event('change', { bubbles: true }));",
      named(name),
      code,
    );
  }

  /** What the field named `name` holds. */
  async value(name) {
    return this.#ask("GET", `/element/${await this.see(name)}/property/value`);
  }

  /** The visible words of the element named `name`. */
  async text(name, patience_ms) {
    return (await this.#ask("GET", `/element/${await this.see(name, patience_ms)}/text`)).trim();
  }

  /** An attribute of the element named `name`. */
  async attribute(name, attribute) {
    return this.#ask("GET", `/element/${await this.see(name)}/attribute/${attribute}`);
  }

  /** The words of the page's heading, as soon as there is one. */
  async heading() {
    const element = await until("the page has a heading", () => this.find("h1"));
    return (await this.#ask("GET", `/element/${element}/text`)).trim();
  }

  /** The words of the element named `name`, wherever on the page it stands; none while it is not there. */
  async words(name) {
    return (await this.script("return document.querySelector(arguments[0])?.textContent ?? '';", named(name))).trim();
  }

  /** The bare figure behind the element named `name`, seen or not, as soon as it is there. */
  figure(name, patience_ms) {
    const read = "return document.querySelector(arguments[0])?.dataset.value ?? null;";
    return until(`“${name}” has a figure`, () => this.script(read, named(name)), patience_ms);
  }

  /** Waits until the figure named `name` is `value`. */
  waitForFigure(name, value, patience_ms) {
    return until(`“${name}” is ${value}`, async () => (await this.figure(name)) === `${value}`, patience_ms);
  }

  /** The page's address inside the program. */
  address() {
    return this.#ask("GET", "/url");
  }

  /** Runs a script in the page and gives what it returns. */
  script(script, ...args) {
    return this.#ask("POST", "/execute/sync", { script, args });
  }

  /** Asks the program what a page would ask it, and gives the output. */
  rpc(command, payload) {
    const invoke =
      "return window.__TAURI_INTERNALS__.invoke('rpc', { command: arguments[0], payload: arguments[1] }).then((answer) => answer.output);";
    return this.script(invoke, command, payload);
  }

  /** Makes the window as small or large as a person might. */
  resize(width, height) {
    return this.#ask("POST", "/window/rect", { width, height });
  }

  /** What went wrong in the pages and what stuck out of them in a picture, in words; good pages give none. */
  async troubles() {
    const heard = this.#session ? await this.script("return window.troublesHeard;") : [];
    return [...heard, ...this.#sticksOut];
  }

  /** Keeps a picture of the window once it is drawn and still, numbered in the order of the journey, and looks whether
   * anything sticks out. */
  async picture(title) {
    await this.script(STILL);
    await this.#keepPicture(title);
    const beyond = await this.script(BEYOND_ITS_EDGE);
    if (beyond.length > 0) this.#sticksOut.push(`“${title}” shows what sticks out: ${beyond.join(" · ")}`);
  }

  async #keepPicture(title) {
    const folder = setting("REDRESS_SHOTS");
    await mkdir(folder, { recursive: true });
    const number = String((this.#pictures += 1)).padStart(2, "0");
    const png = Buffer.from(await this.#ask("GET", "/screenshot"), "base64");
    await writeFile(join(folder, `${this.#journey}-${number}-${title}.png`), png);
  }
}

/** How many keys a person presses for a text: two for a Chinese character, as an input method that knows words asks for. */
function keysOf(part) {
  if (KEYS[part]) return 1;
  return [...part].reduce((keys, letter) => keys + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);
}

function named(name) {
  return `[data-test="${name}"]`;
}

/** A setting that `cargo xtask test` hands in. */
export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the journeys through cargo xtask test`);
  return value;
}
