// A forgotten passphrase in the in-memory host: one card, one request, one answer.
import { fail } from "@/api/fake/records";
import { stamp, type World } from "@/api/fake/world";
import type { CardMade, RecoveryRequestView, RecoveryWays } from "@/api/generated";

export const CARD = ["10243", "27718", "39960", "40157", "51286", "63304", "75529", "80071", "92846", "03395"];
const CODE = "5518-2043";

export function waysOf(world: World): RecoveryWays {
  const operators = world.people.filter((one) => one.signs_in).map((one) => one.name);
  return { card_made_on: world.card ? stamp().slice(0, 10) : null, county: true, requested: world.asked, operators };
}

export function makeCard(world: World): CardMade {
  world.card = true;
  world.keys.card_made_on = stamp().slice(0, 10);
  return { groups: CARD, office_name: world.office?.name ?? "", made_on: stamp().slice(0, 10) };
}

export function checkCard(code: string): void {
  const digits = code.replace(/\D/g, "");
  if (digits.length !== 50) wrong("card_length", { found: String(digits.length), wanted: "50" });
  const group = CARD.findIndex((one, n) => digits.slice(n * 5, n * 5 + 5) !== one);
  if (group >= 0) wrong("card_group", { group: String(group + 1) });
}

function wrong(code: string, params: Record<string, string>): never {
  return fail("invalid_input", {}, [{ field: "code", code, params }]);
}

export function ask(world: World, out: string): { path: string; compare_code: string } {
  world.asked = true;
  return { path: `${out}/redress-55182043.recovery`, compare_code: CODE };
}

export function readRequest(path: string): RecoveryRequestView {
  if (!path.endsWith(".recovery")) fail("recovery_invalid");
  return { office_name: "大桥商场联络站", office_code: "0107", made_at: stamp(), compare_code: CODE };
}
