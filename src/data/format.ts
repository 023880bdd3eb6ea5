/**
 * A cell as characters: the one place where numbers of results become text, in plain ASCII.
 * Text, Markdown, LaTeX and HTML all start from here; the last two dress the sign and the exponent.
 */
import type { Format } from "./column.ts";

/** Below this a number with a fixed number of decimals is rounding noise, and shown as zero. */
const noise = 1e-12;

/**
 * The text of a cell. A missing value is the empty string, an infinite one `inf` or `-inf`.
 * Without a format numbers are "general": six significant digits, no trailing zeros, whole numbers whole.
 * A nonzero number that its decimals would show as zero is written with an exponent instead.
 */
export function formatCell(value: number | string | null, format: Format = "general"): string {
  if (value === null || typeof value === "string") return value ?? "";
  if (Number.isNaN(value)) return "";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return typeof format === "number" ? fixed(value, format) : formats[format](value);
}

const formats: Record<Exclude<Format, number>, (value: number) => string> = {
  general,
  p: (value) => (value < 0.001 ? "<0.001" : value.toFixed(3)),
  percent: (value) => `${unsigned((100 * value).toFixed(1))}%`,
  integer: (value) => unsigned(value.toFixed(0)),
  statistic,
};

/** Log-likelihoods to three decimals, ρ² and coefficients to four, small ones to four digits. */
function statistic(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1e15) return general(value);
  if (size >= 100) return value.toFixed(3);
  return size >= 1e-3 ? value.toFixed(4) : String(Number(value.toPrecision(4)));
}

function general(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return String(value + 0);
  if (size < 1e-4 || size >= 1e15) return exponent(value, 5);
  return size >= 1e6 ? value.toFixed(0) : String(Number(value.toPrecision(6)));
}

function fixed(value: number, decimals: number): string {
  const text = unsigned(value.toFixed(decimals));
  return Number(text) === 0 && Math.abs(value) > noise ? exponent(value, 2) : text;
}

/** 1.5e-7: the shortest mantissa that carries the digits asked for. */
function exponent(value: number, decimals: number): string {
  const [mantissa, power] = value.toExponential(decimals).split("e");
  return `${Number(mantissa)}e${Number(power)}`;
}

/** Minus nothing is nothing. */
const unsigned = (text: string): string => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text);
