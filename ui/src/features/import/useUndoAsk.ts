// The two questions about a bundle that was taken in: take it back out, or in again. What came of it is said afterwards.
import { ref } from "vue";
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
  const said = ref("");
  const names = (one: ImportView) => ({ office: one.from_name, number: one.number, count: formatCount(one.entries) });

  function askUndo(one: ImportView): void {
    ask.value = {
      title: t("import.undoTitle"),
      text: t("import.undoText", names(one)),
      label: t("import.undoDo"),
      danger: true,
      task: "undo",
      act: async (reason) => {
        const { entries, records } = (await undo.mutateAsync({ id: one.id, reason })).output;
        said.value = t("import.undoSaid", { ...names(one), entries: formatCount(entries), records: formatCount(records) });
      },
    };
  }

  function askRedo(one: ImportView): void {
    ask.value = {
      title: t("import.redoTitle"),
      text: t("import.redoText", names(one)),
      label: t("import.redoDo"),
      bare: true,
      task: "undo",
      act: async () => {
        const { entries, records } = (await redo.mutateAsync({ id: one.id, reason: "" })).output;
        said.value = t("import.redoSaid", { ...names(one), entries: formatCount(entries), records: formatCount(records) });
      },
    };
  }

  return { ask, said, askUndo, askRedo };
}
