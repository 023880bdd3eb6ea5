/** Fractions and counts with random coefficients and classes: what different people chose, each with a taste of their own. */
import { describe, expect, test } from "vitest";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { type Fit, fit, latentClass, logit, type ModelSpec } from "../../src/fit/index.ts";
import { random } from "../../src/math/random.ts";
import { conditionals, elasticities, predict, shares } from "../../src/post/index.ts";
import { logProbabilityOfChoice } from "../../src/post/mixing.ts";
import { gaussHermite, mixed, sobol } from "../../src/spec/index.ts";

const labels = ["a", "b", "c"];

interface Row {
  readonly market: number;
  readonly alt: string;
  readonly x: number;
  readonly n: number;
}

/** Markets whose people have their own taste for x. Some lack an alternative; nobody there may choose one. */
function markets(people: number, count: number, taste: (normal: () => number) => number): Row[] {
  const dice = random(3);
  return Array.from({ length: count }, (_, market) => {
    const rows = labels.flatMap((alt, j) =>
      market % 4 === 1 && j === 2 ? [] : [{ market, alt, x: 2 * dice.normal(), n: 0 }],
    );
    for (let i = 0; i < people; i++) {
      const b = taste(dice.normal);
      const utilities = rows.map(({ x, alt }) => b * x + (alt === "b" ? 0.5 : 0) + dice.gumbel());
      rows[utilities.indexOf(Math.max(...utilities))].n++;
    }
    return rows;
  }).flat();
}

const counted = (rows: readonly Row[], more: object = {}): ChoiceData =>
  long(tableOf(rows), { situation: "market", alternative: "alt", counts: "n", ...more });

const tableOf = (rows: readonly Row[]): Table =>
  Table.of({
    market: rows.map(({ market }) => market),
    region: rows.map(({ market }) => Math.floor(market / 3)),
    alt: rows.map(({ alt }) => alt),
    x: rows.map(({ x }) => x),
    n: rows.map(({ n }) => n),
  });

/** Every choice a row of its own, by a person of its own. */
function oneByOne(rows: readonly Row[]): ChoiceData {
  let id = 0;
  const all = rows.flatMap(({ market, alt, n }) =>
    Array.from({ length: n }, () => ({ id: ++id, rows: rows.filter((row) => row.market === market), alt })),
  );
  const each = all.flatMap(({ id: who, rows: own, alt }) =>
    own.map((row) => ({ id: who, alt: row.alt, x: row.x, choice: Number(row.alt === alt) })),
  );
  return long(
    Table.of({
      id: each.map((row) => row.id),
      alt: each.map(({ alt }) => alt),
      x: each.map(({ x }) => x),
      choice: each.map(({ choice }) => choice),
    }),
    { situation: "id", alternative: "alt", choice: "choice" },
  );
}

const rows = markets(14, 12, (normal) => 1 + 0.8 * normal());
const withNodes: ModelSpec = logit(mixed("x", { x: "normal" }, { draws: gaussHermite(8) }));
const twoClasses = latentClass(logit("x | 0"), { classes: 2 });

function expectSame(one: Fit, other: Fit): void {
  expect(one.converged && other.converged).toBe(true);
  expect(Math.abs(one.logLikelihood / other.logLikelihood - 1)).toBeLessThan(1e-10);
  one.estimates.forEach((value, k) => void expect(value).toBeCloseTo(other.estimates[k], 6));
  const [a, b] = [one.covariances.hessian!, other.covariances.hessian!];
  a.forEach((value, k) => void expect(value).toBeCloseTo(b[k], 6));
}

