import { describe, expect, it, test } from "vitest";
import {
  type ChoiceData,
  classWeights,
  type LongOptions,
  long,
  subset,
  Table,
  wide,
} from "../../src/data/index.ts";
import { type Fit, fit, latentClass, logit, maxdiff } from "../../src/fit/index.ts";
import { crossValidate, hausmanMcFadden, predict, shares } from "../../src/post/index.ts";
import { mixed, type Spec, tempered } from "../../src/spec/index.ts";
import { type Answers, answers, sizes, tableOf, truth } from "./answers.ts";

const labelled = "x + z";
const base = { situation: "situation", alternative: "alt" } as const;
const dataOf = (
  made: Answers,
  outcome: Partial<LongOptions>,
  more: Readonly<Record<string, readonly number[]>> = {},
): ChoiceData => long(tableOf(made, more), { ...base, ...outcome });

function expectSame(a: Fit, b: Fit, digits = 1e-10): void {
  expect(a.converged && b.converged).toBe(true);
  expect(Math.abs(a.logLikelihood - b.logLikelihood)).toBeLessThan(digits * Math.abs(b.logLikelihood));
  for (const [k, value] of a.estimates.entries()) expect(value).toBeCloseTo(b.estimates[k], 8);
  const [left, right] = [a, b].map(({ covariances }) => covariances.hessian!);
  for (const [k, value] of left.entries()) expect(value).toBeCloseTo(right[k], 8);
}

/** Every stage of every ranking as a choice of its own, from what is left. */
function byHand(made: Answers): ChoiceData {
  const size = sizes(made);
  const columns: Record<"situation" | "x" | "z" | "choice", number[]> & { alt: string[] } = {
    situation: [],
    alt: [],
    x: [],
    z: [],
    choice: [],
  };
  for (let stage = 1; stage < Math.max(...size); stage++)
    made.situation.forEach((s, row) => {
      if (made.rank[row] < stage || stage >= size[s]) return;
      columns.situation.push(100 * s + stage);
      columns.alt.push(made.alt[row]);
      for (const name of ["x", "z"] as const) columns[name].push(made[name][row]);
      columns.choice.push(made.rank[row] === stage ? 1 : 0);
    });
  return long(Table.of(columns), { ...base, choice: "choice" });
}

describe.each([
  ["of the same alternatives", { few: false }, base],
  ["where alternatives are missing", { few: true }, base],
  ["without labels", { few: true }, { situation: "situation" }],
])("rankings %s", (_, shape, columns) => {
  const made = answers(4, shape);
  const formula = "alternative" in columns ? labelled : "x + z";
  const data = (outcome: Partial<LongOptions>): ChoiceData => long(tableOf(made), { ...columns, ...outcome });

  test("of which the first alone is known are choices", async () => {
    const ranked = await fit(logit(formula), data({ rank: "if(rank == 1, 1, 0)" }));
    expectSame(ranked, await fit(logit(formula), data({ choice: "rank == 1" })));
    expect(ranked.nullLogLikelihood).toBeCloseTo(
      (await fit(logit(formula), data({ choice: "rank == 1" }))).nullLogLikelihood,
      8,
    );
  });

  test("are a choice from what is left, rank by rank", async () => {
    const utilities = "x * x.each + z * z.each";
    const spec = { parameters: { x: 0, z: 0 }, utilities };
    const hand = await fit(logit(spec), byHand(made));
    expectSame(await fit(logit(spec), data({ rank: "rank" })), hand);
    expect((await fit(logit(spec), data({ rank: "rank" }))).nullLogLikelihood).toBeCloseTo(
      hand.nullLogLikelihood,
      8,
    );
  });

  test("give the same numbers in every backend", async () => {
    const fits = await Promise.all(
      ["wasm", "js", "interpret"].map((backend) => fit(logit(formula), data({ rank: "rank" }), { backend })),
    );
    for (const other of fits.slice(1)) expectSame(fits[0], other);
  });
});

test("of three alternatives, best and worst say all that a ranking says", async () => {
  const all = answers(5, { few: true });
  const size = sizes(all);
  const keep = all.situation.map((s) => size[s] === 3);
  const made = Object.fromEntries(
    Object.entries(all).map(([name, values]) => [
      name,
      values.filter((_: unknown, row: number) => keep[row]),
    ]),
  ) as unknown as Answers;
  const ranked = await fit(logit(labelled), dataOf(made, { rank: "rank" }));
  const pair = { best: "rank == 1", worst: "rank == 3" };
  expectSame(await fit(logit(labelled), dataOf(made, pair)), ranked);
});

