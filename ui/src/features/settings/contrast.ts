// The high-contrast switch: one class on the root, remembered on this computer. A system that asks for more contrast turns
// it on by itself until somebody chooses.
const KEY = "redress.high-contrast";

export function highContrast(): boolean {
  const chosen = localStorage.getItem(KEY);
  return chosen === null ? (window.matchMedia?.("(prefers-contrast: more)").matches ?? false) : chosen === "yes";
}

export function chooseContrast(high: boolean): void {
  localStorage.setItem(KEY, high ? "yes" : "no");
  applyContrast();
}

export function applyContrast(): void {
  document.documentElement.classList.toggle("high-contrast", highContrast());
}
