// What is carried and decided, as the in-memory host knows it: imports, what is set aside, transfers, links, businesses.
import { mask } from "@/api/fake/masked";
import type { Aside, BusinessRow, Commands, Decision, ImportView, LinkView, TransferView } from "@/api/generated";
import { fail, find, titleOf } from "@/api/fake/records";
import { nextId, stamp, TODAY, type World } from "@/api/fake/world";

type Input<K extends keyof Commands> = Commands[K]["input"];

function reasonOf(reason: string): string {
  if (reason.trim() === "") fail("invalid_input", {}, [{ field: "reason", code: "required", params: {} }]);
  return reason.trim();
}

function decided(world: World, record: string, kind: Decision["kind"]): void {
  world.decisions = world.decisions.filter((decision) => decision.record !== record || decision.kind !== kind);
}

export function decisionOf(kind: Decision["kind"], record: string, more: Partial<Decision>): Decision {
  return {
    kind,
    record,
    conflict: null,
    complaint: null,
    number: null,
    title: "",
    heads: [],
    steps: [],
    other: null,
    reasons: [],
    note: "",
    params: {},
    ...more,
  };
}

export function review(world: World, { id }: Input<"record.review">): { id: string } {
  (["fork", "addition", "late_edit"] as const).forEach((kind) => decided(world, id, kind));
  return { id };
}

export function restore(world: World, { id }: Input<"record.restore">): { id: string } {
  const gone = [...world.complaints, ...world.activities].find((one) => one.id === id);
  if (gone !== undefined) gone.withdrawn = null;
  decided(world, id, "withdrawn_and_edited");
  return { id };
}

export function linkRecords(world: World, { a, b, same, reason }: Input<"link.record">): { id: string } {
  if (a === b) fail("link_self");
  const id = nextId(world, "link");
  world.links.push({ id, a, b, same, reason: same ? reason : reasonOf(reason), by: world.operator?.name ?? "", at: stamp() });
  decided(world, a, "same_matter");
  return { id };
}

export function linksOf(world: World, complaint: string): LinkView[] {
  return world.links
    .filter((link) => link.a === complaint || link.b === complaint)
    .map(({ id, a, b, same, reason, by, at }) => {
      const other = find(world, a === complaint ? b : a);
      return { id, other: other.id, number: other.number, title: titleOf(other), same, reason, by, at, heads: [id] };
    });
}

export function offer(world: World, { complaint, to, note }: Input<"transfer.offer">): { id: string } {
  const whole = find(world, complaint);
  const office = world.offices.find((one) => one.id === to);
  if (office === undefined) return fail("invalid_input", {}, [{ field: "to", code: "required", params: {} }]);
  if (world.transfers.some((one) => one.complaint === complaint && one.state === "offered")) {
    fail("invalid_input", {}, [{ field: "to", code: "transfer_open", params: {} }]);
  }
  const id = nextId(world, "transfer");
  world.transfers.unshift({
    id,
    complaint,
    number: whole.number,
    title: titleOf(whole),
    from_name: whole.office.name,
    to_name: office.name,
    state: "offered",
    note,
    answer: "",
    offered_at: stamp(),
    days: 0,
    can_answer: false,
    can_take_back: true,
    heads: [id],
  });
  return { id };
}

function settleTransfer(world: World, id: string, state: TransferView["state"], answer: string): { id: string } {
  const transfer = world.transfers.find((one) => one.id === id) ?? fail("transfer_gone");
  if (transfer.state !== "offered") fail("transfer_gone");
  Object.assign(transfer, { state, answer, can_answer: false, can_take_back: false });
  return { id };
}

export const answerTransfer = (world: World, { id, accept, note }: Input<"transfer.answer">) =>
  settleTransfer(world, id, accept ? "accepted" : "declined", accept ? note : reasonOf(note));

export const takeBackTransfer = (world: World, { id, reason }: Input<"transfer.take_back">) =>
  settleTransfer(world, id, "taken_back", reasonOf(reason));

export function businesses(world: World, { text, limit }: Input<"business.list">): BusinessRow[] {
  const within = (one: BusinessRow) => [one.name, one.uscc, one.phone, ...one.aliases].some((word) => word.includes(text.trim()));
  const rows = world.businesses.map((one) => ({
    ...one,
    merged_name: world.businesses.find((other) => other.id === one.merged_into)?.name ?? "",
    merged: world.businesses.filter((other) => other.merged_into === one.id).map(({ id, name, heads }) => ({ id, name, heads })),
  }));
  return rows
    .filter(within)
    .slice(0, limit)
    .map((one) => ({ ...one, phone: mask(one.phone) }));
}

export function recordBusiness(world: World, { id, name, uscc, phone, address, aliases }: Input<"business.record">): { id: string } {
  if (name.trim() === "") fail("invalid_input", {}, [{ field: "name", code: "required", params: {} }]);
  const typed = { name, uscc, phone, address, aliases };
  const known = world.businesses.find((one) => one.id === id);
  if (known !== undefined) return Object.assign(known, typed, { phone: phone === mask(known.phone) ? known.phone : phone });
  const row = businessOf(nextId(world, "business"), typed);
  world.businesses.push(row);
  return { id: row.id };
}

