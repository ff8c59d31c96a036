// Totals of the in-memory host, by plain counting.
import type { CountRow, Home, OfficeBoardRow, OfficeView, Totals } from "@/api/generated";
import { agreementOf, dueOf, nextOf, urgencyOf } from "@/api/fake/procedure";
import { recoveredOf } from "@/api/fake/records";
import { TODAY, type FakeComplaint, type World } from "@/api/fake/world";
import { addDays } from "@/lib/dates";

const CLOSED = ["refused", "transferred", "settled", "withdrawn", "terminated", "performed", "archived"];
const sum = (all: FakeComplaint[]) => all.reduce((total, one) => total + recoveredOf(one), 0);
const alive = (world: World) => world.complaints.filter((complaint) => complaint.withdrawn === null);

function group(all: FakeComplaint[], key: (complaint: FakeComplaint) => string): CountRow[] {
  const groups = new Map<string, FakeComplaint[]>();
  for (const complaint of all) groups.set(key(complaint), [...(groups.get(key(complaint)) ?? []), complaint]);
  return [...groups]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([code, members]) => ({
      code,
      count: members.length,
      share: ((members.length * 100) / Math.max(1, all.length)).toFixed(2),
      recovered_fen: sum(members),
    }));
}

export function totalsOf(world: World, input: { from: string; to: string; office: string | null }): Totals {
  const within = (date: string) => date >= input.from && date <= input.to;
  const all = alive(world).filter((one) => within(one.input.received_on) && (input.office === null || one.office.id === input.office));
  const asked = world.consultations.filter((one) => within(one.input.asked_on));
  const having = (kind: string) => all.filter((one) => one.steps.some((step) => step.kind === kind)).length;
  const lines = all.flatMap((one) => one.ledger);
  const money = (code: string, of: typeof lines) => ({
    code,
    count: of.length,
    amount_fen: of.reduce((total, line) => total + line.amount_fen, 0),
  });
  const offices = world.offices.filter((office) => office.kind !== "county");
  const months = group(all, (one) => one.input.received_on.slice(0, 7)).sort((a, b) => a.code.localeCompare(b.code));
  return {
    from: input.from,
    to: input.to,
    complaints: all.length,
    accepted: having("accepted"),
    refused: having("refused"),
    closed: all.filter((one) => CLOSED.includes(one.status)).length,
    agreed: having("agreement"),
    settled: having("settled"),
    terminated: having("terminated"),
    withdrawn: having("withdrawn"),
    consultations: asked.length,
    consultation_persons: asked.reduce((total, one) => total + Number(one.input.persons || 1), 0),
    dispute_fen: all.reduce((total, one) => total + Math.round(Number(one.input.dispute || 0) * 100), 0),
    recovered_fen: sum(all),
    by_kind: [money("recovered", lines)],
    by_route: [money("station_mediation", lines)],
    previous: { complaints: Math.floor(all.length * 0.8), consultations: 5, recovered_fen: Math.floor(sum(all) * 0.7) },
    by_office: offices.map((office) => {
      const own = all.filter((one) => one.office.id === office.id);
      return {
        office: office.id,
        code: office.code,
        name: office.name,
        complaints: own.length,
        closed: own.filter((one) => CLOSED.includes(one.status)).length,
        consultations: asked.filter((one) => one.office.id === office.id).length,
        recovered_fen: sum(own),
      };
    }),
    by_nature: group(all, (one) => one.input.nature),
    by_class: group(all, (one) => one.input.class),
    by_channel: group(all, (one) => one.input.channel),
    by_month: months.map((row) => ({ month: row.code, complaints: row.count, recovered_fen: row.recovered_fen })),
    departments: world.departments,
    department_complaints: world.departments.reduce((total, row) => total + row.complaints, 0),
    activities: world.complaints.length === 0 ? [] : [{ kind: "AC04", count: 3, people: 1200, materials: 8000, firms: 0, units: 40 }],
    completeness: {
      offices: offices.length,
      reporting: Math.max(0, offices.length - 1),
      missing: offices.slice(-1).map((office) => office.name),
      oldest_bundle_at: "2026-11-02T10:00:00+08:00",
    },
  };
}

