// The people of the in-memory host, and a picture of the core's table of roles: good enough to see what a role cannot do.
import { fail } from "@/api/fake/records";
import { nextId, stamp, TODAY, type World } from "@/api/fake/world";
import type { AddOperator, AmendOperator, BackupFound, OperatorListed, OperatorView, Role } from "@/api/generated";

const LEAD = ["view.list", "card.make", "recovery.read", "recovery.answer", "office.invite", "device.settle", "import.undo", "import.redo", "waiting.force", "settings.put"];
const LEAD_PREFIX = ["operator."];
const CASE = [
  "loss.record",
  "loss.reverse",
  "record.withdraw",
  "record.restore",
  "record.review",
  "link.record",
  "transfer.offer",
  "transfer.answer",
  "transfer.take_back",
  "business.merge",
  "business.unmerge",
  "decision.settle",
];
const READ = /\.(list|get|today|state|totals|places)$|^(search|check|form\.check|passphrase\.change|store\.|codes\.)/;

export function mayOf(role: Role, commands: string[]): string[] {
  const lead = (command: string) => LEAD.includes(command) || (LEAD_PREFIX.some((one) => command.startsWith(one)) && !command.endsWith(".list"));
  return commands.filter((command) => {
    if (command.startsWith("evidence.")) return role !== "reader";
    if (role === "supervisor") return true;
    if (role === "reader") return READ.test(command) && !command.startsWith("draft.");
    return !lead(command) && (role === "mediator" || !CASE.includes(command));
  });
}

export function personOf(operator: OperatorView): OperatorListed {
  return { ...operator, retired_on: null, signs_in: true, is_self: true, access: null, heads: [] };
}

export function addPerson(world: World, input: AddOperator): { id: string } {
  if (input.name.trim() === "") fail("invalid_input", {}, [{ field: "name", code: "required", params: {} }]);
  if (world.people.some((one) => one.name === input.name.trim() && one.retired_on === null))
    fail("invalid_input", {}, [{ field: "name", code: "name_taken", params: {} }]);
  if (input.passphrase.length < 8) fail("passphrase_weak");
  const id = nextId(world, "operator");
  const name = input.name.trim();
  world.people.push({ id, name, role: input.role, retired_on: null, signs_in: true, is_self: false, access: null, heads: [] });
  return { id };
}

export function findPerson(world: World, id: string): OperatorListed {
  return world.people.find((one) => one.id === id && one.retired_on === null) ?? fail("operator_gone");
}

export function amendPerson(world: World, input: AmendOperator): { id: string } {
  Object.assign(findPerson(world, input.id), { name: input.name, role: input.role });
  if (world.operator?.id === input.id) Object.assign(world.operator, { name: input.name, role: input.role });
  return { id: input.id };
}

export function retirePerson(world: World, id: string): { id: string } {
  Object.assign(findPerson(world, id), { retired_on: TODAY, signs_in: false });
  return { id };
}

export function resetPerson(world: World, id: string): { id: string } {
  const access = { way: "supervisor" as const, by: world.operator?.name ?? "", at: stamp(), agreed_by: "" };
  Object.assign(findPerson(world, id), { access, signs_in: true });
  return { id };
}

/** The copies on a stick: one that is sound, and one that was altered. */
export function backupsIn(path: string): BackupFound[] {
  const one = (number: string, made_at: string, code: string | null): BackupFound => ({
    path: `${path}/redress-backup/370321-0107-${number}`,
    office_name: "大桥商场联络站",
    office_kind: "station",
    operators: ["周志远"],
    sample: false,
    made_at,
    entries: 412,
    problem: code === null ? null : { code, params: {}, fields: [] },
  });
  return [one("000003", stamp(), null), one("000002", stamp("2026-11-10"), "store_damaged")];
}
