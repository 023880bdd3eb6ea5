/** Every check of the doctor provoked on purpose, on data that are healthy otherwise; and what fixes do. */
import { describe, expect, test } from "vitest";
import { fit, logit } from "../../../src/fit/index.ts";
import { dataset } from "../../../src/node.ts";
import { checks, type Diagnosis, diagnose, doctor, doctorStudy } from "../../../src/post/doctor/index.ts";
import { loadStudy, type Study } from "../../../src/study/index.ts";
import { healthy, type Row, study, tableOf } from "./sick.ts";

const plain = { formula: "cost + time | income" };
const signed = {
  parameters: { b_cost: { start: 0, upper: 0 }, b_time: { start: 0, upper: 0 } },
  utilities: { bus: "b_cost * cost + b_time * time", car: "b_cost * cost + b_time * time" },
};
const of = ({ findings }: Diagnosis, check: string) => findings.filter((each) => each.check === check);
const change = (rows: Row[], at: (row: Row) => boolean, to: (row: Row) => Partial<Row>): Row[] =>
  rows.map((row) => (at(row) ? ({ ...row, ...to(row) } as Row) : row));
const every = (rows: Row[], to: (row: Row) => Partial<Row>): Row[] => change(rows, () => true, to);

interface Case {
  readonly rows?: (rows: Row[]) => Row[];
  readonly model?: Study["model"];
  readonly data?: Partial<Study["data"]>;
  readonly says: string;
  readonly status?: Diagnosis["status"];
}

const before: Record<string, Case> = {
  rows: {
    rows: (rows) =>
      change(
        rows,
        ({ id }) => id === 3,
        () => ({ choice: 1 }),
      ),
    says: "two alternatives are chosen in situation 3 (lines 6 and 7, column choice, person 1)",
    status: "bad input",
  },
  "sets of one": {
    rows: (rows) => rows.filter(({ id, choice }) => id !== 8 || choice === 1),
    says: "1 choice set has one alternative: situation 8 (person 2, line 16)",
  },
  "never chosen": {
    rows: (rows) => [...rows, { ...rows[0], mode: "boat", choice: 0, cost: 4, time: 9 }],
    model: { formula: "cost + time | 0" },
    says: "nobody chose boat, which was there 1 time",
  },
  "one task": {
    rows: (rows) => rows.filter(({ id }) => Number(id) > 4),
    says: "1 person has one task: person 1",
  },
  "straight-lining": {
    rows: (rows) =>
      change(
        rows,
        ({ person }) => Number(person) > 30,
        ({ mode }) => ({ choice: mode === "bus" ? 1 : 0 }),
      ),
    says: "of 40 always chose the same alternative, where coins would give 2.5",
  },
  "response times": {
    rows: (rows) =>
      change(
        rows,
        ({ id }) => id === 11,
        () => ({ seconds: 2 }),
      ),
    data: { responseTime: "seconds" },
    says: "1 answer of 200 came in less than a third of the median",
  },
  model: {
    rows: (rows) => every(rows, ({ id }) => ({ toll: Number(id) % 4 })),
    model: { formula: "cost + time + toll" },
    says: "toll is the same for all alternatives of a situation",
    status: "bad input",
  },
  "no variation": {
    rows: (rows) => every(rows, ({ id }) => ({ toll: Number(id) % 4 })),
    model: {
      parameters: { b: 0, b_toll: 0 },
      utilities: { bus: "b * cost + b_toll * toll", car: "b * cost + b_toll * toll" },
    },
    says: "b_toll is not identified: its column is the same for all alternatives of every choice set",
    status: "not identified",
  },
  "not identified": {
    rows: (rows) => every(rows, ({ cost }) => ({ cents: 100 * Number(cost) })),
    model: { formula: "cost + time + cents" },
    says: "cost and cents are not separately identified (only cost + 100 cents is)",
    status: "not identified",
  },
  separation: {
    rows: (rows) => every(rows, ({ choice, id }) => ({ badge: Number(choice) * (Number(id) % 3) })),
    model: { formula: "cost + time + badge" },
    says: "badge predicts some choices without error: as badge rises",
    status: "not identified",
  },
  "near-collinear": {
    rows: (rows) =>
      every(rows, ({ cost, time, id }) => ({
        general: Number(cost) + 2 * Number(time) + 1e-3 * Math.sin(Number(id) * Number(cost)),
      })),
    model: { formula: "general + cost + time" },
    says: "the column of general is nearly cost + 2 × time",
  },
  scale: {
    rows: (rows) => every(rows, ({ income }) => ({ income: 10000 * Number(income) })),
    says: "income is of size",
  },
  dominated: {
    rows: (rows) =>
      change(
        rows,
        ({ id }) => id === 9,
        ({ choice }) => ({ cost: choice ? 9 : 8, time: choice ? 4 : 3 }),
      ),
    model: signed,
    says: "situation 9 (person 2, line 18)",
  },
  "few persons": {
    rows: (rows) => rows.filter(({ person }) => Number(person) <= 3),
    says: "there are 3 persons for 4 parameters",
  },
};

