// Keys that work on every page: Ctrl+K finds, Ctrl+N registers a complaint, Ctrl+J a consultation.
import { onBeforeUnmount, onMounted } from "vue";

const OPEN_SHEET = ".el-overlay:not([style*='display: none'], [class*='leave-active'])";

export function useShortcuts(keys: Record<string, () => void>): void {
  function onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const act = keys[event.key.toLowerCase()];
    // An open dialog is finished first: nobody loses what stands in it. One that is closing already stops nobody.
    if (act === undefined || document.querySelector(`${OPEN_SHEET} [role=dialog]`) !== null) return;
    event.preventDefault();
    act();
  }
  onMounted(() => window.addEventListener("keydown", onKey));
  onBeforeUnmount(() => window.removeEventListener("keydown", onKey));
}
