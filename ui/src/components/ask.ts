// A question before something that can be undone but should be explained: what happens, and why the person does it.
import { ref, type Ref } from "vue";

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
  act: (reason: string) => Promise<unknown>;
};

export function useAsk(): Ref<Ask | null> {
  return ref<Ask | null>(null);
}
