/** The checks of columns, for kernels, outcomes and utilities of other kinds than a logit of one choice. */
import { describe, expect, test } from "vitest";
import { fit, latentClass, logit, type ModelSpec } from "../../../src/fit/index.ts";
import { nestedLogit } from "../../../src/fit/kernelSpecs.ts";
import { dataset } from "../../../src/node.ts";
import { type Diagnosis, diagnose, doctor, doctorStudy, fixStudy } from "../../../src/post/doctor/index.ts";
import { mixed, sobol } from "../../../src/spec/index.ts";
import type { Study } from "../../../src/study/index.ts";
import { healthy, type Row, study, tableOf } from "./sick.ts";

const trips = await dataset("travel-mode");
const of = ({ findings }: Diagnosis, check: string) => findings.filter((each) => each.check === check);
const resultOf = ({ table }: Diagnosis, check: string): string => {
  const line = `${table}`.split("\n").find((each) => each.startsWith(`${check} `))!;
  return line.slice(check.length).trim().split(/\s+/)[0];
};
const four = (train: string, car = train) => ({ air: train, train, bus: train, car });

test("the parameters of a kernel multiply no column, and are not found wanting", async () => {
  const found = await doctor(trips, nestedLogit("gc + ttme", { nests: { public: ["train", "bus"] } }));
  expect(found.status).toBe("fine");
  expect(resultOf(found, "no variation")).toBe("fine");
  expect(resultOf(found, "separation")).toBe("fine");
});

const twice = "a * gc + b * 2 * gc + c * ttme";
const unknown: Readonly<Record<string, [ModelSpec, string, string]>> = {
  "a parameter that bends nothing": [
    logit({ parameters: { a: 1, l: 1, b: 0 }, utilities: four("a * gc ^ l + b * hinc") }),
    "no variation",
    "b is not identified",
  ],
  "a product of two": [
    logit({ parameters: { a: 1, b: 1, c: 0 }, utilities: four("a * b * gc + c * ttme") }),
    "not identified",
    "a and b are not separately identified: near the start",
  ],
  "repeated columns of coefficients that vary over people": [
    logit(mixed({ parameters: { a: 0, b: 0, c: 0 }, utilities: four(twice) }, { c: "normal" })),
    "not identified",
    "a and b are not separately identified (only a + 2 b is), were they the same for all people",
  ],
  "a column without variation in latent classes": [
    latentClass(logit({ parameters: { a: 0, c: 0 }, utilities: four("a * gc + c * hinc") }), { classes: 2 }),
    "no variation",
    "c is not identified",
  ],
  "nearly collinear columns of coefficients that vary over people": [
    logit(
      mixed(
        { parameters: { a: 0, b: 0 }, utilities: four("a * gc + b * (gc + 0.001 * invt)") },
        { a: "normal" },
      ),
    ),
    "near-collinear",
    "is nearly",
  ],
};

test.each(Object.entries(unknown))("%s is named", async (_, [model, check, says]) => {
  const found = await doctor(trips, model);
  expect(of(found, check).map((each) => each.says)).toEqual([expect.stringContaining(says)]);
});

test("after the fit, coefficients that vary over people are the reason why dominance is not asked", async () => {
  const spec = { parameters: { a: -0.1, b: -0.1 }, utilities: four("a * gc + b * ttme") };
  const found = await fit(logit(mixed(spec, { b: "normal" }, { draws: sobol(16) })), trips);
  expect((await diagnose(found)).table.display.notes!.at(-1)).toContain(
    "dominated choices (coefficients vary over people)",
  );
});

test("utilities that bend and are told apart have nothing wrong", async () => {
  const utilities = four("a * gc ^ l + c * ttme");
  const found = await doctor(trips, logit({ parameters: { a: -0.1, l: 1, c: 0 }, utilities }));
  expect(found.findings).toEqual([]);
  expect(resultOf(found, "not identified")).toBe("fine");
  expect(resultOf(found, "separation")).toBe("–");
});

