/** Simulated panels with a known truth. */
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { random } from "../../src/math/random.ts";

/** Utility of one alternative by its columns, given a person's own standard normals. */
export type Taste = (
  columns: { readonly x: number; readonly y: number },
  z: readonly number[],
  j: number,
) => number;

export interface PanelOptions {
  readonly persons: number;
  readonly tasks?: number;
  readonly alternatives?: number;
  readonly seed?: number;
}

/** Persons who choose in several tasks the alternative of the largest utility plus a Gumbel. */
export function panel(
  taste: Taste,
  { persons, tasks = 4, alternatives = 3, seed = 1 }: PanelOptions,
): ChoiceData {
  const dice = random(seed);
  const columns: Record<string, number[]> = {
    person: [],
    task: [],
    alt: [],
    x: [],
    y: [],
    age: [],
    choice: [],
  };
  for (let i = 0; i < persons; i++) {
    const z = Array.from({ length: 4 }, dice.normal);
    const age = 20 + dice.below(50);
    for (let t = 0; t < tasks; t++) {
      const rows = Array.from({ length: alternatives }, (_, j) => ({
        x: dice.normal(),
        y: dice.normal(),
        j,
      }));
      const utilities = rows.map(({ x, y, j }) => taste({ x, y }, z, j) + dice.gumbel());
      const best = utilities.indexOf(Math.max(...utilities));
      for (const { x, y, j } of rows) {
        const row = {
          person: i + 1,
          task: i * tasks + t + 1,
          alt: j + 1,
          x,
          y,
          age,
          choice: Number(j === best),
        };
        for (const [name, value] of Object.entries(row)) columns[name].push(value);
      }
    }
  }
  return long(Table.of(columns), {
    situation: "task",
    alternative: "alt",
    choice: "choice",
    person: "person",
  });
}
