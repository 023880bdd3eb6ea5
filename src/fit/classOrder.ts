/** Latent classes by their size. */
import type { ChoiceData } from "../data/index.ts";
import { exp } from "../expr/index.ts";
import type { Program } from "../program/index.ts";
import { meansOverPersons, nameInClass, type Resolved } from "../spec/index.ts";

/** The mean share of every class over persons. */
export function classShares(
  { classes }: Resolved,
  program: Program,
  point: Float64Array,
  data: ChoiceData,
): Float64Array {
  const values = new Map(program.parameters.map((name, k) => [name, point[k]]));
  return meansOverPersons(
    classes!.all.map(({ logWeight }) => exp(logWeight)),
    data,
    values,
  );
}

/** The classes from the largest on, or null where they stand so already or are told apart by more than their numbers. */
export function classOrder(
  resolved: Resolved,
  program: Program,
  point: Float64Array,
  data: ChoiceData,
): number[] | null {
  const asked = resolved.classes?.asked;
  if (!asked || asked.zero || asked.kernels || asked.scale) return null;
  const shares = classShares(resolved, program, point, data);
  const order = [...shares.keys()].sort((a, b) => shares[b] - shares[a]);
  return order.every((from, c) => from === c) ? null : order;
}

/** The point with class order[c] in the place of class c; membership is measured against the new first class. */
export function reordered(
  { classes }: Resolved,
  program: Program,
  point: Float64Array,
  order: readonly number[],
): Float64Array {
  const { membership } = classes!;
  const at = (name: string): number => point[program.parameters.indexOf(name)];
  const stems = membership
    .filter((name) => name.startsWith("class_2_"))
    .map((name) => name.slice("class_2_".length));
  const member = (c: number, stem: string): number => (c === 0 ? 0 : at(`class_${c + 1}_${stem}`));
  const moved = new Map<string, number>();
  for (const [c, from] of order.entries()) {
    for (const stem of stems)
      moved.set(`class_${c + 1}_${stem}`, member(from, stem) - member(order[0], stem));
    for (const name of program.parameters) {
      const stem = name.endsWith(`_${c + 1}`) ? name.slice(0, -String(c + 1).length - 1) : null;
      if (stem === null || membership.includes(name)) continue;
      if (program.parameters.includes(nameInClass(stem, from))) moved.set(name, at(nameInClass(stem, from)));
    }
  }
  return Float64Array.from(program.parameters, (name, k) => moved.get(name) ?? point[k]);
}
