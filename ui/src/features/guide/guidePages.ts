// The pages of the guide, and which of them answers on which screen.
import type { Language } from "@/i18n";

export const GUIDE_PAGES = ["register", "next-steps", "carry", "merge", "decide", "backup", "passphrase", "personal", "lost-stick", "lost-pc"] as const;
/** Half a page to print and lay beside the computer. */
export const PRINTED = "how-to-carry";
export type GuidePage = (typeof GUIDE_PAGES)[number] | typeof PRINTED;

const TEXTS = import.meta.glob<string>("@guide/*/*.md", { eager: true, import: "default" });

/** The page as HTML, made from Markdown of our own when the program was built. */
export function guideText(page: string, language: Language): string {
  const path = Object.keys(TEXTS).find((one) => one.endsWith(`/${language}/${page}.md`));
  return path === undefined ? "" : (TEXTS[path] ?? "");
}

const HELPS: readonly (readonly [string, GuidePage])[] = [
  ["/register", "register"],
  ["/consultations", "register"],
  ["/complaints", "next-steps"],
  ["/activities", "next-steps"],
  ["/volunteers", "next-steps"],
  ["/businesses", "decide"],
  ["/carry", "carry"],
  ["/merge", "merge"],
  ["/imports", "merge"],
  ["/aside", "merge"],
  ["/decisions", "decide"],
  ["/transfers", "decide"],
  ["/totals", "next-steps"],
  ["/offices", "lost-pc"],
  ["/directory", "lost-pc"],
  ["/keys", "lost-pc"],
  ["/person", "personal"],
  ["/backup", "backup"],
  ["/people", "passphrase"],
  ["/views", "personal"],
  ["/settings", "backup"],
  ["/home", "next-steps"],
];

/** The page that helps on a screen. */
export const helpFor = (path: string): GuidePage => HELPS.find(([start]) => path.startsWith(start))?.[1] ?? "register";
