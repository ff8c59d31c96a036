// The classes that this computer's clerk used last. Local: it is a habit and no record.
const KEY = "redress.last-classes";
const KEPT = 5;

export function lastUsed(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((code): code is string => typeof code === "string") : [];
  } catch {
    return [];
  }
}

export function noteUsed(code: string): string[] {
  const now = [code, ...lastUsed().filter((other) => other !== code)].slice(0, KEPT);
  localStorage.setItem(KEY, JSON.stringify(now));
  return now;
}
