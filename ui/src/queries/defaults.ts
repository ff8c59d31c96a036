// The core is on this machine: no network state, no retries, no refetching behind the person's back.
import type { DefaultOptions } from "@tanstack/vue-query";

export const QUERY_DEFAULTS: DefaultOptions = {
  queries: { networkMode: "always", retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: 2_000 },
  mutations: { networkMode: "always", retry: false },
};
