// Where the program stands: no store, locked, or open; who is signed in; which day the core says it is.
import { computed, ref } from "vue";
import { useQueryClient } from "@tanstack/vue-query";
import { useI18n } from "vue-i18n";
import { call, type Command } from "@/api/client";
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

/** What whoever is signed in may do, and why not the rest. The core's table of roles decides; this only shows it. */
export function useMay() {
  const { t } = useI18n();
  const { state } = useAppState();
  const permitted = computed(() => new Set<string>(state.value?.may ?? []));
  const may = (command: Command) => permitted.value.has(command);
  const why = computed(() => {
    if (state.value?.read_only) return t("readOnly.why");
    return t("role.why", { role: state.value?.operator ? t(`role.${state.value.operator.role}`) : "" });
  });
  return { may, why };
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

/** Who locked last: at the door this person is offered first. Kept only as long as the window is open. */
export const lockedBy = ref("");

export function useLock() {
  const enter = useEnterState();
  const { state } = useAppState();
  return async () => {
    const name = state.value?.operator?.name ?? "";
    enter((await call("store.lock", {})).output);
    lockedBy.value = name;
  };
}
