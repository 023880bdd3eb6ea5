import { describe, expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { logit, readModel } from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";
import { modelOf } from "../../src/models/index.ts";
import { compile, type Program } from "../../src/program/index.ts";
import { isSoftmax } from "../../src/program/softmax.ts";
import { type FormulaSpec, mixed, type Spec } from "../../src/spec/index.ts";

const labels = ["a", "b", "c"];

/** Two people with so many situations each; c is missing in every fifth. */
function panel(situations: number): ChoiceData {
  const source = random(3);
  const rows = Array.from({ length: 2 * situations }, (_, s) => {
    const open = s % 5 === 0 ? labels.slice(0, 2) : labels;
    return open.map((label, j) => [
      s,
      s % 2,
      label,
      j === s % open.length ? 1 : 0,
      source.uniform(),
      source.uniform(),
    ]);
  }).flat();
  const names = ["situation", "person", "alternative", "choice", "x", "y"];
  const table = Table.of(Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i])])));
  return long(table, {
    situation: "situation",
    person: "person",
    alternative: "alternative",
    choice: "choice",
  });
}

const generic: Spec = {
  parameters: { b_x: 0, b_y: 0, c: 0 },
  utilities: { a: "b_x * x + b_y * y", b: "c + b_x * x + b_y * y", c: "b_x * x + b_y * y" },
};
const drawn = (spec: Spec) => mixed(spec, { b_x: "normal", b_y: "normal" }, { draws: { count: 5 } });

function programOf(spec: Spec | FormulaSpec, data: ChoiceData): { program: Program; names: string[] } {
  const { resolved, parameters } = readModel(logit(spec), data);
  const names = parameters.map(({ name }) => name);
  return { program: compile(modelOf("logit"), {}, resolved, data).program, names };
}

describe.for([
  ["likely and unlikely choices", 12, 1],
  ["hundreds of choices by a person", 400, 3],
  ["utilities far beyond what an exponential can hold", 40, 4000],
] as const)("a mixed logit without spreads is the logit: %s", ([, situations, scale]) => {
  const data = panel(situations);
  const values: Readonly<Record<string, number>> = { b_x: scale, b_y: -0.7 * scale, c: 0.3 };
  const plain = programOf(generic, data);
  const { program, names } = programOf(drawn(generic), data);
  const at = (all: readonly string[]) => Float64Array.from(all, (name) => values[name] ?? 0);

  test.for(["wasm", "js", "interpret"])("%s", async (backend) => {
    expect(program.classes[0].further).toHaveLength(2);
    expect([plain.program, program].map(({ classes: [{ term }] }) => isSoftmax(term))).toEqual([false, true]);
    const judge = await (await prepare(plain.program, data, "interpret")).evaluate(
      at(plain.names),
      "hessian",
    );
    const ready = await prepare(program, data, backend);
    const found = await ready.evaluate(at(names), "hessian");
    expect((await ready.evaluate(at(names), "value")).value).toBe(found.value);
    expect(Math.abs(found.value / judge.value! - 1)).toBeLessThan(1e-13);
    for (const [k, name] of plain.names.entries()) {
      const place = names.indexOf(name);
      const close = (mine: number, theirs: number) =>
        expect(Math.abs(mine - theirs)).toBeLessThan(1e-11 * (1 + Math.abs(theirs)));
      close(found.gradient![place], judge.gradient![k]);
      for (const [l, other] of plain.names.entries())
        close(
          found.hessian![place * names.length + names.indexOf(other)],
          judge.hessian![k * plain.names.length + l],
        );
    }
  });
});

test("utilities of few shared coefficients stay as they are, since differences would have more", () => {
  const data = panel(10);
  const own = (label: string) =>
    `b_x * x + a_${label} * y + d_${label} * x * y + e_${label} * y ^ 2 + f_${label} * x ^ 2`;
  const names = labels.flatMap((label) => ["a", "d", "e", "f"].map((part) => `${part}_${label}`));
  const spec: Spec = {
    parameters: Object.fromEntries(["b_x", ...names].map((name) => [name, 0])),
    utilities: Object.fromEntries(labels.map((label) => [label, own(label)])),
  };
  const { program } = programOf(mixed(spec, { b_x: "normal" }, { draws: { count: 5 } }), data);
  expect(program.classes[0].further).toBeUndefined();
});
