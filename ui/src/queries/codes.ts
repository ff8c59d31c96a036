// Code lists and their labels in the language of the window.
import { computed } from "vue";
import { useI18n } from "vue-i18n";
import type { Code } from "@/api/generated";
import { useRead } from "@/queries/read";

export type Choice = { value: string; label: string; group?: string };

export function useCodes() {
  const { locale } = useI18n();
  const query = useRead("codes.list", {});
  const lists = computed<Record<string, Code[]>>(() => query.data.value?.lists ?? {});
  const labelOf = (code: Code) => (locale.value === "en" ? code.label_en : code.label_zh) || code.label_zh;

  /** An unknown code keeps its own text: it may come from a newer list. */
  function label(list: string, value: string): string {
    const code = lists.value[list]?.find((candidate) => candidate.code === value);
    return code === undefined ? value : labelOf(code);
  }

  function choices(list: string): Choice[] {
    return (lists.value[list] ?? []).map((code) => ({ value: code.code, label: labelOf(code) }));
  }

  return { lists, label, choices, labelOf };
}
