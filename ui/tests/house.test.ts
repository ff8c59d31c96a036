// The rules of this house that a test can keep.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../src");
const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|vue)$/.test(entry.name))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return { path: relative(SRC, path), text: readFileSync(path, "utf8") };
  });
const paths = (some: typeof files) => some.map((file) => file.path);

it("only api/tauri.ts knows Tauri", () => {
  expect(paths(files.filter((file) => file.text.includes("@tauri-apps/")))).toEqual(["api/tauri.ts"]);
});

it("no component is longer than 300 lines", () => {
  expect(paths(files.filter((file) => file.path.endsWith(".vue") && file.text.split("\n").length > 300))).toEqual([]);
});

it("no page keeps visible Chinese text outside the locales", () => {
  const visible = files.filter((file) => file.path.endsWith(".vue") && /\p{Script=Han}/u.test(file.text));
  expect(paths(visible)).toEqual([]);
});

it("no page imports generated types past the generated folder", () => {
  const wrong = files.filter((file) => /from "@\/api\/generated\/.+"/.test(file.text) && !file.path.startsWith("api/generated/"));
  expect(paths(wrong)).toEqual([]);
});

it("no table uses the animated tag of the component library", () => {
  expect(paths(files.filter((file) => /ElTag|el-tag/.test(file.text)))).toEqual([]);
});
