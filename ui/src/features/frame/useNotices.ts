// The core tells a notice once. It stays on the screen until somebody closes it, whatever page is opened meanwhile.
import { ref, watch } from "vue";
import type { Notice } from "@/api/generated";

const keyOf = (notice: Notice) => `${notice.code} ${JSON.stringify(notice.params)}`;

export function useNotices(told: () => readonly Notice[]) {
  const notices = ref<Notice[]>([]);
  const known = new Set<string>();
  watch(
    told,
    (now) => {
      for (const notice of now) {
        if (known.has(keyOf(notice))) continue;
        known.add(keyOf(notice));
        notices.value.push(notice);
      }
    },
    { immediate: true },
  );

  function close(notice: Notice): void {
    notices.value = notices.value.filter((one) => keyOf(one) !== keyOf(notice));
  }

  return { notices, close };
}
