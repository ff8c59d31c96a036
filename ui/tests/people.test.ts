// The people at one PC: who is here, what their role does not allow, and the lock.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "@/api/client";
import { at, click, countyIsOpen, freshHost, inDocument, openWindow, sampleIsOpen, settled, submit, type } from "./world";

beforeEach(freshHost);
beforeEach(countyIsOpen);

async function add(name: string, role: "clerk" | "reader"): Promise<void> {
  await call("operator.add", { name, role, passphrase: "long enough too" });
}

describe("the people of an office", () => {
  it("get a name, a role and a passphrase typed twice", async () => {
    const { wrapper } = await openWindow("/people");
    await click("operator-add");
    await type("field-name", "周登记");
    await type("passphrase", "another secret");
    await type("passphrase-again", "another secre");
    expect(inDocument<HTMLButtonElement>("dialog-submit").disabled).toBe(true);
    await type("passphrase-again", "another secret");
    await submit("dialog-submit");
    expect(at(wrapper, "operator-1").text()).toContain("周登记");
  });

  it("are told when somebody has their name already", async () => {
    await openWindow("/people");
    await click("operator-add");
    await type("field-name", "李和平");
    await type("passphrase", "another secret");
    await type("passphrase-again", "another secret");
    await submit("dialog-submit");
    expect(inDocument("error-name").textContent).not.toBe("");
  });

  it("leave after a question, and stay in the list", async () => {
    await add("周登记", "clerk");
    const { wrapper } = await openWindow("/people");
    await click("operator-1-retire");
    await submit("dialog-submit");
    expect(at(wrapper, "operator-1").attributes("data-retired")).toBe("true");
    expect(at(wrapper, "operator-1-reset").exists()).toBe(false);
  });

  it("hand an old job over to somebody new in one sheet", async () => {
    await add("周登记", "clerk");
    const { wrapper } = await openWindow("/people");
    await click("operator-1-hand-over");
    await type("field-name", "孙接手");
    await type("passphrase", "another secret");
    await type("passphrase-again", "another secret");
    await submit("dialog-submit");
    expect(inDocument("handed-over").textContent).toContain("孙接手");
    await click("dialog-close");
    expect(at(wrapper, "operator-1").attributes("data-retired")).toBe("true");
    expect(at(wrapper, "operator-2").text()).toContain("经办员");
  });

  it("never let themselves go: whoever takes over does it", async () => {
    const { wrapper } = await openWindow("/people");
    await click("operator-0-hand-over");
    await type("field-name", "孙接手");
    await type("passphrase", "another secret");
    await type("passphrase-again", "another secret");
    await submit("dialog-submit");
    await click("dialog-close");
    expect(at(wrapper, "operator-0").attributes("data-retired")).toBe("false");
    expect(at(wrapper, "operator-1").text()).toContain("负责人");
  });

  it("change their own passphrase with the old one", async () => {
    const { wrapper } = await openWindow("/people");
    await click("passphrase-change");
    await type("passphrase-old", "not this one");
    await type("passphrase", "another secret");
    await type("passphrase-again", "another secret");
    await submit("dialog-submit");
    expect(inDocument("error").getAttribute("data-code")).toBe("passphrase_wrong");
    await type("passphrase-old", "long enough");
    await submit("dialog-submit");
    expect(at(wrapper, "passphrase-changed").exists()).toBe(true);
  });
});

describe("a role", () => {
  it("hides the ways it never goes, and says why a button cannot be pressed", async () => {
    await call("operator.amend", { id: "operator-1", name: "李和平", role: "reader" });
    const { wrapper } = await openWindow("/people");
    for (const way of ["register", "carry", "merge"]) expect(at(wrapper, `nav-${way}`).exists()).toBe(false);
    expect(at(wrapper, "nav-complaints").exists()).toBe(true);
    const button = inDocument<HTMLButtonElement>("operator-add");
    expect(button.disabled).toBe(true);
    expect(button.title).toContain("只读");
  });

  it("that only looks is offered nothing else on the first page", async () => {
    freshHost();
    await sampleIsOpen();
    await call("operator.amend", { id: "operator-1", name: "李和平", role: "reader" });
    const { wrapper, router } = await openWindow("/home");
    expect(at(wrapper, "home-register").exists()).toBe(false);
    expect(at(wrapper, "home-totals").exists()).toBe(true);
    expect(at(wrapper, "home-task-0-go").exists()).toBe(false);
    await click("home-task-0-look");
    await vi.waitFor(() => expect(router.currentRoute.value.path).toMatch(/^\/complaints\/.+/));
  });
});

describe("the lock", () => {
  it("falls at Ctrl+L", async () => {
    const { router } = await openWindow("/home");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "l", ctrlKey: true, cancelable: true }));
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/sign-in"));
  });

  it("falls by itself when nobody has touched anything for the time that is set, and not before", async () => {
    const { router } = await openWindow("/home");
    vi.useFakeTimers();
    try {
      window.dispatchEvent(new Event("pointerdown"));
      await vi.advanceTimersByTimeAsync(14 * 60_000);
      window.dispatchEvent(new Event("pointermove"));
      await vi.advanceTimersByTimeAsync(14 * 60_000);
      expect(router.currentRoute.value.path).toBe("/home");
      await vi.advanceTimersByTimeAsync(61_000);
    } finally {
      vi.useRealTimers();
    }
    await settled();
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/sign-in"));
  });

  it("is set in the settings", async () => {
    await openWindow("/settings");
    const choice = inDocument<HTMLSelectElement>("lock-after");
    expect(choice.value).toBe("15");
    choice.value = "5";
    choice.dispatchEvent(new Event("change"));
    await settled();
    expect((await call("settings.get", {})).output.lock_after_min).toBe(5);
  });
});
