// Photos and documents in memory. What is added is kept as it came; samples are drawn.
import { note } from "@/api/fake/masked";
import { fail, find } from "@/api/fake/records";
import { nextId, type World } from "@/api/fake/world";
import type { Commands, EvidenceItem } from "@/api/generated";

export type FakeEvidence = { complaint: string; item: EvidenceItem; content: string };

const NAMES = { "evidence.add": 0, "evidence.get": 0, "evidence.save": 0, "evidence.withdraw": 0, "evidence.restore": 0, "evidence.amend": 0 };
type Answers = { [K in keyof typeof NAMES]: (input: Commands[K]["input"]) => Commands[K]["output"] };

/** A drawing that stands for a photo. */
function drawn(text: string, colour: string): string {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="${colour}"/>` +
    `<rect x="300" y="180" width="600" height="540" rx="20" fill="#fff" opacity=".8"/>` +
    `<text x="600" y="470" font-size="90" text-anchor="middle" fill="#333">${text}</text></svg>`;
  return btoa(String.fromCharCode(...new TextEncoder().encode(svg)));
}

function sample(complaint: string, n: number, item: Partial<EvidenceItem>, content: string): FakeEvidence {
  const photo: EvidenceItem = {
    id: `${complaint}-evidence-${n}`, kind: "photo", name: `IMG_20261101_${n}.jpg`, media_type: "image/svg+xml", bytes: 412_000,
    note: "", taken_on: "2026-11-01", state: "here", confirmed: true, heads: [], withdrawn: null,
  };
  return { complaint, item: { ...photo, ...item }, content };
}

export function sampleEvidence(complaint: string): FakeEvidence[] {
  return [
    sample(complaint, 1, { note: "发芽情况，出苗三成" }, drawn("出苗情况", "#8fae7c")),
    sample(complaint, 2, { note: "购货收据", confirmed: false }, drawn("收据", "#c9b48a")),
    sample(complaint, 3, { kind: "document", name: "检测报告.pdf", media_type: "application/pdf", bytes: 1_843_200 }, btoa("%PDF-1.4\n%%EOF")),
    sample(complaint, 4, { note: "包装袋正面", state: "missing" }, ""),
  ];
}

function add(world: World, { about, content }: Commands["evidence.add"]["input"]): Commands["evidence.add"]["output"] {
  const bytes = atob(content ?? "");
  const head = bytes.slice(0, 12);
  const pdf = head.startsWith("%PDF-");
  if (bytes.length === 0) fail("evidence_empty");
  if (/\.pdf$/i.test(about.name) && !pdf) fail("evidence_pdf_invalid");
  const photo = head.startsWith("\xff\xd8") ? "image/jpeg" : head.startsWith("\x89PNG") ? "image/png" : head.startsWith("RIFF") ? "image/webp" : null;
  const media_type = pdf ? "application/pdf" : (photo ?? fail("evidence_not_image"));
  const known = world.evidence.find((one) => one.complaint === about.complaint && one.content === content);
  if (known !== undefined) return { id: known.item.id, bytes: bytes.length, known: true };
  const id = nextId(world, "evidence");
  find(world, about.complaint);
  const name = about.name.split(/[/\\]/).at(-1) ?? "";
  const item: EvidenceItem = {
    id, kind: pdf ? "document" : "photo", name, media_type, bytes: bytes.length, note: about.note,
    taken_on: about.taken_on === "" ? null : about.taken_on, state: "here", confirmed: false, heads: [], withdrawn: null,
  };
  world.evidence.push({ complaint: about.complaint, item, content: content ?? "" });
  return { id, bytes: bytes.length, known: false };
}

export function evidenceAnswers(world: World): Answers {
  const of = (id: string) => world.evidence.find((one) => one.item.id === id) ?? fail("record_missing");
  const looked = (one: FakeEvidence, reason: string) => {
    const { number, input } = find(world, one.complaint);
    note(world, one.item.id, "attachment", { number, title: `${input.consumer_name} · ${input.respondent_name}`, reason });
  };
  const because = (reason: string) => {
    if (reason.trim() === "") fail("invalid_input", {}, [{ field: "reason", code: "required", params: {} }]);
  };
  return {
    "evidence.add": (input) => add(world, input),
    "evidence.get": ({ id, small }) => {
      const one = of(id);
      if (one.item.state !== "here") fail(one.item.state === "missing" ? "evidence_missing" : "evidence_erased");
      if (!small) looked(one, "");
      return { id, media_type: one.item.media_type, content: one.content };
    },
    "evidence.save": ({ id, out, reason }) => {
      const one = of(id);
      looked(one, reason);
      return { path: `${out}/evidence-${id}.${one.item.kind === "photo" ? "jpg" : "pdf"}` };
    },
    "evidence.withdraw": ({ id, reason }) => {
      because(reason);
      of(id).item.withdrawn = reason;
      return { id };
    },
    "evidence.restore": ({ id, reason }) => {
      because(reason);
      of(id).item.withdrawn = null;
      return { id };
    },
    "evidence.amend": ({ id, note, taken_on }) => {
      if (taken_on !== "" && !/^\d{4}-\d{2}-\d{2}$/.test(taken_on)) fail("invalid_input", {}, [{ field: "taken_on", code: "date_invalid", params: {} }]);
      Object.assign(of(id).item, { note: note.trim(), taken_on: taken_on || null });
      return { id };
    },
  };
}