describe.each(Object.entries(before))(
  "%s",
  (check, { rows = (all) => all, model = plain, data, says, status }) => {
    const sick = rows(healthy());

    test("is found, said with its place, and comes with advice", async () => {
      const found = await doctorStudy(study(model, data), tableOf(sick));
      const [first] = of(found, check);
      expect(
        of(found, check)
          .map((each) => each.says)
          .join("\n"),
      ).toContain(says);
      expect(first.advice.length).toBeGreaterThan(10);
      expect(`${found}`.replaceAll(/\s+/g, " ")).toContain(first.advice.slice(0, 40));
      if (status) expect(found.status).toBe(status);
    });

    test("is not found in healthy data", async () => {
      const usual = model === signed ? signed : plain;
      const found = await doctorStudy(study(usual, data), tableOf(healthy()));
      if (check !== "dominated") expect(of(found, check)).toEqual([]);
      expect(found.status).toBe("fine");
    });
  },
);

test("every check of the registry is provoked by these tests", () => {
  const after = [
    "maximum",
    "bounds",
    "correlated estimates",
    "error ratio",
    "surprising choices",
    "influence",
    "dominated choices",
  ];
  expect(checks.map(({ name }) => name)).toEqual([...Object.keys(before), ...after]);
});

test("no line of the table is wider than a terminal", async () => {
  const found = await doctorStudy(study(plain), tableOf(before.rows.rows!(healthy())));
  for (const line of `${found}`.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

describe("fixes", () => {
  test.each([
    ["rows", "1 situation left out: id != 3"],
    ["no variation", "b_toll is no longer estimated"],
    ["not identified", "cents is no longer estimated"],
    ["scale", "income is divided by 100000, and income_car larger by as much"],
  ])("%s: the fixed study is healthy and can be fitted", async (check, says) => {
    const { rows = (all: Row[]) => all, model = plain, data } = before[check];
    const table = tableOf(rows(healthy()));
    const sick = study(model, data);
    const { study: mended, done } = (await doctorStudy(sick, table)).fixed(sick);
    expect(done).toEqual([says]);
    const after = await doctorStudy(mended, table);
    expect(of(after, check)).toEqual([]);
    expect(after.status).toBe("fine");
    const loaded = loadStudy(mended, table);
    expect((await fit(loaded.model, loaded.data)).converged).toBe(true);
  });

  test("a rescaled column changes its coefficient and not the likelihood", async () => {
    const table = tableOf(before.scale.rows!(healthy()));
    const sick = study(plain);
    const { study: mended } = (await doctorStudy(sick, table)).fixed(sick);
    const [one, other] = await Promise.all(
      [sick, mended].map(async (each) => {
        const { model, data } = loadStudy(each, table);
        return fit(model, data);
      }),
    );
    expect(other.logLikelihood).toBeCloseTo(one.logLikelihood, 8);
    const income = ({ parameters }: typeof one) =>
      parameters.find(({ name }) => name === "income_car")!.estimate;
    expect(income(other) / income(one)).toBeCloseTo(100000, 3);
  });

  test("a parameter that is declared is held at its start", async () => {
    const rows = before["not identified"].rows!(healthy());
    const utilities = { bus: "b * cost + c * cents", car: "b * cost + c * cents" };
    const sick = study({ parameters: { b: 0, c: 0 }, utilities });
    const { study: mended } = (await doctorStudy(sick, tableOf(rows))).fixed(sick);
    expect(mended.model.parameters).toEqual({ b: 0, c: { start: 0, fixed: true } });
  });

  test("rows are not left out where they are many: something else is wrong", async () => {
    const rows = change(
      healthy(),
      ({ id }) => Number(id) <= 30,
      () => ({ choice: 1 }),
    );
    const found = await doctorStudy(study(plain), tableOf(rows));
    expect(of(found, "rows")[0].says).toContain("broken 30 times");
    expect(of(found, "rows")[0].fix).toBeUndefined();
  });

  test("a bounded coefficient is not rescaled behind its bound", async () => {
    const rows = every(healthy(), ({ cost }) => ({ cost: 10000 * Number(cost) }));
    const found = await doctorStudy(study(signed), tableOf(rows));
    expect(of(found, "scale")).toHaveLength(1);
    expect(of(found, "scale")[0].fix).toBeUndefined();
  });

  test("a term that is in trouble at one alternative alone stays", async () => {
    // boat is there once, so its constant and its income are one.
    const rows = [...healthy(), { ...healthy()[0], mode: "boat", choice: 0 }];
    const found = await doctorStudy(study(plain), tableOf(rows));
    expect(of(found, "not identified")[0].says).toContain(
      "asc_boat and income_boat are not separately identified",
    );
    expect(of(found, "not identified")[0].fix).toBeUndefined();
  });
});

test("data that no row explains are refused as a whole", async () => {
  const found = await doctorStudy(study(plain, { choice: "chosen" }), tableOf(healthy()));
  expect(found.status).toBe("bad input");
  expect(found.findings[0].says).toContain("there is no column chosen");
  expect(found.findings[0].advice).toContain("choice");
});

test("a model that cannot be read is a finding", async () => {
  const found = await doctorStudy(study({ formula: "cots" }), tableOf(healthy()));
  expect(found.status).toBe("bad input");
  expect(found.findings[0].advice).toContain("did you mean cost?");
});

test("straight-lining by position is found where profiles have no labels", async () => {
  const rows = change(
    healthy(7, false),
    ({ person }) => Number(person) <= 12,
    () => ({ choice: 0 }),
  ).map((row, i) => (Number(row.person) <= 12 && i % 2 === 0 ? { ...row, choice: 1 } : row));
  const found = await doctorStudy(study({ formula: "cost + time" }, { alternative: null }), tableOf(rows));
  expect(of(found, "straight-lining")[0].says).toContain("always chose the same position");
  expect(of(found, "straight-lining")[0].grade).toBe("harms");
});

test("data without a model are examined as data", async () => {
  const found = await doctor(await dataset("conjoint"));
  expect(found.findings).toEqual([]);
  expect(`${found}`).toContain("Nothing was found.");
});

describe("after the fit", () => {
  const fitted = async (rows: Row[], model: Study["model"] = plain) => {
    const loaded = loadStudy(study(model), tableOf(rows));
    return fit(loaded.model, loaded.data);
  };

  test("a healthy fit has nothing wrong but choices that noise explains", async () => {
    const found = await diagnose(await fitted(healthy()));
    expect(found.status).toBe("fine");
    expect(found.findings.filter(({ check }) => !check.startsWith("dominated"))).toEqual([]);
  });

  test("maximum: a flat direction is said in words", async () => {
    const found = await diagnose(
      await fitted(before["not identified"].rows!(healthy()), { formula: "cost + time + cents" }),
    );
    expect(of(found, "maximum")[0].says).toContain("cost and cents are not separately identified");
    expect(found.status).toBe("not identified");
  });

  test("bounds: an estimate at its bound is named", async () => {
    const parameters = { b_cost: { start: 0.1, lower: 0 }, b_time: 0 };
    const found = await diagnose(await fitted(healthy(), { ...signed, parameters }));
    expect(of(found, "bounds")[0].says).toBe("b_cost ended at its lower bound, 0");
  });

  test("correlated estimates: the pair is named", async () => {
    const rows = every(healthy(), ({ cost, id, mode }) => ({
      fare: Number(cost) + 0.05 * Math.sin(Number(id) * (mode === "bus" ? 3 : 5)),
    }));
    const found = await diagnose(await fitted(rows, { formula: "cost + fare + time" }));
    expect(of(found, "correlated estimates")[0].says).toMatch(
      /the estimates of cost and fare are correlated with -0\.99/,
    );
  });

  test("error ratio: repeated answers of a person show in the clustered errors", async () => {
    const rows = healthy().map((row, i, all) => {
      const first = all[Math.floor(Number(row.person) - 1) * 10 + (i % 2)];
      return { ...first, id: row.id };
    });
    const found = await diagnose(await fitted(rows, { formula: "cost + time" }));
    expect(of(found, "error ratio")[0].says).toMatch(
      /clustered over Hessian standard errors: .*cost [23]\.\d/,
    );
  });

  test("surprising choices: a choice against all odds is named", async () => {
    const rows = change(
      healthy(),
      ({ id }) => id === 40,
      ({ choice }) => ({ cost: choice ? 60 : 0 }),
    );
    const found = await diagnose(await fitted(rows, { formula: "cost + time" }));
    expect(
      of(found, "surprising choices")
        .map(({ says }) => says)
        .join(),
    ).toContain("situation 40 (person 8");
  });

  test("influence: the person who moves an estimate is named, by about as much as leaving it out does", async () => {
    const rows = change(
      healthy(),
      ({ id }) => id === 40,
      ({ choice }) => ({ cost: choice ? 35 : 0 }),
    );
    const whole = await fitted(rows, { formula: "cost + time" });
    const found = await diagnose(whole);
    const said = of(found, "influence")
      .map(({ says }) => says)
      .find((says) => says.includes("moves cost"))!;
    expect(said).toMatch(/^person 8 alone moves cost by [\d.]+ \(Hessian\) standard errors/);
    const rest = await fitted(
      rows.filter(({ person }) => person !== 8),
      { formula: "cost + time" },
    );
    const [one, other] = [whole, rest].map(
      ({ parameters }) => parameters.find(({ name }) => name === "cost")!,
    );
    expect(one.estimate - other.estimate).toBeGreaterThan(one.standardError);
  });

  test("dominated choices: judged by the signs of the estimates", async () => {
    const rows = change(
      healthy(),
      ({ id }) => id === 9,
      ({ choice }) => ({ cost: choice ? 9 : 8, time: choice ? 4 : 3 }),
    );
    const loaded = loadStudy(study({ formula: "cost + time" }, { alternative: null }), tableOf(rows));
    const found = await diagnose(await fit(logit("cost + time"), loaded.data));
    expect(of(found, "dominated choices")[0].says).toMatch(/went to a dominated alternative/);
  });
});
