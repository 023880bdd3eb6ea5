/**
 * Work kept while the same question is asked at many draws of the parameters: how the data are arranged and which
 * kernels sum over them depend on the question, not on the estimates.
 */
import type { Prepared } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { type Expr, nameLeaf, parameter } from "../expr/index.ts";
import type { Fit } from "../fit/index.ts";
import type { Scenario } from "./scenario.ts";
import type { Grip } from "./scene.ts";

interface Kept {
  readonly arranged: Map<ChoiceData, Map<string, Promise<unknown>>>;
  readonly outputs: WeakMap<Prepared, Map<string, readonly Expr[]>>;
}

/** By what all copies of a fit at other estimates share. */
const keeping = new WeakMap<object, Kept>();

/** Does the work; what is arranged for this fit meanwhile is arranged once. */
export async function keepingWork<T>({ compiled }: Fit, work: () => Promise<T>): Promise<T> {
  if (keeping.has(compiled)) return work();
  keeping.set(compiled, { arranged: new Map(), outputs: new WeakMap() });
  try {
    return await work();
  } finally {
    keeping.delete(compiled);
  }
}

/** What `make` makes for these circumstances, once while work is kept. */
export function once<T>(
  { compiled }: Fit,
  data: ChoiceData,
  scenario: Scenario,
  grips: readonly Grip[],
  make: () => Promise<T>,
): Promise<T> {
  const kept = keeping.get(compiled);
  if (!kept) return make();
  const ofData = kept.arranged.get(data) ?? new Map<string, Promise<unknown>>();
  kept.arranged.set(data, ofData);
  const key = JSON.stringify([scenario, grips.map(gripKey)]);
  const found = ofData.get(key) ?? make();
  ofData.set(key, found);
  return found as Promise<T>;
}

/** Equal expressions are one node, so what a grip makes of a name tells what it does. */
const gripKey = ({ parameter: name, attribute, place, as }: Grip): unknown[] => [
  name,
  attribute,
  place,
  as(nameLeaf(attribute), parameter(name)).id,
];

/** The same outputs as the same array, so that a backend finds the kernel that it has for them. */
export function sameArray({ compiled }: Fit, prepared: Prepared, outputs: readonly Expr[]): readonly Expr[] {
  const kept = keeping.get(compiled);
  if (!kept) return outputs;
  const ofPrepared = kept.outputs.get(prepared) ?? new Map<string, readonly Expr[]>();
  kept.outputs.set(prepared, ofPrepared);
  const key = outputs.map(({ id }) => id).join();
  const found = ofPrepared.get(key) ?? outputs;
  ofPrepared.set(key, found);
  return found;
}
