/** Choice probabilities along an attribute: every choice is given the same value, and the mean is drawn. */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData, Table } from "../data/index.ts";
import { type Expr, evaluator, Place } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import { reader } from "../spec/probe.ts";
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

/** The smallest and largest value where the attribute counts: of available alternatives. */
function rangeOf({ data }: Fit, over: string, place: number | null): [number, number] {
  const sites = place === null ? placesOf(data, over) : [place];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const see = (value: number): void => {
    if (value < least) least = value;
    if (value > most) most = value;
  };
  for (const site of sites) eachValue(data, data.resolve(over, site)!, site, see);
  if (least <= most) return [least, most];
  throw new Complaint(`${over} has no values to draw over`, { help: "give range: [from, to]" });
}

function placesOf(data: ChoiceData, over: string): number[] {
  if (data.resolve(over, Place.situation) !== null) return [Place.situation];
  return data.labels ? data.labels.map((_, j) => j) : [Place.axis];
}

/** Values of a column or expression at one alternative where it is available, or along all rows. */
function eachValue(data: ChoiceData, expr: Expr, site: number, see: (value: number) => void): void {
  const read = reader(data);
  const value = evaluator([expr]);
  const at = (s: number, row: number): void => see(value((leaf) => read(leaf, s, row))[0]);
  for (let s = 0; s < data.situations; s++) {
    if (site === Place.situation) at(s, -1);
    else if (site >= 0) {
      const row = data.rowAt(s, site);
      if (row >= 0) at(s, row);
    } else for (let row = data.start[s]; row < data.start[s + 1]; row++) at(s, row);
  }
}
