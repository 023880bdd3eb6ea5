/** More draws than stay in memory: those of the first people do, the others' are made anew on every pass. */
import { expect, test } from "vitest";
import type { Prepared } from "../../src/backends/backend.ts";
import { prepare } from "../../src/backends/index.ts";
import { usualDrawLimits } from "../../src/backends/panel.ts";
import { subset } from "../../src/data/index.ts";
import { caseOf, worldOf } from "./programs.ts";

const persons = 160;
const random = ["(b + s * z0) * x", "a1 + (b + s * z0) * x + (c + t * z1) * y", "a2 + d * v"];
const within = ["(b + s * z0) * x", "a1 + (b + t * w1) * x", "a2 + c * y"];
const normal = { base: "normal" } as const;

const cases = {
  "quasi-random numbers": [random, { count: 2000 }],
  "an odd number of them": [random, { count: 2001 }],
  "antithetic pairs": [random, { count: 2000, antithetic: true }],
  "random numbers": [random, { count: 2000, kind: "random" }],
  "draws anew in every situation": [
    within,
    { count: 1000, dimensions: [normal, { ...normal, within: true }] },
  ],
} as const;

/** ln L of every person. */
async function each(prepared: Prepared, point: Float64Array): Promise<number[]> {
  const all: number[] = [];
  await prepared.scores(point, ({ values }) => all.push(...values));
  return all;
}

test.each(Object.entries(cases))(
  "what people's choices tell does not depend on whose draws stay in memory: %s",
  async (_, [utilities, draws]) => {
    const world = worldOf(6, { persons });
    const { data, program, point } = caseOf(world, [{ utilities }], draws);
    const numbers = utilities === within ? 4 : 2;
    expect(persons * numbers * draws.count).toBeGreaterThan(1.1 * usualDrawLimits.residentDoubles);
    const half = Array.from({ length: data.situations / 2 }, (_, s) => data.situations / 2 + s);
    for (const backend of ["wasm", "js"]) {
      const all = await prepare(program, data, backend);
      const told = await each(all, point);
      // What is kept is there from the first pass on.
      expect(await each(all, point)).toEqual(told);
      const later = await prepare(program, subset(data, half), backend);
      expect(await each(later, point)).toEqual(told.slice(persons / 2));
    }
  },
);
