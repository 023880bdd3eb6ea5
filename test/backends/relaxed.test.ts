/** Fused multiply-add: asked for by name, the same to 1e-12, refused where the machine has none. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { relaxedWasm } from "../../src/backends/wasm/wasm.ts";
import { fit, logit, long } from "../../src/index.ts";
import { caseOf, worldOf } from "./programs.ts";

const built = join(import.meta.dirname, "../../dist/index.js");
const flags = ["--experimental-wasm-relaxed-simd"];
const run = (program: string, options: readonly string[]): string =>
  execFileSync(process.execPath, [...options, "--input-type=module", "-e", program], { encoding: "utf8" });

/** Options with which this Node has relaxed SIMD, or null. */
function optionsHere(): readonly string[] | null {
  if (Number(process.versions.node.split(".")[0]) >= 22) return [];
  try {
    run("", flags);
    return flags;
  } catch {
    return null;
  }
}

const fits = `import * as ls from ${JSON.stringify(built)};
  let state = 5;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const rows = Array.from({ length: 6000 }, (_, i) => [Math.floor(i / 3), i % 3, uniform(), uniform()]);
  const table = ls.Table.of({
    situation: rows.map((row) => row[0]), alternative: rows.map((row) => row[1]), x: rows.map((row) => row[2]),
    y: rows.map((row) => row[3]), person: rows.map((row) => Math.floor(row[0] / 5)),
    choice: rows.map((row) => (row[1] === (row[0] * 7) % 3 ? 1 : 0)),
  });
  const data = ls.long(table, { situation: "situation", alternative: "alternative", choice: "choice", person: "person" });
  const models = [
    ls.logit("x + y"),
    ls.nestedLogit("x + y", { nests: { some: ["0", "1"] } }),
    ls.logit(ls.mixed("x + y", { x: ls.normal() }, { draws: ls.sobol(50) })),
  ];
  const found = [];
  for (const model of models)
    for (const backend of ["wasm", "wasm-relaxed"]) {
      const fit = await ls.fit(model, data, { backend });
      found.push([fit.backend, fit.logLikelihood, ...(await values(fit))]);
    }
  async function values({ prepared, estimates }) {
    const point = estimates.map(() => 0.3);
    const { value, gradient, hessian } = await prepared.evaluate(point, "hessian");
    return [value, ...gradient, ...hessian];
  }
  console.log(JSON.stringify(found));`;

test("wasm-relaxed gives the numbers of wasm to 1e-12", ({ skip }) => {
  const options = optionsHere();
  if (!options) skip("needs a Node with relaxed SIMD");
  if (!existsSync(built)) skip("needs npm run build");
  const found = JSON.parse(run(fits, options!)) as [string, ...number[]][];
  expect(found.map(([backend]) => backend)).toEqual([1, 2, 3].flatMap(() => ["wasm", "wasm-relaxed"]));
  let differ = 0;
  for (let i = 0; i < found.length; i += 2) {
    const [, ...plain] = found[i];
    const [, ...fused] = found[i + 1];
    const size = Math.max(...plain.map(Math.abs));
    for (const [k, value] of plain.entries()) {
      expect(Math.abs((fused[k] as number) - (value as number)) / size).toBeLessThan(1e-12);
      if (fused[k] !== value) differ++;
    }
  }
  // Rounded once, some digit at the end is another: else nothing was fused.
  expect(differ).toBeGreaterThan(0);
});

test("wasm-relaxed is refused in words where the machine has none", async ({ skip }) => {
  const { program, data } = caseOf(worldOf(1), [{ utilities: ["b * x", "a", "c * y"] }], null);
  const reason = relaxedWasm.refuses(program);
  if (reason === null) skip("needs a Node without relaxed SIMD");
  expect(reason).toMatch(/Node has it from version 22 on/);
  const choices = long(data.table, { situation: "situation", alternative: "alternative", choice: "choice" });
  await expect(fit(logit("x"), choices, { backend: "wasm-relaxed" })).rejects.toThrow(/relaxed SIMD/);
});
