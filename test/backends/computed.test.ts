/** Parts that are computed from columns: the same by written loops, in kernels and where they are walked through. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computed } from "../../src/backends/computed.ts";
import { interpret } from "../../src/backends/interpret.ts";
import { wasm } from "../../src/backends/wasm/wasm.ts";
import {
  data,
  type Expr,
  evaluateRows,
  Place,
  parse,
  substitute,
  topological,
} from "../../src/expr/index.ts";
import { fit, logit, long, Table } from "../../src/index.ts";
import { caseOf, worldOf } from "./programs.ts";

const rows = 50;
/** Columns lie side by side in one array, as those of labelled alternatives do. */
const values = Float64Array.from({ length: 3 * rows }, (_, i) => Math.sin(7 * i) * 3);
const places: Readonly<Record<string, number>> = { x: 0, y: 1, z: 2 };
const viewOf = (leaf: Expr) => ({ values, offset: places[leaf.name], step: 3, count: rows });
const column = (leaf: Expr): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => values[places[leaf.name] + 3 * i]);

function columnsIn(text: string): Expr {
  const written = parse(text);
  const leaf = (node: Expr): Expr | undefined =>
    node.op === "name" ? data(node.name, Place.situation) : undefined;
  return substitute([written], topological([written]), leaf)[0];
}

const texts = [
  "x / 100",
  "log(2 + x ^ 2)",
  "if(x > 0, x * y, -z)",
  "min(x, y, z) + max(x, 0) * abs(y)",
  "(x == 0) + (y >= 1 and not z < 0)",
  "exp(-x) / (1 + sqrt(abs(z)))",
  "x * -0",
  "boxcox(abs(x), 0.5) + piecewise(y, 2, 0, 1, 1, 3)",
];

test.for(texts)("%s is what it is where it is walked through", (text) => {
  const expr = columnsIn(text);
  expect(computed(expr, rows, viewOf)).toEqual(evaluateRows(expr, rows, column));
});

const piece = fc.constantFrom(
  "x",
  "y / 7",
  "-x",
  "(x + 2) * 3",
  "(1 - y) / 0.5",
  "x * y",
  "big / 1000",
  "(v - 1) * 2",
);

test("utilities of scaled columns are the same in kernels, whatever is computed where", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(500),
      fc.boolean(),
      fc.array(piece, { minLength: 3, maxLength: 3 }),
      async (seed, ragged, parts) => {
        const utilities = parts.map((part, j) => `b${j} * (${part}) + c * (${parts[0]})`);
        const { data: choices, program, point } = caseOf(worldOf(seed, { ragged }), [{ utilities }], null);
        const [one, judge] = [
          await wasm.prepare(program, choices),
          await interpret.prepare(program, choices),
        ];
        const [found, wanted] = [
          await one.evaluate(point, "hessian"),
          await judge.evaluate(point, "hessian"),
        ];
        const numbers = [wanted.value, ...wanted.gradient!, ...wanted.hessian!];
        const size = Math.max(1, ...numbers.map(Math.abs));
        for (const [i, value] of [found.value, ...found.gradient!, ...found.hessian!].entries())
          expect(Math.abs(value - numbers[i]) / size).toBeLessThan(1e-10);
      },
    ),
    { numRuns: 20 },
  );
});

describe("what is not a number", () => {
  const trips = (x: readonly number[]) =>
    long(
      Table.of({
        situation: [1, 1, 2, 2, 3, 3],
        alternative: [1, 2, 1, 2, 1, 2],
        choice: [1, 0, 0, 1, 1, 0],
        x: [...x],
      }),
      { situation: "situation", alternative: "alternative", choice: "choice" },
    );

  test.for(["x / 100", "2 - x", "log(x)"])("is a complaint in %s", async (text) => {
    await expect(fit(logit(`${text} | 0`), trips([1, 2, Number.NaN, 4, 5, 6]))).rejects.toThrow(/x/);
  });

  test("is a complaint where it comes of computing", async () => {
    await expect(fit(logit("log(x) | 0"), trips([1, 2, 0, 4, 5, 6]))).rejects.toThrow(/log\(x\)/);
  });
});
