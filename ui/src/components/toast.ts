// What was just done, said once at the foot of the window, with a way back where there is one.
import { readonly, ref } from "vue";

export type Toast = { text: string; undo?: () => Promise<unknown> };

const current = ref<Toast | null>(null);

/** Says it in place of what was said before. */
export function say(toast: Toast): void {
  current.value = toast;
}

export function hush(): void {
  current.value = null;
}

export const said = readonly(current);
