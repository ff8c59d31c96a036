// Copies on a stick, bringing one back, and what is shown only in part.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "@/api/client";
import { at, click, countyIsOpen, freshHost, inDocument, openWindow, sampleIsOpen, settled, submit, type } from "./world";

beforeEach(freshHost);

describe("a backup", () => {
  beforeEach(countyIsOpen);

  it("is made by one button, and the first screen turns from red to green", async () => {
    const home = await openWindow("/home");
    expect(at(home.wrapper, "home-backup").attributes("data-look")).toBe("bad");
    home.wrapper.unmount();
    const { wrapper } = await openWindow("/backup");
    await submit("backup-now");
    await settled();
    expect(at(wrapper, "backup-made").attributes("data-value")).toBe("412");
    wrapper.unmount();
    const again = await openWindow("/home");
    expect(at(again.wrapper, "home-backup").attributes("data-look")).toBe("good");
  });

  it("is made by itself once a folder is chosen", async () => {
    await openWindow("/backup");
    await type("field-backup_folder", "/media/clerk/KINGSTON");
    await submit("backup-folder-save");
    const { output } = await call("settings.get", {});
    expect(output).toEqual({ lock_after_min: 15, backup_folder: "/media/clerk/KINGSTON" });
  });
});

describe("a damaged store", () => {
  it("is shown for reading only, says what is missing, and leads to the rescue", async () => {
    const { stores, passphrase } = (await call("sample.create", {})).output;
    await call("store.open", { dir: stores[0]?.dir ?? "", passphrase: `${passphrase} dying`, operator: null });
    const { wrapper, router } = await openWindow("/home");
    expect(at(wrapper, "read-only").attributes("data-lost")).toBe("5");
    expect(inDocument<HTMLButtonElement>("home-register").disabled).toBe(true);
    await click("read-only-rescue");
    await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toContain("/start/rescue?dir="));
    wrapper.unmount();
  });
});

describe("bringing a backup back", () => {
  it("shows whose it is and when it was made, and offers no damaged one", async () => {
    const { wrapper, router } = await openWindow("/start/restore");
    await type("field-path", "/media/clerk/KINGSTON");
    await submit("restore-look");
    expect(at(wrapper, "restore-copy-0").text()).toContain("大桥商场联络站");
    expect(inDocument<HTMLButtonElement>("restore-copy-1").disabled).toBe(true);
    await type("passphrase", "not this one");
    await submit("submit");
    expect(inDocument("error").getAttribute("data-code")).toBe("passphrase_wrong");
    await type("passphrase", "qinghe-2026");
    await submit("submit");
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/home"));
  });

  it("says when there is none", async () => {
    await openWindow("/start/restore");
    await type("field-path", "/home/clerk");
    await submit("restore-look");
    expect(inDocument("error").getAttribute("data-code")).toBe("backup_none");
  });
});

describe("a phone number", () => {
  beforeEach(sampleIsOpen);

  it("is shown in part until somebody asks for the whole, and that is noted", async () => {
    const list = (await call("complaint.list", { status: null, office: null, nature: null, class: null, from: null, to: null, open_only: false, business: null, due: null, after: null, limit: 1 })).output;
    const id = list.rows[0]?.id ?? "";
    const whole = (await call("complaint.reveal", { id, reason: "" })).output.input.consumer_phone;
    const { wrapper } = await openWindow(`/complaints/${id}`);
    expect(wrapper.text()).not.toContain(whole);
    await click("reveal");
    await submit("dialog-submit");
    expect(wrapper.text()).toContain(whole);
    expect(at(wrapper, "revealed").exists()).toBe(true);
    wrapper.unmount();
    const views = await openWindow("/views");
    expect(at(views.wrapper, "view-0").exists()).toBe(true);
  });
});
