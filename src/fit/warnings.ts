/** Estimates that a model allows and a reader should doubt: a λ outside (0, 1]. */
import type { Model, ModelOptions } from "../models/index.ts";

export function unusual(
  kernel: Model,
  options: ModelOptions,
  labels: readonly string[] | null,
  estimateOf: (name: string) => number,
): string[] {
  return kernel.parameters(options, labels).flatMap(({ name, usual, fixed }) => {
    const estimate = estimateOf(name);
    if (!usual || fixed || (estimate > usual.from && estimate <= usual.to)) return [];
    return [`${name} is ${estimate.toPrecision(4)}, outside (${usual.from}, ${usual.to}]: ${usual.says}`];
  });
}
