/** What to be told about a fitted mixture: spreads that are no spread, classes that nobody is in. */
import type { ChoiceData } from "../data/index.ts";
import type { Program } from "../program/index.ts";
import type { Resolved } from "../spec/index.ts";
import { classShares } from "./classOrder.ts";
import type { FitParameter } from "./result.ts";
import { spreadColumns } from "./signs.ts";

/** A spread this near to 0, in its standard errors, is 0. */
const none = 0.1;
const leastShare = 0.01;

export function mixtureWarnings(
  resolved: Resolved,
  program: Program,
  parameters: readonly FitParameter[],
  data: ChoiceData,
): string[] {
  const spreads = new Set(spreadColumns(resolved).map(([diagonal]) => diagonal));
  const still = parameters.filter(
    ({ name, estimate, standardError, fixed }) =>
      spreads.has(name) &&
      !fixed &&
      !(Math.abs(estimate) > none * standardError) &&
      !Number.isNaN(standardError),
  );
  const point = Float64Array.from(parameters, ({ estimate }) => estimate);
  const shares = resolved.classes ? classShares(resolved, program, point, data) : new Float64Array(0);
  return [
    ...still.map(
      ({ name }) => `the spread ${name} is at 0: the data show no variation there beside what is explained`,
    ),
    ...[...shares].flatMap((share, c) =>
      share < leastShare ? [`class ${c + 1} is empty: its share is ${(100 * share).toFixed(2)} %`] : [],
    ),
  ];
}
