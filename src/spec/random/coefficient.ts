/** A coefficient that varies over people, from its text to the language of programs. */
import type { ChoiceData } from "../../data/choiceData.ts";
import { resolve } from "../../data/resolve.ts";
import { draw, type Expr, Place, parse, substitute, topological } from "../../expr/index.ts";
import type { Resolved } from "../spec.ts";

/** @param named the parameter of a name: in latent classes, that of the class. */
export function coefficient(
  text: string,
  { parameters, drawn = [], draws }: Pick<Resolved, "parameters" | "drawn" | "draws">,
  data: ChoiceData,
  named: (name: string) => Expr,
): Expr {
  const names = new Set(parameters.map(({ name }) => name));
  const meant = resolve(parse(text), {
    data,
    place: Place.situation,
    parameter: (name) => (names.has(name) ? named(name) : undefined),
    source: text,
  });
  return substitute([meant], topological([meant]), (leaf) => {
    const d = leaf.op === "drawn" ? drawn.indexOf(leaf) : -1;
    return d < 0 ? undefined : draw(d, draws?.dimensions[d].within ?? false);
  })[0];
}
