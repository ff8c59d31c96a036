// The county's long lists: what needs a look stands first, and one click leaves only that.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { mount, RouterLinkStub } from "@vue/test-utils";
import type { MergedBundle, MergeReport, OfficeBoardRow } from "@/api/generated";
import { compareBy } from "@/components/order";
import MergeResult from "@/features/merge/MergeResult.vue";
import { createWindowI18n } from "@/i18n";
import { badness, isSilent, within } from "@/features/office/board";
import { at, click, freshHost, openWindow, sampleIsOpen, type } from "./world";

const TODAY = "2026-11-24";
const calm: OfficeBoardRow = {
  id: "office-1",
  code: "0101",
  kind: "station",
  name: "东村联络站",
  joined: true,
  last_bundle: 3,
  last_bundle_at: "2026-11-20T10:00:00+08:00",
  complaints: 4,
  overdue: 0,
  unconfirmed: 0,
  program: "0.1.0",
  gaps: 0,
  attachments_missing: 0,
  waiting: 0,
  quarantined: 0,
  lives: 1,
};
const office = (changes: Partial<OfficeBoardRow>): OfficeBoardRow => ({ ...calm, ...changes });

beforeEach(freshHost);

describe("an office on the board", () => {
  it("stands the higher the worse it is", () => {
    const worstFirst = [
      office({ quarantined: 1 }),
      office({ gaps: 9 }),
      office({ gaps: 2 }),
      office({ lives: 2 }),
      office({ overdue: 12 }),
      office({ overdue: 1 }),
      office({ last_bundle_at: "2026-09-01T10:00:00+08:00" }),
      office({ joined: false, last_bundle: null, last_bundle_at: null }),
      calm,
    ];
    const order = worstFirst.map((row) => badness(row, TODAY));
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(new Set(order).size).toBe(order.length);
  });

  it("is silent after thirty days, not before, and never before it has joined", () => {
    expect(isSilent(office({ last_bundle_at: "2026-10-25T10:00:00+08:00" }), TODAY)).toBe(false);
    expect(isSilent(office({ last_bundle_at: "2026-10-24T10:00:00+08:00" }), TODAY)).toBe(true);
    expect(isSilent(office({ last_bundle_at: null, last_bundle: null }), TODAY)).toBe(true);
    expect(isSilent(office({ joined: false, last_bundle_at: null }), TODAY)).toBe(false);
  });

  it("is found by what is wrong with it", () => {
    expect(within(office({ lives: 2 }), "look", TODAY)).toBe(true);
    expect(within(calm, "look", TODAY)).toBe(false);
    expect(within(office({ overdue: 1 }), "overdue", TODAY)).toBe(true);
    expect(within(office({ joined: false }), "absent", TODAY)).toBe(true);
  });
});

it("what has no value stands last in both directions", () => {
  const days = [{ n: 3 }, { n: null }, { n: 7 }];
  expect([...days].sort(compareBy((one) => one.n, true)).map((one) => one.n)).toEqual([7, 3, null]);
  expect([...days].sort(compareBy((one) => one.n, false)).map((one) => one.n)).toEqual([3, 7, null]);
});

describe("the board of a whole county", () => {
  it("shows every office, the worst first", async () => {
    await sampleIsOpen();
    const { wrapper } = await openWindow("/offices");
    expect(wrapper.findAll("tbody tr")).toHaveLength(79);
    expect(at(wrapper, "office-row-0").attributes("data-code")).toBe("0101");
    expect(at(wrapper, "office-row-1").attributes("data-code")).toBe("0203");
  });

  it("is put in another order by its heads, and cut down by a filter and a name", async () => {
    await sampleIsOpen();
    const { wrapper } = await openWindow("/offices");
    await click("office-sort-name");
    const first = at(wrapper, "office-row-0").text();
    await click("office-sort-name");
    expect(at(wrapper, "office-row-0").text()).not.toBe(first);
    await click("office-sort-name");
    expect(at(wrapper, "office-row-0").attributes("data-code")).toBe("0101");
    await click("office-filter-absent");
    expect(wrapper.findAll("tbody tr")).toHaveLength(Number(at(wrapper, "office-filter-absent").attributes("data-value")));
    await click("office-filter-all");
    await type("office-find", "0203");
    expect(wrapper.findAll("tbody tr")).toHaveLength(1);
    await type("office-find", "没有这个站");
    expect(wrapper.text()).toContain("换一个名称或编号试试");
  });
});

