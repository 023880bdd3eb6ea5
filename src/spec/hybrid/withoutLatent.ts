/**
 * The specification with every latent variable at 0, and without the coefficients that this leaves no work: those
 * that multiply one. It is the choice model by itself, which starting values come from; and what it lost changes
 * sign where the latent variable does.
 */
import { nameLeaf, num, parse, print, substitute, topological } from "../../expr/index.ts";
import type { Spec } from "../spec.ts";

export interface WithoutLatent {
  readonly spec: Spec;
  /** Parameters that are gone. */
  readonly lost: readonly string[];
}

export function withoutLatent(
  { latentVariables = {}, ...spec }: Spec,
  of = Object.keys(latentVariables),
): WithoutLatent {
  const silent = (text: string): string => {
    const expr = parse(text);
    const names = new Set(of.map((name) => nameLeaf(name)));
    const [without] = substitute([expr], topological([expr]), (leaf) =>
      names.has(leaf) ? num(0) : undefined,
    );
    return without === expr ? text : print(without);
  };
  const { utilities, parameters } = spec;
  const before = used(Object.keys(parameters), textsOf(utilities));
  const written =
    typeof utilities === "string"
      ? silent(utilities)
      : Object.fromEntries(Object.entries(utilities).map(([label, text]) => [label, silent(text)]));
  const after = used(before, textsOf(written));
  const lost = before.filter((name) => !after.includes(name));
  const kept = Object.fromEntries(Object.entries(parameters).filter(([name]) => !lost.includes(name)));
  return { spec: { ...spec, utilities: written, parameters: kept }, lost };
}

const textsOf = (utilities: Spec["utilities"]): string[] =>
  typeof utilities === "string" ? [utilities] : Object.values(utilities);

function used(names: readonly string[], texts: readonly string[]): string[] {
  const leaves = topological(texts.map(parse)).flatMap(({ op, name, label }) =>
    op === "name" && label === "" ? [name] : [],
  );
  return names.filter((name) => leaves.includes(name));
}
