// The way back from what was just done: a command like any other, offered once beside what is said about it.
import { useQueryClient } from "@tanstack/vue-query";
import { useI18n } from "vue-i18n";
import { call, type Input } from "@/api/client";
import type { Commands } from "@/api/generated";
import { say } from "@/components/toast";
import { refresh } from "@/queries/read";

export function useUndo() {
  const client = useQueryClient();
  const { t } = useI18n();

  /** Says what was done; undoing it runs `command` with `payload`. */
  function offer<K extends keyof Commands>(text: string, command: K, payload: Input<K>): void {
    say({ text, undo: async () => refresh(client, (await call(command, payload)).touched) });
  }

  const reason = () => t("undo.reason");
  return { offer, reason };
}
