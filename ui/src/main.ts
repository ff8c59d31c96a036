// Start: choose the host, then languages, data and routes, then the window.
import "element-plus/es/components/base/style/css";
import "element-plus/es/components/button/style/css";
import "element-plus/es/components/dialog/style/css";
import "element-plus/es/components/input/style/css";
import "element-plus/es/components/progress/style/css";
import "./styles.css";
import { createApp } from "vue";
import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import App from "@/App.vue";
import { setHost } from "@/api/client";
import { insideTauri, tauriHost } from "@/api/tauri";
import { createWindowI18n } from "@/i18n";
import { QUERY_DEFAULTS } from "@/queries/defaults";
import { createWindowRouter } from "@/router";
import { applyContrast } from "@/features/settings/contrast";
import { applyTextSize } from "@/features/settings/textSize";

async function start(): Promise<void> {
  if (insideTauri()) setHost(tauriHost);
  else if (import.meta.env.DEV) setHost((await import("@/api/fake")).createFakeHost());
  applyTextSize();
  applyContrast();
  const queryClient = new QueryClient({ defaultOptions: QUERY_DEFAULTS });
  createApp(App).use(createWindowI18n()).use(VueQueryPlugin, { queryClient }).use(createWindowRouter(queryClient)).mount("#app");
}

void start();
