/** What varies over people: how it is spread, and what each person's choices say of the person. */
import { intervalOptions, intervalsOf } from "./intervals.ts";
import type { Verb } from "./verb.ts";

export const conditionals: Verb = {
  name: "conditionals",
  title: "Persons",
  question: "What do the choices of each person say of the person?",
  options: {},
  run: async (fit) => [await (await import("../post/index.ts")).conditionals(fit)],
};

export const coefficientsOverPeople: Verb = {
  name: "random-coefficients",
  title: "Random coefficients",
  question: "How are the coefficients spread over people?",
  options: intervalOptions,
  async run(fit, values, around) {
    const { randomCoefficients, randomCovariances } = await import("../post/index.ts");
    const intervals = await intervalsOf(fit, values, around);
    const isCorrelated = fit.resolved.random?.some(({ group }) => group.length > 1) ?? false;
    return [
      await randomCoefficients(fit, intervals),
      ...(isCorrelated ? [await randomCovariances(fit, intervals)] : []),
    ];
  },
};
