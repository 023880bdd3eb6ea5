/** The estimates of a specification table as text: the estimate with its stars, and what stands beneath it. */
import { decimalsFor } from "../data/decimals.ts";
import { formatCell } from "../data/format.ts";
import type { Format } from "../data/index.ts";
import type { Fit, FitParameter } from "../fit/index.ts";

export type Beneath = "se" | "t" | "p" | "interval" | "none";

export interface Marks {
  readonly beneath: Beneath;
  /** From the largest to the smallest. */
  readonly levels: readonly number[];
  readonly decimals: number | undefined;
}

export interface Entry {
  readonly fit: string;
  readonly row: string;
  /** The alternative that the coefficient belongs to, or "". */
  readonly choice: string;
  readonly estimate: string;
  readonly beneath: string;
}

/** An entry per fit and parameter. @param unfold whether coefficients of one alternative stand under it. */
export function entriesOf(fits: Readonly<Record<string, Fit>>, marks: Marks, unfold: boolean): Entry[] {
  const all = Object.entries(fits);
  const parameters = all.flatMap(([, fit]) => (fit.converged ? fit.parameters : []));
  const general = marks.decimals ?? sharedDecimals(parameters);
  return all.flatMap(([name, fit]) =>
    fit.parameters.map((parameter) => {
      const same = parameters.filter((each) => each.name === parameter.name);
      const format = general === "general" ? sharedDecimals(same) : general;
      const [row, choice] = unfold ? placeOf(parameter.name, fit) : [parameter.name, ""];
      const shown = fit.converged ? cellsOf(parameter, format, marks) : { estimate: "", beneath: "" };
      return { fit: name, row, choice, ...shown };
    }),
  );
}

const sharedDecimals = (parameters: readonly FitParameter[]): Format =>
  decimalsFor(
    parameters.map(({ estimate }) => estimate),
    parameters.map(({ standardError }) => standardError),
    2,
  );

/** income_pier is income, of pier; what no label ends belongs to none. */
function placeOf(name: string, { resolved }: Fit): [row: string, choice: string] {
  const label = (resolved.labels ?? []).find((each) => name.endsWith(`_${each}`));
  return label === undefined ? [name, ""] : [name.slice(0, -label.length - 1), label];
}

function cellsOf(
  parameter: FitParameter,
  format: Format,
  { beneath, levels }: Marks,
): { estimate: string; beneath: string } {
  const { estimate, p, fixed, atBound } = parameter;
  const stars = "*".repeat(levels.filter((level) => p < level).length);
  const why = fixed ? "fixed" : atBound ? "at bound" : "";
  return {
    estimate: formatCell(estimate, format) + stars,
    beneath: why || below[beneath](parameter, format),
  };
}

const below: Readonly<Record<Beneath, (parameter: FitParameter, format: Format) => string>> = {
  se: ({ standardError }, format) => `(${formatCell(standardError, format)})`,
  t: ({ z }) => `(${formatCell(z, 2)})`,
  p: ({ p }) => `(${formatCell(p, "p")})`,
  interval: ({ lower, upper }, format) => `[${formatCell(lower, format)}, ${formatCell(upper, format)}]`,
  none: () => "",
};
