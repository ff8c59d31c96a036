// Finding by pinyin initials in a short list. The core says which letters each character can be spelled with ("k dt q").

/** Whether the letters that were typed spell neighbouring characters; one letter alone says nothing. */
export function fitsInitials(groups: string, typed: string): boolean {
  const letters = [...typed.toLowerCase()];
  if (letters.length < 2 || !/^[a-z0-9]+$/i.test(typed)) return false;
  const spelled = groups.split(" ");
  return spelled.some((_, at) => letters.every((letter, n) => spelled[at + n]?.includes(letter)));
}
