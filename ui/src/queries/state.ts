// Where the program stands: no store, locked, or open; who is signed in; which day the core says it is.
import { computed } from "vue";
import { useQueryClient } from "@tanstack/vue-query";
import { call } from "@/api/client";
import type { AppState } from "@/api/generated";
import { useRead } from "@/queries/read";

const STATE_KEY = ["app.state", {}] as const;

export function useAppState() {
  const query = useRead("app.state", {});
  const state = computed(() => query.data.value ?? null);
  const isCounty = computed(() => state.value?.office?.kind === "county");
  const today = computed(() => state.value?.today ?? "");
  return { ...query, state, isCounty, today };
}

/** Puts a fresh state in place and forgets everything that belonged to another store. */
export function useEnterState() {
  const client = useQueryClient();
  return (state: AppState) => {
    client.removeQueries({ predicate: (query) => !["app.state", "codes.list"].includes(query.queryKey[0] as string) });
    client.setQueryData(STATE_KEY, state);
  };
}

/** Puts a fresh state in place of the same store: nothing else is forgotten. */
export function useRenewState() {
  const client = useQueryClient();
  return (state: AppState) => client.setQueryData(STATE_KEY, state);
}

export function useLock() {
  const enter = useEnterState();
  return async () => enter((await call("store.lock", {})).output);
}
