// Dates on screen. A date is the text "YYYY-MM-DD"; "today" always comes from the core, never from this clock.
import { halfWidth } from "@/lib/money";

const DAY_MS = 86_400_000;

function civil(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return real && year >= 1900 && year <= 2199 ? at.toISOString().slice(0, 10) : null;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** 0 = Sunday */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** How a typed date will probably be read ("3.2", "20260302", "昨天"), for an echo; null when it cannot be read. */
export function echoDate(typed: string, today: string): string | null {
  const plain = halfWidth(typed).trim();
  const words: Record<string, number> = { 今天: 0, 昨天: -1, 前天: -2, 大前天: -3, 明天: 1, 后天: 2, 大后天: 3 };
  const back = words[plain];
  if (back !== undefined) return addDays(today, back);
  const full = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (full !== null) return civil(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})月(\d{1,2})[日号]?$/.exec(plain);
  if (short === null) return null;
  const year = Number(today.slice(0, 4));
  const here = civil(year, Number(short[1]), Number(short[2]));
  return here !== null && here > today ? civil(year - 1, Number(short[1]), Number(short[2])) : here;
}

/** "2026-03-02T09:15:00+08:00" -> "2026-03-02 09:15": the wall clock of whoever wrote it. */
export function formatInstant(instant: string): string {
  return instant.slice(0, 16).replace("T", " ");
}

export function quarterOf(date: string): { from: string; to: string } {
  const year = date.slice(0, 4);
  const first = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 1;
  const last = String(first + 2).padStart(2, "0");
  const days = last === "03" || last === "12" ? "31" : "30";
  return { from: `${year}-${String(first).padStart(2, "0")}-01`, to: `${year}-${last}-${days}` };
}
