/** Shares of the alternatives: observed, predicted, and under a scenario, with standard errors. */
import type { ChoiceData, Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";
import { scenarioNote } from "./scenario.ts";
import { type Circumstances, optionsOf, sceneOf, sums, totalWeight } from "./scene.ts";
import { intervalColumns, minus, part, resultTable, scaled, type Uncertain } from "./uncertain.ts";

/**
 * Σ w P_j / Σ w for every alternative. With a scenario: the predicted share there, and its change against
 * the fit's own data. Unlabelled alternatives are told apart by their place in the choice set.
 */
export async function shares(fit: Fit, circumstances: Circumstances = {}): Promise<Table> {
  const { names, predicted } = await predictedShares(fit, circumstances);
  const changed = circumstances.scenario !== undefined;
  const base = changed ? (await predictedShares(fit, { data: circumstances.data })).predicted : null;
  const observed = changed ? null : observedShares(circumstances.data ?? fit.data, names.length);
  const columns = {
    alternative: names,
    ...(observed ? { observed } : {}),
    ...(base ? { before: base.map(({ value }) => value) } : {}),
    ...intervalColumns(fit, "predicted", predicted),
    ...(base ? changeColumns(fit, predicted, base) : {}),
  };
  const { scenario = {} } = circumstances;
  const title = changed
    ? "Shares under the scenario"
    : observed
      ? "Observed and predicted shares"
      : "Predicted shares";
  const notes = [
    ...(changed ? [scenarioNote(scenario)] : []),
    ...(fit.data.labels === null ? ["Alternatives are told apart by their place in the choice set."] : []),
  ];
  const formats = Object.fromEntries(
    Object.keys(columns)
      .slice(1)
      .map((name) => [name, 4]),
  );
  return resultTable(fit, columns, { title, notes, formats });
}

async function predictedShares(
  fit: Fit,
  circumstances: Circumstances,
): Promise<{ names: string[]; predicted: Uncertain[] }> {
  const scene = await sceneOf(fit, circumstances);
  const options = optionsOf(scene);
  const totals = await sums(
    scene,
    options.map(({ probability }) => probability),
  );
  const all = totalWeight(scene);
  return {
    names: options.map(({ name }) => name),
    predicted: options.map((_, j) => scaled(part(totals, j), 1 / all)),
  };
}

function changeColumns(
  fit: Fit,
  after: readonly Uncertain[],
  before: readonly Uncertain[],
): Record<string, number[]> {
  const change = intervalColumns(
    fit,
    "change",
    after.map((share, j) => minus(share, before[j])),
  );
  return { change: change.change, "change se": change["std. error"] };
}

/** Weighted shares of what was chosen (ranked first, best); null where choices are not known. */
export function observedShares(data: ChoiceData, count: number): number[] | null {
  const share = data.outcome?.columns.share;
  if (!data.chosen && !share) return null;
  const totals = Array<number>(count).fill(0);
  let all = 0;
  for (let s = 0; s < data.situations; s++) {
    const weight = data.weight?.[s] ?? 1;
    const place = (row: number): number =>
      data.labels === null ? row - data.start[s] : data.complete ? row % count : data.alternative![row];
    if (data.chosen) totals[place(data.chosen[s])] += weight;
    else
      for (let row = data.start[s]; row < data.start[s + 1]; row++)
        totals[place(row)] += weight * share![row];
    all += weight;
  }
  return totals.map((total) => total / all);
}
