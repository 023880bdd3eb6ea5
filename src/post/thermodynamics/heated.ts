/**
 * A fitted model at another temperature: all utilities, as they come out of the fit, times a scale s = 1/τ.
 * The scale is one more parameter of the program, beside the estimates. s = 0 is a coin, s → ∞ a perfect
 * maximiser; the log-likelihood of a logit is concave in s.
 */
import { type Prepared, prepare } from "../../backends/index.ts";
import type { ChoiceData } from "../../data/index.ts";
import { type Expr, mul, parameter } from "../../expr/index.ts";
import { modelOf } from "../../models/index.ts";
import { type Compiled, compile } from "../../program/index.ts";
import type { Scene } from "../scene.ts";

export interface Heated {
  readonly data: ChoiceData;
  readonly compiled: Compiled;
  readonly prepared: Prepared;
  /** Index of the scale among the parameters. */
  readonly scale: number;
  /** The estimates with the scale at this value. */
  point(scale: number): Float64Array;
}

const name = "scale of all utilities";

/** @param frozen holds the estimates, so that derivatives are in the scale alone; else they are in both. */
export async function heated(scene: Scene, { frozen = false } = {}): Promise<Heated> {
  const { fit, resolved, data } = scene;
  const before = scene.compiled.program;
  const estimates = new Map(before.parameters.map((each, i) => [each, scene.point()[i]]));
  const hot = (utilities: readonly Expr[]): Expr[] =>
    utilities.map((utility) => mul(parameter(name), utility));
  const compiled = compile(
    modelOf(fit.kernel),
    fit.model.options ?? {},
    {
      ...resolved,
      measured: null,
      utilities: hot(resolved.utilities),
      ...(resolved.classes
        ? {
            classes: {
              all: resolved.classes.all.map((each) => ({ ...each, utilities: hot(each.utilities) })),
            },
          }
        : {}),
      parameters: [...resolved.parameters, { name, fixed: false }],
    },
    data,
  );
  const { parameters, free } = compiled.program;
  const scale = parameters.indexOf(name);
  const program = { ...compiled.program, free: frozen ? free.filter((index) => index === scale) : free };
  return {
    data,
    compiled: { ...compiled, program },
    prepared: await prepare(program, data, scene.prepared.backend),
    scale,
    point: (value) => Float64Array.from(parameters, (each) => estimates.get(each) ?? value),
  };
}
