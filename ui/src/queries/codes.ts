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
  const all = computed<Record<string, Code[]>>(() => query.data.value?.lists ?? {});
  /** What can be chosen today; codes that are over only name what was recorded with them. */
  const lists = computed<Record<string, Code[]>>(() =>
    Object.fromEntries(Object.entries(all.value).map(([name, codes]) => [name, codes.filter((code) => !code.over)])),
  );
  const labelOf = (code: Code) => (locale.value === "en" ? code.label_en : code.label_zh) || code.label_zh;

  /** An unknown code keeps its own text and is said to be unknown here; words that somebody wrote are no code. */
  function label(list: string, value: string): string {
    const code = all.value[list]?.find((candidate) => candidate.code === value);
    if (code !== undefined) return labelOf(code);
    return CODE.test(value) && all.value[list] !== undefined ? t("list.unknownCode", { code: value }) : value;
  }

  /** Whether a label says no more than its code. */
  const isUnknown = (value: string, shown: string) => shown === value || shown === t("list.unknownCode", { code: value });

  /** What can be chosen, and behind it what was chosen before and no longer can be: it must not vanish from a form. */
  function choices(list: string, chosen: string | readonly string[] = []): Choice[] {
    const offered = (lists.value[list] ?? []).map((code) => ({ value: code.code, label: labelOf(code) }));
    const kept = [chosen].flat().filter((code) => code !== "" && !offered.some((one) => one.value === code));
    return [...offered, ...kept.map((code) => ({ value: code, label: label(list, code) }))];
  }

  return { lists, label, isUnknown, choices, labelOf };
}
