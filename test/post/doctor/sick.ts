/** A study of simulated choices between two modes, healthy until something is done to its rows. */
import { Table } from "../../../src/data/index.ts";
import { random } from "../../../src/math/random.ts";
import type { Study } from "../../../src/study/index.ts";

export type Row = Record<string, string | number | null>;

/** 40 persons with 5 tasks each: two rows a situation, a cost, a time, an income. */
export function healthy(seed = 7, labelled = true): Row[] {
  const source = random(seed);
  return Array.from({ length: 200 }, (_, s) => {
    const person = Math.floor(s / 5);
    const income = 2 + (person % 7) + (person % 3) / 10;
    const rows = ["bus", "car"].map((mode) => {
      const [cost, time] = [1 + 9 * source.uniform(), 1 + 4 * source.uniform()];
      const utility = -0.5 * cost - 0.6 * time + source.gumbel();
      return {
        id: s + 1,
        person: person + 1,
        mode,
        cost,
        time,
        income,
        seconds: 20 + source.below(20),
        utility,
      };
    });
    const best = Math.max(...rows.map(({ utility }) => utility));
    return rows.map(
      ({ utility, ...row }): Row => ({
        ...row,
        choice: utility === best ? 1 : 0,
        ...(labelled ? {} : { mode: null }),
      }),
    );
  }).flat();
}

export const study = (model: Study["model"], data: Partial<Study["data"]> = {}): Study => ({
  data: {
    file: "trips.csv",
    layout: "long",
    situation: "id",
    alternative: "mode",
    choice: "choice",
    person: "person",
    ...data,
  },
  model,
});

export const tableOf = (rows: readonly Row[]): Table => Table.from(rows);
