// In which order a list stands, and how much of a long one is drawn.
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from "vue";

export type Order = { by: string; down: boolean };

/** As the page itself orders its list. */
export const UNSORTED: Order = { by: "", down: true };

type Worth = number | string | null;

/** Compares what is worth something with what may be worth nothing: nothing stands last, whichever way. */
export function compareBy<T>(worth: (one: T) => Worth, down: boolean): (a: T, b: T) => number {
  return (a, b) => {
    const [x, y] = [worth(a), worth(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const up = typeof x === "string" && typeof y === "string" ? x.localeCompare(y, "zh-CN") : Number(x) - Number(y);
    return down ? -up : up;
  };
}

/** The first of a long list, and more of it when asked; another list begins at its beginning. */
export function useSome<T>(all: MaybeRefOrGetter<readonly T[]>, step: number, anew?: MaybeRefOrGetter<unknown>) {
  const limit = ref(step);
  const some = computed(() => toValue(all).slice(0, limit.value));
  const total = computed(() => toValue(all).length);
  if (anew !== undefined) {
    watch(
      () => toValue(anew),
      () => {
        limit.value = step;
      },
    );
  }
  const more = () => {
    limit.value += step;
  };
  return { some, total, more };
}
