// A problem with one bundle for a table cell: what happened, and what to do.
import { useI18n } from "vue-i18n";
import type { ApiError } from "@/api/generated";
import { readableParams } from "@/components/form";

export function useProblemText() {
  const { t, te } = useI18n();
  const known = (problem: ApiError) => te(`errors.${problem.code}`);
  const happened = (problem: ApiError) =>
    known(problem) ? t(`errors.${problem.code}`, readableParams(problem.params)) : t("errors.unknown", { code: problem.code });
  const advice = (problem: ApiError) => t(`advice.${known(problem) ? problem.code : "internal"}`, readableParams(problem.params));
  return { happened, advice };
}
