// What the core says of a form while it is typed: how amounts and dates are understood, what looks odd. Never blocks.
import { onBeforeUnmount, ref, watch } from "vue";
import { call } from "@/api/client";
import type { FormCheck, TypedForm } from "@/api/generated";

const PAUSE_MS = 250;

/** `form` is read anew after each change; null is nothing to look at. */
export function useFormCheck(form: () => TypedForm | null) {
  const check = ref<FormCheck | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  async function look(): Promise<FormCheck | null> {
    clearTimeout(timer);
    const typed = form();
    const turn = ++asked;
    // Help that does not come must not stop the person from typing on.
    const answer = typed === null ? null : await call("form.check", JSON.parse(JSON.stringify(typed)) as TypedForm).catch(() => null);
    if (turn === asked) check.value = answer?.output ?? null;
    return answer?.output ?? null;
  }

  watch(
    form,
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), PAUSE_MS);
    },
    { deep: true, immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));
  return { check, look };
}