it("decisions of one kind are left by one click, and the others return when it is done", async () => {
  await sampleIsOpen();
  const { wrapper } = await openWindow("/decisions");
  const all = Number(at(wrapper, "decision-filter-all").attributes("data-value"));
  expect(all).toBe(5);
  await click("decision-filter-fork");
  expect(at(wrapper, "decision-1").exists()).toBe(false);
  await click("decision-0-review");
  expect(at(wrapper, "decision-filter-fork").exists()).toBe(false);
  expect(at(wrapper, "decision-filter-all").attributes("data-value")).toBe(String(all - 1));
  expect(at(wrapper, "decision-3-review").exists()).toBe(true);
});

it("what is set aside is shown part by part", async () => {
  await sampleIsOpen();
  const { wrapper } = await openWindow("/aside");
  await click("aside-filter-quarantined");
  expect(at(wrapper, "aside-waiting").exists()).toBe(false);
  expect(at(wrapper, "aside-quarantined").exists()).toBe(true);
});

describe("keys", () => {
  const press = (key: string) => window.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: true, cancelable: true, bubbles: true }));

  it("Ctrl+N opens the registration from any page", async () => {
    await sampleIsOpen();
    const { router } = await openWindow("/offices");
    press("n");
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/register"));
  });
});

describe("the result of a merge of many bundles", () => {
  const bundle = (n: number, changes: Partial<MergedBundle> = {}): MergedBundle => ({
    path: `/stick/${n}`,
    file_name: `370321-01${String(n).padStart(2, "0")}-0001.redress`,
    from_name: `第${n}联络站`,
    from_code: `01${String(n).padStart(2, "0")}`,
    number: 1,
    outcome: "merged",
    new_entries: 3,
    already_had: 0,
    waiting: 0,
    quarantined: 0,
    conflicts: 0,
    merged_at: null,
    clock_ahead: false, revoked: false,
    part: 1,
    parts: 1,
    missing_parts: [],
    problem: null,
    ...changes,
  });
  const report: MergeReport = {
    bundles: [
      bundle(1),
      bundle(2, { outcome: "already_merged", new_entries: 0, merged_at: "2026-11-20T09:00:00+08:00" }),
      ...[3, 4, 5, 6, 7].map((n) => bundle(n)),
      bundle(8, { waiting: 2 }),
      bundle(9, { outcome: "refused", new_entries: 0, problem: { code: "bundle_truncated", params: {}, fields: [] } }),
    ],
    new_entries: 21,
    new_complaints: 7,
    new_consultations: 0,
    already_had: 0,
    waiting: 2,
    quarantined: 0,
    conflicts: 0,
    refused: 1,
    cancelled: false,
    attachments: 0,
    attachments_damaged: 0,
    attachments_missing: 0,
    confirmed_now: 0,
    counts_differ: [],
    backup: null,
    notices: [],
  };

  it("names both numbers, the records and what to do where both sides hold the same and count differently", () => {
    const differing: MergeReport["counts_differ"] = [
      {
        from_name: "第1联络站",
        about_name: "第1联络站",
        number: 3,
        own_fault: true,
        counts: [{ which: "recovered_fen", here: 5, there: 10000 }],
        records: [{ id: "r1", complaint: true, label: "370321-0101-2026-0001" }],
        more: 2,
      },
      { from_name: "第2联络站", about_name: "第2联络站", number: 4, own_fault: false, counts: [{ which: "complaints", here: 2, there: 1 }], records: [], more: 0 },
    ];
    const wrapper = mount(MergeResult, {
      props: { report: { ...report, counts_differ: differing } },
      global: { plugins: [createWindowI18n("zh-CN")], stubs: { RouterLink: RouterLinkStub } },
    });
    const [own, other] = wrapper.findAll('[data-test="merge-differs"]').map((banner) => banner.text());
    expect(own).toContain("挽回损失（元）这里 0.05、对方 100.00");
    expect(own).toContain("370321-0101-2026-0001");
    expect(own).toContain("不用挑哪一边算数");
    expect(other).toContain("投诉这里 2、对方 1");
    expect(other).toContain("请打电话给第2联络站");
  });

  it("names what was refused first, then what needs a look, and leaves only those with one click", async () => {
    const wrapper = mount(MergeResult, { props: { report }, global: { plugins: [createWindowI18n("zh-CN")] } });
    const rows = () => wrapper.findAll("tbody tr").map((row) => row.attributes("data-test"));
    expect(rows().slice(0, 2)).toEqual(["merge-row-8", "merge-row-7"]);
    expect(rows().at(-1)).toBe("merge-row-1");
    await wrapper.find('[data-test="merge-filter-look"]').trigger("click");
    expect(rows()).toEqual(["merge-row-8", "merge-row-7"]);
    expect(wrapper.text()).toContain("2 条先放着");
  });
});
