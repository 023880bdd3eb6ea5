/** logsum chart --kind probabilities --over cost -o cost.svg */
import type { Chart } from "../../charts/chart.ts";
import type { Fit } from "../../fit/index.ts";
import { writeChart } from "../chartFile.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { count, needed } from "../pairs.ts";

interface Theme {
  readonly theme: "print" | "screen";
}
type Charts = typeof import("../../charts/ofFit.ts");
type Draw = (charts: Charts, fit: Fit, values: Values, theme: Theme) => Promise<Chart>;

const kinds: Readonly<Record<string, Draw>> = {
  coefficients: ({ coefficients }, fit, _, theme) => coefficients(fit, theme),
  shares: ({ shares }, fit, _, theme) => shares(fit, theme),
  convergence: ({ convergence }, fit, _, theme) => convergence(fit, theme),
  reliability: ({ reliability }, fit, _, theme) => reliability(fit, theme),
  elasticities({ elasticities }, fit, values, theme) {
    const of = needed(values.of, "--of", "the attribute that changes: --of cost");
    return elasticities(fit, { ...theme, of });
  },
  profile({ profile }, fit, values, theme) {
    const of = needed(values.of, "--of", "the parameter: --of b_cost");
    return profile(fit, { ...theme, of });
  },
  densities({ densities }, fit, values, theme) {
    const of = needed(values.of, "--of", 'an expression of the parameters: --of "b_time / b_cost"');
    return densities(fit, { ...theme, of: { [of]: of }, over: of });
  },
  probabilities({ probabilities }, fit, values, theme) {
    const over = needed(values.over, "--over", "the attribute on the axis: --over cost");
    const of: { of?: string } = typeof values.of === "string" ? { of: values.of } : {};
    const points = count(values.points, "--points");
    return probabilities(fit, { ...theme, over, ...of, ...(points ? { points } : {}) });
  },
};

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const kind = String(values.kind ?? "coefficients");
  const { fit } = await fitted(path, values);
  warn(fit, values);
  if (!fit.converged) return exitStatus.notFitted;
  const charts = await import("../../charts/ofFit.ts");
  const theme = values.theme === "screen" ? "screen" : "print";
  const drawn = await kinds[kind](charts, fit, values, { theme });
  if (typeof values.output === "string") await writeChart(drawn, values.output);
  else process.stdout.write(`${JSON.stringify(drawn, null, 2)}\n`);
  return exitStatus.done;
}
