/**
 * Profile likelihood: one parameter is held at a value and the others are maximised. The interval holds the
 * values that a likelihood ratio test does not reject; unlike Wald's it need not be symmetric.
 * Source: Venzon & Moolgavkar (1988), Applied Statistics 37:87.
 */

import { prepare } from "../../backends/index.ts";
import { Complaint, suggest } from "../../complaint/index.ts";
import { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { maximise } from "../../optimise/index.ts";
import { freeNames, type Program } from "../../program/index.ts";
import { boundsOf } from "../bounds.ts";

export interface ProfileOptions {
  /** The parameter. */
  readonly of: string;
  /** Points of the curve. Default 21. */
  readonly points?: number;
}

export interface Profile {
  /** Parameter value, log-likelihood, and 2 (maximum − log-likelihood). */
  readonly curve: Table;
  /** One row: estimate, lower and upper end of the 95 % interval; infinite where the likelihood never falls enough. */
  readonly interval: Table;
}

/** χ²(1) at 95 %. */
const critical = 3.841458820694124;
const widest = 40;

export async function profile(fit: Fit, { of, points = 21 }: ProfileOptions): Promise<Profile> {
  const held = await hold(fit, of);
  const { standardError, estimate } = fit.parameters[held.index];
  const drop = async (value: number): Promise<number> => 2 * (fit.logLikelihood - (await held.at(value)));
  const [lower, upper] = [
    await end(drop, estimate, -standardError),
    await end(drop, estimate, standardError),
  ];
  const reach = [
    Number.isFinite(lower) ? lower : estimate - 4 * standardError,
    Number.isFinite(upper) ? upper : estimate + 4 * standardError,
  ];
  const margin = 0.25 * (reach[1] - reach[0]);
  const grid = Array.from(
    { length: points },
    (_, i) => reach[0] - margin + ((reach[1] - reach[0] + 2 * margin) * i) / (points - 1),
  );
  const drops: number[] = [];
  for (const value of grid) drops.push(await drop(value));
  return {
    curve: Table.of(
      {
        [of]: grid,
        "log-likelihood": drops.map((value) => fit.logLikelihood - value / 2),
        "likelihood ratio": drops,
      },
      {
        title: `Profile likelihood of ${of}`,
        notes: [`The 95 % interval is where the likelihood ratio is below ${critical.toFixed(2)}.`],
      },
    ),
    interval: Table.of(
      { parameter: [of], estimate: [estimate], lower: [lower], upper: [upper] },
      { title: "Profile likelihood interval", notes: ["95 %, by inverting the likelihood ratio test."] },
    ),
  };
}

interface Held {
  readonly index: number;
  /** The largest log-likelihood with the parameter at a value. */
  at(value: number): Promise<number>;
}

async function hold(fit: Fit, name: string): Promise<Held> {
  const whole = fit.compiled.program;
  const index = whole.parameters.indexOf(name);
  if (index < 0)
    throw new Complaint(`${name} is not a parameter of this fit`, { help: suggest(name, whole.parameters) });
  if (!Number.isFinite(fit.parameters[index].standardError))
    throw new Complaint(`${name} was not estimated`, { help: "it is fixed or at a bound" });
  const program: Program = { ...whole, free: whole.free.filter((each) => each !== index) };
  const bounds = boundsOf(fit);
  const prepared = await prepare(program, fit.data, fit.backend);
  let last = Float64Array.from(program.free, (each) => fit.estimates[each]);
  const at = async (value: number): Promise<number> => {
    const all = fit.estimates.slice();
    all[index] = value;
    const insert = (free: Float64Array): Float64Array => {
      const out = all.slice();
      program.free.forEach((each, k) => {
        out[each] = free[k];
      });
      return out;
    };
    const objective = {
      dimension: program.free.length,
      evaluate: (free: Float64Array, want: "value" | "gradient" | "hessian") =>
        prepared.evaluate(insert(free), want),
    };
    const outcome = await maximise({
      objective,
      start: last,
      lower: Float64Array.from(program.free, (each) => bounds[each].lower),
      upper: Float64Array.from(program.free, (each) => bounds[each].upper),
      names: freeNames(program),
    });
    if (outcome.status === "converged") last = Float64Array.from(outcome.point);
    return outcome.value;
  };
  return { index, at };
}

/** Where the drop reaches the critical value, going from the estimate in steps; ±∞ if it does not within 40 standard errors. */
async function end(
  drop: (value: number) => Promise<number>,
  estimate: number,
  step: number,
): Promise<number> {
  let inside = 0;
  let outside = 2;
  while ((await drop(estimate + outside * step)) < critical) {
    inside = outside;
    outside *= 2;
    if (outside > widest) return step > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }
  for (let i = 0; i < 60 && outside - inside > 1e-9 * outside; i++) {
    const middle = (inside + outside) / 2;
    if ((await drop(estimate + middle * step)) < critical) inside = middle;
    else outside = middle;
  }
  return estimate + ((inside + outside) / 2) * step;
}