test("the coefficients of a simulation are found again, better by rankings than by choices", async () => {
  const made = answers(6, { situations: 2000 });
  const formula = "x + z";
  const ranked = await fit(logit(formula), dataOf(made, { rank: "rank" }));
  const chosen = await fit(logit(formula), dataOf(made, { choice: "rank == 1" }));
  for (const { name, estimate, standardError } of ranked.parameters) {
    const wanted = (truth as Record<string, number>)[name] ?? 0;
    expect(Math.abs(estimate - wanted)).toBeLessThan(3.5 * standardError);
    const alone = chosen.parameters.find((each) => each.name === name)!;
    expect(standardError).toBeLessThan(alone.standardError);
  }
});

describe("maximum difference", () => {
  const made = answers(7, { few: true });
  const size = sizes(made);
  const worst = made.rank.map((rank, row) => (rank === size[made.situation[row]] ? 1 : 0));
  const pair = { best: "rank == 1", worst: "worst" };

  it.each([[base], [{ situation: "situation" }]])("is the softmax over ordered pairs", async (columns) => {
    const data = long(tableOf(made, { worst }), { ...columns, ...pair });
    const found = await fit(
      maxdiff({ parameters: { x: 0, z: 0 }, utilities: "x * x.each + z * z.each" }),
      data,
    );
    const [bx, bz] = found.estimates;
    let total = 0;
    for (let s = 0; s < data.situations; s++) {
      const rows = Array.from({ length: size[s] }, (_, j) => data.start[s] + j);
      const v = rows.map((row) => bx * made.x[row] + bz * made.z[row]);
      const pairs = v.flatMap((a, i) => v.flatMap((b, j) => (i === j ? [] : [Math.exp(a - b)])));
      const at = (which: (row: number) => boolean): number => v[rows.findIndex(which)];
      total += at((row) => made.rank[row] === 1) - at((row) => worst[row] === 1);
      total -= Math.log(pairs.reduce((sum, each) => sum + each, 0));
    }
    expect(found.logLikelihood).toBeCloseTo(total, 8);
    const table = await predict(found);
    const probability = (table.column("probability") as { values: Float64Array }).values;
    for (let s = 0; s < data.situations; s++)
      expect(probability.subarray(data.start[s], data.start[s + 1]).reduce((a, b) => a + b, 0)).toBeCloseTo(
        1,
        10,
      );
  });

  it("is refused for rankings, by the names of the models that are not", async () => {
    const fitting = fit(maxdiff("x + z"), dataOf(made, { rank: "rank" }));
    await expect(fitting).rejects.toThrow(/maxdiff is a model of best-worst choices.*rankings[\s\S]*logit/);
  });
});

describe("fractions and counts", () => {
  const made = answers(8, { few: true });
  const oneHot = made.rank.map((rank) => (rank === 1 ? 1 : 0));

  test("of which one is everything are choices", async () => {
    const fractional = await fit(logit(labelled), dataOf(made, { fractions: "y" }, { y: oneHot }));
    const chosen = await fit(logit(labelled), dataOf(made, { choice: "rank == 1" }));
    expectSame(fractional, chosen);
    expect(fractional.constantsLogLikelihood).toBeCloseTo(chosen.constantsLogLikelihood, 6);
    expect(fractional.covariance.kind).toBe("robust");
    const [a, b] = [await shares(fractional), await shares(chosen)];
    expect([...(a.column("observed") as { values: Float64Array }).values]).toEqual(
      [...(b.column("observed") as { values: Float64Array }).values].map((v) => expect.closeTo(v, 12)),
    );
  });

  test("counts are the choices one by one", async () => {
    const counts = made.rank.map((rank, row) => (rank % 2 === 1 ? 1 + (row % 3) : 0));
    const grouped = await fit(logit(labelled), dataOf(made, { counts: "n" }, { n: counts }));
    const rows: Record<string, (number | string)[]> = { situation: [], alt: [], x: [], z: [], choice: [] };
    let id = 0;
    counts.forEach((count, chosen) => {
      for (let k = 0; k < count; k++, id++)
        made.situation.forEach((s, row) => {
          if (s !== made.situation[chosen]) return;
          rows.situation.push(id);
          rows.alt.push(made.alt[row]);
          rows.x.push(made.x[row]);
          rows.z.push(made.z[row]);
          rows.choice.push(row === chosen ? 1 : 0);
        });
    });
    const alone = await fit(logit(labelled), long(Table.of(rows), { ...base, choice: "choice" }));
    // The order in which labels first appear is another, so constants stand at other places.
    expect(grouped.logLikelihood).toBeCloseTo(alone.logLikelihood, 8);
    for (const { name, estimate, standardError } of alone.parameters) {
      const twin = grouped.parameters.findIndex((each) => each.name === name);
      if (twin < 0) continue;
      if (name !== "x" && name !== "z") continue;
      expect(grouped.estimates[twin]).toBeCloseTo(estimate, 8);
      expect(Math.sqrt(grouped.covariances.hessian![twin * (grouped.parameters.length + 1)])).toBeCloseTo(
        standardError,
        8,
      );
    }
  });
});

