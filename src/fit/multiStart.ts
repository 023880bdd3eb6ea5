/** The search from many beginnings: how many maxima there are, and whether the usual beginning finds the highest. */
import { type ChoiceData, Table } from "../data/index.ts";
import { random } from "../math/random.ts";
import { type FitOptions, fit } from "./fit.ts";
import type { ModelSpec } from "./modelSpec.ts";
import type { Fit } from "./result.ts";

export interface MultiStartOptions extends FitOptions {
  /** Beginnings beside the usual one. Default 10. */
  readonly starts?: number;
  readonly seed?: number;
}

export interface MultiStart {
  /** The highest maximum. */
  readonly fit: Fit;
  /** One row for each basin, the highest first. */
  readonly table: Table;
}

/** Log-likelihoods within this of each other are one basin. */
const same = 1e-4;

/**
 * Fits from the usual starting values, then from points around those estimates: each parameter moved by a normal number
 * of its own size, or of its standard error where that is more. Works for any model.
 */
export async function multiStart(
  model: ModelSpec,
  data: ChoiceData,
  { starts = 10, seed = 1, ...options }: MultiStartOptions = {},
): Promise<MultiStart> {
  const usual = await fit(model, data, options);
  const dice = random(seed);
  const fits = [usual];
  for (let n = 0; n < starts; n++) {
    const start = Object.fromEntries(
      usual.parameters.flatMap(({ name, estimate, standardError, fixed }): [string, number][] => {
        const size = Math.max(Math.abs(estimate), Number.isFinite(standardError) ? standardError : 0, 0.1);
        return fixed ? [] : [[name, estimate + size * dice.normal()]];
      }),
    );
    fits.push(await fit(model, data, { ...options, start: withinBounds(usual, start) }));
  }
  const converged = fits.filter((each) => each.converged);
  const best = converged.reduce(
    (high, each) => (each.logLikelihood > high.logLikelihood ? each : high),
    usual,
  );
  return { fit: best, table: basins(fits, usual) };
}

/** A parameter with a bound that would be crossed stays where it was estimated. */
function withinBounds({ resolved, parameters }: Fit, start: Record<string, number>): Record<string, number> {
  for (const { name, lower, upper } of resolved.parameters) {
    if (!(name in start) || (start[name] > lower && start[name] < upper)) continue;
    start[name] = parameters.find((each) => each.name === name)!.estimate;
  }
  return start;
}

function basins(fits: readonly Fit[], usual: Fit): Table {
  const found: Fit[][] = [];
  for (const each of fits.filter(({ converged }) => converged)) {
    const home = found.find(([first]) => Math.abs(first.logLikelihood - each.logLikelihood) < same);
    if (home) home.push(each);
    else found.push([each]);
  }
  found.sort(([a], [b]) => b.logLikelihood - a.logLikelihood);
  const failed = fits.length - found.flat().length;
  return Table.of(
    {
      basin: found.map((_, i) => i + 1),
      "log-likelihood": found.map(([first]) => first.logLikelihood),
      searches: found.map((basin) => basin.length),
      "usual start": found.map((basin) => (basin.includes(usual) ? "yes" : "")),
    },
    {
      title: `Maxima found from ${fits.length} beginnings`,
      formats: { "log-likelihood": 4 },
      notes: [
        ...(found.length > 0 && !found[0].includes(usual)
          ? ["The usual beginning does not lead to the highest maximum: begin the fit from its estimates."]
          : []),
        ...(failed > 0 ? [`${failed} searches found no maximum.`] : []),
      ],
    },
  );
}
