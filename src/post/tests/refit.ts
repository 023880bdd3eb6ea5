/**
 * A model fitted again to a part of its data, from its estimates, in its own parameters. What the part
 * cannot tell (the constant of an alternative that is gone) is found as the null space of the Hessian and
 * held still, so that every statistic counts only what is identified.
 */
import { type Prepared, prepare } from "../../backends/index.ts";
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, checkUsed } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { objectiveOf } from "../../fit/objective.ts";
import { eigen, scaled, submatrix } from "../../math/matrix.ts";
import { modelOf } from "../../models/index.ts";
import { maximise } from "../../optimise/index.ts";
import { compile, type Program } from "../../program/index.ts";
import { asSpec, resolveSpec } from "../../spec/index.ts";
import { boundsOf } from "../bounds.ts";

/** A program bound to data, with every parameter of the model at some value. */
export interface Stage {
  readonly data: ChoiceData;
  readonly program: Program;
  readonly prepared: Prepared;
}

export interface Refit extends Stage {
  /** All parameters, in the order of the fit. */
  readonly point: Float64Array;
  readonly logLikelihood: number;
  /** How many directions of the parameters these data tell: what degrees of freedom count. */
  readonly rank: number;
  /** −H at the point over `program.free`; singular along what the data do not tell. */
  readonly information: Float64Array;
}

/** The model of a fit over other data. Parameters that stand at a bound stay there. */
export async function stageOf(fit: Fit, data: ChoiceData): Promise<Stage> {
  if (fit.resolved.latentVariables)
    throw new Complaint("a hybrid choice model is not fitted to parts of its data by a test", {
      rule: "a part may lack answers to an indicator, and with them thresholds",
      help: "fit the parts yourself, with the filter of the data, and compare log-likelihoods",
    });
  const resolved = resolveSpec(asSpec(fit.model.specification, fit.data), data);
  checkUsed(data, resolved.utilities);
  const { program: whole } = compile(modelOf(fit.kernel), fit.model.options ?? {}, resolved, data);
  const program = { ...whole, free: whole.free.filter((index) => fit.parameters[index].atBound === null) };
  return { data, program, prepared: await prepare(program, data, fit.backend) };
}

/**
 * The maximum over these data. Rejects with a Complaint that says where, as "in segment rp", when there is none.
 */
export async function refit(fit: Fit, data: ChoiceData, where: string): Promise<Refit> {
  const stage = await stageOf(fit, data);
  const { program, prepared } = stage;
  const atStart = await informationAt(stage, fit.estimates);
  const moving = told(atStart);
  const part: Program = { ...program, free: moving.map((k) => program.free[k]) };
  const objective = objectiveOf(prepared, program, fit.estimates);
  const bounds = boundsOf(fit);
  const whole = (free: Float64Array): Float64Array => inserted(fit.estimates, part.free, free);
  const outcome = await maximise({
    objective: {
      dimension: moving.length,
      evaluate: async (free, want) => {
        const point = program.free.map((index) => whole(free)[index]);
        const { value, gradient, hessian } = await objective.evaluate(Float64Array.from(point), want);
        return {
          value,
          gradient: gradient && Float64Array.from(moving, (k) => gradient[k]),
          hessian: hessian && submatrix(hessian, moving),
        };
      },
    },
    start: Float64Array.from(part.free, (index) => fit.estimates[index]),
    lower: Float64Array.from(part.free, (index) => bounds[index].lower),
    upper: Float64Array.from(part.free, (index) => bounds[index].upper),
    names: part.free.map((index) => program.parameters[index]),
  });
  if (outcome.status !== "converged")
    throw new Complaint(`the model cannot be fitted ${where}`, {
      where: outcome.message,
      help: outcome.advice || "use fewer parameters, or larger parts",
    });
  const point = whole(outcome.point);
  const information = await informationAt(stage, point);
  return { ...stage, point, logLikelihood: outcome.value, rank: moving.length, information };
}

/** −H over the program's free parameters. */
export async function informationAt({ prepared }: Stage, point: Float64Array): Promise<Float64Array> {
  const { hessian } = await prepared.evaluate(point, "hessian");
  return hessian!.map((value) => -value);
}

function inserted(all: Float64Array, indices: readonly number[], values: Float64Array): Float64Array {
  const out = all.slice();
  indices.forEach((index, k) => {
    out[index] = values[k];
  });
  return out;
}

/** Curvature below this, with unit diagonal, is rounding. */
const flat = 1e-10;

/** Directions that the information tells apart from nothing, in the unit of each parameter, with their curvature. */
export interface Contrasts {
  /** Rows of C, in the parameters' own units: the contrasts are C θ. */
  readonly rows: readonly Float64Array[];
  /** Their information; the contrasts are uncorrelated. */
  readonly curvature: readonly number[];
}

/** Eigenvectors of the information in units of 1/√I_kk, without those along which it is flat. */
export function contrasts(information: Float64Array): Contrasts {
  const scale = unit(information);
  const { values, vectors } = eigen(scaled(information, scale));
  const kept = [...values.keys()].filter((i) => Math.abs(values[i]) > flat);
  return {
    rows: kept.map((i) => vectors[i].map((value, k) => value / scale[k])),
    curvature: kept.map((i) => values[i]),
  };
}

/** A largest set of parameters that the data tell when the others are held. */
function told(information: Float64Array): number[] {
  const scale = unit(information);
  const { values, vectors } = eigen(scaled(information, scale));
  const basis = vectors.filter((_, i) => Math.abs(values[i]) <= flat).map((row) => row.slice());
  const held = new Set<number>();
  for (const [i, row] of basis.entries()) {
    const pivot = row.reduce((best, value, k) => (Math.abs(value) > Math.abs(row[best]) ? k : best), 0);
    held.add(pivot);
    for (const other of basis.slice(i + 1)) {
      const factor = other[pivot] / row[pivot];
      for (const k of other.keys()) other[k] -= factor * row[k];
    }
  }
  return [...scale.keys()].filter((k) => !held.has(k));
}

/** 1/√|I_kk|; 1 where there is nothing. */
function unit(information: Float64Array): Float64Array {
  const size = Math.round(Math.sqrt(information.length));
  return Float64Array.from({ length: size }, (_, k) => {
    const curvature = Math.abs(information[k * (size + 1)]);
    return curvature > 0 ? 1 / Math.sqrt(curvature) : 1;
  });
}
