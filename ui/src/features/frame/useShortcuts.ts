// Keys that work on every page: Ctrl+K finds, Ctrl+N registers a complaint, Ctrl+J a consultation.
import { onBeforeUnmount, onMounted } from "vue";

export function useShortcuts(keys: Record<string, () => void>): void {
  function onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const act = keys[event.key.toLowerCase()];
    // An open dialog is finished first: nobody loses what stands in it.
    if (act === undefined || document.querySelector(".el-overlay:not([style*='display: none']) [role=dialog]") !== null) return;
    event.preventDefault();
    act();
  }
  onMounted(() => window.addEventListener("keydown", onKey));
  onBeforeUnmount(() => window.removeEventListener("keydown", onKey));
}
