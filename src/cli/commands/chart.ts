/** logsum chart --kind probabilities --over cost -o cost.svg */
import type { Chart } from "../../charts/chart.ts";
import type { Fit } from "../../fit/index.ts";
import { writeChart } from "../chartFile.ts";
import { exitStatus } from "../failure.ts";
import { fitted, warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { count, needed } from "../pairs.ts";

type Draw = (fit: Fit, values: Values, theme: { theme: "print" | "screen" }) => Promise<Chart>;

const kinds: Record<string, Draw> = {
  async coefficients(fit, _, theme) {
    const { summary } = await import("../../fit/index.ts");
    const { coefficients } = await import("../../charts/coefficients.ts");
    return coefficients(summary(fit), theme);
  },
  async shares(fit, _, theme) {
    const post = await import("../../post/index.ts");
    const { shares } = await import("../../charts/shares.ts");
    return shares(await post.shares(fit, {}), theme);
  },
  async elasticities(fit, values, theme) {
    const of = needed(values.of, "--of", "the attribute that changes: --of cost");
    const post = await import("../../post/index.ts");
    const { elasticities } = await import("../../charts/elasticities.ts");
    return elasticities(await post.elasticities(fit, { of }), { ...theme, attribute: of });
  },
  async probabilities(fit, values, theme) {
    const over = needed(values.over, "--over", "the attribute on the axis: --over cost");
    const of: { of?: string } = typeof values.of === "string" ? { of: values.of } : {};
    const points = count(values.points, "--points");
    const post = await import("../../post/index.ts");
    const { probabilities } = await import("../../charts/probabilities.ts");
    return probabilities(await post.probabilityCurve(fit, { over, ...of, ...(points ? { points } : {}) }), {
      ...theme,
      over: of.of === undefined ? over : `${over} of ${of.of}`,
    });
  },
};

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const kind = String(values.kind ?? "coefficients");
  const { fit } = await fitted(path, values);
  warn(fit, values);
  if (!fit.converged) return exitStatus.notFitted;
  const drawn = await kinds[kind](fit, values, { theme: values.theme === "screen" ? "screen" : "print" });
  if (typeof values.output === "string") await writeChart(drawn, values.output);
  else process.stdout.write(`${JSON.stringify(drawn, null, 2)}\n`);
  return exitStatus.done;
}
