// The large-text switch: one class on the root, remembered on this computer.
const KEY = "redress.large-text";

export function largeText(): boolean {
  return localStorage.getItem(KEY) === "yes";
}

export function applyTextSize(large: boolean = largeText()): void {
  localStorage.setItem(KEY, large ? "yes" : "no");
  document.documentElement.classList.toggle("large-text", large);
}
