// A host in memory, for tests and for designing in a browser. It answers like the core and keeps nothing.
import type { Host, Reply } from "@/api/client";
import { CallError } from "@/api/errors";
import type { AppState, Commands, ScannedBundle, Touched, LongTask, MediumFormat, Progress } from "@/api/generated";
import { confirmDay } from "@/api/fake/clock";
import { CODES } from "@/api/fake/codes";
import { amendStep, checkForm, fail, hitOf, find, withdrawPart, recordLoss, recordStep, register, reverseLoss, rowOf, similarTo, validateComplaint } from "@/api/fake/records";
import { evidenceAnswers } from "@/api/fake/evidence";
import { directoryAnswers, keyAnswers } from "@/api/fake/directory";
import {
  answerTransfer,
  asideOf,
  businesses,
  force,
  linkRecords,
  mergeBusiness,
  offer,
  recordBusiness,
  redoImport,
  restore,
  review,
  takeBackTransfer,
  undoImport,
  unmergeBusiness,
} from "@/api/fake/road";
import { ask, checkCard, makeCard, readRequest, waysOf } from "@/api/fake/recovery";
import { consultationView, mask, maskedPage, note, revealedPage, unmasked } from "@/api/fake/masked";
import { addPerson, amendPerson, backupsIn, mayOf, personOf, resetPerson, retirePerson } from "@/api/fake/people";
import { personAnswers } from "@/api/fake/person";
import { fillWorld } from "@/api/fake/sample";
import { boardOf, homeOf, totalsOf } from "@/api/fake/totals";
import { activities, activity, businessPage, recordActivity, recordVolunteer, withdrawWork } from "@/api/fake/work";
import { emptyWorld, nextId, officeOf, stamp, TODAY, type World } from "@/api/fake/world";

type Answers = {
  [K in Exclude<keyof Commands, "task.cancel">]: (input: Commands[K]["input"]) => Commands[K]["output"] | Promise<Commands[K]["output"]>;
};

const NO_PHOTOS = { attachments: 0, attachments_broken: 0 };
const SAMPLE_PASSPHRASE = "qinghe-2026";
const TOUCHES: Partial<Record<keyof Commands, Touched[]>> = {
  "sample.create": ["state"],
  "complaint.register": ["complaint", "consultation"],
  "complaint.amend": ["complaint"],
  "step.record": ["step", "loss", "complaint"],
  "step.amend": ["step", "complaint"],
  "loss.record": ["loss"],
  "loss.reverse": ["loss"],
  "record.withdraw": ["complaint", "activity", "volunteer"],
  "evidence.add": ["complaint", "bundle"],
  "evidence.withdraw": ["complaint"],
  "evidence.restore": ["complaint"],
  "evidence.amend": ["complaint"],
  "activity.record": ["activity"],
  "volunteer.record": ["volunteer"],
  "consultation.register": ["consultation"],
  "bundle.export": ["bundle"],
  "bundle.export_all": ["bundle"],
  "bundle.merge": ["complaint", "consultation", "step", "loss", "office", "bundle", "decision"],
  "decision.settle": ["decision", "complaint"],
  "office.invite": ["office"],
  "department.record": ["department"],
  "device.settle": ["state"],
  "record.restore": ["complaint", "decision", "activity", "volunteer"],
  "record.review": ["complaint", "decision"],
  "link.record": ["complaint", "decision"],
  "transfer.offer": ["complaint"],
  "transfer.answer": ["complaint"],
  "transfer.take_back": ["complaint"],
  "business.record": ["decision", "complaint"],
  "business.merge": ["decision", "complaint"],
  "business.unmerge": ["decision", "complaint"],
  "import.undo": ["complaint", "bundle"],
  "import.redo": ["complaint", "bundle"],
  "waiting.force": ["complaint", "bundle"],
  "operator.add": ["operator", "state"],
  "operator.amend": ["operator", "state"],
  "operator.retire": ["operator", "state"],
  "operator.reset": ["operator", "state"],
  "settings.put": ["settings", "state"],
  "clock.confirm": ["state", "complaint", "consultation", "office", "activity", "volunteer", "pack"],
  "backup.make": ["backup"],
  "card.make": ["operator"],
  "recovery.answer": ["view"],
  "complaint.reveal": ["view"],
  "consultation.reveal": ["view"],
  "phone.reveal": ["view"],
  "device.revoke": ["office", "bundle", "complaint"],
  "device.reinstate": ["office", "bundle", "complaint"],
  "device.label": ["office"],
  "office.amend": ["office"],
  "office.close": ["office"],
  "office.reopen": ["office"],
  "join.answer": ["office", "bundle", "complaint"],
  "person.erase": ["complaint", "consultation", "bundle"],
  "key.export_audit": ["office"],
  "county.rotate_key": ["office"],
  "escrow.create": ["office"],
  "escrow.restore": ["office"],
};

