/** Choice probabilities along an attribute: every choice is given the same value, and the mean is drawn. */
import { Complaint } from "../complaint/index.ts";
import type { Table } from "../data/index.ts";
import { type Expr, Place } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { optionsOf, placeOf, sceneOf, sums, totalWeight } from "./scene.ts";
import { intervalColumns, part, resultTable, scaled, type Uncertain } from "./uncertain.ts";

export interface CurveOptions {
  /** The attribute on the axis. */
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
  const place = of === undefined ? null : placeOf(of, fit.data);
  const grip = { parameter: "δ0", attribute: over, place, as: (_: unknown, value: Expr) => value };
  const scene = await sceneOf(fit, {}, [grip]);
  const options = optionsOf(scene);
  const outputs = options.map(({ probability }) => probability);
  const [from, to] = range ?? rangeOf(fit, over, place);
  const grid = Array.from({ length: points }, (_, i) => from + ((to - from) * i) / Math.max(1, points - 1));
  const weight = totalWeight(scene);
  const numbers: Uncertain[] = [];
  for (const value of grid) {
    const totals = await sums(scene, outputs, { δ0: value });
    numbers.push(...options.map((_, j) => scaled(part(totals, j), 1 / weight)));
  }
  const intervals = intervalColumns(fit, "probability", numbers);
  const columns = {
    [over]: grid.flatMap((value) => options.map(() => value)),
    alternative: grid.flatMap(() => options.map(({ name }) => name)),
    ...intervals,
    lower: intervals.lower.map((value) => Math.max(0, value)),
    upper: intervals.upper.map((value) => Math.min(1, value)),
  };
  const whose = of === undefined ? over : `${over} of ${of}`;
  return resultTable(fit, columns, {
    title: `Choice probabilities over ${whose}`,
    notes: ["Mean over all choices, everything else as observed."],
  });
}

function rangeOf({ data }: Fit, over: string, place: number | null): [number, number] {
  const expr = data.resolve(over, place ?? (data.labels ? 0 : Place.axis));
  const values = expr?.op === "data" ? data.column(expr.name)?.values : undefined;
  if (!values)
    throw new Complaint(`${over} is an expression, so its range is not known`, {
      help: "give range: [from, to]",
    });
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const at = (i: number): boolean =>
    place === null || data.layout === "wide" || (data.alternative ? data.alternative[i] === place : true);
  for (let i = 0; i < values.length; i++) {
    if (!at(i) || !Number.isFinite(values[i])) continue;
    least = Math.min(least, values[i]);
    most = Math.max(most, values[i]);
  }
  return [least, most];
}
