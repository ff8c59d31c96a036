// What a form shares with its fields: the errors Rust returned, and which fields are there to show them.
import { computed, inject, onBeforeUnmount, provide, reactive, useId, type ComputedRef, type InjectionKey, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import type { FieldError } from "@/api/generated";
import { formatBytes } from "@/lib/bytes";

type Form = { errors: ComputedRef<Map<string, FieldError>>; shown: Map<string, number> };
const formKey: InjectionKey<Form> = Symbol("form");

export function provideForm(errors: Readonly<Ref<readonly FieldError[]>>) {
  const map = computed(() => new Map(errors.value.map((error) => [error.field, error])));
  const shown = reactive(new Map<string, number>());
  provide(formKey, { errors: map, shown });
  const homeless = computed(() => errors.value.filter((error) => !shown.has(error.field)));
  return { homeless };
}

/** True when one of `names` has an error: a folded part opens itself. */
export function useErrorsIn(names: () => readonly string[]) {
  const form = inject(formKey, null);
  return computed(() => names().some((name) => form?.errors.value.has(name) ?? false));
}

/** What the sentence of an error needs, readable: sizes come as plain numbers of bytes. */
export function readableParams(params: Record<string, string> | undefined): Record<string, string> {
  const readable = { ...params };
  for (const name of ["need", "free"]) {
    const bytes = readable[name];
    if (bytes !== undefined && /^\d+$/.test(bytes)) readable[name] = formatBytes(Number(bytes));
  }
  return readable;
}

export function useErrorText() {
  const { t, te } = useI18n();
  return (error: FieldError) => {
    const key = `fieldErrors.${error.code}`;
    return te(key) ? t(key, error.params) : t("fieldErrors.other", { code: error.code });
  };
}

export function useField(props: { name: string; label?: string; errorName?: string }) {
  const { t } = useI18n();
  const form = inject(formKey, null);
  const key = props.errorName ?? props.name;
  if (form !== null) {
    form.shown.set(key, (form.shown.get(key) ?? 0) + 1);
    onBeforeUnmount(() => {
      const left = (form.shown.get(key) ?? 1) - 1;
      if (left > 0) form.shown.set(key, left);
      else form.shown.delete(key);
    });
  }
  const errorText = useErrorText();
  const id = useId();
  const label = computed(() => props.label ?? t(`fields.${props.name}`));
  const error = computed(() => {
    const found = form?.errors.value.get(key);
    return found === undefined ? "" : errorText(found);
  });
  return { id, label, error };
}
