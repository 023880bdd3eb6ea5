/** Cross-nested (generalised nested) logit: an alternative may belong to several nests, in parts that sum to one. */
import { Complaint } from "../complaint/index.ts";
import { num } from "../expr/index.ts";
import { allocationParameters, checkAllocations, logAllocations, membersOf } from "./allocations.ts";
import type { Alternatives } from "./alternatives.ts";
import { type Crossed, crossedLogs, crossedLogsum } from "./crossed.ts";
import { checkLambda, lambdaName, lambdas } from "./lambda.ts";
import type { Model, ModelOptions } from "./model.ts";
import { checkMember } from "./tree.ts";

export const crossNested: Model = {
  name: "crossNested",
  title: "Cross-nested logit",
  formula:
    "\\ln P_j = \\ln \\sum_m \\exp(S_{jm} + (\\lambda_m - 1) I_m) - \\ln \\sum_l \\exp(\\lambda_l I_l), \\quad S_{jm} = (\\ln \\alpha_{jm} + V_j)/\\lambda_m",
  source:
    "Vovsha, P. (1997), Application of cross-nested logit model; Wen, C.-H. & Koppelman, F. (2001), The generalized nested logit model, Transportation Research B 35:627",
  takes: ["nests", "lambda", "allocations"],
  labelled: true,
  check(options, labels) {
    checkNests(options.nests, labels ?? []);
    checkLambda(options, scaled(options, labels ?? []));
    checkAllocations(options, labels ?? []);
  },
  parameters: (options, labels) => [
    ...lambdas(scaled(options, labels ?? []), options),
    ...allocationParameters(options, labels ?? []),
  ],
  logProbabilities: (set, parameter, options) => crossedLogs(set, nestsOf(set, parameter, options)),
  logsum: (set, parameter, options) => crossedLogsum(set, nestsOf(set, parameter, options)),
  gev: true,
  simpler: "logit",
  example: {
    options: { nests: { public: ["train", "bus"], road: ["bus", "car"] } },
    parameters: { lambda_public: 0.5, lambda_road: 0.6, alpha_bus_public: 0.4 },
  },
};

/** A nest of one has no λ. */
const scaled = (options: ModelOptions, labels: readonly string[]): string[] =>
  [...membersOf(options, labels)].flatMap(([nest, all]) => (all.length > 1 ? [nest] : []));

function nestsOf(
  set: Alternatives,
  parameter: Parameters<Model["logProbabilities"]>[1],
  options: ModelOptions,
): Crossed[] {
  const labels = set.all.map(({ label }) => label!);
  const members = membersOf(options, labels);
  const shares = set.all.map((item) => logAllocations(item, members, options, parameter));
  return [...members]
    .filter(([, all]) => all.length > 0)
    .map(([nest, all]) => ({
      lambda: all.length > 1 ? parameter(lambdaName(nest, options)) : num(1),
      members: new Map(all.map((label) => [labels.indexOf(label), shares[labels.indexOf(label)].get(nest)!])),
    }));
}

/** Throws a Complaint for nests that are no lists, unknown members, and one that stands twice in a nest. */
function checkNests(nests: unknown, labels: readonly string[]): void {
  const isNests = typeof nests === "object" && nests !== null && !Array.isArray(nests);
  if (!isNests || Object.keys(nests).length === 0)
    throw new Complaint("a cross-nested logit names its nests", {
      value: nests === undefined ? "nothing" : JSON.stringify(nests),
      help: `"nests": { "public": ["train", "bus"], "road": ["bus", "car"] }`,
    });
  for (const [nest, all] of Object.entries(nests)) {
    if (!Array.isArray(all) || all.length === 0)
      throw new Complaint(`the nest ${nest} is not a list of alternatives`, {
        value: JSON.stringify(all),
        help: "nests within nests belong to the nested logit",
      });
    for (const [i, member] of all.entries()) {
      checkMember(member, nest, labels);
      if (all.indexOf(member) < i) throw new Complaint(`${member} stands twice in nest ${nest}`);
    }
  }
}
