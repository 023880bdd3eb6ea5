/**
 * The tests, one row each: `logsum test <name>`, the report and the app read this table. Where a test takes two
 * fits, the first is the smaller model, or the one that is tested against the other.
 */
import { Complaint } from "../complaint/index.ts";
import type { Fit } from "../fit/index.ts";
import type { Verb, VerbContext, VerbOption, VerbValues } from "./verb.ts";

const post = () => import("../post/index.ts");

const level: VerbOption = { kind: "number", help: "chance of rejecting what is true", default: 0.05 };
const without: VerbOption = { kind: "list", help: "alternative to take away (default: each in turn)" };
const seed: VerbOption = { kind: "number", help: "deals persons into halves", default: 1 };

const numberOr = (value: VerbValues[string], usual: number): number => Number(value ?? usual);
const at = (values: VerbValues): { level: number } => ({ level: numberOr(values.level, 0.05) });
const texts = (value: VerbValues[string]): string[] | undefined =>
  value === undefined
    ? undefined
    : ([value].flat() as readonly unknown[])
        .flatMap((each) => String(each).split(";"))
        .map((each) => each.trim());
const given = <T>(name: string, value: T | undefined): Record<string, T> =>
  value === undefined ? {} : { [name]: value };

/** The first two fits and what they are called. Throws a Complaint where there is one. */
function pair(around: VerbContext | undefined): { fits: [Fit, Fit]; names: [string, string] } {
  const [first, second] = Object.entries(around?.fits ?? {});
  if (!second) throw new Complaint("this test takes two fits", { help: "logsum test <name> a.json b.json" });
  return { fits: [first[1], second[1]], names: [first[0], second[0]] };
}

const list: readonly Verb[] = [
  {
    name: "likelihood-ratio",
    title: "Likelihood ratio",
    question: "Does the second fit explain more than the first, its special case?",
    fits: [2, 2],
    options: {
      level,
      boundary: { kind: "list", help: "parameter that the first fit puts on its edge: sd_time" },
    },
    async run(_, values, around) {
      const [restricted, full] = pair(around).fits;
      return [
        (await post()).likelihoodRatioTest(restricted, full, {
          ...at(values),
          ...given("boundary", texts(values.boundary)),
        }),
      ];
    },
  },
  {
    name: "wald",
    title: "Wald",
    question: "Do these equations of the parameters hold?",
    options: { level, that: { kind: "list", help: '"b_time = 2 * b_cost"', required: true } },
    run: async (fit, values) => [(await post()).waldTest(fit, texts(values.that) ?? [], at(values))],
  },
  {
    name: "score",
    title: "Score (Lagrange multiplier)",
    question: "Would a larger model be better: parameters set free, or that of a second source?",
    fits: [1, 2],
    options: { level, release: { kind: "list", help: "a parameter that the fit holds fixed" } },
    async run(fit, values, around) {
      const against = Object.values(around?.fits ?? {}).at(1)?.model;
      const release = texts(values.release);
      return [
        await (await post()).scoreTest(fit, {
          ...at(values),
          ...given("release", release),
          ...given("against", against),
        }),
      ];
    },
  },
  {
    name: "hausman-mcfadden",
    title: "Hausman–McFadden",
    question: "Are coefficients the same when an alternative is taken away, as a logit says?",
    options: {
      level,
      without,
      variance: { kind: "text", help: "of the change", choices: ["difference", "joint"] },
    },
    run: async (fit, values) => [
      await (await post()).hausmanMcFadden(fit, {
        ...at(values),
        ...given("without", texts(values.without)),
        ...given("variance", values.variance as "difference" | "joint" | undefined),
      }),
    ],
  },
  {
    name: "small-hsiao",
    title: "Small–Hsiao",
    question: "The same by likelihoods of two halves of the data",
    options: { level, without, seed },
    run: async (fit, values) => [
      await (await post()).smallHsiao(fit, {
        ...at(values),
        ...given("without", texts(values.without)),
        seed: numberOr(values.seed, 1),
      }),
    ],
  },
  {
    name: "swait-louviere",
    title: "Swait–Louviere",
    question: "Do groups differ in their coefficients, or only in their temperature?",
    options: { level, by: { kind: "text", help: "the column of the groups", required: true } },
    run: async (fit, values) => [
      await (await post()).swaitLouviere(fit, { ...at(values), by: String(values.by) }),
    ],
  },
  {
    name: "chow",
    title: "Chow",
    question: "Do segments share their coefficients?",
    options: { level, by: { kind: "text", help: "the column of the segments", required: true } },
    run: async (fit, values) => [
      await (await post()).chowTest(fit, { ...at(values), by: String(values.by) }),
    ],
  },
  {
    name: "vuong",
    title: "Vuong",
    question: "Which of two fits that are not nested is closer to the truth?",
    fits: [2, 2],
    options: {
      level,
      correction: {
        kind: "text",
        help: "what more parameters cost",
        default: "none",
        choices: ["none", "aic", "bic"],
      },
    },
    async run(_, values, around) {
      const { fits, names } = pair(around);
      const correction = (values.correction ?? "none") as "none" | "aic" | "bic";
      return [await (await post()).vuongTest(...fits, { ...at(values), correction, names })];
    },
  },
  {
    name: "ben-akiva-swait",
    title: "Ben-Akiva–Swait",
    question: "May the better of two fits that are not nested be better by chance?",
    fits: [2, 2],
    options: { level },
    async run(_, values, around) {
      const { fits, names } = pair(around);
      return [(await post()).benAkivaSwait(...fits, { ...at(values), names })];
    },
  },
  {
    name: "information",
    title: "Information criteria",
    question: "Which of several fits would AIC, BIC and others choose?",
    fits: [1, Number.POSITIVE_INFINITY],
    options: {
      observations: {
        kind: "text",
        help: "what n counts",
        default: "choices",
        choices: ["choices", "persons"],
      },
    },
    run: async (fit, { observations }, around) => [
      (await post()).informationCriteria(around?.fits ?? { fit }, {
        observations: (observations ?? "choices") as "choices" | "persons",
      }),
    ],
  },
];

export const tests: Readonly<Record<string, Verb>> = Object.fromEntries(
  list.map((verb) => [verb.name, verb]),
);
