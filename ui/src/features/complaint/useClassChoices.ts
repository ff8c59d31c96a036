// Classes of goods and services as a grouped list: each main class, then its sub-classes.
import { computed } from "vue";
import { useCodes, type Choice } from "@/queries/codes";

export function useClassChoices() {
  const { lists, labelOf } = useCodes();
  return computed<Choice[]>(() => {
    const all = lists.value.class ?? [];
    const known = new Set(all.map((code) => code.code));
    return all
      .filter((code) => code.parent === null || !known.has(code.parent))
      .flatMap((main) => {
        const subs = all.filter((code) => code.parent === main.code);
        const group = subs.length > 0 ? labelOf(main) : undefined;
        return [main, ...subs].map((code) => ({ value: code.code, label: labelOf(code), group }));
      });
  });
}
