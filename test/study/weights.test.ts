/** Weights by choice in a study file and on the command line: those of the functions, and the sandwich with them. */
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { run } from "../../src/cli/program.ts";
import { classWeights, wesml } from "../../src/data/index.ts";
import { fit } from "../../src/fit/index.ts";
import { dataset, readCsv } from "../../src/node.ts";
import { loadStudy, type Study } from "../../src/study/index.ts";

const datasets = join(import.meta.dirname, "../../datasets");
const table = await readCsv(join(datasets, "travel-mode.csv"));
const study = (data: Partial<Study["data"]>): Study => ({
  data: { file: "travel-mode.csv", situation: "individual", alternative: "mode", choice: "choice", ...data },
  model: { formula: "gc + ttme" },
});
const population = { air: 0.14, train: 0.13, bus: 0.09, car: 0.64 };

test("population in a study is WESML: the weights of the function, and robust errors whatever is asked", async () => {
  const { data, model } = loadStudy(study({ population }), table);
  expect(data.weight).toEqual(wesml(await dataset("travel-mode"), population).weight);
  const found = await fit(model, data, { covariance: "hessian" });
  expect(found.covariance.kind).toBe("robust");
  expect(found.warnings.join()).toContain("the weights depend on what was chosen");
});

test("class weights in a study are those of the function, with the warning that constants move", async () => {
  const { data } = loadStudy(study({ classWeights: "balanced" }), table);
  expect(data.weight).toEqual(classWeights(await dataset("travel-mode"), "balanced").weight);
  expect(data.warnings.join()).toContain("class weights move the constants");
});

test("a study has one kind of weights by choice", () => {
  expect(() => loadStudy(study({ population, classWeights: "balanced" }), table)).toThrow(
    "two kinds of weights",
  );
});

test("on the command line, weighted and shifted constants go the same way, and shares of nothing are refused", async () => {
  let [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => Boolean((out += String(text))));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => Boolean((err += String(text))));
  const shares = Object.entries(population)
    .map(([name, share]) => `${name}=${share}`)
    .join(",");
  const source = join(datasets, "travel-mode.json");
  expect(await run(["fit", source, "--population", shares, "--json"]), err).toBe(0);
  const weighted = JSON.parse(out);
  expect(weighted.covariance).toBe("robust");
  // R mlogit 2.0-0 on the same data and weights, with the sandwich of a Newton solver.
  expect(weighted.parameters[0].estimate).toBeCloseTo(6.5936, 3);
  expect(weighted.parameters[0].standardError).toBeCloseTo(1.16964, 4);
  out = "";
  expect(await run(["population-constants", source, "--shares", shares, "--json"]), err).toBe(0);
  const estimates = new Map<string, number>(
    JSON.parse(out).rows.map((row: { parameter: string; estimate: number }) => [row.parameter, row.estimate]),
  );
  // The shift stands beside the constant: air against car.
  const shift = Math.log(0.14 / (58 / 210)) - Math.log(0.64 / (59 / 210));
  expect(-estimates.get("shift_car")!).toBeCloseTo(shift, 10);
  expect(estimates.get("asc_air")! - estimates.get("shift_car")!).toBeCloseTo(5.2074433 + shift, 5);
  expect(await run(["fit", source, "--population", "air=all"])).toBe(2);
  expect(err).toContain("--population gives every alternative a number");
  vi.restoreAllMocks();
});
