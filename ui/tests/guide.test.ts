// The guide: every page in both languages, and on every screen a page that helps.
import { beforeEach, describe, expect, it } from "vitest";
import { GUIDE_PAGES, guideText, helpFor, PRINTED } from "@/features/guide/guidePages";
import { SCREENS } from "./screens/screens.mjs";
import { at, countyIsOpen, freshHost, openWindow } from "./world";

describe("the guide", () => {
  beforeEach(freshHost);

  it.each([...GUIDE_PAGES, PRINTED])("has the page %s in both languages, each with a heading", (page) => {
    for (const language of ["zh-CN", "en"] as const) expect(guideText(page, language)).toMatch(/^<h1>[^<]+<\/h1>/);
  });

  it.each(SCREENS.filter((screen) => !screen.outside).map((screen) => screen.address))("helps on %s", (address) => {
    expect(guideText(helpFor(address), "zh-CN")).not.toBe("");
  });

  it("opens from the question mark of a screen", async () => {
    await countyIsOpen();
    const { wrapper } = await openWindow("/carry");
    expect(at(wrapper, "help").attributes("href")).toContain("/guide/carry");
    const guide = await openWindow("/guide/lost-stick");
    expect(at(guide.wrapper, "guide-text").text()).toContain("加密");
  });
});
