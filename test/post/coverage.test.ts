/** Intervals of what is made of estimates, where people answer several times: bench/intervals.mjs in small. */
import { expect, test } from "vitest";
import * as ls from "../../src/index.ts";

interface Script {
  coverage(
    library: unknown,
    samples: number,
    seed?: number,
  ): Promise<Record<"cluster" | "hessian", number[]>>;
  readonly quantities: readonly string[];
}

test("clustered intervals of willingness to pay, elasticity and temperature hold the truth; Hessian ones fail", async () => {
  const path = "../../bench/intervals.mjs";
  const { coverage, quantities } = (await import(path)) as Script;
  const { cluster, hessian } = await coverage(ls, 60);
  quantities.forEach((name, q) => {
    // 60 samples at 95 % lie within 87 % and 100 % in 99 of 100 cases.
    expect(cluster[q], name).toBeGreaterThan(0.86);
    expect(hessian[q], name).toBeLessThan(cluster[q] - 0.05);
  });
});
