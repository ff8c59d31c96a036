// Filters that somebody keeps under a name, on this computer only.
export type Filters = {
  status: string;
  nature: string;
  class: string;
  office: string;
  business: string;
  due: string;
  from: string;
  to: string;
  open_only: boolean;
};
export type SavedFilter = { name: string; filters: Filters };

const KEY = "redress.saved-filters";
const KEPT = 12;
export const NO_FILTERS: Filters = { status: "", nature: "", class: "", office: "", business: "", due: "", from: "", to: "", open_only: false };

export function savedFilters(): SavedFilter[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (!Array.isArray(kept)) return [];
    const named = kept.filter((one): one is SavedFilter => typeof one?.name === "string" && typeof one?.filters === "object");
    return named.map((one) => ({ name: one.name, filters: { ...NO_FILTERS, ...one.filters } }));
  } catch {
    return [];
  }
}

function put(all: SavedFilter[]): SavedFilter[] {
  localStorage.setItem(KEY, JSON.stringify(all));
  return all;
}

/** A name that is there already is given the new filters. */
export function saveFilter(name: string, filters: Filters): SavedFilter[] {
  const others = savedFilters().filter((one) => one.name !== name);
  return put([...others, { name, filters: { ...filters } }].slice(-KEPT));
}

export function dropFilter(name: string): SavedFilter[] {
  return put(savedFilters().filter((one) => one.name !== name));
}
