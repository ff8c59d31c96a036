// Two complete languages; Chinese is the default. The choice stays on this computer.
import { createI18n } from "vue-i18n";
import zh from "@/locales/zh-CN.json";
import en from "@/locales/en.json";

export type Language = "zh-CN" | "en";
const KEY = "redress.language";

export function savedLanguage(): Language {
  return localStorage.getItem(KEY) === "en" ? "en" : "zh-CN";
}

export function saveLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
}

export function createWindowI18n(language: Language = savedLanguage()) {
  document.documentElement.lang = language;
  return createI18n({ legacy: false, locale: language, fallbackLocale: "zh-CN", messages: { "zh-CN": zh, en } });
}
