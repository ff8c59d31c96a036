// A problem with one bundle in one sentence, for a table cell.
import { useI18n } from "vue-i18n";
import type { ApiError } from "@/api/generated";

export function useProblemText() {
  const { t, te } = useI18n();
  return (problem: ApiError) =>
    te(`errors.${problem.code}`) ? t(`errors.${problem.code}`, problem.params ?? {}) : t("errors.unknown", { code: problem.code });
}
