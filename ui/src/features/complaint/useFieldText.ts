// A stored value as a person reads it: codes become labels, fen become yuan, lists become words.
import { useI18n } from "vue-i18n";
import { formatFen } from "@/lib/money";
import { useCodes } from "@/queries/codes";

const LISTS: Record<string, string> = {
  channel: "channel",
  nature: "nature",
  class: "class",
  consumer_id_type: "id_type",
  respondent_type: "respondent_type",
  request_kinds: "request",
  evidence: "evidence",
  agreement_form: "agreement_form",
  performance: "performance",
  method: "mediation_method",
  satisfaction: "satisfaction",
  told_how: "told_how",
  mediated_as: "route",
  contents: "file_item",
  way: "consultation_way",
  topic: "consultation_topic",
};
const HIDDEN = new Set(["number", "complaint", "kind", "on", "consultation", "respondent", "reverses"]);

export function useFieldText() {
  const { t, te } = useI18n();
  const { label, isUnknown } = useCodes();

  const name = (field: string) => (te(`fields.${field}`) ? t(`fields.${field}`) : field);
  const isShown = (field: string) => !HIDDEN.has(field);

  function text(field: string, value: unknown, list: string | undefined = LISTS[field]): string {
    if (value === null || value === undefined || value === "") return t("action.notGiven");
    if (typeof value === "boolean") return t(value ? "action.yes" : "action.no");
    if (typeof value === "number" && field.endsWith("_fen")) return t("echo.amount", { yuan: formatFen(value) });
    if (Array.isArray(value)) return value.map((one) => text(field, one, list)).join(t("action.listComma"));
    if (typeof value === "object") return JSON.stringify(value);
    const plain = String(value);
    if (field === "ground") {
      const found = [label("refusal_ground", plain), label("termination_ground", plain)].find((one) => !isUnknown(plain, one));
      return found ?? label("refusal_ground", plain);
    }
    if (list !== undefined) return label(list, plain);
    const enumKey = `${field}.${plain}`;
    return te(enumKey) ? t(enumKey) : plain;
  }

  return { name, text, isShown };
}
