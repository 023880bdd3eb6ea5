/** What expressions of the parameters are at many plausible values of them: the raw material of densities. */
import { Complaint } from "../../complaint/index.ts";
import { Table } from "../../data/index.ts";
import { evaluator } from "../../expr/index.ts";
import type { Fit } from "../../fit/index.ts";
import { parsed } from "../derived.ts";
import { krinskyRobb } from "./krinskyRobb.ts";
import type { ParameterDraws } from "./parameterDraws.ts";

export interface SimulatedOptions {
  /** Expressions by name: { "value of time": "60 * b_time / b_cost" }. */
  readonly of: Readonly<Record<string, string>>;
  /** Where the parameters come from. Default: 1,000 Krinsky–Robb draws. */
  readonly draws?: ParameterDraws;
}

/**
 * One row per draw and expression: `quantity` and `value`. Throws a Complaint for a name that is no parameter, and
 * where there is no expression.
 */
export function simulatedValues(fit: Fit, { of, draws = krinskyRobb(fit) }: SimulatedOptions): Table {
  const names = Object.keys(of);
  if (names.length === 0)
    throw new Complaint("there is nothing to simulate", { help: 'of: { vot: "60 * b_time / b_cost" }' });
  const at = evaluator(Object.values(of).map((source) => parsed(fit, source)));
  const place = new Map(fit.parameters.map(({ name }, i) => [name, i]));
  const rows = draws.points.map((point) => at((leaf) => point[place.get(leaf.name)!]));
  return Table.of(
    {
      quantity: names.flatMap((name) => rows.map(() => name)),
      value: names.flatMap((_, m) => rows.map((row) => row[m])),
    },
    { title: "Simulated values", notes: [`${draws.words}.`] },
  );
}
