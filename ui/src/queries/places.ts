// Sticks come and go while the page is open, so this one question is asked again and again.
import { useQuery } from "@tanstack/vue-query";
import { call } from "@/api/client";
import type { CallError } from "@/api/errors";
import type { CarryPlace } from "@/api/generated";

const ASK_AGAIN_MS = 3_000;

export function useCarryPlaces() {
  return useQuery<CarryPlace[], CallError>({
    queryKey: ["carry.places", {}],
    queryFn: async () => (await call("carry.places", {})).output,
    refetchInterval: ASK_AGAIN_MS,
  });
}
