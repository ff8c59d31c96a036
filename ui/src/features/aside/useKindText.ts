// The name of a kind of record; a kind from a newer program keeps its own.
import { useI18n } from "vue-i18n";

export function useKindText() {
  const { t, te } = useI18n();
  return (kind: string) => (te(`kind.${kind}`) ? t(`kind.${kind}`) : kind === "" ? t("kind.unknown") : kind);
}
