/** What a formula may name beside columns. */
import type { ChoiceData } from "../../data/choiceData.ts";
import { data as dataLeaf, type Expr, Place } from "../../expr/index.ts";
import type { LatentVariables } from "./latentVariables.ts";

/** The data as if latent variables were columns of the person: for reading a formula, there is nothing to read in them. */
export function naming(data: ChoiceData, latentVariables: LatentVariables = {}): ChoiceData {
  const isLatent = (name: string): boolean => Object.hasOwn(latentVariables, name);
  return Object.defineProperties(Object.create(data) as ChoiceData, {
    has: { value: (name: string): boolean => isLatent(name) || data.has(name) },
    resolve: {
      value: (name: string, place: number): Expr | null =>
        isLatent(name) ? dataLeaf(name, Place.situation) : data.resolve(name, place),
    },
  });
}
