// Files on their way into a case, one after the other: what was refused is said by its name, and the rest goes on.
import { ref } from "vue";
import { useQueryClient } from "@tanstack/vue-query";
import { call } from "@/api/client";
import { CallError, toCallError } from "@/api/errors";
import { refresh } from "@/queries/read";

/** As in the core: what is larger is not even read. */
const BYTES_MAX = 64 * 1024 * 1024;

export type Refused = { name: string; error: CallError };

function contentOf(file: File): Promise<string> {
  if (file.size > BYTES_MAX) throw new CallError({ code: "evidence_too_large", params: { max: String(BYTES_MAX / 1024 / 1024) }, fields: [] });
  if (file.size === 0) throw new CallError({ code: "evidence_empty", params: {}, fields: [] });
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(new CallError({ code: "path_missing", params: { path: file.name }, fields: [] }));
    reader.readAsDataURL(file);
  });
}

export function useEvidenceAdd(complaint: () => string) {
  const client = useQueryClient();
  const waiting = ref(0);
  const done = ref(0);
  const known = ref(0);
  const refused = ref<Refused[]>([]);

  async function one(file: File): Promise<void> {
    const about = { complaint: complaint(), name: file.name, note: "", taken_on: "" };
    try {
      const answer = await call("evidence.add", { about, content: await contentOf(file) });
      if (answer.output.known) known.value += 1;
      await refresh(client, answer.touched);
    } catch (thrown) {
      refused.value.push({ name: file.name, error: toCallError(thrown) });
    }
  }

  async function add(files: readonly File[]): Promise<void> {
    if (waiting.value === 0) [done.value, known.value, refused.value] = [0, 0, []];
    const first = waiting.value === 0;
    queue.push(...files);
    waiting.value += files.length;
    if (!first) return;
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      await one(file);
      done.value += 1;
    }
    waiting.value = 0;
  }

  const queue: File[] = [];
  return { add, waiting, done, known, refused };
}
