/** logsum verify: is this fit what it says? Fitted anew from the declared start, and tried every way there is. */
import { backends, prepare } from "../../backends/index.ts";
import { Table } from "../../data/table.ts";
import { type Fit, fit as fitModel } from "../../fit/index.ts";
import { exitStatus } from "../failure.ts";
import { warn } from "../fitted.ts";
import type { Values } from "../flags.ts";
import { put } from "../output.ts";
import type { SavedFit } from "../saved.ts";
import { loaded, readToFit } from "../source.ts";

interface Check {
  readonly check: string;
  /** How far off, in the unit that `allowed` is in. */
  readonly off: number;
  readonly allowed: number;
}

export async function main([path]: readonly string[], values: Values): Promise<number> {
  const source = await readToFit(path, values);
  const { data, model, options } = await loaded(source);
  const fit = await fitModel(model, data, options);
  warn(fit, values);
  const checks = [
    { check: "gradient at the maximum", off: fit.gradientNorm, allowed: 1e-8 },
    ...(source.saved ? stored(fit, source.saved) : []),
    ...(await everyBackend(fit)),
    await differences(fit),
  ];
  await put([tableOf(checks)], values);
  return fit.converged && checks.every(passes) ? exitStatus.done : exitStatus.notFitted;
}

const passes = ({ off, allowed }: Check): boolean => off <= allowed;

function stored(fit: Fit, { result }: SavedFit): Check[] {
  const estimates = fit.parameters.map(({ name, estimate, standardError }) => {
    const before = result.parameters.find((parameter) => parameter.name === name)?.estimate ?? Number.NaN;
    return Math.abs(estimate - before) / (standardError > 0 ? standardError : 1);
  });
  return [
    {
      check: "stored log-likelihood, relative",
      off: relative(fit.logLikelihood, result.logLikelihood),
      allowed: 1e-9,
    },
    { check: "stored estimates, standard errors", off: Math.max(...estimates), allowed: 1e-5 },
  ];
}

async function everyBackend(fit: Fit): Promise<Check[]> {
  const { program } = fit.compiled;
  const judged = await fit.prepared.evaluate(fit.estimates, "hessian");
  const others = backends.filter(({ name, refuses }) => name !== fit.backend && refuses(program) === null);
  return Promise.all(
    others.map(async ({ name }) => {
      const prepared = await prepare(program, fit.data, name);
      const found = await prepared.evaluate(fit.estimates, "hessian");
      prepared.dispose();
      const off = Math.max(relative(found.value, judged.value), spread(found.hessian!, judged.hessian!));
      return { check: `${fit.backend} and ${name} agree, relative`, off, allowed: 1e-10 };
    }),
  );
}

/** The exact gradient against differences of the value, away from the maximum, where it is not zero. */
async function differences(fit: Fit): Promise<Check> {
  const { program } = fit.compiled;
  const point = fit.estimates.slice();
  for (const k of program.free) point[k] += fit.parameters[k].standardError || 0;
  const { gradient } = await fit.prepared.evaluate(point, "gradient");
  const value = async (free: Float64Array): Promise<number> => {
    const all = point.slice();
    program.free.forEach((index, k) => {
      all[index] = free[k];
    });
    return (await fit.prepared.evaluate(all, "value")).value;
  };
  const free = Float64Array.from(program.free, (index) => point[index]);
  const steps = program.free.map((index) => (fit.parameters[index].standardError || 1) / 4);
  const found = Float64Array.from(await Promise.all(steps.map((step, k) => slope(value, free, k, step))));
  return { check: "gradient and differences, relative", off: spread(found, gradient!), allowed: 1e-6 };
}

/** ∂f/∂x_k by central differences, with one extrapolation (Richardson & Gaunt 1927). */
async function slope(
  f: (x: Float64Array) => Promise<number>,
  x: Float64Array,
  k: number,
  step: number,
): Promise<number> {
  const central = async (h: number): Promise<number> =>
    ((await f(x.with(k, x[k] + h))) - (await f(x.with(k, x[k] - h)))) / (2 * h);
  return (4 * (await central(step / 8)) - (await central(step / 4))) / 3;
}

const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(b));

function spread(found: Float64Array, judged: Float64Array): number {
  const largest = judged.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
  return found.reduce((most, value, k) => Math.max(most, Math.abs(value - judged[k])), 0) / largest;
}

const tableOf = (checks: readonly Check[]): Table =>
  Table.of(
    {
      check: checks.map(({ check }) => check),
      off: checks.map(({ off }) => off),
      allowed: checks.map(({ allowed }) => allowed),
      result: checks.map((each) => (passes(each) ? "passed" : "failed")),
    },
    { title: "Verification" },
  );
