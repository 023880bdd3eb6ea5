import { expect, test } from "vitest";
import { type ChoiceData, long, Table } from "../../src/data/index.ts";
import { fit, logit } from "../../src/fit/index.ts";
import { likelihoodRatioTest } from "../../src/post/index.ts";
import {
  hybrid,
  type LatentVariables,
  resolveSpec,
  type Specification,
  sobol,
  specificationLatex,
  specificationText,
} from "../../src/spec/index.ts";
import { checkStudy } from "../../src/study/index.ts";
import { choice, green, travellers } from "../fit/attitudes.ts";

/** Two people with two choices each. */
function world(changes: Readonly<Record<string, readonly (number | string)[]>> = {}): ChoiceData {
  const columns = {
    person: [1, 1, 1, 1, 2, 2, 2, 2],
    task: [1, 1, 2, 2, 3, 3, 4, 4],
    alt: ["train", "car", "train", "car", "train", "car", "train", "car"],
    choice: [1, 0, 0, 1, 1, 0, 1, 0],
    time: [1, 2, 3, 4, 5, 6, 7, 9],
    age: [30, 30, 30, 30, 50, 50, 50, 50],
    concern: [1, 1, 1, 1, 2, 2, 2, 2],
    amount: [1.5, 1.5, 1.5, 1.5, 2.5, 2.5, 2.5, 2.5],
    word: ["a", "a", "a", "a", "b", "b", "b", "b"],
    ...changes,
  };
  return long(Table.of(columns as unknown as Record<string, number[]>), {
    situation: "task",
    alternative: "alt",
    choice: "choice",
    person: "person",
  });
}

const two = {
  parameters: { lambda: 0, b_time: 0 },
  utilities: { train: "lambda * green + b_time * time", car: "b_time * time" },
};
const resolved = (variables: object, specification: Specification = two, data = world()) =>
  resolveSpec(hybrid(specification, variables as LatentVariables), data);
const shown = { concern: "ordered" };

test.each<[what: string, variables: object, says: string, specification?: Specification, data?: ChoiceData]>([
  ["none at all", {}, "latentVariables names latent variables"],
  ["no indicators", { green: { on: "age", indicators: {} } }, "the latent variable green has no indicators"],
  ["an unknown entry", { green: { of: "age", indicators: shown } }, "of"],
  ["an unknown kind", { green: { indicators: { concern: "order" } } }, "did you mean ordered"],
  [
    "an unknown link",
    { green: { indicators: { concern: { kind: "ordered", link: "log" } } } },
    "it is logit or probit",
  ],
  [
    "a link of a number",
    { green: { indicators: { amount: { kind: "continuous", link: "logit" } } } },
    "a continuous indicator has no link",
  ],
  [
    "an indicator of two",
    { green: { indicators: shown }, rich: { indicators: shown } },
    "concern is an indicator of green and of rich",
  ],
  ["an unknown column", { green: { indicators: { concerm: "ordered" } } }, "did you mean concern"],
  ["words as answers", { green: { indicators: { word: "ordered" } } }, "word holds words"],
  [
    "an answer by alternative",
    { green: { indicators: { time: "continuous" } } },
    "time varies over the alternatives",
  ],
  [
    "an answer that varies within a person",
    { green: { indicators: shown } },
    "person 1",
    two,
    world({ concern: [1, 1, 2, 2, 2, 2, 2, 2] }),
  ],
  [
    "an answer that is missing in one row of a person",
    { green: { indicators: shown } },
    "1 and missing",
    two,
    world({ concern: [1, 1, Number.NaN, Number.NaN, 2, 2, 2, 2] }),
  ],
  [
    "the same answer for all",
    { green: { indicators: shown } },
    "concern has the same answer for all",
    two,
    world({ concern: [1, 1, 1, 1, 1, 1, 1, 1] }),
  ],
  ["a constant", { green: { on: "1 + age", indicators: shown } }, "a latent variable has no constant"],
  ["an unknown cause", { green: { on: "agr", indicators: shown } }, "did you mean age"],
  [
    "a cause by alternative",
    { green: { on: "time", indicators: shown } },
    "time varies over the alternatives",
  ],
  [
    "a cause that varies within a person",
    { green: { on: "age", indicators: shown } },
    "age varies over the choices of a person, and green belongs to a person",
    two,
    world({ age: [30, 30, 31, 31, 50, 50, 50, 50] }),
  ],
  [
    "a cause that is missing",
    { green: { on: "age", indicators: shown } },
    "age is missing",
    two,
    world({ age: [30, 30, 30, 30, Number.NaN, Number.NaN, Number.NaN, Number.NaN] }),
  ],
  ["the name of a column", { age: { indicators: shown } }, "no utility uses the latent variable age"],
  [
    "a name that no utility has",
    { grean: { indicators: shown } },
    "no utility uses the latent variable grean",
  ],
  ["the name of a parameter", { b_time: { indicators: shown } }, "b_time is a parameter already"],
  [
    "the name of a column in a utility",
    { age: { indicators: shown } },
    "age is a column already",
    { parameters: { l: 0 }, utilities: { train: "l * age", car: "0" } },
  ],
])("a latent variable with %s is complained about", (_, variables, says, specification, data) => {
  expect(() => resolved(variables, specification, data)).toThrow(says);
});

