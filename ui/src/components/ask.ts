// A question before something that can be undone but should be explained: what happens, and why the person does it.
import { ref, type Ref } from "vue";
import type { LongTask } from "@/api/generated";

export type Ask = {
  title: string;
  text: string;
  /** Words on the button. */
  label: string;
  danger?: boolean;
  /** A reason to begin with. */
  start?: string;
  /** Label of the field, when "reason" is not the word. */
  field?: string;
  optional?: boolean;
  /** Only a yes: nothing is written down with it. */
  bare?: boolean;
  /** Long work: how far it is stands in place of the question, with a way to stop. */
  task?: LongTask;
  act: (reason: string) => Promise<unknown>;
};

export function useAsk(): Ref<Ask | null> {
  return ref<Ask | null>(null);
}
