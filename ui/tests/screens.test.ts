// The list of screens that axe looks at is the router's.
import { QueryClient } from "@tanstack/vue-query";
import { createMemoryHistory } from "vue-router";
import { describe, expect, it } from "vitest";
import { createWindowRouter } from "@/router";
import { SCREENS } from "./screens/screens.mjs";

describe("the screens that are looked at", () => {
  const router = createWindowRouter(new QueryClient(), createMemoryHistory());
  const paths = router.getRoutes().filter((route) => route.path !== "/" && !route.path.includes(":rest"));

  it.each(paths.map((route) => route.path))("has %s among them", (path) => {
    const shown = SCREENS.map((screen) => router.resolve(screen.address).matched.at(-1)?.path);
    expect(shown).toContain(path);
  });
});
