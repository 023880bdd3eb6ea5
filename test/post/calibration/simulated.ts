/** Choices of persons who are alike, by a logit in one attribute and constants; seeded. */
import { type ChoiceData, Table, wide } from "../../../src/data/index.ts";
import { random } from "../../../src/math/random.ts";

export interface World {
  readonly persons: number;
  readonly tasks?: number;
  readonly seed: number;
  /** Coefficient of x; default −1. */
  readonly taste?: number;
  /** Constants of b and c. */
  readonly constants?: readonly [number, number];
  /** Spread of the taste over persons. */
  readonly spread?: number;
  /** Columns of pure noise, by alternative. */
  readonly noise?: number;
}

export interface Row {
  readonly id: number;
  readonly choice: string;
  readonly [attribute: string]: string | number;
}

const labels = ["a", "b", "c"];

export function simulatedRows({
  persons,
  tasks = 1,
  seed,
  taste = -1,
  constants = [0.3, -0.4],
  spread = 0,
  noise = 0,
}: World): Row[] {
  const { normal, gumbel } = random(seed);
  return Array.from({ length: persons }, (_, id) => {
    const own = taste + spread * normal();
    return Array.from({ length: tasks }, () => {
      const x = labels.map(() => 1.5 * normal());
      const extra = labels.map(() => Array.from({ length: noise }, normal));
      const utility = x.map((value, j) => own * value + [0, ...constants][j] + gumbel());
      const chosen = utility.indexOf(Math.max(...utility));
      return {
        id,
        choice: labels[chosen],
        ...Object.fromEntries(labels.map((label, j) => [`x_${label}`, x[j]])),
        ...Object.fromEntries(
          labels.flatMap((label, j) => extra[j].map((value, k) => [`n${k}_${label}`, value])),
        ),
      };
    });
  }).flat();
}

export function arranged(rows: readonly Row[], noise = 0): ChoiceData {
  const names = Array.from({ length: noise }, (_, k) => `n${k}`);
  const patterns = ["x", ...names].map((name) => [name, `${name}_{alternative}`]);
  return wide(Table.from(rows), {
    choice: "choice",
    alternatives: labels,
    attributes: Object.fromEntries(patterns),
    person: "id",
  });
}

export const simulated = (world: World): ChoiceData => arranged(simulatedRows(world), world.noise);
