import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";
import { guide } from "./guide.plugin.ts";

export default defineConfig({
  base: "./",
  plugins: [vue(), guide()],
  resolve: {
    alias: {
      "@": fileURLToPath(new URL("./src", import.meta.url)),
      "@guide": fileURLToPath(new URL("../assets/guide", import.meta.url)),
    },
  },
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: { host: "127.0.0.1", fs: { allow: [".", "../assets/guide"] } },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    // An old computer takes its time to load a page; that is no fault of the page.
    testTimeout: 20_000,
    server: { deps: { inline: ["element-plus"] } },
  },
});
