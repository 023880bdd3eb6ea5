/**
 * People drawn from a mixture: each has one class and one draw of every random coefficient, in all situations. Without
 * a mixture all people are the same.
 */
import { prepare } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { type Expr, num } from "../expr/index.ts";
import { type ClassModel, type Compiled, expectationOf, type Program } from "../program/index.ts";

/** Told of every situation in order: the person's class, and the outputs of that class at a row of the data. */
export type Visit = (situation: number, at: (row: number) => number, c: number) => void;

export interface DrawnPeople {
  /** @param uniform draws the classes. */
  each(point: Float64Array, uniform: () => number, visit: Visit): Promise<void>;
  dispose(): void;
}

/** @param of the outputs of a class, one for every item of the choice set. */
export async function drawnPeople(
  compiled: Compiled,
  data: ChoiceData,
  seed: number,
  of: (model: ClassModel) => readonly Expr[],
): Promise<DrawnPeople> {
  const { classes, set } = compiled;
  const program = withOneDraw(compiled.program, seed);
  const prepared = await prepare(program, data);
  const items = set.all.length;
  // The mean over classes with all others at 0 is the share of the class times what holds in it.
  const outputs = classes.flatMap((each, c) =>
    of(each).map((output) => expectationOf(program, (k) => (k === c ? output : num(0)))),
  );
  const shares = classes.map((_, c) => expectationOf(program, (k) => num(Number(k === c))));
  return {
    async each(point, uniform, visit) {
      const classOf = new Map<number, number>();
      await prepared.each([...shares, ...outputs], point, ({ from, situations, values }) => {
        for (let s = from; s < from + situations; s++) {
          const share = (c: number): number => values[c][s - from];
          const person = data.person?.[s] ?? s;
          if (!classOf.has(person))
            classOf.set(person, classes.length === 1 ? 0 : place(uniform(), classes.length, share));
          const c = classOf.get(person)!;
          const column = (item: number): Float64Array => values[classes.length + c * items + item];
          const at = (row: number): number =>
            set.axis ? column(0)[row - data.start[from]] : column(data.alternative![row])[s - from];
          visit(s, (row) => at(row) / share(c), c);
        }
      });
    },
    dispose: () => prepared.dispose(),
  };
}

const withOneDraw = (program: Program, seed: number): Program => ({
  ...program,
  draws: program.draws && {
    kind: "random",
    count: 1,
    seed,
    drop: 0,
    dimensions: program.draws.dimensions,
  },
});

/** The place at which chances, added up, pass u; the last one where rounding leaves them short of it. */
export function place(u: number, count: number, chance: (at: number) => number): number {
  let sum = 0;
  for (let at = 0; at < count; at++) {
    sum += chance(at);
    if (u < sum) return at;
  }
  return count - 1;
}
