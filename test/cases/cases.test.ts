import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Table } from "../../src/data/index.ts";
import { type Fit, fit } from "../../src/fit/index.ts";
import { derived, predict } from "../../src/post/index.ts";
import { type Case, cases, expectClose, type Found, type Kind, loadCase, toleranceOf } from "./case.ts";

const kinds: readonly Kind[] = ["hessian", "robust", "cluster"];

const numbersIn = (table: Table, name: string): Float64Array => {
  const column = table.column(name);
  if (column.kind !== "number") throw new Error(`${name} is no number`);
  return column.values;
};

const known = new Map<string, Promise<Fit>>();

const fitted = (each: Found, covariance?: Kind): Promise<Fit> => {
  const key = `${each.name} ${covariance}`;
  if (!known.has(key)) {
    const { model, data, options } = loadCase(each);
    known.set(key, fit(model, data, { ...options, ...(covariance ? { covariance } : {}) }));
  }
  return known.get(key)!;
};

const having = (part: keyof Case["expected"]) => cases.filter((each) => each.case.expected[part]);

describe("published and independent numbers", () => {
  test.for(cases)("$name: $case.source", async (each, { skip }) => {
    if (!each.found) skip(`needs ${each.file}`);
    const { expected } = each.case;
    const tolerance = toleranceOf(each.case);
    const found = await fitted(each);
    expect(found.converged, found.message).toBe(true);
    if (expected.logLikelihood !== undefined)
      expectClose("log-likelihood", found.logLikelihood, expected.logLikelihood, tolerance.value);
    if (expected.atLeast !== undefined) expect(found.logLikelihood).toBeGreaterThan(expected.atLeast);
    for (const name of ["nullLogLikelihood", "constantsLogLikelihood", "situations", "persons"] as const)
      if (expected[name] !== undefined) expectClose(name, found[name]!, expected[name], tolerance.value);
    if (expected.likelihoodRatio) {
      const ratio = 2 * (found.logLikelihood - expected.likelihoodRatio.against);
      expectClose("likelihood ratio", ratio, expected.likelihoodRatio.value, tolerance.value);
    }
  });

  test.for(having("parameters"))("$name: estimates and standard errors", async (each, { skip }) => {
    if (!each.found) skip(`needs ${each.file}`);
    const tolerance = toleranceOf(each.case);
    const { parameters, covariances, estimates } = await fitted(each);
    for (const [name, numbers] of Object.entries(each.case.expected.parameters!)) {
      const k = parameters.findIndex((parameter) => parameter.name === name);
      expect(k, `there is no parameter ${name}`).toBeGreaterThanOrEqual(0);
      const spread = tolerance.perStandardError * Number(numbers.hessian ?? numbers.opg ?? 0);
      expectClose(name, estimates[k], numbers.estimate, tolerance.estimate, spread);
      for (const kind of kinds) {
        if (numbers[kind] === undefined) continue;
        const error = Math.sqrt(covariances[kind]![k * (parameters.length + 1)]);
        expectClose(`${kind} standard error of ${name}`, error, numbers[kind], tolerance.standardError);
      }
    }
  });

  test.for(having("probabilities"))("$name: fitted probabilities", async (each, { skip }) => {
    if (!each.found) skip(`needs ${each.file}`);
    const { alternatives, first } = each.case.expected.probabilities!;
    const found = await fitted(each);
    const { data } = found;
    const probability = numbersIn(await predict(found), "probability");
    for (const [s, row] of first.entries())
      for (const [j, wanted] of row.entries()) {
        const at = data.rowAt(s, data.labels!.indexOf(alternatives[j]));
        const what = `probability of ${alternatives[j]} in situation ${s + 1}`;
        expectClose(what, probability[at], wanted, toleranceOf(each.case).estimate);
      }
  });

  test.for(having("derived"))("$name: derived numbers, by each covariance", async (each, { skip }) => {
    if (!each.found) skip(`needs ${each.file}`);
    const tolerance = toleranceOf(each.case);
    for (const [text, numbers] of Object.entries(each.case.expected.derived!)) {
      const value = numbersIn(await derived(await fitted(each), { it: text }), "value")[0];
      expectClose(text, value, numbers.estimate, tolerance.estimate);
      for (const kind of kinds) {
        if (numbers[kind] === undefined) continue;
        const error = numbersIn(await derived(await fitted(each, kind), { it: text }), "std. error")[0];
        expectClose(`${kind} standard error of ${text}`, error, numbers[kind], tolerance.standardError);
      }
    }
  });
});

const reference = join(import.meta.dirname, "../../../shared/reference");
test.skipIf(!existsSync(reference))(
  "every logit, nested and mixed logit among the references is a case",
  () => {
    const wanted = readdirSync(reference)
      .filter((name) => /^(logit_|mlogit_mnl_|mlogit_nl_|mlogit_mxl_).*\.json$/.test(name))
      .map((name) => name.replace(".json", ""));
    expect(cases.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
  },
);
