/** The two likelihoods that a fit is measured against: equal shares, and a constant per alternative. */
import { prepare } from "../backends/index.ts";
import type { ChoiceData } from "../data/index.ts";
import { num, parameter } from "../expr/index.ts";
import { modelOf, outcomes } from "../models/index.ts";
import { maximise } from "../optimise/index.ts";
import { compile } from "../program/index.ts";
import { constantsMaximum } from "./constantsByPattern.ts";
import { objectiveOf } from "./objective.ts";

/** Σ w ln(1/J), J the number of available alternatives; of rankings and the like, all orders being equally likely. */
export function equalShares(data: ChoiceData): number {
  const { start, outcome } = data;
  const { equal } = outcomes[outcome?.kind ?? "choice"];
  const rank = outcome?.columns.rank;
  let total = 0;
  for (let s = 0; s < data.situations; s++) {
    let ranked = 0;
    for (let row = start[s]; rank && row < start[s + 1]; row++) if (rank[row] > 0) ranked++;
    total += (data.weight?.[s] ?? 1) * equal(start[s + 1] - start[s], ranked);
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
export async function constantsOnly(data: ChoiceData, kernel: string): Promise<Constants> {
  const { outcome, labels } = data;
  if (labels === null || outcome === null || outcome.kind === "amounts")
    return { logLikelihood: Number.NaN, parameters: 0 };
  const isOrder = outcome.kind === "ranking" || outcome.kind === "bestWorst";
  const counts = chosenCounts(data);
  const moving = counts.map((count) => isOrder || count > 0);
  const parameters = Math.max(0, moving.filter(Boolean).length - 1);
  if (data.complete && !isOrder) {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const logLikelihood = counts.reduce(
      (sum, count) => sum + (count > 0 ? count * Math.log(count / total) : 0),
      0,
    );
    return { logLikelihood, parameters };
  }
  const own = modelOf(kernel).logLikelihood ? kernel : "logit";
  const isOther = isOrder || own !== "logit";
  const known = isOther ? null : await constantsMaximum(data, counts, moving, (row) => labelOf(data, row));
  const logLikelihood = known ?? (await fitted(data, counts, moving, own));
  return { logLikelihood, parameters };
}

/** How often each alternative was chosen (ranked first, best), or its summed shares. */
function chosenCounts(data: ChoiceData): number[] {
  const counts = data.labels!.map(() => 0);
  const share = data.outcome!.columns.share;
  for (let s = 0; s < data.situations; s++) {
    const weight = data.weight?.[s] ?? 1;
    if (data.chosen) counts[labelOf(data, data.chosen[s])] += weight;
    else
      for (let row = data.start[s]; row < data.start[s + 1]; row++)
        counts[labelOf(data, row)] += weight * share[row];
  }
  return counts;
}

const labelOf = (data: ChoiceData, row: number): number =>
  data.complete ? row % data.labels!.length : data.alternative![row];

/** An unchosen alternative gets a constant so low that its probability vanishes. */
const vanishing = -1e4;

async function fitted(
  data: ChoiceData,
  counts: readonly number[],
  moving: readonly boolean[],
  model: string,
): Promise<number> {
  const reference = counts.indexOf(Math.max(...counts));
  const constants = moving.map((free, j) => ({ name: `asc_${j}`, free: free && j !== reference }));
  const utilities = constants.map(({ name, free }, j) =>
    free ? parameter(name) : num(j === reference ? 0 : vanishing),
  );
  const parameters = constants.filter(({ free }) => free).map(({ name }) => ({ name, fixed: false }));
  const { program } = compile(modelOf(model), {}, { parameters, labels: data.labels, utilities }, data);
  const start = new Float64Array(parameters.length);
  const prepared = await prepare(program, data);
  const objective = objectiveOf(prepared, program, start);
  const { value } = await maximise({ objective, start, names: parameters.map(({ name }) => name) });
  prepared.dispose();
  return value;
}
