/** Large data are fitted in a part of them first. What is reported must be the maximum over all of them. */
import { beforeAll, describe, expect, it } from "vitest";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { type Fit, fit, logit } from "../../src/fit/index.ts";
import { sampleOf } from "../../src/fit/sample.ts";
import { random } from "../../src/math/random.ts";

const situations = 60_000;
const alternatives = 3;
const names = ["x1", "x2", "x3", "x4", "x5", "x6"];
const truth = [-1, -0.6, -0.2, 0.2, 0.6, 1];

/** Choices by a logit; x6 is 0 but in `rare` situations. */
function choices({ rare = situations, perPerson = 10 }): Record<string, Float64Array> {
  const { normal, gumbel } = random(3);
  const rows = situations * alternatives;
  const made = ["person", "situation", "alternative", "choice", ...names];
  const columns = Object.fromEntries(made.map((name) => [name, new Float64Array(rows)]));
  for (let s = 0; s < situations; s++) {
    let [best, chosen] = [Number.NEGATIVE_INFINITY, 0];
    for (let row = s * alternatives; row < (s + 1) * alternatives; row++) {
      columns.person[row] = Math.floor(s / perPerson) + 1;
      columns.situation[row] = s + 1;
      columns.alternative[row] = (row % alternatives) + 1;
      let utility = gumbel();
      for (const [k, name] of names.entries()) {
        columns[name][row] = name === "x6" && s >= rare ? 0 : normal();
        utility += truth[k] * columns[name][row];
      }
      if (utility > best) [best, chosen] = [utility, row];
    }
    columns.choice[chosen] = 1;
  }
  return columns;
}

const dataOf = (columns: Record<string, Float64Array>, person?: string): ChoiceData =>
  long(Table.of(columns), { situation: "situation", alternative: "alternative", choice: "choice", person });

const model = logit(`${names.join(" + ")} | 0`);
const zeros = Object.fromEntries(names.map((name) => [name, 0]));
/** With all starting values given nothing is fitted before. */
const plainly = (data: ChoiceData): Promise<Fit> => fit(model, data, { start: zeros, threads: 1 });
const usually = (data: ChoiceData): Promise<Fit> => fit(model, data, { threads: 1 });

function same(found: Fit, expected: Fit): void {
  expect(found.converged).toBe(true);
  expect(Math.abs(found.logLikelihood / expected.logLikelihood - 1)).toBeLessThan(1e-13);
  for (const [k, { estimate, standardError }] of found.parameters.entries()) {
    const other = expected.parameters[k];
    expect(Math.abs(estimate - other.estimate)).toBeLessThan(1e-6 * other.standardError);
    expect(Math.abs(standardError / other.standardError - 1)).toBeLessThan(1e-8);
  }
}

describe("a fit to large data", () => {
  let data: ChoiceData;
  beforeAll(() => {
    data = dataOf(choices({}));
  });

  it("finds the maximum over all of them, in fewer evaluations", async () => {
    const [found, expected] = [await usually(data), await plainly(data)];
    same(found, expected);
    expect(found.gradientNorm).toBeLessThan(1e-8);
    expect(found.outcome.evaluations).toBeLessThan(expected.outcome.evaluations);
    expect(found.iterations).toBe(found.outcome.history.length - 1);
  });

  it("counts steps and tells them as those over all of them", async () => {
    const values: number[] = [];
    const found = await fit(model, data, { threads: 1, onStep: ({ value }) => values.push(value) });
    expect(values).toHaveLength(found.iterations + 1);
    expect(values.every((value) => value / found.logLikelihood > 0.9)).toBe(true);
  });

  it("begins as usual where the part does not tell all parameters", async () => {
    const rare = dataOf(choices({ rare: 3 }));
    const part = sampleOf(rare, (await usually(rare)).compiled.program)!;
    expect(part.column("x6")!.values.every((value) => value === 0)).toBe(true);
    const [found, expected] = [await usually(rare), await plainly(rare)];
    same(found, expected);
    expect(found.outcome.evaluations).toBe(expected.outcome.evaluations);
  });
});

describe("the part that a search begins in", () => {
  it("is the same every time, and about 8,000 situations from everywhere", async () => {
    const data = dataOf(choices({}));
    const { program } = (await usually(data)).compiled;
    const [one, two] = [sampleOf(data, program)!, sampleOf(data, program)!];
    expect(one.situationIds).toEqual(two.situationIds);
    expect(Math.abs(one.situations - 8000)).toBeLessThan(100);
    const numbers = one.situationIds.map(Number);
    const gaps = numbers.map((number, i) => number - (numbers[i - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(20);
  });

  it("holds persons whole where tastes differ between them", async () => {
    const data = dataOf(choices({}), "person");
    const { program } = (await usually(data)).compiled;
    const draws = { kind: "halton", count: 50, seed: 1, drop: 0, dimensions: [{ base: "normal" }] } as const;
    const part = sampleOf(data, { ...program, draws })!;
    expect(part.situations).toBe(10 * part.personCount);
  });

  it("is not taken of small data, nor for latent classes", async () => {
    const data = dataOf(choices({}));
    const { program } = (await usually(data)).compiled;
    expect(sampleOf(data, { ...program, classes: [program.classes[0], program.classes[0]] })).toBeNull();
    expect(sampleOf({ ...data, situations: 30_000 } as ChoiceData, program)).toBeNull();
  });
});
