/**
 * How many decimals a table of estimates needs: so many that the smallest standard error still has four digits (or as many as asked for),
 * and all numbers of the table alike, so that their points stand under each other.
 */
import type { Format } from "./column.ts";

const mostDigits = 10;

/**
 * The format that values and their standard errors share. "general" where they are of such different sizes that
 * no number of decimals serves all.
 */
export function decimalsFor(values: Iterable<number>, errors: Iterable<number>, digits = 4): Format {
  const sizes = positive(values);
  const spreads = positive(errors);
  const least = Math.min(...(spreads.length > 0 ? spreads : sizes));
  const most = Math.max(...sizes, ...spreads);
  if (!Number.isFinite(least) || !Number.isFinite(most)) return "general";
  const before = Math.max(1, Math.floor(Math.log10(most)) + 1);
  const wanted = Math.max(0, digits - 1 - Math.floor(Math.log10(least)));
  if (wanted + before <= mostDigits) return wanted;
  // Two digits of the smallest error will do where the sizes differ much.
  const enough = Math.max(0, wanted - digits + 2);
  return enough + before <= mostDigits ? enough : "general";
}

const positive = (numbers: Iterable<number>): number[] =>
  [...numbers].flatMap((value) =>
    Number.isFinite(value) && Math.abs(value) > 1e-300 ? [Math.abs(value)] : [],
  );

/** The same format for several columns. */
export const alike = (names: readonly string[], format: Format): Record<string, Format> =>
  Object.fromEntries(names.map((name) => [name, format]));
