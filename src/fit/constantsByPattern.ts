/**
 * The logit with nothing but a constant per alternative. Its likelihood needs no more of the data than how often each
 * alternative was chosen and how often each choice set was faced, of which there are few:
 * ln L = Σ_j n_j a_j − Σ_C n_C ln Σ_{j∈C} exp a_j.
 */
import type { ChoiceData } from "../data/index.ts";
import { type Evaluation, maximise } from "../optimise/index.ts";

/** A choice set and the weight of the situations with it. */
interface Pattern {
  readonly members: readonly number[];
  weight: number;
}

/**
 * The maximum over the constants of the alternatives that move, one of which is 0; −∞ is that of the others.
 * @param counts n_j by label, weighted. @param labelOf the label of a row.
 */
export async function constantsMaximum(
  data: ChoiceData,
  counts: readonly number[],
  moving: readonly boolean[],
  labelOf: (row: number) => number,
): Promise<number> {
  const patterns = patternsOf(data, moving, labelOf);
  const reference = counts.indexOf(Math.max(...counts));
  const free = [...counts.keys()].filter((j) => moving[j] && j !== reference);
  const { value } = await maximise({
    objective: {
      dimension: free.length,
      evaluate: async (point) => likelihood(point, free, counts, patterns),
    },
    start: new Float64Array(free.length),
    names: free.map((j) => data.labels![j]),
  });
  return value;
}

/** Sets are told apart along a tree that branches at each row's alternative. */
function patternsOf(
  data: ChoiceData,
  moving: readonly boolean[],
  labelOf: (row: number) => number,
): Pattern[] {
  const { start, situations, weight } = data;
  const branches = moving.length;
  const tree: number[] = new Array(branches).fill(0);
  const patterns: Pattern[] = [{ members: [], weight: 0 }];
  for (let s = 0; s < situations; s++) {
    let node = 0;
    for (let row = start[s]; row < start[s + 1]; row++) {
      const label = labelOf(row);
      if (!moving[label]) continue;
      const branch = node * branches + label;
      if (tree[branch] === 0) {
        tree[branch] = patterns.length;
        patterns.push({ members: [...patterns[node].members, label], weight: 0 });
        for (let j = 0; j < branches; j++) tree.push(0);
      }
      node = tree[branch];
    }
    patterns[node].weight += weight?.[s] ?? 1;
  }
  return patterns.filter((each) => each.weight > 0);
}

function likelihood(
  point: Float64Array,
  free: readonly number[],
  counts: readonly number[],
  patterns: readonly Pattern[],
): Evaluation {
  const size = free.length;
  const constants = new Float64Array(counts.length);
  const place = new Int32Array(counts.length).fill(-1);
  free.forEach((j, k) => {
    constants[j] = point[k];
    place[j] = k;
  });
  const gradient = Float64Array.from(free, (j) => counts[j]);
  const hessian = new Float64Array(size * size);
  let value = counts.reduce((sum, count, j) => sum + count * constants[j], 0);
  for (const { members, weight } of patterns) {
    const highest = members.reduce((most, j) => Math.max(most, constants[j]), Number.NEGATIVE_INFINITY);
    const powers = members.map((j) => Math.exp(constants[j] - highest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    value -= weight * (highest + Math.log(total));
    members.forEach((j, at) => {
      const k = place[j];
      if (k < 0) return;
      const expected = (weight * powers[at]) / total;
      gradient[k] -= expected;
      hessian[k * size + k] -= expected;
      members.forEach((other, there) => {
        if (place[other] >= 0) hessian[k * size + place[other]] += (expected * powers[there]) / total;
      });
    });
  }
  return { value, gradient, hessian };
}
