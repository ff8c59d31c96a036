// What is being typed survives a crash: kept on this computer shortly after each change, offered back on return.
import { onBeforeUnmount, ref, watch } from "vue";
import { call } from "@/api/client";

const PAUSE_MS = 700;

/** `body` must be reactive. A draft is offered when one is found, never put in place unasked. */
export function useDraft<T extends object>(key: string, body: T, worthKeeping: (body: T) => boolean) {
  const offered = ref<T | null>(null);
  const savedAt = ref<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  void call("draft.get", { key })
    .then(({ output }) => {
      if (closed || output.body === null) return;
      offered.value = output.body as T;
      savedAt.value = output.saved_at;
    })
    .catch(() => undefined);

  async function keep(): Promise<void> {
    timer = undefined;
    if (closed || !worthKeeping(body)) return;
    // A draft that cannot be kept must not stop the person from typing on.
    await call("draft.put", { key, body: JSON.parse(JSON.stringify(body)) as unknown }).catch(() => undefined);
  }

  watch(
    () => body,
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void keep(), PAUSE_MS);
    },
    { deep: true },
  );

  onBeforeUnmount(() => {
    if (timer === undefined) return;
    clearTimeout(timer);
    void keep().then(() => {
      closed = true;
    });
  });

  function take(): void {
    if (offered.value !== null) Object.assign(body, offered.value);
    offered.value = null;
  }

  async function drop(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    offered.value = null;
    await call("draft.drop", { key }).catch(() => undefined);
  }

  /** The work is saved for good: nothing may write the draft again. */
  async function finish(): Promise<void> {
    closed = true;
    await drop();
  }

  return { offered, savedAt, take, drop, finish };
}
