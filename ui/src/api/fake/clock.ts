// A clock that is wrong, and the day that somebody says instead.
import { fail } from "@/api/fake/records";
import { TODAY, type World } from "@/api/fake/world";
import { echoDate } from "@/lib/dates";

const EARLIEST = "2026-11-01";

export function confirmDay(world: World, typed: string): void {
  const said = echoDate(typed, TODAY);
  const code = typed.trim() === "" ? "required" : said === null ? "date_invalid" : said < EARLIEST ? "date_before_program" : null;
  if (code !== null || said === null) return fail("invalid_input", {}, [{ field: "day", code: code ?? "date_invalid", params: {} }]);
  const shows = world.clock?.shows ?? TODAY;
  world.clock = said === shows ? null : { shows, reckons: said };
}
