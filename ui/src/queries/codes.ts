// Code lists and their labels in the language of the window.
import { computed } from "vue";
import { useI18n } from "vue-i18n";
import type { Code } from "@/api/generated";
import { useRead } from "@/queries/read";

export type Choice = { value: string; label: string; group?: string };

const CODE = /^[A-Z]{1,2}\d{2,}(-\d{2})?$/;

export function useCodes() {
  const { locale, t } = useI18n();
  const query = useRead("codes.list", {});
  const lists = computed<Record<string, Code[]>>(() => query.data.value?.lists ?? {});
  const labelOf = (code: Code) => (locale.value === "en" ? code.label_en : code.label_zh) || code.label_zh;

  /** An unknown code keeps its own text, marked as of another list; words that somebody wrote are no code. */
  function label(list: string, value: string): string {
    const code = lists.value[list]?.find((candidate) => candidate.code === value);
    if (code !== undefined) return labelOf(code);
    return CODE.test(value) && lists.value[list] !== undefined ? t("list.oldCode", { code: value }) : value;
  }

  /** Whether a label says no more than its code. */
  const isOld = (value: string, shown: string) => shown === value || shown === t("list.oldCode", { code: value });

  function choices(list: string): Choice[] {
    return (lists.value[list] ?? []).map((code) => ({ value: code.code, label: labelOf(code) }));
  }

  return { lists, label, isOld, choices, labelOf };
}