/** Every command this host answers, for its picture of who may run what. */
let commands: string[] = [];

function stateOf(world: World): AppState {
  return {
    stage: world.stage,
    today: world.clock?.reckons ?? world.clock?.shows ?? TODAY,
    version: "0.1.0",
    data_dir: "/home/clerk/.local/share/redress",
    stores: world.stores,
    office: world.office,
    operator: world.operator,
    lock_after_min: world.stage === "open" ? world.settings.lock_after_min : 0,
    may: world.operator ? mayOf(world.operator.role, commands).filter((command) => world.readOnly === null || /\.(list|get)$/.test(command)) : [],
    notices: [],
    clock: world.clock,
    moved: world.moved,
    read_only: world.readOnly,
  };
}

function pageRows<T>(all: T[], after: string | null, limit: number): { rows: T[]; next: string | null; total: number } {
  const from = after === null ? 0 : Number(after);
  return { rows: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null, total: all.length };
}

function enter(world: World, code: string, name: string, operator: string, passphrase: string): AppState {
  if (passphrase.length < 8) fail("passphrase_weak");
  const office = officeOf(code, name);
  world.stores.push({
    dir: `/home/clerk/.local/share/redress/${code}`,
    office_name: name,
    office_kind: office.kind,
    operators: [operator],
    sample: false,
  });
  Object.assign(world, { stage: "open", office, passphrase, operator: { id: "operator-1", name: operator, role: "supervisor" } });
  if (world.operator) world.people = [personOf(world.operator)];
  if (!world.offices.some((one) => one.id === office.id)) world.offices.push(office);
  return stateOf(world);
}

function scanned(world: World, folder: string): ScannedBundle[] {
  const one = (code: string, from_name: string, number: number, problem: string | null): ScannedBundle => {
    const file_name = `370321-${code}-${String(number).padStart(6, "0")}.redress`;
    const path = `${folder}/${file_name}`;
    return {
      path,
      file_name,
      from_name,
      from_code: code,
      number,
      created_at: "2026-11-23T16:40:00+08:00",
      bytes: 48_213,
      for_us: problem !== "bundle_not_for_us",
      already_merged: world.merged.has(path),
      part: 1,
      parts: 1,
      compare_code: "4827-1093",
      default: problem === null && !world.merged.has(path),
      problem: problem === null ? null : { code: problem, params: {}, fields: [] },
    };
  };
  return [one("0101", "东村联络站", 12, null), one("0107", "大桥商场联络站", 4, null), one("0203", "果里村联络站", 7, "bundle_truncated")];
}

