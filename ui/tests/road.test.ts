// What comes in by stick and what people decide about it, page by page, against the in-memory host.
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/api/client";
import { at, click, freshHost, inDocument, openWindow, sampleIsOpen, submit, type } from "./world";

beforeEach(async () => {
  freshHost();
  await sampleIsOpen();
});

describe("an import", () => {
  it("is taken back only with a reason", async () => {
    const { wrapper } = await openWindow("/imports");
    await click("import-undo-0");
    await submit("dialog-submit");
    expect(inDocument("error-reason").textContent).not.toBe("");
    expect(at(wrapper, "import-undone-0").exists()).toBe(false);
    await type("field-reason", "站点发错了");
    await submit("dialog-submit");
    expect(at(wrapper, "import-undone-0").text()).toContain("站点发错了");
  });

  it("that was taken back is offered again where things are set aside", async () => {
    const { wrapper } = await openWindow("/aside");
    expect(at(wrapper, "aside-undone").text()).toContain("东村联络站");
    await click("undone-0-redo");
    await submit("dialog-submit");
    expect(at(wrapper, "aside-undone").exists()).toBe(false);
  });
});

describe("what waits", () => {
  it("says why, and is used at once only with a reason", async () => {
    const { wrapper } = await openWindow("/aside");
    expect(at(wrapper, "aside-waiting").text()).toContain("缺少它前面的内容");
    await click("waiting-0-force");
    await type("field-reason", "那台电脑已经报废");
    await submit("dialog-submit");
    expect(at(wrapper, "aside-waiting").exists()).toBe(false);
  });

  it("can be read as it was written", async () => {
    await openWindow("/aside");
    await click("waiting-0-raw");
    expect(inDocument("raw-dialog").textContent).toContain("mediation");
  });
});

describe("one matter", () => {
  it("is asked about once, and what was linked can be parted on the complaint's page", async () => {
    const { wrapper } = await openWindow("/decisions");
    const { complaint } = (await call("decision.list", {})).output.find((one) => one.kind === "same_matter") ?? {};
    await click("decision-2-same");
    await submit("dialog-submit");
    expect(at(wrapper, "decision-2-same").exists()).toBe(false);
    wrapper.unmount();
    const page = await openWindow(`/complaints/${complaint}`);
    expect(at(page.wrapper, "link-0").exists()).toBe(true);
  });
});

describe("a transfer", () => {
  it("is accepted without a reason and declined only with one", async () => {
    const { wrapper } = await openWindow("/transfers");
    await click("transfer-forUs-0-decline");
    await submit("dialog-submit");
    expect(inDocument("error-reason").textContent).not.toBe("");
    await click("dialog-cancel");
    await click("transfer-forUs-0-accept");
    await submit("dialog-submit");
    expect(at(wrapper, "transfers-forUs").exists()).toBe(false);
    expect(at(wrapper, "transfer-done-0").attributes("data-state")).toBe("accepted");
  });
});

describe("businesses", () => {
  it("that were merged can be parted again", async () => {
    const { wrapper } = await openWindow("/businesses");
    expect(at(wrapper, "business-0-merged-0").text()).toContain("惠民家电（新城店）");
    await click("business-0-unmerge-0");
    await type("field-reason", "是两家店");
    await submit("dialog-submit");
    expect(at(wrapper, "business-0-merged-0").exists()).toBe(false);
    expect(at(wrapper, "business-1").text()).toContain("惠民家电（新城店）");
  });
});

describe("a stick", () => {
  it("that the other computer may not read is named with what to do, before and after writing, and can be written all the same", async () => {
    const { wrapper } = await openWindow("/carry");
    expect(at(wrapper, "carry-place-0").text()).toContain("FAT32");
    expect(at(wrapper, "carry-readers").exists()).toBe(false);
    await click("carry-place-1");
    expect(at(wrapper, "carry-readers").text()).toContain("ext4");
    expect(at(wrapper, "carry-readers").text()).toContain("另借一个");
    await submit("carry-export");
    expect(at(wrapper, "carry-done").attributes("data-verified")).toBe("true");
    expect(at(wrapper, "carry-readers").text()).toContain("ext4");
  });
});
