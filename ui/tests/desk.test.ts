// The desk: a sheet that hears what is typed, picks from lists by typing, and shows what was here before.
import { beforeEach, expect, it, vi } from "vitest";
import { call } from "@/api/client";
import { at, click, countyIsOpen, freshHost, inDocument, openWindow, sampleIsOpen, settled, submit, type } from "./world";

beforeEach(freshHost);

async function fire(name: string, event: Event): Promise<void> {
  inDocument(name).dispatchEvent(event);
  await settled();
}

it("a class is found by typing, taken with Enter, and offered first the next time", async () => {
  await countyIsOpen();
  await openWindow("/register");
  await type("field-class", "空调");
  expect(inDocument("field-class-option-0").textContent).toContain("空调");
  await fire("field-class", new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  const code = inDocument("field-class").dataset.value;
  expect(code).not.toBe("");
  await fire("field-class", new FocusEvent("blur"));
  await type("field-class", "");
  expect(inDocument("field-class-option-0").dataset.group).toBe("最近用过");
});

it("a class is found by the initials of its name, in every reading", async () => {
  await countyIsOpen();
  await openWindow("/register");
  for (const typed of ["kt", "KDQ", "tq"]) {
    await type("field-class", typed);
    expect(inDocument("field-class-option-0").textContent, typed).toContain("空调器");
  }
  await type("field-class", "kq");
  expect(document.querySelector('[data-test="field-class-option-0"]')).toBeNull();
});

it("an amount that cannot be read is said once the field is left, and nothing else is asked for yet", async () => {
  await countyIsOpen();
  const { wrapper } = await openWindow("/register");
  await type("field-dispute", "不知道");
  await fire("field-dispute", new FocusEvent("blur"));
  await vi.waitFor(() => expect(at(wrapper, "error-dispute").text()).toContain("看不懂"));
  expect(at(wrapper, "error-facts").exists()).toBe(false);
});

it("more than was disputed is noticed before it is recorded", async () => {
  await sampleIsOpen();
  const list = (await call("complaint.list", { ...ALL, open_only: false })).output.rows;
  const one = list.find((row) => row.dispute_fen !== null && row.dispute_fen > 0);
  const check = (await call("form.check", { form: "loss", input: loss(one?.id ?? "", "9999999") })).output;
  expect(check.warnings.map((warning) => warning.code)).toEqual(["loss_over_dispute"]);
});

it("filters are kept under a name and come back with one click", async () => {
  await sampleIsOpen();
  await openWindow("/complaints");
  const status = inDocument<HTMLSelectElement>("filter-status");
  status.value = "accepted";
  await fire("filter-status", new Event("change"));
  const narrowed = inDocument("list-total").dataset.value;
  await type("filter-name", "在办的");
  await submit("filter-name");
  await click("filter-clear");
  expect(inDocument("list-total").dataset.value).not.toBe(narrowed);
  await click("saved-filter-0");
  expect(inDocument("list-total").dataset.value).toBe(narrowed);
});

const ALL = {
  status: null,
  office: null,
  nature: null,
  class: null,
  from: null,
  to: null,
  business: null,
  due: null,
  after: null,
  limit: 100,
};
const loss = (complaint: string, amount: string) => ({
  complaint,
  kind: "recovered" as const,
  route: "settlement" as const,
  amount,
  on: "2026-11-20",
  evidence: "",
});
