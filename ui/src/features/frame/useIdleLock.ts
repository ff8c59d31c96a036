// Locks when nobody has touched the desk for a while, and when somebody asks for it by key.
import { onBeforeUnmount, onMounted, toValue, watch, type MaybeRefOrGetter } from "vue";

const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel"] as const;
const MINUTE_MS = 60_000;

export function useIdleLock(afterMin: MaybeRefOrGetter<number>, lock: () => unknown): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  function begin(): void {
    stop();
    const minutes = toValue(afterMin);
    if (minutes > 0) timer = setTimeout(lock, minutes * MINUTE_MS);
  }
  function onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "l") return;
    event.preventDefault();
    lock();
  }
  onMounted(() => {
    begin();
    TOUCHES.forEach((touch) => window.addEventListener(touch, begin, { passive: true }));
    window.addEventListener("keydown", onKey);
  });
  onBeforeUnmount(() => {
    stop();
    TOUCHES.forEach((touch) => window.removeEventListener(touch, begin));
    window.removeEventListener("keydown", onKey);
  });
  watch(() => toValue(afterMin), begin);
}
