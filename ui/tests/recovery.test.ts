// A forgotten passphrase and a damaged store, page by page.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "@/api/client";
import { CARD } from "@/api/fake/recovery";
import { at, click, countyIsOpen, freshHost, inDocument, openWindow, submit, type } from "./world";

beforeEach(freshHost);
beforeEach(countyIsOpen);

const FORGOT = "/start/forgot?dir=/home/clerk/.local/share/redress/0000";

async function choose(): Promise<void> {
  await type("passphrase", "another secret");
  await type("passphrase-again", "another secret");
}

describe("a recovery card", () => {
  it("is shown once, group by group, to be printed", async () => {
    const { wrapper } = await openWindow("/people");
    await click("card-make");
    expect(at(wrapper, "card-group-0").text()).toBe(CARD[0]);
    expect(at(wrapper, "card-group-9").exists()).toBe(true);
  });

  it("is said to be there, and is replaced only after a question", async () => {
    const { wrapper } = await openWindow("/people");
    expect(at(wrapper, "card-missing").exists()).toBe(true);
    await click("card-make");
    await click("card-locked-away");
    expect(at(wrapper, "card-made-on").exists()).toBe(true);
    await click("card-make");
    expect(at(wrapper, "recovery-card").exists()).toBe(false);
    await submit("dialog-submit");
    expect(at(wrapper, "recovery-card").exists()).toBe(true);
  });

  it("says which group was typed wrongly, and opens with the right digits", async () => {
    await call("card.make", {});
    await call("store.lock", {});
    const { router } = await openWindow(FORGOT);
    await type("field-code", ["10243", "27719", ...CARD.slice(2)].join(" "));
    await choose();
    await submit("submit");
    expect(inDocument("error-code").textContent).toContain("2");
    await type("field-code", CARD.join(" "));
    await submit("submit");
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/home"));
  });

  it("that was never made is not asked for", async () => {
    await call("store.lock", {});
    const { wrapper } = await openWindow(FORGOT);
    expect(at(wrapper, "forgot-card-none").exists()).toBe(true);
  });
});

describe("the county's help", () => {
  it("needs a request whose code is read out by phone, and an answer", async () => {
    await call("store.lock", {});
    const { wrapper, router } = await openWindow(FORGOT);
    await click("forgot-county");
    expect(at(wrapper, "submit").exists()).toBe(false);
    await type("field-out", "/media/clerk/KINGSTON");
    await submit("recovery-request");
    expect(at(wrapper, "compare-code").text()).toBe("5518-2043");
    await type("field-path", "/media/clerk/KINGSTON/redress-55182043.answer");
    await choose();
    await submit("submit");
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/home"));
  });

  it("is given only after looking at the same code", async () => {
    await openWindow("/offices");
    await click("office-recovery");
    await type("field-path", "/media/clerk/KINGSTON/redress-55182043.recovery");
    await submit("dialog-submit");
    expect(inDocument("compare-code").textContent).toBe("5518-2043");
    await type("field-out", "/media/clerk/KINGSTON");
    await submit("dialog-submit");
    expect(inDocument("recovery-answered").textContent).toContain(".answer");
  });
});

describe("a damaged store", () => {
  it("is rescued to a stick, and work goes on from there", async () => {
    const { wrapper } = await openWindow("/start/rescue?dir=/home/clerk/store&operator=x");
    await type("field-out", "/media/clerk/KINGSTON");
    await type("passphrase", "long enough");
    await submit("submit");
    expect(at(wrapper, "rescued").text()).toContain("398");
    expect(at(wrapper, "rescue-next").attributes("href")).toContain("redress-rescue");
  });
});
