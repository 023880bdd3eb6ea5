import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChoiceData, long, parseCsv, Table, wide } from "../../src/data/index.ts";

/** Ragged choice sets: for each situation the labels that are there, the one chosen, and a person. */
const labels = ["air", "0", "New York", "car"];
const sets = fc.array(
  fc.record({
    there: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
    pick: fc.nat(),
    person: fc.constantFrom("p", "q", "7"),
    cost: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 12 },
);
type Sets = Parameters<Parameters<typeof sets.map>[0]>[0];

const chosenOf = ({ there, pick }: Sets[number]): number => there[pick % there.length];

function longTable(all: Sets, order: readonly number[] = []): Table {
  const rows = all.flatMap((set, s) =>
    set.there.map((j) => ({
      id: `s${s}`,
      mode: labels[j],
      choice: j === chosenOf(set) ? 1 : 0,
      person: set.person,
      cost: set.cost[j],
    })),
  );
  return Table.from(
    rows
      .map((row, i) => [order[i] ?? i, row] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, row]) => row),
  );
}

const options = { situation: "id", alternative: "mode", choice: "choice", person: "person" };

/** What choice data say, whatever the order of rows, labels and situations. */
function contents(data: ChoiceData): Record<string, unknown> {
  const cost = data.column("cost")!;
  const costOf = (s: number, row: number) => cost.values[cost.addressing === "situation" ? s : row];
  return Object.fromEntries(
    Array.from({ length: data.situations }, (_, s) => {
      const rows = Array.from({ length: data.start[s + 1] - data.start[s] }, (_, i) => data.start[s] + i);
      const shown = rows.map((row) => [data.labels![data.alternative![row]], costOf(s, row)]);
      const chosen = data.labels![data.alternative![data.chosen![s]]];
      return [data.situationId(s), { shown: shown.sort(), chosen, person: data.persons[data.person![s]] }];
    }),
  );
}

describe("the same choices", () => {
  it("are read from rows in any order", () => {
    fc.assert(
      fc.property(sets, fc.infiniteStream(fc.nat()), (all, stream) => {
        const order = all.flatMap(({ there }) => there).map(() => stream.next().value as number);
        expect(contents(long(longTable(all, order), options))).toEqual(
          contents(long(longTable(all), options)),
        );
      }),
    );
  });

  it("are read from the long and the wide layout", () => {
    fc.assert(
      fc.property(sets, (all) => {
        const columns = Object.fromEntries(
          labels.flatMap((label, j) => [
            [`cost ${label}`, all.map((set) => (set.there.includes(j) ? set.cost[j] : Number.NaN))],
            [`there ${label}`, all.map((set) => (set.there.includes(j) ? 1 : 0))],
          ]),
        );
        const table = Table.of({
          id: all.map((_, s) => `s${s}`),
          picked: all.map((set) => labels[chosenOf(set)]),
          person: all.map(({ person }) => person),
          ...columns,
        });
        const data = wide(table, {
          situation: "id",
          choice: "picked",
          alternatives: labels,
          available: "there {alternative}",
          attributes: { cost: "cost {alternative}" },
          person: "person",
        });
        expect(contents(data)).toEqual(contents(long(longTable(all), options)));
      }),
    );
  });

  it("have each row where rowAt says, and each row in the situation that situationOf says", () => {
    fc.assert(
      fc.property(sets, (all) => {
        const data = long(longTable(all), options);
        for (let s = 0; s < data.situations; s++)
          for (let j = 0; j < data.labels!.length; j++) {
            const row = data.rowAt(s, j);
            if (row < 0) continue;
            expect(data.alternative![row]).toBe(j);
            expect(data.situationOf(row)).toBe(s);
          }
      }),
    );
  });

  it("are read from a file with any label in it", () => {
    const label = fc.string({ minLength: 1 }).map((text) => `l${text.replaceAll(/\s/g, "_")}`);
    fc.assert(
      fc.property(fc.uniqueArray(label, { minLength: 2, maxLength: 5 }), (names) => {
        const lines = names.map(
          (name, j) => `1,"${name.replaceAll('"', '""')}",${j === 1 ? 1 : 0},"${name.replaceAll('"', '""')}"`,
        );
        const data = long(
          parseCsv(`id,mode,choice,brand\n${lines.join("\n")}\n`, { separator: "," }),
          unnamed,
        );
        expect(data.labels).toEqual(names);
        for (const column of data.category("brand")!.columns)
          expect([...data.column(column)!.values].reduce((sum, each) => sum + each)).toBe(1);
      }),
    );
  });
});
const unnamed = { situation: "id", alternative: "mode", choice: "choice" };
