// Money on screen. Amounts are whole fen; yuan appear only as text. Rust parses what is typed: this only shows.

const GROUPS = /\B(?=(\d{3})+(?!\d))/g;

/** 150000000 -> "1,500,000.00" */
export function formatFen(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  const yuan = digits.slice(0, -2).replace(GROUPS, ",");
  return `${fen < 0 ? "−" : ""}${yuan}.${digits.slice(-2)}`;
}

export function formatCount(count: number): string {
  return `${count < 0 ? "−" : ""}${String(Math.abs(count)).replace(GROUPS, ",")}`;
}

/** Full-width digits and marks typed by a Chinese input method become plain ones. */
export function halfWidth(text: string): string {
  return text.replace(/[！-～]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0)).replace(/　/g, " ");
}

/** How a typed amount will probably be read, for an echo beside the field; null when it cannot be read. */
export function echoYuan(typed: string): string | null {
  const plain = halfWidth(typed).replace(/[\s,¥元]/g, "");
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?(万?)$/.exec(plain);
  if (match === null) return null;
  const [, whole = "", fraction = "", wan] = match;
  const places = wan === "" ? 2 : 6;
  if (fraction.length > places) return null;
  const fen = Number(whole + fraction.padEnd(places, "0"));
  return Number.isSafeInteger(fen) ? formatFen(fen) : null;
}
