/** Where a reference stopped short of the maximum: what it reports is right for its point, and ours is higher. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { covariancesOf } from "../../src/fit/covariances.ts";
import { fit } from "../../src/fit/index.ts";
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
