// The guide: every page in both languages, and on every screen a page that helps.
import { beforeEach, describe, expect, it } from "vitest";
import { GUIDE_PAGES, guideText, helpFor, PRINTED } from "@/features/guide/guidePages";
import en from "@/locales/en.json";
import zh from "@/locales/zh-CN.json";
import { SCREENS } from "./screens/screens.mjs";
import { at, countyIsOpen, freshHost, openWindow } from "./world";

const messages = (value: unknown): string[] => (typeof value === "string" ? [value] : Object.values(value as object).flatMap(messages));

describe("the guide", () => {
  beforeEach(freshHost);

  it.each([...GUIDE_PAGES, PRINTED])("has the page %s in both languages, each with a heading", (page) => {
    for (const language of ["zh-CN", "en"] as const) expect(guideText(page, language)).toMatch(/^<h1>[^<]+<\/h1>/);
  });

  it.each(SCREENS.filter((screen) => !screen.outside).map((screen) => screen.address))("helps on %s", (address) => {
    expect(guideText(helpFor(address), "zh-CN")).not.toBe("");
  });

  // A guide that names a button that is not there sends people looking for it.
  it.each([...GUIDE_PAGES, PRINTED])("names on the page %s only buttons that are there", (page) => {
    for (const [language, catalogue, pressed] of [
      ["zh-CN", zh, /点(?:左边|“更多”里)?的?(?:<strong>|“)([^<”]+)/g],
      ["en", en, /(?:[Cc]hoose|[Pp]ress) (?:<strong>|“)([^<”]+)/g],
    ] as const) {
      const words = messages(catalogue).map((text) => text.replace(/\s*\{\w+\}\s*/g, "").replace(/^“|”$/g, ""));
      const named = [...guideText(page, language).matchAll(pressed)].map((found) => found[1]?.trim() ?? "");
      const missing = named.filter((name) => !words.some((text) => text === name || text.startsWith(name)));
      expect(missing, language).toEqual([]);
    }
  });

  it("opens from the question mark of a screen", async () => {
    await countyIsOpen();
    const { wrapper } = await openWindow("/carry");
    expect(at(wrapper, "help").attributes("href")).toContain("/guide/carry");
    const guide = await openWindow("/guide/lost-stick");
    expect(at(guide.wrapper, "guide-text").text()).toContain("加密");
  });
});
