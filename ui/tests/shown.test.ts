// How amounts, dates and sizes are shown, and how typed ones are echoed.
import { describe, expect, it } from "vitest";
import { formatBytes } from "@/lib/bytes";
import { addDays, daysBetween, echoDate, quarterOf } from "@/lib/dates";
import { echoYuan, formatCount, formatFen } from "@/lib/money";

describe("money", () => {
  it.each([
    [0, "0.00"],
    [5, "0.05"],
    [100, "1.00"],
    [150_000_000, "1,500,000.00"],
    [-118_050, "−1,180.50"],
  ])("%i fen is shown as %s", (fen, text) => {
    expect(formatFen(fen)).toBe(text);
  });

  it.each([
    ["1234.5", "1,234.50"],
    ["１２３４．５", "1,234.50"],
    ["¥1,280元", "1,280.00"],
    ["1.5万", "15,000.00"],
    ["0.29", "0.29"],
    ["1.005", null],
    ["-3", null],
    ["abc", null],
    ["", null],
  ])("typed %j is echoed as %j", (typed, echo) => {
    expect(echoYuan(typed)).toBe(echo);
  });

  it("counts are grouped", () => {
    expect(formatCount(1_234_567)).toBe("1,234,567");
  });
});

describe("dates", () => {
  it.each([
    ["2026-03-02", "2026-03-02"],
    ["2026/3/2", "2026-03-02"],
    ["2026年3月2日", "2026-03-02"],
    ["20260302", "2026-03-02"],
    ["3月2日", "2026-03-02"],
    ["12月2日", "2025-12-02"],
    ["昨天", "2026-11-23"],
    ["２０２６.3.2", "2026-03-02"],
    ["2026-02-30", null],
    ["20266-01-01", null],
    ["soon", null],
  ])("typed %j is echoed as %j", (typed, echo) => {
    expect(echoDate(typed, "2026-11-24")).toBe(echo);
  });

  it("days are counted across months and years", () => {
    expect(daysBetween("2026-11-24", "2027-01-01")).toBe(38);
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  });

  it.each([
    ["2026-01-31", "2026-01-01", "2026-03-31"],
    ["2026-11-24", "2026-10-01", "2026-12-31"],
    ["2026-06-30", "2026-04-01", "2026-06-30"],
  ])("the quarter of %s runs from %s to %s", (date, from, to) => expect(quarterOf(date)).toEqual({ from, to }));
});

it("sizes are rounded for people", () => {
  expect([0, 1536, 51_200, 15_032_385_536].map(formatBytes)).toEqual(["0 B", "1.5 KB", "50.0 KB", "14.0 GB"]);
});