describe("outcomes other than one choice", () => {
  /** Both alternatives in an order, or with a share each. */
  const rows = (to: (row: Row) => Partial<Row>): Row[] =>
    healthy().map((row) => ({ ...row, cents: 100 * Number(row.cost), ...to(row) }) as Row);
  const outcomes: readonly [string, Row[], Partial<Study["data"]>][] = [
    ["rankings", rows(({ choice }) => ({ rank: choice ? 1 : 2 })), { choice: null, rank: "rank" }],
    ["fractions", rows(({ choice }) => ({ part: choice ? 0.7 : 0.3 })), { choice: null, fractions: "part" }],
  ];

  test.each(outcomes)(
    "%s: columns are checked, separation and dominance are not",
    async (what, given, data) => {
      const sick = await doctorStudy(study({ formula: "cost + time + cents" }, data), tableOf(given));
      expect(of(sick, "not identified")[0].says).toContain("only cost + 100 cents is");
      expect(resultOf(sick, "separation")).toBe("–");
      expect(`${sick.table}`.replaceAll(/\s+/g, " ")).toContain(`the outcome is ${what}, not one choice`);
      const fine = await doctorStudy(study({ formula: "cost + time" }, data), tableOf(given));
      expect(fine.status).toBe("fine");
      expect(resultOf(fine, "near-collinear")).toBe("fine");
    },
  );

  test("a ranking whose first places a column predicts has a maximum all the same", async () => {
    // The last place has more of the badge than the second: what holds for the first place does not go on.
    const badges = { 1: 2, 2: 0, 3: 1 } as const;
    const given = [...healthy(1), ...healthy(2)]
      .filter(({ id }) => Number(id) <= 100)
      .flatMap((row): Row[] => {
        if (row.mode === "car") return [row];
        return [row, { ...row, mode: "boat", cost: Number(row.time), time: Number(row.cost), choice: 0 }];
      });
    const ranked = given.slice(0, given.length / 2).map((row): Row => {
      const others = given.filter((other) => other.id === row.id && other.choice !== 1);
      const rank = row.choice === 1 ? 1 : others[0].mode === row.mode ? 2 : 3;
      return { ...row, rank, badge: badges[rank] };
    });
    const data = { choice: null, rank: "rank" };
    const found = await doctorStudy(study({ formula: "badge + cost | 0" }, data), tableOf(ranked));
    expect(of(found, "rows")).toEqual([]);
    expect(found.status).toBe("fine");
  });
});

describe("fixes that only show when others are done", () => {
  const rows = healthy().map(
    (row): Row => ({
      ...row,
      cost: Number(row.cost),
      cents: 1e5 * Number(row.cost),
      choice: row.id === 3 ? 1 : row.choice,
    }),
  );
  const sick = study({ formula: "time + cents + cost" });

  test("are done in one go, and all are listed", async () => {
    const { study: mended, done, diagnosis } = await fixStudy(sick, tableOf(rows));
    expect(diagnosis.findings.filter(({ fix }) => fix)).toEqual([]);
    expect(diagnosis.status).toBe("fine");
    expect(done).toEqual([
      "1 situation left out: id != 3",
      "cost is no longer estimated",
      "cents is divided by 1000000, and cents larger by as much",
    ]);
    expect(mended.model.formula).toBe("time + cents");
    expect((await fixStudy(mended, tableOf(rows))).done).toEqual([]);
  });

  test("a coefficient that varies over people is not taken out behind its distribution", async () => {
    const random = study({
      parameters: { b: 0, b_toll: 0 },
      utilities: { bus: "b * cost + b_toll * toll", car: "b * cost + b_toll * toll" },
      random: { b_toll: "normal" },
    });
    const known = rows.filter(({ id }) => id !== 3).map((row): Row => ({ ...row, toll: 1 }));
    const found = await doctorStudy(random, tableOf(known));
    expect(found.findings.filter(({ fix }) => fix)).toEqual([]);
  });
});
