import { describe, expect, test } from "vitest";
import { backends } from "../../src/backends/index.ts";
import { long, Table } from "../../src/data/index.ts";
import { random } from "../../src/math/random.ts";
import type { Draws } from "../../src/program/index.ts";
import { type Case, caseOf } from "./programs.ts";

const draws: Partial<Draws> = { count: 4 };

/** 60 alternatives with a utility each, 200 parameters. */
function many(mixed: boolean): Case {
  const source = random(5);
  const rows = Array.from({ length: 6 }, (_, s) =>
    Array.from({ length: 60 }, (_, j) => [
      s,
      Math.floor(s / 2),
      j,
      j === (7 * s) % 60 ? 1 : 0,
      source.uniform(),
      source.uniform(),
    ]),
  ).flat();
  const names = ["situation", "person", "alternative", "choice", "x", "y"];
  const table = Table.of(Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i])])));
  const data = long(table, {
    situation: "situation",
    person: "person",
    alternative: "alternative",
    choice: "choice",
  });
  const taste = mixed ? "(b + s * z0)" : "b";
  const utilities = Array.from(
    { length: 60 },
    (_, j) => `a${j} + ${taste} * x + c${j} * y + d${j} * x * y + e${j % 19} * x ^ 2`,
  );
  return caseOf(data, [{ utilities }], mixed ? draws : null);
}

/** Choice sets of 2 to 5,000 alternatives that share a utility. */
function ragged(mixed: boolean): Case {
  const source = random(6);
  const rows = [2, 5000, 3, 40, 1700].flatMap((length, s) =>
    Array.from({ length }, (_, j) => [
      s,
      Math.floor(s / 2),
      j === 1 ? 1 : 0,
      source.uniform(),
      source.uniform(),
    ]),
  );
  const names = ["situation", "person", "choice", "x", "y"];
  const table = Table.of(Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i])])));
  const data = long(table, { situation: "situation", person: "person", choice: "choice" });
  const taste = mixed ? "(b + s * z0)" : "b";
  return caseOf(data, [{ utilities: [`${taste} * x + exp(c) * y`] }], mixed ? draws : null);
}

describe.for([
  ["60 alternatives and 200 parameters", many, 198],
  ["choice sets of up to 5,000 alternatives", ragged, 2],
] as const)("%s", ([, make, parameters]) => {
  test.for([false, true])("run in all generated code alike, random coefficients %s", async (mixed) => {
    const { data, program, point, outputs } = make(mixed);
    expect(program.free.length).toBeGreaterThanOrEqual(parameters);
    const generated = backends.filter(
      ({ name, refuses }) => name !== "interpret" && refuses(program) === null,
    );
    expect(generated.length).toBeGreaterThan(1);
    const found = await Promise.all(
      generated.map(async (backend) => {
        const prepared = await backend.prepare(program, data);
        const { value, gradient, hessian } = await prepared.evaluate(point, "hessian");
        const { values, jacobian } = await prepared.sums(outputs, point);
        prepared.dispose();
        return [value, ...gradient!, ...hessian!, ...values, ...jacobian];
      }),
    );
    const size = Math.max(...found[0].map(Math.abs));
    expect(Number.isFinite(size)).toBe(true);
    for (const other of found.slice(1))
      for (const [i, each] of found[0].entries())
        expect(Math.abs(other[i] - each) / size).toBeLessThan(1e-10);
  });
});
