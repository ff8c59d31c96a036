// Whom to trust, with which keys, and what is held about a person: page by page, against the in-memory host.
import { beforeEach, describe, expect, it } from "vitest";
import { at, click, freshHost, inDocument, openWindow, sampleIsOpen, submit, type } from "./world";

beforeEach(async () => {
  freshHost();
  await sampleIsOpen();
});

describe("the computers of all offices", () => {
  it("are revoked only with a reason, and can be trusted again", async () => {
    const { wrapper } = await openWindow("/directory");
    await click("device-1-0-revoke");
    await submit("dialog-submit");
    expect(inDocument("error-reason").textContent).not.toBe("");
    await type("field-reason", "电脑失窃");
    await submit("dialog-submit");
    expect(at(wrapper, "device-1-0-revoked").text()).toContain("电脑失窃");
    await click("device-1-0-reinstate");
    await type("field-reason", "找到了");
    await submit("dialog-submit");
    expect(at(wrapper, "device-1-0-revoked").exists()).toBe(false);
  }, 30_000);

  it("are found by the name of their office, and no more of them are drawn than somebody looks at", async () => {
    const { wrapper } = await openWindow("/directory");
    expect(at(wrapper, "directory-19").exists()).toBe(true);
    expect(at(wrapper, "directory-20").exists()).toBe(false);
    await type("directory-find", "大桥");
    expect(at(wrapper, "directory-0").text()).toContain("大桥商场联络站");
    expect(at(wrapper, "directory-1").exists()).toBe(false);
  });

  it("are joined by another one with a new invitation for the same office", async () => {
    await openWindow("/directory");
    await click("directory-1-invite");
    await type("field-out", "/media/clerk/KINGSTON");
    await submit("dialog-submit");
    expect(inDocument("invite-path").textContent).toContain(".invite");
  });

  it("are refused only after a question", async () => {
    const { wrapper } = await openWindow("/directory");
    await click("join-0-refuse");
    expect(at(wrapper, "join-0").exists()).toBe(true);
    await submit("dialog-submit");
    expect(at(wrapper, "join-0").exists()).toBe(false);
  });

  it("that ask to join show the code, and are let in", async () => {
    const { wrapper } = await openWindow("/directory");
    expect(at(wrapper, "join-0-code").text()).toBe("4827-1093");
    await click("join-0-admit");
    expect(at(wrapper, "join-0").exists()).toBe(false);
  });

  it("stand under offices that can be handed over and closed", async () => {
    const { wrapper } = await openWindow("/directory");
    await click("directory-1-amend");
    await type("field-contact", "李新来");
    await submit("dialog-submit");
    expect(at(wrapper, "directory-1").text()).toContain("李新来");
    await click("directory-1-close");
    await type("field-reason", "撤点");
    await submit("dialog-submit");
    expect(at(wrapper, "directory-1").text()).toContain("撤点");
  });
});

describe("keys", () => {
  it("are split into three envelopes that are shown once", async () => {
    const { wrapper } = await openWindow("/keys");
    expect(at(wrapper, "escrow-none").exists()).toBe(true);
    await click("split");
    for (const number of [1, 2, 3]) expect(at(wrapper, `share-${number}`).text()).toContain("3DE613");
    await click("shares-done");
    expect(at(wrapper, "shares").exists()).toBe(false);
    await click("split");
    expect(at(wrapper, "shares").exists()).toBe(false);
    expect(inDocument("key-dialog").textContent).toContain("3DE613");
  });

  it("are changed only after a question, and the old one stays for reading", async () => {
    const { wrapper } = await openWindow("/keys");
    const before = at(wrapper, "key-id").text();
    await click("rotate");
    expect(at(wrapper, "key-id").text()).toBe(before);
    await submit("dialog-submit");
    expect(at(wrapper, "key-id").text()).not.toBe(before);
    expect(at(wrapper, "former").text()).toContain(before);
  });

  it("are put together from two envelopes, and a wrong one is named", async () => {
    await openWindow("/keys");
    await click("restore");
    await type("field-share-one", "7QK2-1MZR-0GPA-9XCV-4H3T-WE8N-5BSD-JFY6-2RQM-KT01-8VZC-PHX3-NAG7-4DWE-B9S5-YJF2");
    await type("field-share-two", "7QK2");
    await submit("dialog-submit");
    expect(inDocument("error").dataset.code).toBe("share_invalid");
    await type("field-share-two", "7QK2-2T0B-XR5N-DQ8W-M4YJ-Z1HC-6VKE-GA93-PS7F-W2TQ-C0NX-5MRB-8JZD-1YKV-H4GE-3PA6");
    await submit("dialog-submit");
    expect(inDocument("restored").textContent).toContain("3DE613");
  });
});

describe("personal information", () => {
  it("is found by name, copied, and erased with a reason when the case is closed", async () => {
    const { wrapper } = await openWindow("/person");
    await type("field-text", "吴春雨");
    await submit("person-find");
    expect(at(wrapper, "person-found").text()).toContain("消费者本人");
    await click("person-copy");
    expect(at(wrapper, "person-sheet").text()).toContain("吴春雨");
    await click("person-erase");
    await type("field-reason", "本人要求");
    await submit("dialog-submit");
    const told = document.querySelector('[data-test="erased"], [data-code="case_open"]');
    expect(told).not.toBeNull();
  });
});
