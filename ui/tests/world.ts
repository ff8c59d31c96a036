// A window in one line: the in-memory host, both languages, routes, and a page mounted at an address.
import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { flushPromises, mount, type VueWrapper } from "@vue/test-utils";
import { createMemoryHistory } from "vue-router";
import App from "@/App.vue";
import { call, setHost } from "@/api/client";
import { createFakeHost } from "@/api/fake";
import { createWindowI18n, type Language } from "@/i18n";
import { QUERY_DEFAULTS } from "@/queries/defaults";
import { createWindowRouter } from "@/router";

export async function openWindow(address: string, language: Language = "zh-CN") {
  const client = new QueryClient({ defaultOptions: QUERY_DEFAULTS });
  const router = createWindowRouter(client, createMemoryHistory());
  await router.push(address);
  await router.isReady();
  const wrapper = mount(App, {
    attachTo: document.body,
    global: { plugins: [createWindowI18n(language), [VueQueryPlugin, { queryClient: client }], router] },
  });
  await settled();
  return { wrapper, router, client };
}

/** Lets answers arrive and the page redraw. The fake host answers at once, so a few turns are enough. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) {
    await flushPromises();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

export function at(wrapper: VueWrapper, name: string) {
  return wrapper.find(`[data-test="${name}"]`);
}

/** Also finds what a dialog moved to the end of the document. */
export function inDocument<T extends HTMLElement = HTMLElement>(name: string): T {
  const found = document.querySelector<T>(`[data-test="${name}"]`);
  if (found === null) throw new Error(`nothing is called ${name}`);
  return found;
}

// jsdom draws nothing, so it cannot scroll either.
Element.prototype.scrollIntoView = () => undefined;
window.scrollTo = () => undefined;

export function freshHost(): void {
  localStorage.clear();
  document.body.innerHTML = "";
  setHost(createFakeHost(0));
}

export async function countyIsOpen(): Promise<void> {
  await call("county.create", { name: "清河县消保委", area_code: "370321", operator_name: "李和平", passphrase: "long enough", dir: null });
}

/** The sample county, with something of everything. */
export async function sampleIsOpen(): Promise<void> {
  const { stores, passphrase } = (await call("sample.create", {})).output;
  await call("store.open", { dir: stores[0]?.dir ?? "", passphrase, operator: null });
}

/** Types into a field. */
export async function type(name: string, text: string): Promise<void> {
  const field = inDocument<HTMLInputElement>(name);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await settled();
}

export async function click(name: string): Promise<void> {
  inDocument(name).click();
  await settled();
}

/** Sends the form that something stands in. */
export async function submit(name: string): Promise<void> {
  inDocument(name)
    .closest("form")
    ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await settled();
}
