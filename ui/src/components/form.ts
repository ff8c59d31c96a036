// What a form shares with its fields: the errors Rust returned, and which fields are there to show them.
import { computed, inject, onBeforeUnmount, provide, reactive, useId, type ComputedRef, type InjectionKey, type Ref } from "vue";
import { useI18n } from "vue-i18n";
import type { FieldError, FormCheck } from "@/api/generated";
import { formatBytes } from "@/lib/bytes";

type Found = ComputedRef<Map<string, FieldError>>;
type Form = { errors: Found; early: Found; warnings: Found; understood: ComputedRef<FormCheck["understood"] | null>; shown: Map<string, number> };
const formKey: InjectionKey<Form> = Symbol("form");

const byField = (found: readonly FieldError[]) => new Map(found.map((one) => [one.field, one]));

/** `check`: what Rust says while it is typed. What is merely not filled in yet is no error before saving. */
export function provideForm(errors: Readonly<Ref<readonly FieldError[]>>, check: Readonly<Ref<FormCheck | null>>) {
  const map = computed(() => byField(errors.value));
  const early = computed(() => byField((check.value?.errors ?? []).filter((error) => error.code !== "required")));
  const warnings = computed(() => byField(check.value?.warnings ?? []));
  const understood = computed(() => check.value?.understood ?? null);
  const shown = reactive(new Map<string, number>());
  provide(formKey, { errors: map, early, warnings, understood, shown });
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
  const said = (found: FieldError | undefined) => (found === undefined ? "" : errorText(found));
  const error = computed(() => said(form?.errors.value.get(key)));
  /** What is wrong or odd with what stands there now; for showing once the field has been left. */
  const early = computed(() => said(form?.early.value.get(key)));
  const warning = computed(() => said(form?.warnings.value.get(key)));
  /** As Rust reads it; null where nobody asked. */
  const understood = computed(() => (form?.understood.value ? (form.understood.value[key] ?? "") : null));
  return { id, label, error, early, warning, understood };
}
