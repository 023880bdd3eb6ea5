/** Data larger than what stays in memory are put in place a chunk at a time, and give the same numbers. */
import { describe, expect, test } from "vitest";
import { type Limits, usualLimits } from "../../src/backends/chunks.ts";
import type { Divided } from "../../src/backends/divided.ts";
import { interpret } from "../../src/backends/interpret.ts";
import { jsWithin } from "../../src/backends/js.ts";
import { wasmWithin } from "../../src/backends/wasm/wasm.ts";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { parameter } from "../../src/expr/index.ts";
import { fit, logit } from "../../src/fit/index.ts";
import { type Case, caseOf, scaledBy, worldOf } from "./programs.ts";

const small: Limits = { chunkDoubles: 100, residentDoubles: 150, fewestTiles: 2 };
const three = ["b * x", "a1 + b * x + c * y", "a2 + b * x + d * v"];

/** Odd numbers of situations, so that a lane is left over. */
const cases: Readonly<Record<string, () => Case>> = {
  "a logit": () => caseOf(worldOf(1, { persons: 11 }), [{ utilities: three }], null),
  "a weighted logit": () => caseOf(worldOf(2, { persons: 9, weights: true }), [{ utilities: three }], null),
  "a ragged logit": () =>
    caseOf(worldOf(3, { persons: 20, ragged: true, weights: true }), [{ utilities: three }], null),
  "a column that one of five alternatives reads": () =>
    caseOf(
      worldOf(4, { persons: 15, alternatives: 5 }),
      [{ utilities: ["b * x", "y * c", "0", "a", "0"] }],
      null,
    ),
  "parts that are computed": () =>
    caseOf(worldOf(5, { persons: 13 }), [{ utilities: ["b * x / 10", "log(big) * c", "b * x * y"] }], null),
  "a model that bends utilities": () =>
    caseOf(
      worldOf(6, { persons: 13 }),
      [{ utilities: three, logProbabilities: scaledBy(parameter("tau")) }],
      null,
    ),
  "an unlabelled logit": () =>
    caseOf(
      worldOf(7, { persons: 13, labelled: false, ragged: true }),
      [{ utilities: ["b * x + c * y"] }],
      null,
    ),
  "unlabelled sets of the same length": () =>
    caseOf(
      worldOf(9, { persons: 13, labelled: false, weights: true }),
      [{ utilities: ["b * x + c * y * x + d * log(big) - e * v"] }],
      null,
    ),
  "a mixed logit": () =>
    caseOf(worldOf(8, { persons: 13 }), [{ utilities: ["b * x + s * z0 * x", "a + c * y", "0"] }], {}),
};

describe.for(Object.entries(cases))("%s", ([, make]) => {
  test.for([wasmWithin(small), jsWithin(small)])("is the same in small chunks of $name", async (backend) => {
    const { data, program, point, outputs, rowOutputs } = make();
    const [chunked, judge] = [await backend.prepare(program, data), await interpret.prepare(program, data)];
    for (let pass = 0; pass < 2; pass++) {
      const [found, wanted] = [
        await chunked.evaluate(point, "hessian"),
        await judge.evaluate(point, "hessian"),
      ];
      close(
        [found.value, ...found.gradient!, ...found.hessian!],
        [wanted.value, ...wanted.gradient!, ...wanted.hessian!],
      );
    }
    const each = async (prepared: typeof judge, asked = outputs): Promise<number[]> => {
      const all = asked.map(() => new Float64Array(asked === outputs ? data.situations : data.rows));
      await prepared.each(asked, point, ({ from, values }) => {
        for (const [m, column] of values.entries())
          all[m].set(column, asked === outputs ? from : data.start[from]);
      });
      return all.flatMap((column) => [...column]);
    };
    for (const asked of [outputs, rowOutputs]) close(await each(chunked, asked), await each(judge, asked));
    const [found, wanted] = [await chunked.sums(outputs, point), await judge.sums(outputs, point)];
    close([...found.values, ...found.jacobian], [...wanted.values, ...wanted.jacobian]);
  });
});

function close(found: readonly number[], wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  const size = Math.max(1, ...wanted.map(Math.abs));
  for (const [i, value] of wanted.entries()) expect(Math.abs(found[i] - value) / size).toBeLessThan(1e-10);
}

/** Situations 0, 1, …, 40 with three alternatives each, and a value missing in one row. */
function missingAt(row: number): ChoiceData {
  const situations = 41;
  const rows = Array.from({ length: 3 * situations }, (_, i) => i);
  const table = Table.of({
    situation: rows.map((i) => Math.floor(i / 3)),
    alternative: rows.map((i) => i % 3),
    choice: rows.map((i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0)),
    x: rows.map((i) => (i === row ? Number.NaN : Math.sin(i))),
    y: rows.map((i) => Math.cos(i)),
  });
  return long(table, { situation: "situation", alternative: "alternative", choice: "choice" });
}

describe.for([small, usualLimits])("a value that is missing, chunks of $chunkDoubles", (limits) => {
  test("does no harm where no utility uses it", async () => {
    const { data, program, point } = caseOf(
      missingAt(100),
      [{ utilities: ["b * x", "c * y", "a + b * x"] }],
      null,
    );
    const { value } = await (await wasmWithin(limits).prepare(program, data)).evaluate(point, "value");
    const { value: wanted } = await (await interpret.prepare(program, data)).evaluate(point, "value");
    expect(value).toBeCloseTo(wanted, 10);
  });

  test("is a complaint where one does", async () => {
    const { data, program, point } = caseOf(
      missingAt(101),
      [{ utilities: ["b * x", "c * y", "a + b * x"] }],
      null,
    );
    const prepared = await wasmWithin(limits).prepare(program, data);
    await expect(prepared.evaluate(point, "value")).rejects.toThrow(/situation 34 of 41/);
  });
});

test("sets of one length that is not the number of names are read by their own length", async () => {
  const rows = Array.from({ length: 4 * 300 }, (_, i) => i);
  const table = Table.of({
    situation: rows.map((i) => Math.floor(i / 4)),
    alternative: rows.map((i) => (7 * i + Math.floor(i / 4)) % 40),
    choice: rows.map((i) => Number(i % 4 === Math.floor(i / 4) % 3)),
    x: rows.map((i) => Math.sin(i)),
  });
  const data = long(table, { situation: "situation", alternative: "alternative", choice: "choice" });
  const model = logit({ parameters: { b: 0.3 }, utilities: "b * x" });
  const [found, wanted] = await Promise.all(
    ["wasm", "interpret"].map((backend) => fit(model, data, { backend })),
  );
  expect(data.labels).toHaveLength(40);
  expect(found.logLikelihood).toBeCloseTo(wanted.logLikelihood, 10);
  close([...found.estimates], [...wanted.estimates]);
});

test("chunks are cut alike whatever values are in a part of the data", async () => {
  const { program } = caseOf(missingAt(100), [{ utilities: ["b * x", "c * y + b * x", "a"] }], null);
  const cuts = await Promise.all(
    [missingAt(-1), missingAt(100)].map(async (data) => {
      const prepared = await wasmWithin({ ...small, chunkDoubles: 76, fewestTiles: 1 }).prepare(
        program,
        data,
      );
      return (await (prepared as Divided).divisible.division({ kind: "value" })).cuts;
    }),
  );
  expect(cuts[1]).toEqual(cuts[0]);
});
