// The work besides complaints, and what is known of a business, in the in-memory host.
import type { ActivityInput, ActivityListed, BusinessPage, Commands, VolunteerView } from "@/api/generated";
import { fail, fenOf, recoveredOf, rowOf } from "@/api/fake/records";
import { businesses } from "@/api/fake/road";
import { nextId, TODAY, type World } from "@/api/fake/world";
import { echoDate } from "@/lib/dates";

type Input<K extends keyof Commands> = Commands[K]["input"];

const number = (typed: string): number => Number(typed || 0);

function missing(input: Record<string, unknown>, names: readonly string[]): void {
  const fields = names
    .filter((name) => String(input[name] ?? "").trim() === "")
    .map((field) => ({ field, code: "required", params: {} }));
  if (fields.length > 0) fail("invalid_input", {}, fields);
}

export function recordActivity(world: World, { at, input }: Input<"activity.record">): { id: string } {
  missing(input, ["kind", "on", "title", ...(["AC02", "AC14"].includes(input.kind) ? ["business_name"] : [])]);
  const dated: ActivityInput = { ...input, on: echoDate(input.on, TODAY) ?? TODAY };
  const known = world.activities.find((one) => one.id === at.id);
  if (known !== undefined) known.input = dated;
  else world.activities.push({ id: nextId(world, "activity"), input: dated, withdrawn: null, office_name: world.office?.name ?? "" });
  return { id: known?.id ?? world.activities.at(-1)?.id ?? "" };
}

function listed(one: World["activities"][number]): ActivityListed {
  const { kind, on, title, place, business_name, people, materials, firms, units } = one.input;
  const counts = { people: number(people), materials: number(materials), firms: number(firms), units: number(units) };
  return { id: one.id, kind, on, title, place, business_name, ...counts, office_name: one.office_name };
}

export function activities(world: World, query: Input<"activity.list">): ActivityListed[] {
  return world.activities
    .filter((one) => one.withdrawn === null)
    .map(listed)
    .filter(
      (row) =>
        (query.kind === null || row.kind === query.kind) &&
        (query.from === null || (row.on ?? "") >= query.from) &&
        (query.to === null || (row.on ?? "") <= query.to),
    )
    .sort((a, b) => (b.on ?? "").localeCompare(a.on ?? ""));
}

export function activity(world: World, id: string) {
  const one = world.activities.find((found) => found.id === id) ?? fail("record_missing");
  return { ...one, heads: [`${id}-entry`] };
}

export function recordVolunteer(world: World, { at, input }: Input<"volunteer.record">): { id: string } {
  missing({ ...input, roles: input.roles.join() }, ["name", "roles"]);
  const serves = input.until === "" || input.until >= TODAY;
  const known = world.volunteers.find((one) => one.id === at.id);
  const view: VolunteerView = {
    id: known?.id ?? nextId(world, "volunteer"),
    heads: ["volunteer-entry"],
    input,
    serves,
    office_name: world.office?.name ?? "",
  };
  world.volunteers = [...world.volunteers.filter((one) => one.id !== view.id), view].sort((a, b) => Number(b.serves) - Number(a.serves));
  return { id: view.id };
}

/** Takes an activity or a volunteer out; false when it is neither. */
export function withdrawWork(world: World, id: string, reason: string): boolean {
  const one = world.activities.find((found) => found.id === id);
  if (one !== undefined) one.withdrawn = reason;
  const before = world.volunteers.length;
  world.volunteers = world.volunteers.filter((other) => other.id !== id);
  return one !== undefined || world.volunteers.length < before;
}

export function businessPage(world: World, { id, name }: Input<"business.get">): BusinessPage {
  const all = businesses(world, { text: "", limit: 1_000 });
  const asked = all.find((one) => one.id === id || one.name === name || one.aliases.includes(name));
  const business = all.find((one) => one.id === asked?.merged_into) ?? asked ?? null;
  const names = [business?.name ?? name, ...(business?.aliases ?? []), ...(business?.merged ?? []).map((one) => one.name)];
  const cases = world.complaints.filter((one) => one.withdrawn === null && names.includes(one.input.respondent_name));
  const ended = cases.filter((one) => ["settled", "performed", "archived", "terminated"].includes(one.status));
  return {
    business,
    name: business?.name ?? name,
    names,
    complaints: cases.length,
    open: cases.filter((one) => ["registered", "accepted", "suspended", "agreed"].includes(one.status)).length,
    settled: ended.filter((one) => one.status !== "terminated").length,
    ended: ended.length,
    dispute_fen: cases.reduce((sum, one) => sum + (fenOf(one.input.dispute) ?? 0), 0),
    recovered_fen: cases.reduce((sum, one) => sum + recoveredOf(one), 0),
    cases: cases.map((one) => rowOf(world, one)).reverse(),
    talks: activities(world, { kind: null, from: null, to: null, after: null, limit: 50 }).filter((row) => names.includes(row.business_name)),
  };
}

/** Invented work for design. */
export function fillWork(world: World, empty: ActivityInput): void {
  const done = (kind: string, on: string, title: string, more: Partial<ActivityInput> = {}) =>
    recordActivity(world, { at: { id: null, seen: [] }, input: { ...empty, kind, on, title, ...more } });
  done("AC01", "2026-11-18", "走访大桥街农资店和超市", { people: "26", firms: "5", consultations: "3", place: "大桥街" });
  done("AC02", "2026-11-12", "约谈售后不及时的问题", { business_name: "惠民家电商场", people: "2", result: "商场答应两日内上门。" });
  done("AC04", "2026-09-18", "放心消费进乡村", { units: "12", materials: "3000", people: "400", consultations: "25", complaints: "2" });
  done("AC05", "2026-08-05", "食堂用油消费体验", { firms: "1", people: "10", result: "提出三条建议，均已采纳。" });
  done("AC14", "2026-06-20", "放心消费单位复核", { business_name: "喜洋洋超市", firms: "1", review_result: "RV01" });
  world.activities.forEach((one, n) => Object.assign(one, { id: `activity-${n + 1}` }));
  const someone = (name: string, roles: string[], since: string, until = "") =>
    recordVolunteer(world, {
      at: { id: null, seen: [] },
      input: { name, roles, phone: "19900000031", unit: "索镇街道某村", since, until, note: "" },
    });
  someone("何春草", ["VR01", "VR03"], "2024-03-15");
  someone("吕夏木", ["VR02"], "2025-03-15");
  someone("施秋实", ["VR02"], "2022-03-15", "2025-12-31");
}
