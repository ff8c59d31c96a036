// How the in-memory host hides what is sensitive, and who looked all the same.
import { find, pageOf } from "@/api/fake/records";
import { stamp, type FakeConsultation, type World } from "@/api/fake/world";
import type { ComplaintInput, ComplaintPage, ConsultationView } from "@/api/generated";

const FIELDS = ["consumer_phone", "consumer_address", "consumer_id_number", "agent_phone", "respondent_phone"] as const;

export function mask(text: string): string {
  return text.length < 7 ? text.replace(/./g, "*") : `${text.slice(0, 3)}****${text.slice(-4)}`;
}

export function maskedPage(world: World, id: string): ComplaintPage {
  const page = pageOf(world, id);
  const input = { ...page.input };
  for (const field of FIELDS) if (input[field] !== "") input[field] = mask(input[field]);
  const hide = ({ field, value }: ComplaintPage["timeline"][number]["fields"][number]) => ({
    field,
    value: (FIELDS as readonly string[]).includes(field) && typeof value === "string" && value !== "" ? mask(value) : value,
  });
  const timeline = page.timeline.map((item) => ({ ...item, fields: item.fields.map(hide) }));
  return { ...page, input, timeline, masked: JSON.stringify(input) !== JSON.stringify(page.input) };
}

export function revealedPage(world: World, id: string, reason: string): ComplaintPage {
  const page = pageOf(world, id);
  const title = `${page.input.consumer_name} · ${page.input.respondent_name}`;
  note(world, id, "complaint", { number: page.number, title, reason });
  return page;
}

/** A masked value that comes back from the form stands for what is kept. */
export function unmasked(world: World, id: string, input: ComplaintInput): ComplaintInput {
  const kept = find(world, id).input;
  const said = { ...input };
  for (const field of FIELDS) if (kept[field] !== "" && said[field] === mask(kept[field])) said[field] = kept[field];
  return said;
}

export function consultationView(one: FakeConsultation, whole: boolean): ConsultationView {
  const { asker_phone } = one.input;
  const hide = !whole && asker_phone !== "";
  return { ...one, input: { ...one.input, asker_phone: hide ? mask(asker_phone) : asker_phone }, masked: hide };
}

export function note(world: World, record: string, kind: string, about: { number: string; title: string; reason: string }): void {
  world.views.unshift({ at: stamp(), operator: world.operator?.name ?? "", record, kind, ...about });
}
