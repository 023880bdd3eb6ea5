/** Logsum, entropy and their kin (potentials.ts) over all choices, with standard errors, and choice by choice. */
import { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { type Circumstances, type Scene, sceneOf, sums, totalWeight } from "../scene.ts";
import { intervalColumns, part, resultTable, scaled, type Uncertain } from "../uncertain.ts";
import { type PotentialName, potentials } from "./potentials.ts";

/**
 * One row per quantity: mean over the choices with its 95 % interval, the sum, and the change of the mean for
 * one unit more of temperature. Utilities are in their own unit (money where the temperature is in money).
 * Perplexity is exp of the mean entropy. Also for other data, or under a scenario.
 */
export async function thermodynamics(fit: Fit, circumstances: Circumstances = {}): Promise<Table> {
  const scene = await sceneOf(fit, circumstances);
  const all = potentials(scene);
  const totals = await sums(
    scene,
    all.flatMap(({ value, slope }) => [value, slope]),
  );
  const weight = totalWeight(scene);
  const means = all.map((_, m) => scaled(part(totals, 2 * m), 1 / weight));
  const slopes = Float64Array.from(all, (_, m) => totals.values[2 * m + 1] / weight);
  const [of, at] = [
    all.map(({ name }) => name),
    (name: PotentialName) => all.findIndex((p) => p.name === name),
  ];
  const entropy = at("entropy");
  means[at("perplexity")] = exponential(means[entropy]);
  slopes[at("perplexity")] = means[at("perplexity")].value * slopes[entropy];
  return resultTable(
    fit,
    {
      quantity: of,
      ...intervalColumns(fit, "mean", means),
      sum: means.map(({ value }, m) => (m === at("perplexity") ? Number.NaN : value * weight)),
      "change per τ": [...slopes],
    },
    {
      title: "Thermodynamics of choice",
      notes: [
        verdict(means[at("perplexity")].value, sizeOf(scene)),
        "logsum = expected utility + τ × entropy; entropy in nats. Change per τ: of the mean, the utilities held.",
        ...units(fit),
      ],
    },
  );
}

const exponential = ({ value, gradient }: Uncertain): Uncertain => ({
  value: Math.exp(value),
  gradient: gradient.map((slope) => Math.exp(value) * slope),
});

const verdict = (perplexity: number, size: number): string =>
  `The choices are as undecided as between ${perplexity.toFixed(1)} equal options; the sets hold ${Number(size.toFixed(1))} on average.`;

const sizeOf = ({ data }: Scene): number => data.rows / data.situations;

function units({ resolved: { temperature } }: Fit): string[] {
  if (!temperature) return ["τ is 1: the utilities carry the scale."];
  return [temperature.pinned];
}

/** One row per situation: logsum, expected utility, entropy, τ × entropy, perplexity, variance of utility. */
export async function situationThermodynamics(fit: Fit, circumstances: Circumstances = {}): Promise<Table> {
  const scene = await sceneOf(fit, circumstances);
  const all = potentials(scene);
  const columns = all.map(() => new Float64Array(scene.data.situations));
  await scene.prepared.each(
    all.map(({ value }) => value),
    scene.point(),
    ({ from, values }) => {
      values.forEach((column, m) => {
        columns[m].set(column, from);
      });
    },
  );
  return Table.of(
    {
      situation: [...scene.data.situationIds],
      ...Object.fromEntries(all.map(({ name }, m) => [name, columns[m]])),
    },
    { title: "Thermodynamics by situation" },
  );
}