test("too many answers are no levels", () => {
  const answers = Array.from({ length: 25 }, (_, i) => i);
  const data = long(
    Table.of({
      task: answers.flatMap((i) => [i, i]),
      alt: answers.flatMap(() => [0, 1]),
      choice: answers.flatMap((i) => [i % 2, 1 - (i % 2)]),
      concern: answers.flatMap((i) => [i, i]),
    }),
    { situation: "task", alternative: "alt", choice: "choice" },
  );
  const one = { parameters: { l: 0 }, utilities: { "0": "l * green", "1": "0" } };
  expect(() => resolved({ green: { indicators: shown } }, one, data)).toThrow('"concern": "continuous"');
});

test("parameters of a latent variable are named after it and its indicators", () => {
  const { parameters } = resolved({
    green: { on: "age + word", indicators: { concern: "ordered", amount: "continuous" } },
  });
  expect(parameters.map(({ name }) => name)).toEqual([
    "lambda",
    "b_time",
    "gamma_green_age",
    "gamma_green_word_b",
    "loading_green_concern",
    "threshold_concern_1",
    "loading_green_amount",
    "constant_amount",
    "sigma_amount",
  ]);
});

test("a formula names latent variables as it names columns of the person", () => {
  const { texts, parameters } = resolved({ green: { indicators: shown } }, "time + green:time | green");
  expect(texts.car).toBe(
    "asc_car + time * time.car + green_time * (normal(1)) * time.car + green_car * (normal(1))",
  );
  expect(parameters.map(({ name }) => name)).toEqual([
    "asc_car",
    "time",
    "green_time",
    "green_car",
    "loading_green_concern",
    "threshold_concern_1",
  ]);
});

test("classes do not depend on a latent variable", () => {
  const specification = { ...two, classes: { count: 2, membership: "age + green" } };
  expect(() => resolved({ green: { indicators: shown } }, specification)).toThrow(
    "green is a latent variable",
  );
});

test("a study file may have latent variables, and their shape is checked", () => {
  const study = {
    data: { file: "trips.csv", situation: "task", alternative: "alt", choice: "choice" },
    model: { ...two, latentVariables: { green: { indicators: { concern: "level" } } } },
  };
  expect(() => checkStudy(study)).toThrow("there are no indicators of kind level");
});

test("log-likelihoods that count different answers are not compared", async () => {
  const data = travellers({ persons: 100 });
  const few = hybrid(choice, { green: { indicators: { concern: "ordered" } } }, { draws: sobol(32) });
  const [small, large] = [await fit(logit(few), data), await fit(logit(green), data)];
  expect(() => likelihoodRatioTest(small, large)).toThrow("do not count the same indicators");
});

test("the specification says what is behind a latent variable, in text and in LaTeX", () => {
  const indicators = { concern: "ordered", amount: "continuous" };
  const found = resolved({ green: { on: "age", indicators } });
  expect(specificationText(found).split("\n").slice(2)).toEqual([
    "green = gamma_green_age * age + normal(1)",
    "logit P(concern ≤ k) = threshold_concern_k - loading_green_concern * green",
    "amount = constant_amount + loading_green_amount * green + sigma_amount * ε",
  ]);
  expect(specificationLatex(found)).toContain(
    "\\mathrm{logit~P(concern~\\le{}~k)} &= \\mathrm{threshold\\_concern\\_k} - ",
  );
  expect(specificationLatex(found)).toContain("\\sigma_{\\mathrm{amount}} \\cdot \\varepsilon");
});
