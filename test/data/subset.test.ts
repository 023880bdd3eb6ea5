/** Parts of choice data, and other weights, behave as if the file had held just that. */
import { expect, test } from "vitest";
import {
  byPerson,
  type ChoiceData,
  cell,
  long,
  reweighted,
  subset,
  Table,
  wide,
} from "../../src/data/index.ts";
import { fit as fitted, logit } from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";

const { uniform, gumbel } = random(7);

/** 120 choices of 20 persons among three labelled modes, the second of which is not always there. */
const table = (() => {
  const rows = Array.from({ length: 120 }, (_, s) => {
    const [a, b, c] = [uniform(), uniform(), uniform()];
    const there = s % 3 === 0 ? 0 : 1;
    const u = [-2 * a + gumbel(), there ? -2 * b + gumbel() : -99, 0.5 - 2 * c + gumbel()];
    return { id: `p${(s * 7) % 20}`, a, b, c, there, w: 1 + (s % 4), choice: u.indexOf(Math.max(...u)) + 1 };
  });
  return Table.from(rows);
})();

const arrange = (from: Table): ChoiceData =>
  wide(from, {
    choice: "choice",
    alternatives: { a: 1, b: 2, c: 3 },
    available: { b: "there" },
    attributes: { cost: { a: "a", b: "b", c: "c" } },
    person: "id",
    weight: "w",
  });

/** The same choices, all rows of mode a first, then b, then c. */
const longTable = Table.from(
  ["a", "b", "c"].flatMap((mode, j) =>
    Array.from({ length: 120 }, (_, s) => {
      const at = (name: string) => cell(table.column(name), s);
      const chosen = at("choice") === j + 1 ? 1 : 0;
      return {
        s,
        mode,
        id: at("id"),
        w: at("w"),
        cost: at(mode),
        chosen,
        there: mode === "b" ? at("there") : 1,
      };
    }),
  ),
);

const arrangeLong = (from: Table): ChoiceData =>
  long(from, {
    situation: "s",
    alternative: "mode",
    choice: "chosen",
    person: "id",
    weight: "w",
    available: "there",
  });

const isKept = (s: number): boolean => s % 5 !== 2;
const kept = Array.from({ length: 120 }, (_, s) => s).filter(isKept);
const keptRows = Int32Array.from(
  Array.from({ length: 360 }, (_, row) => row).filter((row) => isKept(row % 120)),
);

test.each([
  ["wide", subset(arrange(table), kept), arrange(table.at(Int32Array.from(kept)))],
  ["long", subset(arrangeLong(longTable), kept), arrangeLong(longTable.at(keptRows))],
])("a fit to a part of %s data is a fit to a file that holds only that part", async (_, part, file) => {
  const [one, other] = [await fitted(logit("cost"), part), await fitted(logit("cost"), file)];
  expect(one.converged).toBe(true);
  expect([...one.estimates]).toEqual([...other.estimates]);
  expect([...one.covariance.matrix]).toEqual([...other.covariance.matrix]);
  expect(part.persons).toEqual(file.persons);
  expect(part.situationIds.length).toBe(kept.length);
  expect(part.line(part.start[3] + 1)).toBe(file.line(file.start[3] + 1));
});

test("a part of a part is the part of the whole", () => {
  const data = arrangeLong(longTable);
  const twice = subset(subset(data, [50, 3, 77, 20]), [2, 0]);
  const once = subset(data, [77, 50]);
  expect([...twice.start]).toEqual([...once.start]);
  expect([...twice.chosen!]).toEqual([...once.chosen!]);
  expect([...twice.column("cost")!.values]).toEqual([...once.column("cost")!.values]);
  expect(twice.situationIds).toEqual(["77", "50"]);
});

test("the persons of the data, taken apart and together, are the data", async () => {
  const data = arrange(table);
  const groups = byPerson(data);
  expect(groups.length).toBe(20);
  for (const group of groups) expect(new Set([...group].map((s) => data.person![s])).size).toBe(1);
  const whole = await fitted(logit("cost"), data);
  const together = await fitted(
    logit("cost"),
    subset(
      data,
      groups.flatMap((group) => [...group]),
    ),
  );
  together.estimates.forEach((estimate, k) => {
    expect(estimate).toBeCloseTo(whole.estimates[k], 10);
  });
  expect(together.persons).toBe(20);
});

test("without persons every choice is a person of its own", () => {
  const data = wide(table, { choice: "choice", alternatives: { a: 1, b: 2, c: 3 } });
  expect(byPerson(data).map((group) => [...group])).toEqual(Array.from({ length: 120 }, (_, s) => [s]));
});

test("integer weights are the same as situations that are there several times", async () => {
  const data = reweighted(arrange(table), null);
  const times = Float64Array.from({ length: 120 }, (_, s) => s % 3);
  const copies = Array.from({ length: 120 }, (_, s) => Array<number>(s % 3).fill(s)).flat();
  const [weighted, copied] = [
    await fitted(logit("cost"), reweighted(data, times)),
    await fitted(logit("cost"), subset(data, copies)),
  ];
  weighted.estimates.forEach((estimate, k) => {
    expect(estimate).toBeCloseTo(copied.estimates[k], 10);
  });
  weighted.covariances.cluster!.forEach((value, k) => {
    expect(value).toBeCloseTo(copied.covariances.cluster![k], 10);
  });
});

test("a situation that is not there, no situation at all and a negative weight are complaints", () => {
  const data = arrange(table);
  expect(() => subset(data, [0, 120])).toThrow("there is no such situation");
  expect(() => subset(data, [1.5])).toThrow("there is no such situation");
  expect(() => subset(data, [])).toThrow("no situation is left");
  expect(() => reweighted(data, new Float64Array(3))).toThrow("3 weights for 120 situations");
  const negative = new Float64Array(120).fill(1);
  negative[4] = -1;
  expect(() => reweighted(data, negative)).toThrow("situation 5");
  expect(() => reweighted(data, new Float64Array(120))).toThrow("all weights are 0");
});
