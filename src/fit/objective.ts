/** The log-likelihood as a function of the free parameters alone. */
import type { Prepared } from "../backends/index.ts";
import { outerProducts } from "../math/outerProducts.ts";
import type { Objective, Products } from "../optimise/objective.ts";
import type { Program } from "../program/index.ts";

/** @param at values of all parameters; those that are not free stay there. */
export function objectiveOf(prepared: Prepared, program: Program, at: Float64Array): Objective {
  return {
    dimension: program.free.length,
    evaluate: (point, want) => prepared.evaluate(inserted(program, at, point), want),
    products: (point) => productsOf(prepared, program, inserted(program, at, point)),
  };
}

async function productsOf(prepared: Prepared, program: Program, point: Float64Array): Promise<Products> {
  const sum = outerProducts(program.free.length);
  const gradient = new Float64Array(program.free.length);
  let value = 0;
  await prepared.scores(point, ({ values, scores }) => {
    value += total(values);
    scores.forEach((column, k) => {
      gradient[k] += total(column);
    });
    sum.addColumns(scores);
  });
  return { value, gradient, products: sum.matrix() };
}

const total = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0);

/** All parameters, with the free ones replaced. */
export function inserted(program: Program, all: Float64Array, free: Float64Array): Float64Array {
  const out = all.slice();
  program.free.forEach((index, k) => {
    out[index] = free[k];
  });
  return out;
}
