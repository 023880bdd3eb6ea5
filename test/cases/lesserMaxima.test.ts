/** Where a reference stopped short of the maximum: what it reports is right for its point, and ours is higher. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { prepare } from "../../src/backends/index.ts";
import { utility } from "../../src/expr/index.ts";
import { covariancesOf } from "../../src/fit/covariances.ts";
import { fit, readModel } from "../../src/fit/index.ts";
import { models } from "../../src/models/index.ts";
import { compile } from "../../src/program/index.ts";
import { cases, expectClose, type Found, loadCase } from "./case.ts";

const caseOf = (name: string): Found => cases.find((each) => each.name === name)!;

test("mlogit with two nest elasticities: at its own estimates its robust standard errors are ours, and lnL is lower", async ({
  skip,
}) => {
  const found = caseOf("mlogit_nl_travelmode_two_el");
  if (!found.found) skip(`needs ${found.file}`);
  const { model, data } = loadCase(found);
  const best = await fit(model, data);
  const reference = join(import.meta.dirname, "../../../shared/reference/mlogit_nl_travelmode_two_el.json");
  const { coefficients, se_robust_sandwich } = JSON.parse(readFileSync(reference, "utf8"));
  const theirs: Record<string, string> = {
    asc_air: "(Intercept):air",
    asc_train: "(Intercept):train",
    asc_bus: "(Intercept):bus",
    ttme: "wait",
    invt: "travel",
    invc: "vcost",
    lambda_public: "iv:public",
    lambda_other: "iv:other",
  };
  const estimates = Float64Array.from(best.parameters, ({ name }) => coefficients[theirs[name]]);
  const there = await best.prepared.evaluate(estimates, "hessian");
  expectClose("their log-likelihood", there.value, -186.16411059332, 1e-12);
  expect(best.logLikelihood).toBeGreaterThan(there.value + 9e-8);
  const outcome = { ...best.outcome, point: estimates, hessian: there.hessian! };
  const { covariances } = await covariancesOf({ ...best, outcome, estimates }, {});
  best.parameters.forEach(({ name }, k) => {
    const error = Math.sqrt(covariances.robust![k * (best.parameters.length + 1)]);
    expectClose(`robust standard error of ${name}`, error, se_robust_sandwich[theirs[name]], 1e-8);
  });
});

test("the nested logit of the Swissmetro has its maximum at μ = 2.054066, not at 2.053862", async ({
  skip,
}) => {
  const found = caseOf("readme_swissmetro_nested");
  if (!found.found) skip(`needs ${found.file}`);
  const { model, data } = loadCase(found);
  const best = await fit(model, data);
  const lambda = best.parameters.find(({ name }) => name === "lambda_existing")!;
  const held = { ...model.options, lambda: { existing: 1 / 2.053862 } };
  const there = await fit({ ...model, options: held }, data);
  expect(there.converged).toBe(true);
  expect(best.logLikelihood).toBeGreaterThan(there.logLikelihood + 1e-6);
  expect(Math.abs(lambda.estimate - 1 / 2.053862)).toBeLessThan(2e-3 * lambda.standardError);
});

/** Nodes and weights of ∫ f(u) exp(−u) du over u > 0, by Newton steps on the Laguerre polynomial. */
function gaussLaguerre(n: number): { u: number; w: number }[] {
  const polynomial = (u: number): [number, number] => {
    let [before, now] = [1, 1 - u];
    for (let k = 1; k < n; k++) [before, now] = [now, ((2 * k + 1 - u) * now - k * before) / (k + 1)];
    return [now, (n * (now - before)) / u];
  };
  const nodes: { u: number; w: number }[] = [];
  for (let i = 0; i < n; i++) {
    let u =
      i === 0
        ? 3 / (1 + 2.4 * n)
        : i === 1
          ? nodes[0].u + 15 / (1 + 2.5 * n)
          : nodes[i - 1].u + ((1 + 2.55 * (i - 1)) / (1.9 * (i - 1))) * (nodes[i - 1].u - nodes[i - 2].u);
    for (let step = 0; step < 60; step++) {
      const [value, slope] = polynomial(u);
      u -= value / slope;
    }
    const [, slope] = polynomial(u);
    nodes.push({ u, w: 1 / (u * slope * slope) });
  }
  return nodes;
}

test("mlogit's heteroscedastic logit is off by its 40 Gauss–Laguerre nodes, and is no maximum", async ({
  skip,
}) => {
  const found = caseOf("mlogit_nl_travelmode_greene_unscaled");
  if (!found.found) skip(`needs ${found.file}`);
  const { data, model } = loadCase(found);
  const options = { base: "car" };
  const { resolved, parameters } = readModel(
    { kernel: "heteroscedastic", specification: model.specification, options },
    data,
  );
  const reference = join(import.meta.dirname, "../../../shared/reference/mlogit_hev_travelmode_greene.json");
  const { coefficients, loglik } = JSON.parse(readFileSync(reference, "utf8"));
  const theirs: Record<string, string> = {
    asc_air: "(Intercept):air",
    asc_train: "(Intercept):train",
    asc_bus: "(Intercept):bus",
    gc: "gcost",
    ttme: "wait",
    incair: "incair",
    scale_air: "sp.air",
    scale_train: "sp.train",
    scale_bus: "sp.bus",
  };
  const point = Float64Array.from(parameters, ({ name }) => coefficients[theirs[name]]);
  const at = async (nodes: number, where: Float64Array): Promise<number> => {
    const { program } = compile(models.heteroscedastic, { ...options, nodes }, resolved, data);
    let sum = 0;
    const prepared = await prepare(program, data);
    await prepared.each([program.classes[0].term], where, ({ values }) => {
      sum += values[0].reduce((so, value) => so + value, 0);
    });
    return sum;
  };
  // Their formula with their nodes gives their number …
  const { program } = compile(models.logit, {}, resolved, data);
  const utilities: number[][] = [];
  await (await prepare(program, data)).each(
    data.labels!.map((_, j) => utility(j)),
    point,
    ({ values }) => {
      for (const [j, column] of values.entries()) (utilities[j] ??= []).push(...column);
    },
  );
  const scale = data.labels!.map((label) => coefficients[`sp.${label}`] ?? 1);
  const nodes = gaussLaguerre(40);
  let lnL = 0;
  for (let s = 0; s < data.situations; s++) {
    const c = data.alternative![data.chosen![s]];
    const probability = nodes.reduce((sum, { u, w }) => {
      const rate = scale.reduce(
        (so, theta, k) =>
          k === c ? so : so + Math.exp(-(utilities[c][s] - utilities[k][s] - scale[c] * Math.log(u)) / theta),
        0,
      );
      return sum + w * Math.exp(-rate);
    }, 0);
    lnL += Math.log(probability);
  }
  expectClose("their log-likelihood", lnL, loglik, 1e-9);
  // … and the integral itself is another, the same with 80 and with 160 nodes.
  const exact = await at(160, point);
  expectClose("the integral", await at(80, point), exact, 1e-7);
  expect(exact - loglik).toBeCloseTo(0.3949, 3);
  // Uphill from there the likelihood is far higher.
  const higher: Record<string, number> = {
    asc_air: 20.99124,
    asc_train: 16.46194,
    asc_bus: 15.27544,
    gc: -0.0830805,
    ttme: -0.4753464,
    incair: 0.0615081,
    scale_air: 7.591525,
    scale_train: 5.451413,
    scale_bus: 3.245158,
  };
  const up = await at(
    400,
    Float64Array.from(parameters, ({ name }) => higher[name]),
  );
  expect(up).toBeGreaterThan(loglik + 5);
});
