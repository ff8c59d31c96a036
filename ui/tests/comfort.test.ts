// What makes the window comfortable: a way back from the last action, contrast, the way past the menu.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { call, setHost } from "@/api/client";
import { createFakeHost } from "@/api/fake";
import { hush } from "@/components/toast";
import { emptyComplaint } from "@/features/complaint/complaintInput";
import { at, click, countyIsOpen, freshHost, inDocument, openWindow, sampleIsOpen, settled, submit, type } from "./world";

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
};

beforeEach(() => {
  freshHost();
  hush();
});

describe("the last action", () => {
  beforeEach(countyIsOpen);

  it("can be undone right away when it was a step", async () => {
    const { id } = (await call("complaint.register", COMPLAINT)).output;
    const { wrapper } = await openWindow(`/complaints/${id}`);
    await click("next-step");
    await submit("dialog-submit");
    expect(at(wrapper, "complaint-status").attributes("data-status")).toBe("accepted");
    await click("toast-undo");
    expect(at(wrapper, "complaint-status").attributes("data-status")).toBe("registered");
    expect(at(wrapper, "toast").exists()).toBe(false);
  });

  it("is the only one: a further step takes the offer of the one before away", async () => {
    const { id } = (await call("complaint.register", COMPLAINT)).output;
    const { wrapper } = await openWindow(`/complaints/${id}`);
    await click("next-step");
    await submit("dialog-submit");
    expect(at(wrapper, "toast").exists()).toBe(true);
    await click("more-steps");
    await click("step-settled");
    expect(at(wrapper, "toast").exists()).toBe(false);
    await click("with-loss");
    await type("loss-amount", "300");
    await submit("dialog-submit");
    expect(at(wrapper, "complaint-status").attributes("data-status")).toBe("settled");
    expect(at(wrapper, "toast").exists()).toBe(false);
  });

  it("can be undone when a registration was taken back", async () => {
    const { id } = (await call("complaint.register", COMPLAINT)).output;
    await openWindow(`/complaints/${id}`);
    await click("withdraw");
    await type("field-reason", "登记错了");
    await submit("dialog-submit");
    expect((await call("complaint.get", { id })).output.withdrawn).toBe("登记错了");
    await click("toast-undo");
    expect((await call("complaint.get", { id })).output.withdrawn).toBeNull();
  });
});

describe("the switches", () => {
  beforeEach(sampleIsOpen);

  it("turn high contrast on and remember it", async () => {
    await openWindow("/settings");
    await click("high-contrast");
    inDocument("high-contrast").dispatchEvent(new Event("change", { bubbles: true }));
    expect(document.documentElement.classList.contains("high-contrast")).toBe(true);
    expect(localStorage.getItem("redress.high-contrast")).toBe("yes");
  });

  it("lead past the menu to the content", async () => {
    await openWindow("/home");
    await click("skip");
    expect(document.activeElement?.id).toBe("content");
  });
});

describe("a day that is typed", () => {
  beforeEach(sampleIsOpen);

  const leave = (name: string) => inDocument(name).dispatchEvent(new Event("blur"));

  it("is said back above a list, which then shows what lies within, and asked for again when it cannot be read", async () => {
    const { wrapper } = await openWindow("/consultations");
    const total = () => Number(at(wrapper, "list-total").attributes("data-value"));
    const all = total();
    await type("filter-from", "11月10日");
    leave("filter-from");
    await vi.waitFor(() => expect(at(wrapper, "echo-from").text()).toContain("2026-11-10"));
    await type("filter-from", "soon");
    leave("filter-from");
    await vi.waitFor(() => expect(at(wrapper, "error-from").exists()).toBe(true));
    expect(total()).toBe(all);
  });

  it("is said back in the forms of activities and volunteers", async () => {
    const { wrapper } = await openWindow("/activities/new");
    await type("field-on", "昨天");
    leave("field-on");
    await vi.waitFor(() => expect(at(wrapper, "echo-on").text()).toContain("2026-11-23"));
    await openWindow("/volunteers");
    await click("volunteer-new");
    await type("field-since", "3月1日");
    leave("field-since");
    await vi.waitFor(() => expect(inDocument("echo-since").textContent).toContain("2026-03-01"));
  });
});

describe("the work besides complaints", () => {
  beforeEach(sampleIsOpen);

  it("asks a talk for its business and shows it on that business's page", async () => {
    const { wrapper, router } = await openWindow("/activities/new");
    await click("field-kind-AC02");
    await type("field-title", "谈一谈退货难");
    await submit("save");
    expect(at(wrapper, "error-business_name").exists()).toBe(true);
    await router.push("/businesses/named/大桥通讯店");
    await settled();
    await click("business-talk");
    expect(inDocument<HTMLInputElement>("field-business_name").value).toBe("大桥通讯店");
    await type("field-title", "谈一谈退货难");
    await submit("save");
    const business = await openWindow("/businesses/named/大桥通讯店");
    expect(at(business.wrapper, "talk-0").text()).toContain("谈一谈退货难");
  });

  it("names everybody who serves and lets one be corrected", async () => {
    const { wrapper } = await openWindow("/volunteers");
    expect(at(wrapper, "volunteers-serving").attributes("data-value")).toBe("2");
    await click("volunteer-new");
    await submit("dialog-submit");
    expect(inDocument("error-name").textContent).not.toBe("");
    await type("field-name", "赵新芽");
    await click("field-roles-VR02");
    await submit("dialog-submit");
    expect(at(wrapper, "volunteers-serving").attributes("data-value")).toBe("3");
  });
});

describe("a clock that cannot be believed", () => {
  it("is said on every page, and the day that somebody says instead is reckoned with until it is changed", async () => {
    setHost(createFakeHost(0, { shows: "2001-01-01", reckons: null }));
    await countyIsOpen();
    const { wrapper } = await openWindow("/complaints");
    expect(at(wrapper, "clock").text()).toContain("电脑时钟显示 2001-01-01，可能不准");
    await click("clock-ask");
    await type("field-day", "2001-01-01");
    await submit("field-day");
    expect(inDocument("clock-dialog").textContent).toContain("比程序写成的日子还早");
    await type("field-day", "2026-11-26");
    await submit("field-day");
    expect(at(wrapper, "clock").text()).toContain("按 2026-11-26 计算，电脑时钟显示 2001-01-01。");
    expect(document.querySelector('[data-test="clock-dialog"]')).toBeNull();
  });
});
