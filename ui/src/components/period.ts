// From when to when a list or the totals are wanted: the core reads the days, and the fields on the page say how.
import { computed } from "vue";
import { provideForm } from "@/components/form";
import { useFormCheck } from "@/lib/useFormCheck";

const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** The two days as they are understood; null while one is empty or cannot be read. */
export function usePeriod(typed: () => { from: string; to: string }) {
  const { check } = useFormCheck(() => ({ form: "period", input: { from: typed().from, to: typed().to } }));
  provideForm(
    computed(() => []),
    check,
  );
  // A day that a link brought stands there in full: nobody has to be asked.
  const day = (name: "from" | "to") => {
    const text = typed()[name].trim();
    return text === "" ? null : ISO.test(text) ? text : (check.value?.understood[name] ?? null);
  };
  return { from: computed(() => day("from")), to: computed(() => day("to")) };
}
