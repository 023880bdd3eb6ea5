import { closest, distance } from "fastest-levenshtein";

/** "Did you mean …?": the known name closest to what was written, or the list when nothing is close. */
export function suggest(written: string, known: readonly string[]): string {
  if (known.length === 0) return "nothing is declared under such a name";
  const near = closest(
    written.toLowerCase(),
    known.map((name) => name.toLowerCase()),
  );
  const match = known.find((name) => name.toLowerCase() === near)!;
  if (distance(written.toLowerCase(), near) <= Math.max(2, written.length / 3))
    return `did you mean ${match}?`;
  const shown = known.slice(0, 12).join(", ");
  return `known here: ${shown}${known.length > 12 ? `, … (${known.length} in all)` : ""}`;
}
