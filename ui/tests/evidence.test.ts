// Photos in the file of a case: added by button, by paste and by drag, looked at with the keyboard, taken out with a reason.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { VueWrapper } from "@vue/test-utils";
import { at, freshHost, inDocument, openWindow, sampleIsOpen, settled, submit, type } from "./world";

const CASE = "/complaints/complaint-0004";
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
let wrapper: VueWrapper;

const photo = (name: string, bytes: Uint8Array<ArrayBuffer> = JPEG) => new File([bytes], name, { type: "image/jpeg" });
const listed = (files: File[]) => ({ files: Object.assign(files, { item: (n: number) => files[n] }) });
const tiles = () => wrapper.findAll('[data-test="evidence-drop"] li').length;

async function until(what: () => boolean): Promise<void> {
  for (let turn = 0; turn < 50 && !what(); turn += 1) await settled();
  expect(what()).toBe(true);
}

function sent(kind: string, key: string, files: File[]): Event {
  return Object.assign(new Event(kind, { bubbles: true, cancelable: true }), { [key]: listed(files) });
}

/** Gives the reason that is asked for. */
async function because(reason: string): Promise<void> {
  await settled();
  const sheet = inDocument("evidence-reason");
  const words = sheet.querySelector("textarea");
  if (words === null) throw new Error("a reason is asked for");
  words.value = reason;
  words.dispatchEvent(new Event("input"));
  await settled();
  sheet.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
}

describe("evidence", () => {
  beforeEach(async () => {
    freshHost();
    await sampleIsOpen();
    ({ wrapper } = await openWindow(CASE));
  });
  afterEach(() => wrapper.unmount());

  it("comes by button, by paste and by drag, and what is refused is named while the rest goes on", async () => {
    const before = tiles();
    const input = at(wrapper, "evidence-file").element as HTMLInputElement;
    Object.defineProperty(input, "files", { value: listed([photo("none.pdf"), photo("one.jpg")]).files, configurable: true });
    await at(wrapper, "evidence-file").trigger("change");
    await until(() => tiles() === before + 1);
    await until(() => at(wrapper, "evidence-refused").exists());
    expect(at(wrapper, "evidence-refused").text()).toContain("none.pdf");
    document.body.dispatchEvent(sent("paste", "clipboardData", [photo("two.jpg", new Uint8Array([...JPEG, 4]))]));
    await until(() => tiles() === before + 2);
    at(wrapper, "evidence-drop").element.dispatchEvent(sent("drop", "dataTransfer", [photo("three.jpg", new Uint8Array([...JPEG, 5]))]));
    await until(() => tiles() === before + 3);
    expect(at(wrapper, "evidence-refused").exists()).toBe(false);
  });

  it("is looked at in full with the arrows, and what is missing has a placeholder and a word", async () => {
    expect(at(wrapper, "evidence-3").attributes("data-state")).toBe("missing");
    expect(at(wrapper, "evidence-3-open").attributes("disabled")).toBeDefined();
    expect(at(wrapper, "evidence-missing").text()).toContain("1");
    await at(wrapper, "evidence-0-open").trigger("click");
    await until(() => document.querySelector('[data-test="evidence-picture"]') !== null);
    const first = inDocument<HTMLImageElement>("evidence-picture").src;
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    await until(() => document.querySelector<HTMLImageElement>('[data-test="evidence-picture"]')?.src !== first);
  });

  it("leaves the file only with a reason, and comes back with another", async () => {
    const before = tiles();
    expect(at(wrapper, "evidence-taken").exists()).toBe(false);
    await at(wrapper, "evidence-1-withdraw").trigger("click");
    await because("放错了");
    await until(() => tiles() === before - 1);
    expect(at(wrapper, "evidence-taken").text()).toContain("放错了");
    await at(wrapper, "evidence-taken-0-restore").trigger("click");
    await because("没有放错");
    await until(() => tiles() === before);
    expect(at(wrapper, "evidence-taken").exists()).toBe(false);
  });

  it("is given words and a day afterwards, and a day that is none is refused beside its field", async () => {
    await at(wrapper, "evidence-2-open").trigger("click");
    await until(() => document.querySelector('[data-test="evidence-note"]') !== null);
    await type("evidence-note", "第三方检测报告");
    await type("evidence-taken-on", "不记得");
    await submit("evidence-words-save");
    await until(() => document.querySelector('[data-test="error-taken_on"]') !== null);
    await type("evidence-taken-on", "2026-11-03");
    await submit("evidence-words-save");
    await until(() => at(wrapper, "evidence-2").text().includes("第三方检测报告"));
    const shown = inDocument<HTMLInputElement>("evidence-taken-on").value;
    expect(shown).toBe("2026-11-03");
  });

  it("that has not come is counted on the first page and on the board of offices", async () => {
    wrapper.unmount();
    ({ wrapper } = await openWindow("/"));
    expect(at(wrapper, "home-photosMissing").attributes("data-value")).toBe("1");
    wrapper.unmount();
    ({ wrapper } = await openWindow("/offices"));
    expect(wrapper.text()).toContain("缺照片 1");
  });
});
