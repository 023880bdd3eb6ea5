/** Code is written once for a program, whatever data and draws it meets; what is another program gets other code. */
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { interpret } from "../../src/backends/interpret.ts";
import { wasmWithin } from "../../src/backends/wasm/wasm.ts";
import type { ChoiceData } from "../../src/data/index.ts";
import { subset } from "../../src/data/index.ts";
import type { Program } from "../../src/program/index.ts";
import { caseOf, worldOf } from "./programs.ts";

const three = ["b * x", "a1 + b * x + c * y", "a2 + b * x + d * v"];
const random = ["(b + s * z0) * x", "a1 + (b + s * z0) * x + exp(c + t * z1) * y", "a2 + d * v"];

afterEach(() => vi.restoreAllMocks());

/** So little fits a chunk that even these data have several. */
const wasm = wasmWithin({ chunkDoubles: 512, residentDoubles: 2048, fewestTiles: 8 });

/** The Hessian of the generated code, checked against the judge's. */
async function agree(program: Program, data: ChoiceData, point: Float64Array): Promise<void> {
  const [fast, slow] = await Promise.all(
    [wasm, interpret].map(async (on) => (await on.prepare(program, data)).evaluate(point, "hessian")),
  );
  const [found, judged] = [fast.hessian!, slow.hessian!];
  expect(found).toHaveLength(judged.length);
  const size = Math.max(...judged.map(Math.abs));
  for (const [at, value] of found.entries()) expect(Math.abs(value - judged[at])).toBeLessThan(1e-10 * size);
}

// What all programs with draws have in common is compiled with the first of them.
beforeAll(async () => {
  const { program, data, point } = caseOf(worldOf(30), [{ utilities: random }], { count: 2 });
  await agree(program, data, point);
});

describe("code is written once", () => {
  it.each([
    ["a logit", three, null],
    ["random coefficients", random, { count: 10 }],
  ] as const)("for %s over data and over part of them", async (_, utilities, draws) => {
    const { program, data, point } = caseOf(worldOf(31, { persons: 400 }), [{ utilities }], draws);
    const compile = vi.spyOn(WebAssembly, "compile");
    const part = subset(
      data,
      Int32Array.from({ length: 900 }, (_, i) => i),
    );
    await agree(program, part, point);
    expect(compile).toHaveBeenCalledTimes(1);
    await agree(program, data, point);
    expect(compile).toHaveBeenCalledTimes(1);
  });

  it("for a model that is written down a second time", async () => {
    const of = (seed: number) => caseOf(worldOf(seed, { persons: 400 }), [{ utilities: [...three] }], null);
    const [one, two] = [of(32), of(33)];
    await agree(one.program, one.data, one.point);
    const compile = vi.spyOn(WebAssembly, "compile");
    await agree(two.program, two.data, two.point);
    expect(compile).toHaveBeenCalledTimes(0);
  });
});

describe("other code is written", () => {
  const { program, data, point } = caseOf(worldOf(34), [{ utilities: random }], { count: 6 });
  const draws = program.draws!;
  const others: Readonly<Record<string, Program>> = {
    "another number of draws": { ...program, draws: { ...draws, count: 31 } },
    "fewer free parameters": { ...program, free: program.free.slice(1) },
    "parameters in another order": { ...program, parameters: program.parameters.toReversed() },
    "another number of classes": {
      ...program,
      classes: [{ ...program.classes[0] }, { ...program.classes[0], logWeight: null }],
    },
  };
  it.each(Object.entries(others))("for %s", async (_, other) => {
    await agree(program, data, point);
    await agree(other, data, point);
    await agree(program, data, point);
  });
});
