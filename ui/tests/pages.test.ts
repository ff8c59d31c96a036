// What a person does, page by page, against the in-memory host.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { call } from "@/api/client";
import { emptyComplaint } from "@/features/complaint/complaintInput";
import { at, click, countyIsOpen, freshHost, inDocument, openWindow, sampleIsOpen, settled, submit, type } from "./world";

beforeEach(freshHost);

const COMPLAINT = {
  ...emptyComplaint("2026-11-24"),
  channel: "IC01",
  consumer_name: "林小禾",
  consumer_phone: "19900000001",
  respondent_name: "惠民家电商场",
  goods_name: "洗衣机",
  class: "G05-05",
  nature: "N01",
  facts: "用了五天不转了",
  request: "退货",
  dispute: "1280",
};

describe("the first screen", () => {
  it("offers four ways to begin when there is no store", async () => {
    const { wrapper, router } = await openWindow("/");
    expect(router.currentRoute.value.path).toBe("/start");
    for (const way of ["sample", "join", "county", "open"]) expect(at(wrapper, `first-${way}`).exists()).toBe(true);
  });

  it("sets up a county office and lands on its home page", async () => {
    const { wrapper, router } = await openWindow("/start/county");
    await type("county-name", "清河县消保委");
    await type("county-area", "370321");
    await type("operator-name", "李和平");
    await type("passphrase", "long enough");
    await type("passphrase-again", "long enough");
    await submit("submit");
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/home"));
    await settled();
    expect(at(wrapper, "office-name").text()).toBe("清河县消保委");
  });
});

describe("signing in", () => {
  it("says in words that the passphrase is wrong, and opens with the right one", async () => {
    await countyIsOpen();
    await call("store.lock", {});
    const { wrapper, router } = await openWindow("/home");
    expect(router.currentRoute.value.path).toBe("/sign-in");
    await type("passphrase", "not this one");
    await submit("submit");
    expect(at(wrapper, "error").attributes("data-code")).toBe("passphrase_wrong");
    await type("passphrase", "long enough");
    await submit("submit");
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/home"));
  });
});

describe("registering a complaint", () => {
  beforeEach(countyIsOpen);

  it("shows every field error that came back, beside its field", async () => {
    const { wrapper } = await openWindow("/register");
    await type("field-consumer_phone", "123");
    await submit("save");
    expect(at(wrapper, "error-consumer_phone").text()).toContain("11");
    expect(at(wrapper, "error-facts").exists()).toBe(true);
    expect(at(wrapper, "error-respondent_name").exists()).toBe(true);
    expect(at(wrapper, "error-external_number").exists()).toBe(false);
  });

  it("opens a folded part when something inside it is wrong", async () => {
    const { wrapper } = await openWindow("/register");
    expect(at(wrapper, "fold-goods").attributes("aria-expanded")).toBe("false");
    await type("field-happened_on", "someday");
    await submit("save");
    expect(at(wrapper, "fold-goods").attributes("aria-expanded")).toBe("true");
  });

  it("echoes a typed amount after the field is left", async () => {
    const { wrapper } = await openWindow("/register");
    await type("field-price", "１２３４.5");
    inDocument("field-price").dispatchEvent(new FocusEvent("blur"));
    await settled();
    expect(wrapper.text()).toContain("1,234.50 元");
  });

  it("keeps a draft and offers it back", async () => {
    await call("draft.put", { key: "complaint", body: { ...COMPLAINT } });
    const { wrapper } = await openWindow("/register");
    expect(at(wrapper, "draft-offer").exists()).toBe(true);
    await click("draft-take");
    expect(inDocument<HTMLInputElement>("field-consumer_name").value).toBe("林小禾");
  });
});

