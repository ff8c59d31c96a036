// The two questions about a bundle that was taken in: take it back out, or in again.
import { useI18n } from "vue-i18n";
import type { ImportView } from "@/api/generated";
import { useAsk } from "@/components/ask";
import { formatCount } from "@/lib/money";
import { useWrite } from "@/queries/read";

export function useUndoAsk() {
  const { t } = useI18n();
  const undo = useWrite("import.undo");
  const redo = useWrite("import.redo");
  const ask = useAsk();
  const names = (one: ImportView) => ({ office: one.from_name, number: one.number, count: formatCount(one.entries) });

  function askUndo(one: ImportView): void {
    ask.value = {
      title: t("import.undoTitle"),
      text: t("import.undoText", names(one)),
      label: t("import.undoDo"),
      danger: true,
      act: (reason) => undo.mutateAsync({ id: one.id, reason }),
    };
  }

  function askRedo(one: ImportView): void {
    ask.value = {
      title: t("import.redoTitle"),
      text: t("import.redoText", names(one)),
      label: t("import.redoDo"),
      act: (reason) => redo.mutateAsync({ id: one.id, reason }),
    };
  }

  return { ask, askUndo, askRedo };
}
