/**
 * Whether an output is the one that is printed in the docs, word by word. Numbers may differ by one in the
 * last decimal that is shown, and those below 1e-8 are rounding, of which any will do. A line with nothing but
 * … stands for any lines.
 */
export function differs(shown: string, real: string): string | null {
  const lines = real.split("\n");
  const pieces = `${shown}\n`.split(/^…\n/m).map((piece) => piece.replace(/\n$/, ""));
  if (pieces.length === 1) return difference(shown, real);
  let from = 0;
  for (const [i, piece] of pieces.entries()) {
    if (piece === "") continue;
    const size = piece.split("\n").length;
    const at = (start: number): string => lines.slice(start, start + size).join("\n");
    const last = i === pieces.length - 1 ? lines.length - size : from;
    const starts =
      i === 0 ? [0] : i === pieces.length - 1 ? [last] : lines.map((_, line) => line).slice(from);
    const found = starts.find((start) => difference(piece, at(start)) === null);
    if (found === undefined) return `not printed, or not there:\n${piece}`;
    from = found + size;
  }
  return null;
}

export function difference(shown: string, real: string): string | null {
  const [a, b] = [shown, real].map(words);
  for (let i = 0; i < Math.max(a.length, b.length); i++)
    if (!same(a[i] ?? "", b[i] ?? "")) return `shown: ${context(a, i)}\nreal:  ${context(b, i)}`;
  return null;
}

/** Rules of tables are as long as their columns are wide, which a last digit may change. */
const words = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== "" && !/^─+$/.test(word))
    .flatMap((word) => word.split(/(?<=[(,:"])|(?=[),:"])/));

const context = (all: readonly string[], at: number): string =>
  all.slice(Math.max(0, at - 4), at + 5).join(" ");

const number = /^[-+−]?\d+(\.\d+)?(e[-+]?\d+)?[.]?$/i;
const negligible = 1e-8;

function same(a: string, b: string): boolean {
  if (a === b) return true;
  if (!number.test(a) || !number.test(b) || (isCount(a) && isCount(b))) return false;
  const [x, y] = [a, b].map((each) => Number(each.replace("−", "-").replace(/\.$/, "")));
  if (Math.abs(x) < negligible && Math.abs(y) < negligible) return true;
  return Math.abs(x - y) <= 1.01 * Math.max(lastDigit(a), lastDigit(b));
}

const isCount = (text: string): boolean => /^[-+−]?\d+[.]?$/.test(text);

/** What one step of the last shown digit is worth. */
function lastDigit(text: string): number {
  const [, decimals = "", power = "0"] = /^[^.e]*(?:\.(\d+))?(?:e([-+]?\d+))?/i.exec(text)!;
  return 10 ** (Number(power) - decimals.length);
}