export function homeOf(world: World): Home {
  const open = alive(world).filter((complaint) => nextOf(complaint) !== null);
  const tasks = open
    .map((complaint) => {
      const due_on = dueOf(complaint);
      const urgency = urgencyOf(due_on, TODAY);
      return {
        complaint: complaint.id,
        number: complaint.number,
        consumer_name: complaint.input.consumer_name,
        respondent_name: complaint.input.respondent_name,
        status: complaint.status,
        next: nextOf(complaint),
        due_on,
        due_estimated: (due_on ?? "") > "2026-12-31",
        urgency: urgency === "none" ? ("calm" as const) : urgency,
        confirm_by: complaint.status === "agreed" ? (agreementOf(complaint)?.confirm_by ?? null) : null,
      };
    })
    .sort((a, b) => (a.due_on ?? "9999").localeCompare(b.due_on ?? "9999"));
  const unconfirmed = world.complaints.filter((complaint) => !complaint.confirmed);
  const month = world.complaints.filter((complaint) => complaint.input.received_on.startsWith(TODAY.slice(0, 7)));
  return {
    today: world.clock?.reckons ?? TODAY,
    overdue: tasks.filter((task) => task.urgency === "overdue").length,
    due_soon: tasks.filter((task) => task.urgency === "soon").length,
    open: open.length,
    tasks: tasks.slice(0, 12),
    unconfirmed: unconfirmed.length,
    unconfirmed_since: unconfirmed.length > 0 ? "2026-11-14T08:40:00+08:00" : null,
    carry_by: unconfirmed.length > 0 ? addDays(TODAY, 4) : null,
    last_export: world.lastExport,
    decisions: world.decisions.length,
    waiting: world.aside.waiting.length,
    quarantined: world.aside.quarantined.length,
    gaps: world.aside.waiting.length,
    attachments_missing: missingOf(world, () => true),
    transfers: world.transfers.filter((one) => one.can_answer).length,
    last_backup: world.lastBackup,
    backup_problem: null,
    backup_proof: { due: false, at: world.lastBackup, problem: null },
    clock_doubtful: false,
    month: {
      complaints: month.length,
      consultations: world.consultations.filter((one) => one.input.asked_on.startsWith(TODAY.slice(0, 7))).length,
      recovered_fen: sum(month),
    },
  };
}

/** Photos that records name and that have not come. */
function missingOf(world: World, about: (complaint: string) => boolean): number {
  return world.evidence.filter((one) => one.item.state === "missing" && one.item.withdrawn === null && about(one.complaint)).length;
}

/** Offices without cases of their own here: what came from them is made up from their place in the list. */
function furtherRow(office: OfficeView, n: number): OfficeBoardRow {
  const joined = n % 13 !== 5;
  return {
    ...quietRow(office),
    joined,
    last_bundle: joined ? (n % 9) + 1 : null,
    last_bundle_at: joined ? `${addDays(TODAY, -((n * 7) % 45))}T11:12:00+08:00` : null,
    complaints: joined ? (n * 5) % 14 : 0,
    overdue: joined && n % 11 === 0 ? 1 : 0,
    unconfirmed: joined ? n % 4 : 0,
    program: joined ? "0.1.0" : null,
  };
}

const quietRow = ({ id, code, kind, name }: OfficeView) => ({ id, code, kind, name, gaps: 0, attachments_missing: 0, waiting: 0, quarantined: 0, lives: 1 });

export function boardOf(world: World): OfficeBoardRow[] {
  return world.offices.map((office, n) => {
    const own = world.complaints.filter((complaint) => complaint.office.id === office.id);
    if (own.length === 0 && office.kind !== "county") return invented(world) ? furtherRow(office, n) : invitedRow(office);
    const brought = office.kind !== "county";
    return {
      ...quietRow(office),
      joined: own.length > 0,
      last_bundle: brought ? n + 3 : null,
      last_bundle_at: brought ? `${addDays(TODAY, -n * 3)}T11:12:00+08:00` : null,
      complaints: own.length,
      overdue: own.filter((complaint) => urgencyOf(dueOf(complaint), TODAY) === "overdue").length,
      unconfirmed: 0,
      program: brought ? "0.1.0" : null,
      gaps: office.code === "0203" ? world.aside.waiting.length : 0,
      attachments_missing: missingOf(world, (id) => own.some((complaint) => complaint.id === id)),
      waiting: office.code === "0203" ? world.aside.waiting.length : 0,
      quarantined: office.code === "0101" ? world.aside.quarantined.length : 0,
      lives: office.code === "0203" ? 2 : 1,
    };
  });
}

const invented = (world: World) => world.complaints.length > 0;

function invitedRow(office: OfficeView): OfficeBoardRow {
  return {
    ...quietRow(office),
    joined: false,
    last_bundle: null,
    last_bundle_at: null,
    complaints: 0,
    overdue: 0,
    unconfirmed: 0,
    program: null,
  };
}
