// Server data for pages. One table says which nouns an answer is made of; a write invalidates what it touched.
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { useMutation, useQuery, useInfiniteQuery, useQueryClient, type QueryClient } from "@tanstack/vue-query";
import { call, type Answer, type Command, type Input, type Output } from "@/api/client";
import type { CallError } from "@/api/errors";
import type { Commands, Page, Touched } from "@/api/generated";
import { hush } from "@/components/toast";

const RECORDS = ["complaint", "consultation", "step", "loss", "office", "bundle", "decision"] as const;
/** What the road brings: nearly every write may change one of these lists, and they are short. */
const ROAD = [...RECORDS, "department", "state"] as const;

/** Which nouns each answer depends on. A command that is missing here is a write or is never cached. */
export const dependsOn = {
  "app.state": ["state", "office"],
  "codes.list": ["pack", "bundle", "state"],
  "home.today": [...RECORDS, "backup"],
  "complaint.list": ["complaint", "step", "loss", "office", "bundle", "decision"],
  "complaint.get": ["complaint", "step", "loss", "office", "bundle", "decision"],
  "evidence.get": ["bundle"],
  "consultation.list": ["consultation", "complaint", "bundle"],
  "consultation.get": ["consultation", "complaint", "bundle"],
  "carry.places": ["bundle"],
  "office.list": RECORDS,
  "device.list": RECORDS,
  "key.list": [...RECORDS, "operator"],
  "join.list": RECORDS,
  "decision.list": RECORDS,
  "report.totals": [...RECORDS, "department", "activity"],
  "activity.list": ["activity", "bundle", "office"],
  "activity.get": ["activity", "bundle", "office"],
  "volunteer.list": ["volunteer", "bundle", "office"],
  "business.get": [...RECORDS, "activity"],
  "import.list": ROAD,
  "aside.list": ROAD,
  "transfer.list": ROAD,
  "business.list": ROAD,
  "operator.list": ["operator", "state"],
  "settings.get": ["settings"],
  "access.ways": ["state"],
  "view.list": ["view"],
  "complaint.similar": ["complaint", "step"],
  "pack.list": ["pack", "bundle"],
  search: RECORDS,
} satisfies Partial<Record<Command, readonly Touched[]>>;

export type Read = keyof typeof dependsOn;
type PagedRead = "complaint.list" | "consultation.list" | "activity.list";
type RowOf<K extends PagedRead> = Output<K> extends Page<infer Row> ? Row : never;

export async function refresh(client: QueryClient, touched: readonly Touched[]): Promise<void> {
  await client.invalidateQueries({
    predicate: (query) => {
      const nouns: readonly Touched[] = dependsOn[query.queryKey[0] as Read] ?? [];
      return nouns.some((noun) => touched.includes(noun));
    },
  });
}

/** What the core could not read may have made the store one that is only looked at: the state says so. */
const DAMAGE = ["store_damaged", "store_read_only"];

async function ask<K extends Command>(client: QueryClient, command: K, payload: Input<K>): Promise<Answer<K>> {
  try {
    return await call(command, payload);
  } catch (thrown) {
    if (DAMAGE.includes((thrown as CallError).code)) void refresh(client, ["state"]);
    throw thrown;
  }
}

export function useRead<K extends Read>(command: K, payload: MaybeRefOrGetter<Input<K>>, enabled?: MaybeRefOrGetter<boolean>) {
  const client = useQueryClient();
  return useQuery<Output<K>, CallError>({
    queryKey: computed(() => [command, toValue(payload)]),
    queryFn: async () => (await ask(client, command, toValue(payload))).output,
    enabled: computed(() => toValue(enabled) ?? true),
  });
}

/** A list that grows by "load more": keyset pages, never an offset. */
export function usePages<K extends PagedRead>(command: K, payload: MaybeRefOrGetter<Omit<Input<K>, "after">>) {
  const query = useInfiniteQuery<Page<RowOf<K>>, CallError, { pages: Page<RowOf<K>>[] }, unknown[], string | null>({
    queryKey: computed(() => [command, toValue(payload)]) as unknown as unknown[],
    initialPageParam: null,
    queryFn: async ({ pageParam }) => {
      const input = { ...toValue(payload), after: pageParam } as unknown as Input<K>;
      return (await call(command, input)).output as unknown as Page<RowOf<K>>;
    },
    getNextPageParam: (page) => page.next,
  });
  const rows = computed(() => (query.data.value?.pages ?? []).flatMap((page) => page.rows) as RowOf<K>[]);
  const total = computed(() => query.data.value?.pages[0]?.total ?? 0);
  return { ...query, rows, total };
}

export function useWrite<K extends Exclude<keyof Commands, Read>>(command: K) {
  const client = useQueryClient();
  return useMutation<Answer<K>, CallError, Input<K>>({
    mutationFn: (payload) => ask(client, command, payload),
    onSuccess: (answer) => {
      // Only the last action can be undone: whatever was offered before is over.
      hush();
      return refresh(client, answer.touched);
    },
  });
}
