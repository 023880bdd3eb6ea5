/** How many curves are told apart: a colour and a dash for each, and grey for those beyond counting. */
import type { Json, JsonObject } from "./chart.ts";
import { dashes, ink, palette } from "./theme.ts";

/** Up to here each curve carries its own label at its end; beyond, a legend. */
export const mostLabelled = 8;
/** Up to here every curve is named; beyond, the largest are and the others are drawn in grey. */
export const mostNamed = 14;

/** The names to tell apart, of all `names` in their order, by the size of each. */
export function named(names: readonly string[], size: (name: string) => number): string[] {
  if (names.length <= mostNamed) return [...names];
  const largest = new Set([...names].sort((a, b) => size(b) - size(a)).slice(0, mostNamed - 2));
  return names.filter((name) => largest.has(name));
}

/** The colour and dash channels for the names of a field. All layers must agree on the legend, or it vanishes. */
export function channels(field: string, names: readonly string[], legend: boolean): JsonObject {
  const guide: Json = legend ? { title: null, symbolType: "stroke", symbolSize: 260 } : null;
  return {
    color: {
      field,
      type: "nominal",
      sort: null,
      scale: { domain: names, range: names.map((_, i) => colour(i)) },
      legend: guide,
    },
    strokeDash: {
      field,
      type: "nominal",
      sort: null,
      scale: { domain: names, range: names.map((_, i) => dash(i)) },
      legend: guide,
    },
  };
}

export const colour = (i: number): string => palette[i % palette.length];
const dash = (i: number): Json => dashes[Math.floor(i / palette.length) % dashes.length];

/** Curves that are drawn but not named. */
export const unnamed: JsonObject = { color: ink, opacity: 0.22, strokeWidth: 1 };
