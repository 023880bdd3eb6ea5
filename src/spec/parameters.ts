/** Declared parameters: with every choice made, told from constants and from columns of the same name. */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import {
  dependsOn,
  type Expr,
  parameter as parameterLeaf,
  parse,
  slopes,
  topological,
} from "../expr/index.ts";
import { each, type Parameter, type Spec } from "./spec.ts";

/** Every parameter with its defaults; a constant is one that no column multiplies. */
export function parametersOf({ parameters }: Spec, utilities: readonly Expr[]): Parameter[] {
  const names = Object.keys(parameters);
  const leaves = names.map(parameterLeaf);
  const slope = utilities.map((utility) => slopes(utility, leaves));
  return names.map((name, k) => {
    const given = parameters[name];
    const options = typeof given === "number" ? { start: given } : given;
    const isConstant = slope.every((each) => each[k].op === "number");
    return {
      name,
      start: options.start ?? 0,
      fixed: options.fixed ?? false,
      lower: options.lower ?? Number.NEGATIVE_INFINITY,
      upper: options.upper ?? Number.POSITIVE_INFINITY,
      neutral: 0,
      role: isConstant ? "constant" : "coefficient",
    };
  });
}

/**
 * A parameter that shares its name with a column: told where it is harmless, refused where the text may
 * have meant the column, as in "price * price".
 */
export function collisions(written: Spec, data: ChoiceData, utilities: readonly Expr[]): string[] {
  const shared = Object.keys(written.parameters).filter((name) => data.has(name));
  const texts =
    typeof written.utilities === "string" ? [written.utilities] : Object.values(written.utilities);
  const leaves = topological(texts.map(parse));
  return shared.flatMap((name) => {
    if (leaves.some((leaf) => leaf.name === name && leaf.label !== "")) return [];
    const leaf = parameterLeaf(name);
    if (utilities.some((utility) => dependsOn(slopes(utility, [leaf]), leaf)))
      throw new Complaint(`${name} is both a parameter and a column, and the utilities say only ${name}`, {
        help: `rename the parameter (b_${name}), or write the column with its alternative: ${name}.${each}`,
      });
    return [`${name} is a parameter here, although the data have a column of that name.`];
  });
}