describe("rankings go with everything that utilities can hold", () => {
  const made = answers(9, { few: true, situations: 60 });
  const utilities = { a: "0", b: "asc_b", c: "asc_c", d: "asc_d" };
  const spec: Spec = {
    parameters: { asc_b: 0, asc_c: 0, asc_d: 0, bx: 0.5, bz: -0.3 },
    utilities: Object.fromEntries(
      Object.entries(utilities).map(([label, constant]) => [label, `${constant} + bx * x + bz * z`]),
    ),
  };
  const draws = { kind: "halton", count: 20 } as const;
  const first = dataOf(made, { rank: "if(rank == 1, 1, 0)", person: "person" });
  const choice = dataOf(made, { choice: "rank == 1", person: "person" });
  const all = dataOf(made, { rank: "rank", person: "person" });
  const random = mixed(spec, { bx: "normal" }, { draws });

  test("random coefficients: of first ranks alone they are those of choices", async () => {
    expectSame(await fit(logit(random), first), await fit(logit(random), choice));
  });

  test("random coefficients without a spread are none", async () => {
    const none = mixed(
      { ...spec, parameters: { ...spec.parameters, sd_bx: { start: 0, fixed: true } } },
      { bx: "normal" },
      { draws },
    );
    const [a, b] = [await fit(logit(none), all), await fit(logit(spec), all)];
    expect(a.logLikelihood).toBeCloseTo(b.logLikelihood, 8);
  });

  test("the spread of a random coefficient is found from rankings", async () => {
    const found = await fit(logit(random), all);
    expect(found.converged, found.message).toBe(true);
    expect(found.logLikelihood).toBeGreaterThanOrEqual((await fit(logit(spec), all)).logLikelihood - 1e-9);
  });

  test("latent classes: of first ranks alone they are those of choices", async () => {
    const two = latentClass(logit(spec), { classes: 2 });
    const [a, b] = [await fit(two, first), await fit(two, choice)];
    expect(a.logLikelihood).toBeCloseTo(b.logLikelihood, 8);
  });

  test("a temperature by group", async () => {
    const groups = long(tableOf(made, { group: made.person.map((person) => person % 2) }), {
      ...base,
      rank: "rank",
    });
    const scaled = await fit(logit(tempered(spec, { by: "group" })), groups);
    expect(scaled.converged).toBe(true);
    expect(scaled.parameters.at(-1)!.name).toContain("tau");
  });
});

