/** A model for latent classes: people of a class share their coefficients, and nobody knows who is in which. */
import { type ClassOptions, checkClasses } from "../spec/index.ts";
import type { ModelSpec } from "./modelSpec.ts";

export interface LatentClassOptions extends Omit<ClassOptions, "count" | "kernels"> {
  readonly classes: number;
  /** A model for each class where their kernels differ; its utilities are those of the first argument. */
  readonly kernels?: readonly Pick<ModelSpec, "kernel" | "options">[];
}

/**
 * The same model with latent classes. Coefficients get the number of their class (b_time_1, b_time_2) unless
 * they are shared; membership is a logit with class 1 as reference (class_2_constant, class_2_age).
 */
export function latentClass(model: ModelSpec, { classes: count, ...options }: LatentClassOptions): ModelSpec {
  const classes: ClassOptions = { count, ...options };
  checkClasses(classes);
  const written =
    typeof model.specification === "string" ? { formula: model.specification } : model.specification;
  return { ...model, specification: { ...written, classes } };
}
