/**
 * Paired combinatorial logit: every pair of alternatives is a nest, with its own λ, and each alternative
 * belongs to its J − 1 pairs in equal parts. So any two may be substitutes of their own degree.
 */
import { num } from "../expr/index.ts";
import type { Alternatives } from "./alternatives.ts";
import { type Crossed, crossedLogs, crossedLogsum } from "./crossed.ts";
import { checkLambda, lambdaName, lambdas } from "./lambda.ts";
import type { Model, ModelOptions } from "./model.ts";

const pairsOf = (labels: readonly string[]): [number, number][] =>
  labels.flatMap((_, i) => labels.slice(i + 1).map((_label, k): [number, number] => [i, i + 1 + k]));
/** With two alternatives the one pair is the choice set, and λ a scale that cannot be told. */
const namesOf = (labels: readonly string[]): string[] =>
  labels.length > 2 ? pairsOf(labels).map(([i, k]) => `${labels[i]}_${labels[k]}`) : [];

function nestsOf(
  set: Alternatives,
  parameter: Parameters<Model["logProbabilities"]>[1],
  options: ModelOptions,
): Crossed[] {
  const labels = set.all.map(({ label }) => label!);
  const names = namesOf(labels);
  const share = num(-Math.log(labels.length - 1));
  return names.length === 0
    ? []
    : pairsOf(labels).map(([i, k], m) => ({
        lambda: parameter(lambdaName(names[m], options)),
        members: new Map([
          [i, share],
          [k, share],
        ]),
      }));
}

export const pairedCombinatorial: Model = {
  name: "pairedCombinatorial",
  title: "Paired combinatorial logit",
  formula:
    "\\ln P_j = \\ln \\sum_{k \\neq j} \\exp(S_{j,jk} + (\\lambda_{jk} - 1) I_{jk}) - \\ln \\sum_{k<l} \\exp(\\lambda_{kl} I_{kl})",
  source:
    "Chu, C. (1989), A paired combinatorial logit model for travel demand analysis; Koppelman, F. & Wen, C.-H. (2000), The paired combinatorial logit model, Transportation Research B 34:75",
  takes: ["lambda"],
  labelled: true,
  check: (options, labels) => checkLambda(options, namesOf(labels ?? [])),
  parameters: (options, labels) => lambdas(namesOf(labels ?? []), options),
  logProbabilities: (set, parameter, options) => crossedLogs(set, nestsOf(set, parameter, options)),
  logsum: (set, parameter, options) => crossedLogsum(set, nestsOf(set, parameter, options)),
  gev: true,
  simpler: "logit",
  example: {
    options: { lambda: { air_train: 1, air_bus: 1, air_car: 1, train_car: 1 } },
    parameters: {
      lambda_air_train: 1,
      lambda_air_bus: 1,
      lambda_air_car: 1,
      lambda_train_car: 1,
      lambda_train_bus: 0.4,
      lambda_bus_car: 0.5,
    },
  },
};
