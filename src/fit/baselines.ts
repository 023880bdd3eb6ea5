/** The two likelihoods that a fit is measured against: equal shares, and a constant per alternative. */
import { prepare } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { num, parameter } from "../expr/index.ts";
import { modelOf } from "../models/index.ts";
import { maximise } from "../optimise/index.ts";
import { compile } from "../program/index.ts";
import { objectiveOf } from "./objective.ts";

/** Σ w ln(1/J), J the number of available alternatives. */
export function equalShares(data: ChoiceData): number {
  let total = 0;
  for (let s = 0; s < data.situations; s++) {
    total -= (data.weight?.[s] ?? 1) * Math.log(data.start[s + 1] - data.start[s]);
  }
  return total;
}

export interface Constants {
  readonly logLikelihood: number;
  /** Free constants: alternatives that were chosen, less one. */
  readonly parameters: number;
}

/**
 * The maximum with a constant per labelled alternative. Where all are always available it is
 * Σ_j n_j ln(n_j / n); otherwise it is fitted. An alternative that nobody chose has probability 0 at the
 * maximum and drops out. NaN for unlabelled choice sets.
 */
export async function constantsOnly(data: ChoiceData): Promise<Constants> {
  if (data.labels === null || data.chosen === null) return { logLikelihood: Number.NaN, parameters: 0 };
  const counts = chosenCounts(data);
  const parameters = Math.max(0, counts.filter((count) => count > 0).length - 1);
  if (data.complete) {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const logLikelihood = counts.reduce(
      (sum, count) => sum + (count > 0 ? count * Math.log(count / total) : 0),
      0,
    );
    return { logLikelihood, parameters };
  }
  return { logLikelihood: await fitted(data, counts), parameters };
}

function chosenCounts(data: ChoiceData): number[] {
  const counts = data.labels!.map(() => 0);
  for (let s = 0; s < data.situations; s++) counts[labelOf(data, data.chosen![s])] += data.weight?.[s] ?? 1;
  return counts;
}

const labelOf = (data: ChoiceData, row: number): number =>
  data.complete ? row % data.labels!.length : data.alternative![row];

/** An unchosen alternative gets a constant so low that its probability vanishes. */
const vanishing = -1e4;

async function fitted(data: ChoiceData, counts: readonly number[]): Promise<number> {
  const reference = counts.indexOf(Math.max(...counts));
  const constants = counts.map((count, j) => ({ name: `asc_${j}`, free: j !== reference && count > 0 }));
  const utilities = constants.map(({ name, free }, j) =>
    free ? parameter(name) : num(j === reference ? 0 : vanishing),
  );
  const parameters = constants.filter(({ free }) => free).map(({ name }) => ({ name, fixed: false }));
  const { program } = compile(modelOf("logit"), {}, { parameters, labels: data.labels, utilities }, data);
  const start = new Float64Array(parameters.length);
  const prepared = await prepare(program, data);
  const objective = objectiveOf(prepared, program, start);
  const { value } = await maximise({ objective, start, names: parameters.map(({ name }) => name) });
  return value;
}
