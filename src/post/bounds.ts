/** Within what every parameter of a fit was estimated: those of the utilities, and those that its model adds. */
import type { Fit } from "../fit/index.ts";
import { modelOf } from "../models/index.ts";
import { kernelParameters } from "../program/index.ts";
import type { Parameter } from "../spec/index.ts";

/** Bounds of every parameter, in the order of the fit. */
export function boundsOf({ kernel, model, resolved }: Fit): Pick<Parameter, "lower" | "upper">[] {
  return [...resolved.parameters, ...kernelParameters(modelOf(kernel), model.options ?? {}, resolved)];
}