export function businessOf(id: string, more: Partial<BusinessRow>): BusinessRow {
  return {
    id,
    name: "",
    uscc: "",
    phone: "",
    address: "",
    aliases: [],
    office_name: "索镇分会",
    complaints: 0,
    merged_into: null,
    merged_name: "",
    merged: [],
    cycle: false,
    heads: [id],
    ...more,
  };
}

function joinBusiness(world: World, id: string, into: string | null): { id: string } {
  const row = world.businesses.find((one) => one.id === id) ?? fail("record_missing");
  row.merged_into = into;
  return { id };
}

export function mergeBusiness(world: World, { loser, survivor, reason }: Input<"business.merge">): { id: string } {
  if (loser === survivor) fail("business_self");
  reasonOf(reason);
  return joinBusiness(world, loser, survivor);
}

export function unmergeBusiness(world: World, { id, reason }: Input<"business.unmerge">): { id: string } {
  reasonOf(reason);
  return joinBusiness(world, id, null);
}

function importOf(world: World, id: string): ImportView {
  return world.imports.find((one) => one.id === id) ?? fail("import_missing");
}

export function undoImport(world: World, { id, reason }: Input<"import.undo">): { entries: number; records: number } {
  const one = importOf(world, id);
  if (one.undone_at !== null) fail("already_undone");
  Object.assign(one, { undone_at: stamp(), undone_by: world.operator?.name ?? "", undone_reason: reasonOf(reason) });
  return { entries: one.entries, records: Math.ceil(one.entries / 3) };
}

export function redoImport(world: World, { id }: Input<"import.redo">): { entries: number; records: number } {
  const one = importOf(world, id);
  Object.assign(one, { undone_at: null, undone_by: "", undone_reason: "" });
  return { entries: one.entries, records: Math.ceil(one.entries / 3) };
}

export function asideOf(world: World): Aside {
  return { ...world.aside, undone: world.imports.filter((one) => one.undone_at !== null) };
}

export function force(world: World, { entry, reason }: Input<"waiting.force">): { id: string } {
  reasonOf(reason);
  const item = world.aside.waiting.find((one) => one.entry === entry) ?? fail("entry_missing");
  if (!item.can_force) fail("cannot_force");
  world.aside.waiting = world.aside.waiting.filter((one) => one !== item);
  return { id: item.record };
}

/** Matters of the road, for design work. */
export function fillRoad(world: World): void {
  const [first, second, third, fourth] = world.complaints;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) return;
  const about = (one: typeof first) => ({ complaint: one.id, number: one.number, title: titleOf(one), heads: one.heads });
  world.decisions.push(
    decisionOf("same_matter", first.id, {
      ...about(first),
      other: { id: third.id, number: third.number, title: titleOf(third) },
      reasons: ["same_phone", "same_amount"],
    }),
    decisionOf("fork", "device-1", {
      title: "果里村联络站",
      heads: ["device-1"],
      params: { device: "01a20c3b", office: "果里村联络站", after: "118", here: "131", there: "124" },
    }),
    decisionOf("addition", third.id, about(third)),
    decisionOf("withdrawn_and_edited", fourth.id, { ...about(fourth), note: "同一件登记了两次" }),
  );
  world.imports = [1, 2, 3].map((n) => ({
    id: `import-${n}`,
    from_name: n === 3 ? "果里村联络站" : "东村联络站",
    from_code: n === 3 ? "0203" : "0101",
    number: 9 + n,
    created_at: `2026-11-${String(10 + n)}T16:40:00+08:00`,
    merged_at: `2026-11-${String(12 + n)}T10:05:00+08:00`,
    entries: 12 * n,
    undone_at: n === 2 ? "2026-11-20T09:00:00+08:00" : null,
    undone_by: n === 2 ? "张建设" : "",
    undone_reason: n === 2 ? "站点发错了" : "",
  }));
  world.aside = {
    waiting: [
      {
        entry: "entry-w1",
        record: first.id,
        kind: "step",
        complaint: first.id,
        number: first.number,
        title: titleOf(first),
        reason: "predecessor",
        since: "2026-10-12T10:00:00+08:00",
        from_name: "果里村联络站",
        can_force: true,
        forced: false,
        raw: '{"kind":"step","set":{"kind":"mediation","on":"2026-10-10"}}',
      },
    ],
    quarantined: [
      {
        entry: "entry-q1",
        reason: "unsealed",
        since: "2026-11-20T10:00:00+08:00",
        from_name: "东村联络站",
        office_name: "东村联络站",
        seq: 42,
        kind: "complaint",
        raw: '{"kind":"complaint"}',
      },
    ],
    undone: [],
  };
  world.businesses = [
    businessOf("business-1", { name: "惠民家电商场", aliases: ["惠民家电"], phone: "0533-0000001", complaints: 8 }),
    businessOf("business-2", { name: "惠民家电（新城店）", complaints: 2, merged_into: "business-1" }),
    businessOf("business-3", { name: "丰收农资店", complaints: 8 }),
  ];
  world.transfers = [
    {
      id: "transfer-1",
      complaint: second.id,
      number: second.number,
      title: titleOf(second),
      from_name: "东村联络站",
      to_name: "清河县消保委",
      state: "offered",
      note: "商家在县城，请县里办。",
      answer: "",
      offered_at: `${TODAY}T08:00:00+08:00`,
      days: 6,
      can_answer: true,
      can_take_back: false,
      heads: ["transfer-1"],
    },
  ];
}
