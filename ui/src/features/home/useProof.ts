// Once a month the newest copy is brought back for a trial: by itself after signing in, without a word unless it fails.
import { watch } from "vue";
import type { Home } from "@/api/generated";
import { useWrite } from "@/queries/read";
import { useAppState, useMay } from "@/queries/state";

/** Offices whose copy was tried since the program was started: one that fails is not tried at every look at the page. */
const tried = new Set<string>();

export function useProof(home: () => Home | undefined): void {
  const { state } = useAppState();
  const { may } = useMay();
  const prove = useWrite("backup.prove");
  watch(
    [home, state],
    ([now, at]) => {
      const office = at?.office?.id ?? "";
      if (now?.backup_proof.due !== true || office === "" || tried.has(office) || !may("backup.prove")) return;
      tried.add(office);
      prove.mutate({});
    },
    { immediate: true },
  );
}
