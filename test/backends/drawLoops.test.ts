import { describe, expect, it } from "vitest";
import { drawLoopsIn } from "../../src/backends/wasm/drawLoops.ts";
import { type DrawKind, type Draws, drawsOf } from "../../src/math/draws/draws.ts";
import { drawRules } from "../../src/math/draws/rules.ts";

const memory = new WebAssembly.Memory({ initial: 2 });
const loops = await drawLoopsIn(memory, 65536);
const keys = { person: Uint32Array.of(1, 77, 2 ** 32 - 1), situation: Uint32Array.of(1, 77, 2 ** 32 - 1) };

/** Draws of the last person in the second dimension, in the memory of a machine or beside it. */
function drawn(draws: Draws, isThere: boolean): number[] {
  const room = isThere ? new Float64Array(memory.buffer, 160) : new Float64Array(draws.count + 1);
  // What stands behind an odd number of draws is no probability.
  room.fill(-12.5, 0, draws.count + 1);
  const out = room.subarray(0, draws.count);
  const drawer = drawsOf(draws, keys, isThere ? loops : undefined);
  drawer.fill(1, 2, 2, out);
  return [...out];
}

describe.for(Object.keys(drawRules) as DrawKind[])("draws of kind %s by WebAssembly", (kind) => {
  const all = [1, 2, 3, 500, 1501].flatMap((count) =>
    ([undefined, true] as const).map((antithetic) => ({ count: antithetic ? 2 * count : count, antithetic })),
  );
  it.each(all)("are those of JavaScript: %j", ({ count, antithetic }) => {
    for (const base of ["normal", "uniform"] as const) {
      const dimension = { base };
      const draws = { kind, count, seed: 5, drop: 3, antithetic, dimensions: [dimension, dimension] };
      const [there, here] = [drawn(draws, true), drawn(draws, false)];
      expect(there.every(Number.isFinite)).toBe(true);
      if (base === "uniform") expect(there).toEqual(here);
      else for (const [r, z] of there.entries()) expect(Math.abs(z / here[r] - 1)).toBeLessThan(2e-15);
    }
  });
});
