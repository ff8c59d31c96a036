// Both catalogues are complete, and every error code says what happened and what to do.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERROR_CODES, FIELD_ERROR_CODES } from "@/api/errors";
import en from "@/locales/en.json";
import zh from "@/locales/zh-CN.json";

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else leaves(value, `${prefix}${key}.`).forEach((text, path) => found.set(path, text));
  }
  return found;
}

const chinese = leaves(zh);
const english = leaves(en);
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe("the two languages", () => {
  it("have the same keys", () => {
    expect([...english.keys()]).toEqual([...chinese.keys()]);
  });

  it("have no empty sentence", () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("use the same placeholders in each sentence", () => {
    const different = [...chinese].filter(([key, text]) => String(placeholders(text)) !== String(placeholders(english.get(key) ?? "")));
    expect(different.map(([key]) => key)).toEqual([]);
  });
});

it("every sentence that a page asks for by name exists", () => {
  const src = join(import.meta.dirname, "../src");
  const pages = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((path) => /\.(vue|ts)$/.test(path));
  const asked = pages.flatMap((path) =>
    [...readFileSync(join(src, path), "utf8").matchAll(/\bt\([^)`]*?["']([a-z][\w]*\.[\w.]+)["']/gi)].map((match) => match[1] ?? ""),
  );
  expect(asked.length).toBeGreaterThan(100);
  expect([...new Set(asked)].filter((key) => !chinese.has(key))).toEqual([]);
});

it("every field of every form has a label", () => {
  const src = join(import.meta.dirname, "../src");
  const pages = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".vue"));
  const fields = pages.flatMap((path) =>
    [...readFileSync(join(src, path), "utf8").matchAll(/Field\s[^>]*?\sname="(\w+)"/g)].map((match) => match[1] ?? ""),
  );
  expect(fields.length).toBeGreaterThan(50);
  expect([...new Set(fields)].filter((name) => !chinese.has(`fields.${name}`))).toEqual([]);
});

describe("every error", () => {
  it.each(ERROR_CODES)("%s says what happened and what to do", (code) => {
    expect(chinese.has(`errors.${code}`)).toBe(true);
    expect(chinese.has(`advice.${code}`)).toBe(true);
  });

  it.each(FIELD_ERROR_CODES)("%s can be said beside a field", (code) => {
    expect(chinese.has(`fieldErrors.${code}`)).toBe(true);
  });
});