describe.each([
  ["random coefficients", withNodes],
  ["latent classes", twoClasses],
])("counts with %s", (_, model) => {
  test("are the choices one by one, by a person each", async () => {
    expectSame(await fit(model, counted(rows)), await fit(model, oneByOne(rows)));
  });

  test("give the same numbers in every backend", async () => {
    const [wasm, ...others] = await Promise.all(
      ["wasm", "js", "interpret"].map((backend) => fit(model, counted(rows), { backend })),
    );
    for (const other of others) {
      expectSame(wasm, other);
      wasm.covariances.robust!.forEach(
        (value, k) => void expect(value).toBeCloseTo(other.covariances.robust![k], 6),
      );
    }
  });

  test("predict what the choices one by one predict", async () => {
    const hessian = { covariance: "hessian" } as const;
    const [few, many] = [await fit(model, counted(rows), hessian), await fit(model, oneByOne(rows), hessian)];
    const column = (table: Table, name: string): number[] => [
      ...(table.column(name) as { values: Float64Array }).values,
    ];
    const [own, theirs] = [await shares(few), await shares(many)];
    for (const name of ["predicted", "std. error"].filter((each) => own.names.includes(each)))
      column(own, name).forEach((value, i) => void expect(value).toBeCloseTo(column(theirs, name)[i], 6));
    const probability = column(await predict(few), "probability");
    expect(probability.reduce((sum, p) => sum + p, 0)).toBeCloseTo(few.situations, 8);
    const [ofFew, ofMany] = [await elasticities(few, { of: "x" }), await elasticities(many, { of: "x" })];
    column(ofFew, "elasticity").forEach(
      (value, i) => void expect(value).toBeCloseTo(column(ofMany, "elasticity")[i], 5),
    );
  });
});

test("robust standard errors sum over a market, and clustered ones over what a person declared stands for", async () => {
  const many = markets(40, 60, (normal) => 1 + 0.8 * normal());
  const [alone, same, grouped] = await Promise.all(
    [{}, { person: "market" }, { person: "region" }].map((more) => fit(withNodes, counted(many, more))),
  );
  expect([alone, same, grouped].map(({ covariance }) => covariance.kind)).toEqual([
    "robust",
    "cluster",
    "cluster",
  ]);
  const errors = ({ covariances, parameters }: Fit, kind: "robust" | "cluster" | "hessian"): number[] =>
    parameters.map((_, k) => Math.sqrt(covariances[kind]![k * (parameters.length + 1)]));
  errors(same, "cluster").forEach((e, k) => void expect(e).toBeCloseTo(errors(alone, "robust")[k], 8));
  expect(grouped.logLikelihood).toBeCloseTo(alone.logLikelihood, 8);
  // What people chose is independent here, so all of them estimate the same.
  for (const kind of ["robust", "cluster"] as const)
    errors(grouped, kind).forEach((e, k) => {
      expect(e / errors(grouped, "hessian")[k]).toBeGreaterThan(0.6);
      expect(e / errors(grouped, "hessian")[k]).toBeLessThan(1.5);
    });
});

test("draws of situations leave scores to situations, which persons still cluster", async () => {
  const many = counted(
    markets(20, 60, (normal) => 1 + 0.8 * normal()),
    { person: "region" },
  );
  const random = { x: { distribution: "normal", within: true } } as const;
  const within = await fit(logit(mixed("x", random, { draws: gaussHermite(8) })), many);
  const between = await fit(withNodes, many);
  expectSame(within, between);
  within.covariances.cluster!.forEach(
    (value, k) => void expect(value).toBeCloseTo(between.covariances.cluster![k], 8),
  );
  let terms = 0;
  await within.prepared.scores(within.estimates, (block) => void (terms += block.terms));
  expect(terms).toBe(60);
});

test("the taste of people is found again in shares, where one for all is not", async () => {
  const many = markets(400, 120, (normal) => 1 + 0.8 * normal());
  const found = await fit(logit(mixed("x", { x: "normal" }, { draws: sobol(128) })), counted(many));
  const plain = await fit(logit("x"), counted(many));
  const truth: Record<string, number> = { x: 1, sd_x: 0.8, asc_b: 0.5, asc_c: 0 };
  for (const { name, estimate, standardError } of found.parameters)
    expect(Math.abs(estimate - truth[name]), name).toBeLessThan(4 * standardError);
  expect(found.logLikelihood).toBeGreaterThan(plain.logLikelihood + 50);
});

test("the mean log probability of what was observed adds up to the log-likelihood", async () => {
  const found = await fit(withNodes, counted(rows));
  const { values } = await found.prepared.sums([logProbabilityOfChoice(found.compiled)], found.estimates);
  expect(values[0]).toBeCloseTo(found.logLikelihood, 8);
});

test("nothing is said of a single person's taste", async () => {
  const found = await fit(withNodes, counted(rows));
  await expect(conditionals(found)).rejects.toThrow(/different people/);
});