export function createFakeHost(pauseMs = 120, clock: World["clock"] = null): Host {
  const world = { ...emptyWorld(), clock };
  const listeners: ((progress: Progress) => void)[] = [];
  const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

  async function work(task: LongTask, stages: string[]): Promise<void> {
    world.cancelled = false;
    for (const [done, stage] of stages.entries()) {
      listeners.forEach((listener) => listener({ task, stage, done, total: stages.length, detail: "" }));
      await pause();
      if (world.cancelled) throw new CallError({ code: "cancelled", params: {}, fields: [] });
    }
  }

  // Two sticks are plugged in: one that everybody reads, and one that only Linux does.
  const formatAt = (path: string): MediumFormat | null =>
    path.includes("KINGSTON") ? { name: "FAT32", readers: "everybody" } : path.includes("ARCHIVE") ? { name: "ext4", readers: "linux" } : null;
  const exportOne = (out: string, to: string) => {
    world.exported += 1;
    world.lastExport = stamp();
    const file_name = `370321-${world.office?.code ?? "0000"}-${String(world.exported).padStart(6, "0")}.redress`;
    return {
      path: `${out}/${file_name}`,
      file_name,
      to_name: to,
      bytes: 51_200,
      entries: 37,
      complaints: 12,
      number: world.exported,
      compare_code: "4827-1093",
      verified: true,
      format: formatAt(out),
      parts: 1,
      more: [],
      attachments: world.evidence.filter((one) => !one.item.confirmed && one.item.withdrawn === null).length,
      attachments_left: 0,
    };
  };

  const answers: Answers = {
    "operator.list": () => world.people,
    "operator.add": (input) => addPerson(world, input),
    "operator.amend": (input) => amendPerson(world, input),
    "operator.retire": ({ id }) => retirePerson(world, id),
    "operator.reset": ({ id }) => resetPerson(world, id),
    "passphrase.change": (input) => {
      if (input.old !== world.passphrase) fail("passphrase_wrong");
      if (input.new.length < 8) fail("passphrase_weak");
      world.passphrase = input.new;
      return null;
    },
    "backup.make": async () => {
      await work("backup", ["copy"]);
      world.lastBackup = stamp();
      return { path: "/media/clerk/KINGSTON/redress-backup/370321-0107-000003", entries: 412, at: stamp() };
    },
    "backup.find": ({ path }) => {
      if (!path.includes("KINGSTON")) fail("backup_none");
      return backupsIn(path);
    },
    "backup.restore": (input) => {
      if (input.passphrase !== SAMPLE_PASSPHRASE) fail("passphrase_wrong");
      return enter(world, "0107", "大桥商场联络站", input.operator ?? "周志远", input.passphrase);
    },
    "card.make": () => makeCard(world),
    "access.ways": () => waysOf(world),
    "access.by_card": (input) => {
      checkCard(input.code);
      world.passphrase = input.passphrase;
      Object.assign(world, { stage: "open", office: world.office ?? officeOf("0000", "清河县消保委") });
      world.operator = { id: "operator-1", name: input.operator, role: "supervisor" };
      return stateOf(world);
    },
    "access.by_county": (input) => {
      if (!world.asked) fail("recovery_none");
      if (!input.path.endsWith(".answer")) fail("recovery_invalid");
      world.passphrase = input.passphrase;
      Object.assign(world, { stage: "open", asked: false, office: world.office ?? officeOf("0000", "清河县消保委") });
      world.operator = { id: "operator-1", name: input.operator, role: "supervisor" };
      return stateOf(world);
    },
    "recovery.request": ({ out }) => ask(world, out),
    "recovery.read": ({ path }) => readRequest(path),
    "recovery.answer": ({ out }) => ({ path: `${out}/redress-55182043.answer`, compare_code: "5518-2043" }),
    "backup.prove": () => ({ due: false, at: world.lastBackup, problem: null }),
    "backup.rescue": ({ out }) => ({ path: `${out}/redress-rescue`, entries: 398, aside: 9, lost: 5, bundle: `${out}/370321-0107-0013.redress` }),
    "settings.get": () => world.settings,
    "settings.put": (input) => (world.settings = input),
    "clock.confirm": ({ day }) => {
      confirmDay(world, day);
      return stateOf(world);
    },
    ...directoryAnswers(world),
    ...keyAnswers(world),
    ...evidenceAnswers(world),
    ...personAnswers(world),
    "app.state": () => stateOf(world),
    "county.create": (input) => enter(world, "0000", input.name, input.operator_name, input.passphrase),
    "office.invite": (input) => {
      const known = world.offices.find((office) => office.code === input.code);
      if (known?.name === input.name) return { path: `${input.out}/370321-${input.code}.invite`, office: known, compare_code: "6610-2275" };
      if (known) fail("office_code_taken");
      if (!/^\d{4}$/.test(input.code)) fail("invalid_input", {}, [{ field: "code", code: "office_code_invalid", params: {} }]);
      const office = officeOf(input.code, input.name);
      world.offices.push(office);
      return { path: `${input.out}/370321-${input.code}.invite`, office, compare_code: "6610-2275" };
    },
    "office.join": (input) => enter(world, "0107", "大桥商场联络站", input.operator_name, input.passphrase),
    "invitation.read": (input) => {
      if (!input.path.endsWith(".invite")) fail("invitation_invalid");
      return {
        office_name: "大桥商场联络站",
        office_code: "0107",
        office_kind: "station",
        county_name: "清河县消保委",
        compare_code: "6610-2275",
        expires_on: "2026-12-24",
      };
    },
    "store.open": (input) => {
      const store = world.stores.find((one) => one.dir === input.dir) ?? fail("store_missing");
      // With one word more, as it would be on a PC whose disk dies.
      const dying = input.passphrase === `${world.passphrase} dying`;
      if (input.passphrase !== world.passphrase && !dying) fail("passphrase_wrong");
      world.readOnly = dying ? { dir: store.dir, entries: 398, aside: 9, lost: 5 } : null;
      const code = /(\d{4})$/.exec(store.dir)?.[1] ?? "0000";
      Object.assign(world, {
        stage: "open",
        office: officeOf(code, store.office_name),
        operator: { id: "operator-1", name: input.operator ?? store.operators[0] ?? "", role: "supervisor" },
      });
      if (world.people.length === 0 && world.operator) world.people = [personOf(world.operator)];
      return stateOf(world);
    },
    "store.lock": () => {
      Object.assign(world, { stage: "locked", office: null, operator: null, readOnly: null });
      return stateOf(world);
    },
    "sample.create": async () => {
      await work("sample", ["office", "merge", "done"]);
      fillWorld(world);
      world.passphrase = SAMPLE_PASSPHRASE;
      world.stage = "locked";
      const listing = (code: string, name: string) => ({
        dir: `/home/clerk/.local/share/redress/sample-${code}`,
        office_name: name,
        office_kind: officeOf(code, name).kind,
        operators: ["李和平"],
        sample: true,
      });
      world.stores = [listing("0000", "清河县消保委"), listing("0107", "大桥商场联络站")];
      return {
        dir: "/home/clerk/.local/share/redress",
        passphrase: SAMPLE_PASSPHRASE,
        stores: world.stores,
        complaints: world.complaints.length,
        consultations: world.consultations.length,
        recovered_fen: totalsOf(world, { from: "1900-01-01", to: "2199-12-31", office: null }).recovered_fen,
      };
    },
    "codes.list": () => CODES,
    "home.today": () => homeOf(world),
    "complaint.register": (input) => register(world, input, world.office ?? fail("not_signed_in"), world.operator?.name ?? ""),
    "complaint.amend": ({ id, seen, input: typed }) => {
      const complaint = find(world, id);
      const input = unmasked(world, id, typed);
      if (seen.join() !== complaint.heads.join()) fail("record_changed");
      validateComplaint(input);
      const fields = Object.entries(input)
        .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(complaint.input[field as keyof typeof input]))
        .map(([field, value]) => ({ field, value: value as unknown }));
      complaint.input = input;
      complaint.heads = [nextId(world, "entry")];
      complaint.timeline.push({
        entry: complaint.heads[0] ?? "",
        record: id,
        kind: "complaint",
        action: "amended",
        step: null,
        on: null,
        at: stamp(),
        operator: world.operator?.name ?? "",
        office: world.office?.name ?? "",
        fields,
        confirmed: false,
        clock_doubtful: false,
        outcome: null,
      });
      return { id, number: complaint.number };
    },
    "complaint.list": (query) => {
      const all = world.complaints.filter(
        (one) =>
          one.withdrawn === null &&
          (query.status === null || one.status === query.status) &&
          (query.nature === null || one.input.nature === query.nature) &&
          (query.class === null || one.input.class.startsWith(query.class)) &&
          (query.office === null || one.office.id === query.office) &&
          (query.from === null || one.input.received_on >= query.from) &&
          (query.to === null || one.input.received_on <= query.to) &&
          (!query.business || one.input.respondent_name === query.business),
      );
      const rows = all.sort((a, b) => b.input.received_on.localeCompare(a.input.received_on)).map((complaint) => rowOf(world, complaint));
      return pageRows(
        query.due !== null && query.due !== undefined
          ? rows.filter((row) => row.urgency === query.due)
          : query.open_only ? rows.filter((row) => ["registered", "accepted", "suspended", "agreed"].includes(row.status)) : rows,
        query.after,
        query.limit,
      );
    },
    "complaint.get": ({ id }) => maskedPage(world, id),
    "complaint.reveal": ({ id, reason }) => revealedPage(world, id, reason),
    "consultation.reveal": ({ id, reason }) => {
      const one = world.consultations.find((other) => other.id === id) ?? fail("record_missing");
      note(world, id, "consultation", { number: "", title: one.input.asker_name, reason });
      return consultationView(one, true);
    },
    "phone.reveal": ({ id, reason }) => {
      const shop = world.businesses.find((one) => one.id === id);
      const person = world.volunteers.find((one) => one.id === id);
      if (shop === undefined && person === undefined) fail("record_missing");
      note(world, id, shop ? "business" : "volunteer", { number: "", title: shop?.name ?? person?.input.name ?? "", reason });
      return { phone: shop?.phone ?? person?.input.phone ?? "" };
    },
    "view.list": () => world.views,
    "step.record": (input) => ({
      id: recordStep(world, { ...input, loss: input.loss === null ? null : { ...input.loss, complaint: input.complaint } }),
    }),
    "step.amend": ({ id, input }) => ({ id: amendStep(world, id, input) }),
    "loss.record": (input) => ({ id: recordLoss(world, input) }),
    "loss.reverse": ({ loss, on, reason, replacement }) => {
      const id = reverseLoss(world, loss, on, reason);
      if (replacement !== null) recordLoss(world, replacement);
      return { id };
    },
    "record.withdraw": ({ id, reason }) => {
      if (reason.trim() === "") fail("invalid_input", {}, [{ field: "reason", code: "required", params: {} }]);
      if (!withdrawWork(world, id, reason) && !withdrawPart(world, id)) find(world, id).withdrawn = reason;
      return { id };
    },
    "business.get": (input) => businessPage(world, input),
    "activity.record": (input) => recordActivity(world, input),
    "activity.list": (query) => pageRows(activities(world, query), query.after, query.limit),
    "activity.get": ({ id }) => activity(world, id),
    "volunteer.record": (input) => recordVolunteer(world, input),
    "volunteer.list": () => world.volunteers.map((one) => ({ ...one, input: { ...one.input, phone: mask(one.input.phone) } })),
    "consultation.register": (input) => {
      const fields = (["content", "answer", "topic"] as const)
        .filter((field) => input[field].trim() === "")
        .map((field) => ({ field, code: "required", params: {} }));
      if (fields.length > 0) fail("invalid_input", {}, fields);
      const id = nextId(world, "consultation");
      world.consultations.unshift({
        id,
        input,
        complaint: null,
        office: world.office ?? fail("not_signed_in"),
        operator: world.operator?.name ?? "",
        at: stamp(),
      });
      return { id };
    },
    "consultation.list": (query) =>
      pageRows(
        world.consultations.map(({ id, input, complaint, office }) => ({
          ...input,
          id,
          complaint,
          office_name: office.name,
          persons: Number(input.persons || 1),
        })),
        query.after,
        query.limit,
      ),
    "consultation.get": ({ id }) => consultationView(world.consultations.find((one) => one.id === id) ?? fail("record_missing"), false),
    "form.check": (input) => checkForm(world, input),
    "deadline.compute": () => fail("deadline_rule_unknown"),
    "complaint.similar": (query) => similarTo(world, query),
    "pack.list": () => ({ calendar_until: 2026, rules: 38, accept_days: 7, sent: [] }),
    "pack.import": () => fail("pack_invalid"),
    "number.check": ({ lines }) => lines.map((text) => ({ text, plain: text, fault: null })),
    "draft.put": ({ key, body }) => {
      world.drafts.set(key, { body, saved_at: stamp() });
      return null;
    },
    "draft.get": ({ key }) => world.drafts.get(key) ?? { body: null, saved_at: null },
    "draft.drop": ({ key }) => {
      world.drafts.delete(key);
      return null;
    },
    "carry.places": () => [
      { path: "/media/clerk/KINGSTON", label: "KINGSTON", removable: true, free_bytes: 15_032_385_536, format: formatAt("KINGSTON"), bundles: 3 },
      { path: "/media/clerk/ARCHIVE", label: "ARCHIVE", removable: true, free_bytes: 62_277_025_792, format: formatAt("ARCHIVE"), bundles: 0 },
      { path: "/home/clerk/文档/送县里", label: "送县里", removable: false, free_bytes: null, format: null, bundles: 0 },
    ],
    "bundle.export": async ({ out }) => {
      await work("export", ["office"]);
      return exportOne(out, "清河县消保委");
    },
    "bundle.export_all": async ({ out }) => {
      await work("export", ["office"]);
      return world.offices.filter((office) => office.kind !== "county").map((office) => exportOne(out, office.name));
    },
    "bundle.scan": ({ paths }) =>
      paths[0]?.includes("missing") ? fail("path_missing") : paths[0]?.includes("empty") ? [] : scanned(world, paths[0] ?? ""),
    "bundle.merge": async ({ paths }) => {
      await work("merge", ["search", "bundles"]);
      const bundles = scanned(world, (paths[0] ?? "").replace(/\/[^/]*\.redress$/, "")).map((bundle) => {
        const outcome =
          bundle.problem !== null ? ("refused" as const) : bundle.already_merged ? ("already_merged" as const) : ("merged" as const);
        const fresh = outcome === "merged" ? 18 : 0;
        return {
          path: bundle.path,
          file_name: bundle.file_name,
          from_name: bundle.from_name,
          from_code: bundle.from_code,
          number: bundle.number,
          outcome,
          new_entries: fresh,
          already_had: outcome === "merged" ? 4 : 0,
          waiting: 0,
          quarantined: 0,
          conflicts: 0,
          merged_at: outcome === "already_merged" ? "2026-11-20T10:05:00+08:00" : null,
          clock_ahead: false,
          revoked: false,
          part: 1,
          parts: 1,
          missing_parts: [],
          problem: bundle.problem,
        };
      });
      const merged = bundles.filter((bundle) => bundle.outcome === "merged");
      merged.forEach((bundle) => world.merged.add(bundle.path));
      return {
        bundles,
        new_entries: merged.length * 18,
        new_complaints: merged.length * 5,
        new_consultations: merged.length * 2,
        already_had: merged.length * 4,
        waiting: 0,
        quarantined: 0,
        conflicts: world.decisions.length,
        refused: bundles.filter((bundle) => bundle.outcome === "refused").length,
        cancelled: false,
        confirmed_now: merged.length * 9,
        attachments: merged.length * 2,
        attachments_damaged: 0,
        attachments_missing: merged.length,
        counts_differ: [],
        backup: merged.length > 0 ? "000004" : null,
        notices: [],
      };
    },
    "bundle.inspect": () => fail("not_a_bundle"),
    "bundle.verify": () => fail("not_a_bundle"),
    "device.settle": () => {
      world.moved = false;
      return stateOf(world);
    },
    "record.restore": (input) => restore(world, input),
    "record.review": (input) => review(world, input),
    "link.record": (input) => linkRecords(world, input),
    "transfer.list": () => world.transfers,
    "transfer.offer": (input) => offer(world, input),
    "transfer.answer": (input) => answerTransfer(world, input),
    "transfer.take_back": (input) => takeBackTransfer(world, input),
    "business.list": (input) => businesses(world, input),
    "business.record": (input) => recordBusiness(world, input),
    "business.merge": (input) => mergeBusiness(world, input),
    "business.unmerge": (input) => unmergeBusiness(world, input),
    "import.list": () => world.imports,
    "import.undo": async (input) => {
      if (input.reason.trim() !== "") await work("undo", ["backup", "entries"]);
      return undoImport(world, input);
    },
    "import.redo": async (input) => {
      await work("undo", ["entries"]);
      return redoImport(world, input);
    },
    "aside.list": () => asideOf(world),
    "waiting.force": (input) => force(world, input),
    "office.list": () => boardOf(world),
    "decision.list": () => world.decisions,
    "decision.settle": ({ record, field }) => {
      world.decisions = world.decisions.filter((decision) => decision.conflict?.record !== record || decision.conflict.field !== field);
      return { id: record };
    },
    "report.totals": (input) => totalsOf(world, input),
    "department.record": ({ department, year, complaints }) => {
      if (!/^\d+$/.test(complaints)) fail("invalid_input", {}, [{ field: "complaints", code: "number_invalid", params: {} }]);
      const id = nextId(world, "department");
      world.departments.push({ id, department, year: Number(year), complaints: Number(complaints) });
      return { id };
    },
    search: ({ text, limit }) =>
      world.complaints
        .filter((one) =>
          [one.number, one.input.consumer_name, one.input.consumer_phone, one.input.respondent_name, one.input.facts].some((field) =>
            field.includes(text),
          ),
        )
        .slice(0, limit)
        .map((one) => hitOf(one, text)),
    check: async () => {
      await work("check", ["entries"]);
      return { entries: 412, records: 131, ok: true, differences: [], chains_broken: [], views_broken: null, ...NO_PHOTOS };
    },
    rebuild: () => ({ entries: 412, records: 131, ok: true, differences: [], chains_broken: [], views_broken: null, ...NO_PHOTOS }),
  };

  commands = Object.keys(answers);

  async function rpc(command: string, payload: unknown): Promise<Reply> {
    if (command === "task.cancel") {
      world.cancelled = true;
      return { output: null, touched: [] };
    }
    if (command === "host.pick_folder") return { output: { path: "/media/clerk/KINGSTON" }, touched: [] };
    if (command === "host.pick_files") return { output: { paths: ["/media/clerk/KINGSTON/370321-0107.invite"] }, touched: [] };
    const answer = answers[command as keyof Answers] as ((input: unknown) => unknown) | undefined;
    if (answer === undefined) fail("unknown_command");
    const output: unknown = await answer(JSON.parse(JSON.stringify(payload)));
    return { output: JSON.parse(JSON.stringify(output)) as unknown, touched: TOUCHES[command as keyof Commands] ?? [] };
  }

  return {
    rpc,
    onProgress: (listener) => {
      listeners.push(listener);
    },
  };
}
