/** Choice probabilities, row by row. */
import { type ChoiceData, Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";
import { refuseUndefined } from "./finite.ts";
import { scenarioNote } from "./scenario.ts";
import { type Circumstances, probabilityExprs, sceneOf } from "./scene.ts";

/**
 * The probability of every available alternative of every situation: in sample, for other data, or under a
 * scenario. Columns: situation, alternative, probability, and chosen (0/1; of rankings the first, of best and worst
 * the best) or share where that is known.
 */
export async function predict(fit: Fit, circumstances: Circumstances = {}): Promise<Table> {
  const scene = await sceneOf(fit, circumstances);
  const { data, resolved } = scene;
  const probability = new Float64Array(data.rows);
  await scene.prepared.each(
    probabilityExprs(scene.compiled),
    scene.point(),
    ({ from, situations, values }) => {
      if (resolved.labels === null) probability.set(values[0], data.start[from]);
      else spread(data, from, situations, values, probability);
    },
  );
  if (!probability.every(Number.isFinite)) await refuseUndefined(scene, scene.point());
  const { share } = data.outcome?.columns ?? {};
  const observed: Record<string, Float64Array> = data.chosen
    ? { chosen: chosenRows(data) }
    : share
      ? { share }
      : {};
  return Table.of(
    { situation: situationColumn(data), alternative: alternativeColumn(data), probability, ...observed },
    {
      title: "Predicted probabilities",
      ...(circumstances.scenario ? { notes: [scenarioNote(circumstances.scenario)] } : {}),
      formats: { probability: 4, share: 4, chosen: "integer" },
    },
  );
}

function spread(
  data: ChoiceData,
  from: number,
  situations: number,
  values: readonly Float64Array[],
  out: Float64Array,
): void {
  for (let s = 0; s < situations; s++) {
    values.forEach((column, j) => {
      const row = data.rowAt(from + s, j);
      if (row >= 0) out[row] = column[s];
    });
  }
}

function situationColumn(data: ChoiceData): string[] {
  return Array.from({ length: data.situations }, (_, s) =>
    Array<string>(data.start[s + 1] - data.start[s]).fill(data.situationId(s)),
  ).flat();
}

function alternativeColumn(data: ChoiceData): string[] {
  const { labels, alternative } = data;
  if (labels && alternative) return Array.from(alternative, (j) => labels[j]);
  return Array.from({ length: data.situations }, (_, s) =>
    Array.from({ length: data.start[s + 1] - data.start[s] }, (_, j) => String(j + 1)),
  ).flat();
}

function chosenRows(data: ChoiceData): Float64Array {
  const out = new Float64Array(data.rows);
  for (const row of data.chosen!) out[row] = 1;
  return out;
}
