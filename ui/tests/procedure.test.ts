// The procedure on the page of a complaint: what is told, what is ticked, what comes later, and codes of another list.
import { beforeEach, describe, expect, it } from "vitest";
import { call } from "@/api/client";
import { emptyComplaint } from "@/features/complaint/complaintInput";
import { emptyStep } from "@/features/complaint/stepFields";
import { at, click, countyIsOpen, freshHost, inDocument, openWindow, submit, type } from "./world";

const COMPLAINT = {
  ...emptyComplaint("2026-11-24"),
  channel: "IC01",
  consumer_name: "周大田",
  consumer_phone: "19900000002",
  respondent_name: "丰收农资店",
  goods_name: "玉米种子",
  class: "G10",
  nature: "N05",
  facts: "出苗不到三成",
  request: "赔偿",
};

describe("the procedure", () => {
  let id = "";
  beforeEach(async () => {
    freshHost();
    await countyIsOpen();
    id = (await call("complaint.register", COMPLAINT)).output.id;
  });
  const step = (kind: Parameters<typeof emptyStep>[1], more: object) =>
    call("step.record", { ...emptyStep(id, kind, "2026-11-24", "李和平"), ...more });

  it("tells the five other ways with a refusal, and a ground brings its sentence but not over one's own words", async () => {
    await openWindow(`/complaints/${id}`);
    await click("more-steps");
    await click("step-refused");
    expect(inDocument("other-routes").querySelectorAll("li")).toHaveLength(5);
    const choose = async (code: string) => {
      const list = inDocument<HTMLSelectElement>("field-ground");
      list.value = code;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      await type("field-on", "2026-11-24");
      return inDocument<HTMLTextAreaElement>("field-ground_text").value;
    };
    expect(await choose("RC06")).toContain("材料");
    expect(await choose("RC01")).toContain("经营者");
    expect(await choose("RC10")).toBe("");
    await type("field-ground_text", "自己写的理由");
    expect(await choose("RC06")).toBe("自己写的理由");
  });

  it("shows a code of another list as that code and keeps it when the step is completed", async () => {
    await step("accepted", { told_how: "TH77" });
    const { wrapper } = await openWindow(`/complaints/${id}`);
    expect(at(wrapper, "timeline").text()).toContain("未知代码 TH77");
    await click("timeline-complete");
    expect(inDocument("field-told_how-TH77").textContent).toContain("未知代码");
    await type("field-told_on", "2026-11-24");
    await submit("dialog-submit");
    const recorded = (await call("complaint.get", { id })).output.recorded[0]?.input;
    expect([recorded?.told_how, recorded?.told_on]).toEqual(["TH77", "2026-11-24"]);
  });

  it("waits for the marks of a written agreement, and takes them later", async () => {
    await step("accepted", {});
    await step("agreement", {
      agreement_form: "AF01",
      performance: "PF02",
      perform_by: "2026-12-24",
      signed_consumer_on: "2026-11-24",
    });
    const { wrapper } = await openWindow(`/complaints/${id}`);
    expect(at(wrapper, "agreement-waits").exists()).toBe(true);
    await click("agreement-complete");
    await type("field-signed_respondent_on", "2026-11-24");
    await submit("dialog-submit");
    expect(at(wrapper, "agreement-effect").text()).toContain("2026-11-24");
    expect(at(wrapper, "agreement-confirm").exists()).toBe(true);
  });

  it("asks for every paper that must be in the file before it is archived", async () => {
    await step("withdrawn", { note: "不投诉了" });
    await openWindow(`/complaints/${id}`);
    await click("next-step");
    await submit("dialog-submit");
    expect(inDocument("error-contents").textContent).toContain("2");
    await click("file-all");
    await submit("dialog-submit");
    expect((await call("complaint.get", { id })).output.status).toBe("archived");
  });
});
