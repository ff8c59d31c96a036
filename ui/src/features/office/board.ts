// What the county should look at first among its offices. Pure: rows and today's date in, an order out.
import type { OfficeBoardRow } from "@/api/generated";
import { daysBetween } from "@/lib/dates";

/** An office that has brought nothing for so long is called silent. */
export const SILENT_AFTER_DAYS = 30;

export const RARE = ["gaps", "attachments_missing", "waiting", "quarantined", "lives"] as const;
export type Rare = (typeof RARE)[number];
export const FILTERS = ["all", "look", "overdue", "silent", "absent"] as const;
export type Filter = (typeof FILTERS)[number];

/** Whether a column that is nearly always empty has something to say of this office. */
export function worth(row: OfficeBoardRow, column: Rare): boolean {
  return row[column] > (column === "lives" ? 1 : 0);
}

/** Days since the office brought something; null when it never has. */
export function daysSilent(row: OfficeBoardRow, today: string): number | null {
  return row.last_bundle_at === null || today === "" ? null : daysBetween(row.last_bundle_at.slice(0, 10), today);
}

export function isSilent(row: OfficeBoardRow, today: string): boolean {
  return row.joined && (daysSilent(row, today) ?? SILENT_AFTER_DAYS + 1) > SILENT_AFTER_DAYS;
}

const needsLook = (row: OfficeBoardRow) => RARE.some((column) => worth(row, column));

export function within(row: OfficeBoardRow, filter: Filter, today: string): boolean {
  switch (filter) {
    case "all":
      return true;
    case "look":
      return needsLook(row);
    case "overdue":
      return row.overdue > 0;
    case "silent":
      return isSilent(row, today);
    case "absent":
      return !row.joined;
  }
}

/** Greater is worse: what cannot be trusted, then what is missing, then what is late, then silence. */
export function badness(row: OfficeBoardRow, today: string): number {
  const steps = [row.quarantined > 0, row.gaps + row.attachments_missing + row.waiting > 0, worth(row, "lives"), row.overdue > 0, isSilent(row, today), !row.joined];
  const first = steps.indexOf(true);
  const amount = Math.min(999, row.overdue + row.gaps + row.attachments_missing + row.waiting + row.quarantined);
  return first < 0 ? 0 : (steps.length - first) * 1000 + amount;
}