describe("one complaint", () => {
  let id = "";
  beforeEach(async () => {
    await countyIsOpen();
    id = (await call("complaint.register", COMPLAINT)).output.id;
  });

  it("has one primary button, which is its next step", async () => {
    const { wrapper } = await openWindow(`/complaints/${id}`);
    expect(at(wrapper, "next-step").text()).toBe("受理");
    await click("next-step");
    await submit("dialog-submit");
    expect(at(wrapper, "complaint-status").attributes("data-status")).toBe("accepted");
    expect(at(wrapper, "next-step").text()).toBe("记录调解");
  });

  it("says why a step is not possible", async () => {
    const { wrapper } = await openWindow(`/complaints/${id}`);
    await click("more-steps");
    expect(at(wrapper, "step-mediation-not").text()).toContain("先要受理");
  });

  it("records an agreement and its recovered loss together", async () => {
    await openWindow(`/complaints/${id}`);
    await click("next-step");
    await submit("dialog-submit");
    await click("more-steps");
    await click("step-agreement");
    await click("field-agreement_form-AF01");
    await click("field-performance-PF01");
    await click("with-loss");
    await type("loss-amount", "1180.50");
    await submit("dialog-submit");
    expect(inDocument("ledger-total").dataset.value).toBe("118050");
  });

  it("shows a wrong loss amount in the step's own form and writes neither", async () => {
    const { wrapper } = await openWindow(`/complaints/${id}`);
    await click("next-step");
    await submit("dialog-submit");
    await click("more-steps");
    await click("step-settled");
    await click("with-loss");
    await type("loss-amount", "a lot");
    await submit("dialog-submit");
    expect(inDocument("error-amount").textContent).toContain("1280.50");
    expect(at(wrapper, "complaint-status").attributes("data-status")).toBe("accepted");
  });

  it("reverses a ledger line only with a reason", async () => {
    await call("loss.record", {
      complaint: id,
      kind: "recovered",
      route: "station_mediation",
      amount: "500",
      on: "2026-11-24",
      evidence: "",
    });
    await openWindow(`/complaints/${id}`);
    await click("ledger-reverse-0");
    await submit("dialog-submit");
    expect(inDocument("error-reason").textContent).not.toBe("");
    await type("field-reason", "金额记错了");
    await submit("dialog-submit");
    expect(inDocument("ledger-total").dataset.value).toBe("0");
  });
});

describe("carrying and merging", () => {
  beforeEach(sampleIsOpen);

  it("says that the stick may be pulled only after reading back", async () => {
    const { wrapper } = await openWindow("/carry");
    await type("carry-path", "/media/clerk/STICK");
    await submit("carry-export");
    expect(at(wrapper, "carry-done").attributes("data-verified")).toBe("true");
    expect(at(wrapper, "carry-file").text()).toContain("/media/clerk/STICK/");
  });

  it("names each bundle and refuses a broken one without harming the rest", async () => {
    const { wrapper } = await openWindow("/merge");
    await type("merge-path", "/media/clerk/STICK");
    await submit("merge-scan");
    expect(at(wrapper, "merge-item-0").attributes("data-state")).toBe("new");
    expect(at(wrapper, "merge-item-2").attributes("data-state")).toBe("bad");
    await click("merge-start");
    expect(at(wrapper, "merge-summary").text()).toContain("2 个包");
    expect(at(wrapper, "merge-row-2").attributes("data-outcome")).toBe("refused");
  });

  it("a second merge of the same folder reports nothing new", async () => {
    const paths = ["/media/clerk/STICK"];
    await call("bundle.merge", { paths });
    expect((await call("bundle.merge", { paths })).output.new_entries).toBe(0);
  });

  it("shows the totals and keeps the departments apart", async () => {
    const { wrapper } = await openWindow("/totals");
    const totals = (await call("report.totals", { from: "2026-01-01", to: "2026-12-31", office: null })).output;
    expect(at(wrapper, "totals-complaints").attributes("data-value")).toBe(String(totals.complaints));
    expect(at(wrapper, "totals-recovered").attributes("data-value")).toBe(String(totals.recovered_fen));
    expect(at(wrapper, "totals-departments").attributes("data-value")).toBe("4982");
  });

  it("a settled conflict leaves the list", async () => {
    const { wrapper } = await openWindow("/decisions");
    expect(at(wrapper, "decision-0-keep-1").exists()).toBe(true);
    await click("decision-0-keep-1");
    expect(at(wrapper, "decision-0-keep-1").exists()).toBe(false);
  });
});

describe("the keyboard", () => {
  beforeEach(countyIsOpen);

  it("Ctrl+Enter saves from anywhere in a form", async () => {
    const { wrapper } = await openWindow("/register");
    inDocument("field-facts").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
    await settled();
    expect(at(wrapper, "error-facts").exists()).toBe(true);
  });

  it("the search takes the focus each time it opens, also while it is still closing", async () => {
    await openWindow("/home");
    const pressed = (key: string, ctrlKey: boolean) => new KeyboardEvent("keydown", { key, code: key, ctrlKey, bubbles: true });
    window.dispatchEvent(pressed("k", true));
    await vi.waitFor(() => expect(document.activeElement).toBe(inDocument("search-input")));
    document.dispatchEvent(pressed("Escape", false));
    window.dispatchEvent(pressed("k", true));
    await vi.waitFor(() => expect(document.activeElement).toBe(inDocument("search-input")));
  });

  it("Ctrl+K opens the search", async () => {
    await openWindow("/home");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
    await settled();
    expect(inDocument("search-input")).not.toBeNull();
  });
});

describe("the two languages", () => {
  beforeEach(countyIsOpen);

  it("a click changes every sentence and is remembered", async () => {
    const { wrapper } = await openWindow("/settings");
    await click("language-en");
    expect(at(wrapper, "nav-complaints").text()).toBe("Complaints");
    expect(localStorage.getItem("redress.language")).toBe("en");
  });
});
