// Whether a screen speaks one language: no Latin words among Chinese ones but those that are names, and none of the Chinese
// catalogue's sentences on an English screen. What people typed is theirs, and stays as it is.

import { readFile } from "node:fs/promises";

/** Names of things that have no Chinese one, and what stands on keys and files. */
const NAMES = new Set(["Redress", "Ctrl", "PDF", "JPEG", "PNG", "WebP", "CSV", "JSON", "xlsx", "invite", "USB", "English", "GB", "MB", "KB", "FAT", "exFAT", "NTFS", "ext", "Windows", "Linux"]);
/** The names that somebody gave sticks, and initials as an example. */
const EXAMPLES = new Set(["KINGSTON", "ARCHIVE", "zsf"]);
/** Folders and files, numbers of cases and keys, codes: data, in whatever letters. */
const DATA = /\S*\/\S+|\b[\dA-Fa-f]*\d[\dA-Fa-f]*\b|\b[\d-]+[A-Z]\b|\b[A-Z]{2}\d\d\b|\.redress\b|\S+\.(json|csv|webp|pdf|jpg|png)\b/g;

const messages = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(messages));
const chinese = messages(JSON.parse(await readFile(new URL("../../src/locales/zh-CN.json", import.meta.url), "utf8")));
/** Sentences without a gap for data, long enough not to be met by chance. */
const SENTENCES = new Set(chinese.filter((text) => /\p{Script=Han}/u.test(text) && !/[{|@]/.test(text) && [...text].length >= 4));

/** Everything that is to be read on the page, piece by piece: texts, and what stands in empty fields and at symbols. */
function pieces() {
  const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (textContent.trim() !== "" && !parentElement.closest("script, style, [data-tongue]") && shown(parentElement)) found.push(textContent.trim());
  }
  for (const name of ["placeholder", "title", "aria-label"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) if (shown(element)) found.push(element.getAttribute(name));
  }
  return found;
}

const strangers = {
  "zh-CN": (text) => (text.replace(DATA, " ").match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !NAMES.has(word) && !EXAMPLES.has(word)),
  en: (text) => (SENTENCES.has(text) ? [text] : []),
};

/** What stands on the page in the other language, one line each. */
export async function mixed(page, language, where) {
  const found = (await page.evaluate(pieces)).flatMap((text) => strangers[language](text).map((word) => `${where}: “${word}” in “${text.slice(0, 60)}”`));
  return [...new Set(found)];
}
