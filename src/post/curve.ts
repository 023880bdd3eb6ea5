/** Choice probabilities along an attribute: every choice is given the same value, and the mean is drawn. */
import { Complaint } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import type { Expr } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { eachValue, refuseNoNumber, sitesOf } from "./attributeValues.ts";
import { optionsOf, placeOf, readKey, sceneOf, sums, totalWeight } from "./scene.ts";
import { intervalColumns, part, resultTable, scaled, type Uncertain } from "./uncertain.ts";

export interface CurveOptions {
  /** The attribute on the axis, as "cost" or "cost.car". */
  readonly over: string;
  /** The alternative whose attribute it is; left out: that of all alternatives, or of the situation. */
  readonly of?: string;
  /** How many values. Default 41. */
  readonly points?: number;
  /** Ends of the axis. Default: the smallest and largest value in the data. */
  readonly range?: readonly [number, number];
}

/** Columns: the attribute, alternative, probability, std. error, lower, upper. The band stays within 0 and 1. */
export async function probabilityCurve(
  fit: Fit,
  { over, of, points = 41, range }: CurveOptions,
): Promise<Table> {
  const key = readKey(over, fit.data);
  const { name } = key;
  refuseNoNumber(name, fit.data);
  const place = of === undefined ? key.place : placeOf(of, fit.data);
  const grip = { parameter: "δ0", attribute: name, place, as: (_: unknown, value: Expr) => value };
  const scene = await sceneOf(fit, {}, [grip]);
  const options = optionsOf(scene);
  const outputs = options.map(({ probability }) => probability);
  const grid = gridOf(range ?? rangeOf(fit, name, place), points);
  const weight = totalWeight(scene);
  const numbers: Uncertain[] = [];
  for (const value of grid) {
    const totals = await sums(scene, outputs, { δ0: value });
    numbers.push(...options.map((_, j) => scaled(part(totals, j), 1 / weight)));
  }
  const intervals = intervalColumns(fit, "probability", numbers);
  const columns = {
    [name]: grid.flatMap((value) => options.map(() => value)),
    alternative: grid.flatMap(() => options.map(({ name }) => name)),
    ...intervals,
    lower: intervals.lower.map((value) => Math.max(0, value)),
    upper: intervals.upper.map((value) => Math.min(1, value)),
  };
  const whose = place === null ? name : `${name} of ${fit.data.labels![place]}`;
  return resultTable(fit, columns, {
    title: `Choice probabilities over ${whose}`,
    notes: ["Mean over all choices, everything else as observed."],
  });
}

/** The smallest and largest value where the attribute counts: of available alternatives. */
function rangeOf({ data }: Fit, name: string, place: number | null): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  eachValue(name, data, place === null ? sitesOf(name, data) : [place], (value) => {
    if (value < least) least = value;
    if (value > most) most = value;
    return true;
  });
  if (least < most) return [least, most];
  throw new Complaint(`${name} does not vary, so there is nothing to draw over`, {
    ...(least === most ? { value: least } : {}),
    help: "give range: [from, to]",
  });
}

function gridOf([from, to]: readonly [number, number], points: number): number[] {
  if (!Number.isInteger(points) || points < 2)
    throw new Complaint("a curve has a whole number of points, at least 2", { value: points });
  if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to)
    throw new Complaint("a range goes from a number to a larger one", { value: `[${from}, ${to}]` });
  return Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
}
