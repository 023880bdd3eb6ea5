/** Outcomes in words: what happened, and what to do about it, with the parameters' names. */
import type { Account, Found } from "./outcome.ts";

/** The sentence and the advice that belong to an outcome. */
export function words(
  names: readonly string[],
  found: Found,
  account: Account,
): { message: string; advice: string } {
  return sentences[found.status](names, found, account);
}

type Sentence = (
  names: readonly string[],
  found: Found,
  account: Account,
) => { message: string; advice: string };

const sentences: Readonly<Record<Found["status"], Sentence>> = {
  converged: (_, { gradientNorm }, { iterations }) => ({
    message: `converged in ${steps(iterations)}, relative gradient ${gradientNorm.toExponential(1)}`,
    advice: "",
  }),
  stalled: (names, found, { iterations }) => ({
    message: `stopped after ${steps(iterations)} where no step improves the value, relative gradient ${found.gradientNorm.toExponential(1)}`,
    advice: `this is not a maximum to rely on: start elsewhere, or look at ${steepest(names, found)}, where the slope is largest`,
  }),
  iterations: (names, found, { iterations }) => ({
    message: `not converged: stopped at the limit of ${steps(iterations)}`,
    advice: `allow more iterations or start nearer; the slope is largest at ${steepest(names, found)}`,
  }),
  flat: (names, found) => ({
    message: found.nullDirections
      .map((direction) => describeDirection(names, direction, found.scale))
      .join("; "),
    advice: `fix ${found.nullDirections.length === 1 ? "one of them" : `${found.nullDirections.length} of them`} or remove the columns that repeat each other`,
  }),
  unbounded: (names, found) => ({
    message: `no maximum exists: the value keeps rising while ${running(names, found)} without limit`,
    advice: "a column, or several together, predict some choices perfectly: remove, merge or bound them",
  }),
  failed: (names) => ({
    message: "the value or its derivatives are not finite at the start",
    advice: `choose other starting values for ${list(names.slice(0, 6))}${names.length > 6 ? ", …" : ""}, or scale the data`,
  }),
  cancelled: (_, __, { iterations }) => ({
    message: `cancelled after ${steps(iterations)}`,
    advice: "these are not estimates",
  }),
};

/**
 * A flat direction as a sentence: "asc_car and asc_train are not separately identified (only
 * asc_car − asc_train is)". `direction` is in units of `scale` (default: the parameters' own).
 */
export function describeDirection(
  names: readonly string[],
  direction: Float64Array,
  scale: Float64Array = direction.map(() => 1),
): string {
  const peak = Math.max(...direction.map(Math.abs));
  const moving = [...direction.keys()].filter((k) => Math.abs(direction[k]) > 1e-3 * peak);
  if (moving.length === 1) return `${names[moving[0]]} is not identified: it changes nothing`;
  const who = `${list(moving.map((k) => names[k]))} are not separately identified`;
  const slopes = moving.map((k) => direction[k] * scale[k]);
  if (moving.length > 2) {
    const alike = slopes.every((slope) => Math.abs(slope / slopes[0] - 1) < 1e-3);
    return alike ? `${who} (only their differences are)` : who;
  }
  return `${who} (only ${combination(names[moving[0]], names[moving[1]], slopes[0] / slopes[1])} is)`;
}

/** a and b move together as ratio : 1, so a − ratio b stays. */
function combination(a: string, b: string, ratio: number): string {
  const size = Number(Math.abs(ratio).toPrecision(4));
  return `${a} ${ratio > 0 ? "−" : "+"} ${size === 1 ? "" : `${size} `}${b}`;
}

/** "b_x rises and asc_car falls". */
function running(names: readonly string[], { runaway }: Found): string {
  const moves = Array.from(runaway ?? [], (step, k) => `${names[k]} ${step > 0 ? "rises" : "falls"}`);
  return list(moves.filter((_, k) => runaway![k] !== 0));
}

function steepest(names: readonly string[], { gradient, scale, atBound }: Found): string {
  const slopes = gradient.map((slope, k) => (atBound[k] ? 0 : Math.abs(slope * scale[k])));
  return names[slopes.indexOf(Math.max(...slopes))] ?? "no parameter";
}

/** "a", "a and b", "a, b and c". */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;

const steps = (count: number): string => `${count} iteration${count === 1 ? "" : "s"}`;
