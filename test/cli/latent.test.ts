/** Latent variables and classes on the command line: in a study file, and by flags beside a formula. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";
import { studyFromFlags } from "../../src/cli/studyFromFlags.ts";
import { err, out } from "./said.ts";

const datasets = join(import.meta.dirname, "../../datasets");
const data = { file: "trips.csv" };

test("flags make the entries of a study", () => {
  const latent = ["green=age + female", "rich="];
  const indicators = ["green=concern,cars:ordered:probit", "rich=spend:continuous"];
  expect(studyFromFlags({ latent, indicators }, { data }).model.latentVariables).toEqual({
    green: {
      on: "age + female",
      indicators: { concern: "ordered", cars: { kind: "ordered", link: "probit" } },
    },
    rich: { indicators: { spend: "continuous" } },
  });
});

test("indicators of nothing are complained about", () => {
  expect(() => studyFromFlags({ indicators: ["green=concern"] }, { data })).toThrow(
    "green, which is no latent variable",
  );
});

test("a study with latent variables is fitted, and by flags with fewer indicators", async () => {
  const study = join(datasets, "attitudes.json");
  const formula = ["--formula", "time / 60 + cost | green", "--draws", "32", "--json", "--quiet"];
  const flags = ["--latent", "green=female", "--indicators", "green=concern,offset:continuous"];
  expect(await run(["fit", study, ...formula, ...flags]), err).toBe(0);
  const { parameters, converged, choicesLogLikelihood, logLikelihood, nullLogLikelihood } = JSON.parse(out);
  expect(converged).toBe(true);
  expect(choicesLogLikelihood).toBeGreaterThan(logLikelihood);
  expect(nullLogLikelihood).toBeNull();
  const names = parameters.map(({ name }: { name: string }) => name);
  for (const name of ["green_bus", "green_train", "gamma_green_female", "loading_green_offset"])
    expect(names).toContain(name);
  expect(names).not.toContain("loading_green_tax");
});

test("--shared adds up", async () => {
  const flags = ["--classes", "2", "--shared", "b_boreal,b_cobalt", "--shared", "b_weight", "--json"];
  expect(await run(["fit", join(datasets, "conjoint.json"), ...flags, "--quiet"]), err).toBe(0);
  const names = JSON.parse(out).parameters.map(({ name }: { name: string }) => name);
  for (const name of ["b_boreal", "b_cobalt", "b_weight", "b_battery_1"]) expect(names).toContain(name);
  expect(names).not.toContain("b_boreal_1");
});
