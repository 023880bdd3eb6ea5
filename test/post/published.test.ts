/** Swissmetro numbers from an independent solver: ../shared/reference/README.md. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type ChoiceData, parseCsv, type Table, wide } from "../../src/data/index.ts";
import { type CovarianceKind, type Fit, fit, logit } from "../../src/fit/index.ts";
import { derived, elasticities, logsums, surplus, wtp } from "../../src/post/index.ts";
import { spec, tempered } from "../../src/spec/index.ts";
import { numbersIn, textsIn } from "./worlds.ts";

const file = join(import.meta.dirname, "../../../shared/data/swissmetro.csv");
const present = existsSync(file);

const swissmetro = spec({
  parameters: { asc_train: 0, asc_car: 0, b_time: 0, b_cost: { start: 0, upper: 0 } },
  utilities: {
    train: "asc_train + b_time * time / 100 + b_cost * cost / 100",
    sm: "b_time * time / 100 + b_cost * cost / 100",
    car: "asc_car + b_time * time / 100 + b_cost * cost / 100",
  },
});

function usualSample(): ChoiceData {
  const table = parseCsv(readFileSync(file, "utf8"));
  return wide(table.filter("(PURPOSE == 1 or PURPOSE == 3) and CHOICE != 0"), {
    choice: "CHOICE",
    alternatives: { train: 1, sm: 2, car: 3 },
    available: { train: "TRAIN_AV * (SP != 0)", sm: "SM_AV", car: "CAR_AV * (SP != 0)" },
    attributes: {
      time: { train: "TRAIN_TT", sm: "SM_TT", car: "CAR_TT" },
      cost: { train: "TRAIN_CO * (GA == 0)", sm: "SM_CO * (GA == 0)", car: "CAR_CO" },
    },
    person: "ID",
  });
}

const at = (table: Table, column: string, where: Record<string, string>): number => {
  const row = textsIn(table, "alternative").findIndex((_, i) =>
    Object.entries(where).every(([name, label]) => textsIn(table, name)[i] === label),
  );
  return numbersIn(table, column)[row];
};

describe.skipIf(!present)(`published numbers${present ? "" : ` (needs ${file})`}`, () => {
  let data: ChoiceData;
  let base: Fit;
  const withCovariance = (covariance: CovarianceKind): Promise<Fit> =>
    fit(logit(swissmetro), data, { covariance });
  beforeAll(async () => {
    data = usualSample();
    base = await fit(logit(swissmetro), data);
  });

  test("the mean logsum is -1.613655", async () => {
    expect(numbersIn(await logsums(base), "value")[0]).toBeCloseTo(-1.613655, 6);
  });

  test("a Swissmetro that is 10 % cheaper is worth 5.744 CHF a choice", async () => {
    const table = await surplus(base, { scenario: { "cost.sm": "cost * 0.9" }, per: "cost" });
    expect(numbersIn(table, "value")[0]).toBeCloseTo(5.744, 3);
  });

  test("elasticities in the cost of the Swissmetro are -0.37794 of its own share and 0.54040 of the train's", async () => {
    const table = await elasticities(base, { of: "cost" });
    expect(at(table, "elasticity", { alternative: "sm", of: "sm" })).toBeCloseTo(-0.37794, 5);
    expect(at(table, "elasticity", { alternative: "train", of: "sm" })).toBeCloseTo(0.5404, 5);
  });

  test("an hour is worth 70.74 CHF, with a standard error of 4.17 by the Hessian and 13.83 by person", async () => {
    for (const [kind, error] of [
      ["hessian", 4.17],
      ["cluster", 13.83],
    ] as const) {
      const found = await withCovariance(kind);
      const hour = await derived(found, { "value of time": "60 * b_time / b_cost" });
      expect(numbersIn(hour, "value")[0]).toBeCloseTo(70.74, 2);
      expect(numbersIn(hour, "std. error")[0]).toBeCloseTo(error, 2);
      const minute = await wtp(found, { of: "time", per: "cost" });
      expect(-60 * numbersIn(minute, "wtp")[0]).toBeCloseTo(70.74, 2);
      expect(60 * numbersIn(minute, "std. error")[0]).toBeCloseTo(error, 2);
    }
  });

  test("the temperature is 92.27 CHF, with standard errors of 4.41, 5.81 and 13.72", async () => {
    for (const [kind, error] of [
      ["hessian", 4.41],
      ["robust", 5.81],
      ["cluster", 13.72],
    ] as const) {
      const found = await fit(logit(tempered(swissmetro, { money: "b_cost" })), data, { covariance: kind });
      const tau = await derived(found, "100 * tau");
      expect(found.resolved.temperature!.unit).toBe("100 cost");
      expect(numbersIn(tau, "value")[0]).toBeCloseTo(92.27, 2);
      expect(numbersIn(tau, "std. error")[0]).toBeCloseTo(error, 2);
      // Read off the coefficient of cost where nothing pins the scale.
      const implied = await derived(await withCovariance(kind), "-100 / b_cost");
      expect(numbersIn(implied, "value")[0]).toBeCloseTo(92.27, 2);
      expect(numbersIn(implied, "std. error")[0]).toBeCloseTo(error, 2);
    }
  });
});
