import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fit } from "../../src/fit/index.ts";
import { derived, predict } from "../../src/post/index.ts";
import { cases, expectClose, type Kind, loadCase, toleranceOf } from "./case.ts";

const kinds: readonly Kind[] = ["hessian", "robust", "cluster"];

describe.for(cases)("$name", (each) => {
  const { expected } = each.case;
  const tolerance = toleranceOf(each.case);
  const fitted = () => {
    const { model, data, options } = loadCase(each);
    return fit(model, data, options);
  };

  test.skipIf(!each.found)(
    `${each.name} reproduces ${each.case.source}${each.found ? "" : ` (needs ${each.file})`}`,
    async () => {
      const found = await fitted();
      expect(found.converged, found.message).toBe(true);
      expectClose("log-likelihood", found.logLikelihood, expected.logLikelihood, tolerance.value);
      for (const name of ["nullLogLikelihood", "constantsLogLikelihood", "situations", "persons"] as const)
        if (expected[name] !== undefined) expectClose(name, found[name]!, expected[name]!, tolerance.value);
      for (const [name, numbers] of Object.entries(expected.parameters ?? {})) {
        const k = found.parameters.findIndex((parameter) => parameter.name === name);
        expect(k, `there is no parameter ${name}`).toBeGreaterThanOrEqual(0);
        const spread = tolerance.perStandardError * Number(numbers.hessian ?? 0);
        expectClose(name, found.estimates[k], numbers.estimate, tolerance.estimate, spread);
        for (const kind of kinds) {
          if (numbers[kind] === undefined) continue;
          const covariance = found.covariances[kind]!;
          const error = Math.sqrt(covariance[k * (found.parameters.length + 1)]);
          expectClose(`${kind} standard error of ${name}`, error, numbers[kind]!, tolerance.standardError);
        }
      }
      if (expected.likelihoodRatio) {
        const ratio = 2 * (found.logLikelihood - expected.likelihoodRatio.against);
        expectClose("likelihood ratio", ratio, expected.likelihoodRatio.value, tolerance.value);
      }
    },
  );

  test.skipIf(!each.found || !expected.probabilities)("fitted probabilities", async () => {
    const { alternatives, first } = expected.probabilities!;
    const table = await predict(await fitted());
    const shown = table.columns.get("probability");
    expect(shown?.kind).toBe("number");
    for (const [s, row] of first.entries())
      for (const [j, probability] of row.entries()) {
        const found = probabilityAt(table, s, alternatives[j]);
        expectClose(
          `probability of ${alternatives[j]} in situation ${s + 1}`,
          found,
          probability,
          tolerance.estimate,
        );
      }
  });

  test.skipIf(!each.found || !expected.derived)("derived numbers, by each covariance", async () => {
    const { model, data } = loadCase(each);
    for (const kind of kinds) {
      const found = await fit(model, data, { covariance: kind });
      const entries = Object.entries(expected.derived!).filter(([, numbers]) => numbers[kind] !== undefined);
      for (const [text, numbers] of entries) {
        const table = await derived(found, { it: text });
        const [estimate, error] = ["estimate", "standardError"].map((name) => numberIn(table, name));
        expectClose(text, estimate, numbers.estimate, tolerance.estimate);
        expectClose(`${kind} standard error of ${text}`, error, numbers[kind]!, tolerance.standardError);
      }
    }
  });
});

const reference = join(import.meta.dirname, "../../../shared/reference");
test.skipIf(!existsSync(reference))(`every logit of ${reference} is a case`, () => {
  const wanted = readdirSync(reference)
    .filter((name) => /^(logit_|mlogit_mnl_).*\.json$/.test(name))
    .map((name) => name.replace(".json", ""));
  expect(cases.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
});