describe("after the fit of rankings", () => {
  const made = answers(10, { situations: 80 });
  const ranked = fit(logit(labelled), dataOf(made, { rank: "rank", person: "person" }));

  test("some of the situations are fitted as by themselves", async () => {
    const { data } = await ranked;
    const half = subset(
      data,
      Int32Array.from({ length: 40 }, (_, s) => 2 * s),
    );
    const even = made.situation.map((s) => s % 2 === 0);
    const kept = Object.fromEntries(
      Object.entries(made).map(([name, values]) => [
        name,
        values.filter((_: unknown, row: number) => even[row]),
      ]),
    ) as unknown as Answers;
    expectSame(await fit(logit(labelled), half), await fit(logit(labelled), dataOf(kept, { rank: "rank" })));
  });

  test("predictions, shares and scores out of sample are of the first choice", async () => {
    const found = await ranked;
    const observed = (await shares(found)).column("observed") as { values: Float64Array };
    const first = made.rank.filter((rank, row) => rank === 1 && made.alt[row] === found.data.labels![0]);
    expect(observed.values[0]).toBeCloseTo(first.length / 80, 12);
    expect((await crossValidate(found, { folds: 4 })).rows).toBeGreaterThan(3);
  });

  test("alternatives are not taken away, and weights by first ranks are refused", async () => {
    const { data } = await ranked;
    expect(() => classWeights(data, "balanced")).toThrow(/need single choices/);
    await expect(hausmanMcFadden(await ranked)).rejects.toThrow(/one choice out of several[\s\S]*ranking/);
  });
});

describe("complaints", () => {
  const table = Table.of({
    id: [1, 1, 1, 2, 2, 2],
    alt: ["a", "b", "c", "a", "b", "c"],
    tied: [1, 2, 2, 1, 2, 3],
    gap: [1, 3, 0, 1, 2, 3],
    half: [1.5, 1, 2, 1, 2, 3],
    none: [0, 0, 0, 1, 2, 3],
    best: [1, 0, 0, 0, 1, 0],
    worst: [0, 0, 1, 0, 1, 0],
    short: [0.5, 0.2, 0.2, 1, 0, 0],
    negative: [1, -1, 1, 1, 0, 0],
    zero: [0, 0, 0, 1, 2, 3],
    there: [1, 0, 1, 1, 1, 1],
    price: [1, 1, 0, 1, 1, 1],
  });
  const options = { situation: "id", alternative: "alt" };
  it.each<[Partial<LongOptions>, RegExp]>([
    [{ rank: "tied" }, /two alternatives have rank 2 in situation 1[\s\S]*line 3, column tied and line 4/],
    [{ rank: "gap" }, /rank 2 is missing in situation 1/],
    [{ rank: "half" }, /a rank in situation 1 is not 1, 2, 3[\s\S]*1.5[\s\S]*line 2, column half/],
    [{ rank: "none" }, /no alternative is ranked in situation 1/],
    [{ best: "best" }, /best needs worst beside it/],
    [{ best: "best", worst: "worst" }, /the best and the worst are the same in situation 2[\s\S]*line 6/],
    [{ fractions: "short" }, /the fractions of situation 1 do not sum to 1[\s\S]*0.[89][\s\S]*counts/],
    [{ fractions: "negative" }, /a fraction in situation 1 is negative[\s\S]*line 3/],
    [{ counts: "zero" }, /all counts are 0 in situation 1/],
    [{ amounts: "zero" }, /all amounts are 0 in situation 1/],
    [{ amounts: "best", prices: "price" }, /a price in situation 1 is not positive[\s\S]*line 4/],
    [{ rank: "gap", choice: "best" }, /choice and rank are two outcomes/],
    [{ prices: "price" }, /prices needs amounts beside it/],
    [
      { rank: '1 + (alt == "b") + 2 * (alt == "c")', available: "there" },
      /rank is given for .* situation 1, where it is not available/,
    ],
  ])("%o", (outcome, wanted) => {
    expect(() => long(table, { ...options, ...outcome })).toThrow(wanted);
  });

  const one = Table.of({ ra: [1, 1], rb: [2, 1], av: [1, 0] });
  it("of the wide layout name the line and the alternative", () => {
    const wanted =
      /two alternatives have rank 1 in situation 2[\s\S]*line 3, rank of a and line 3, rank of b/;
    expect(() => wide(one, { alternatives: ["a", "b"], rank: "r{alternative}" })).toThrow(wanted);
    expect(() => wide(one, { alternatives: ["a", "b"], rank: { a: "ra" } })).toThrow(
      /rank is not given for b/,
    );
    expect(() => wide(one, { alternatives: ["a", "b"], rank: "ra" })).toThrow(/rank is the same for all/);
    const closed = { alternatives: ["a", "b"], rank: { a: "1", b: "rb" }, available: { b: "av" } };
    expect(() => wide(one, closed)).toThrow(/rank is given for b in situation 2, where it is not available/);
  });
});
