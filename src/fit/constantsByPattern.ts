/**
 * The logit with nothing but a constant per alternative. Its likelihood needs no more of the data than how often each
 * alternative was chosen and how often each choice set was faced, where these are few:
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
 * Null where there are too many different choice sets.
 * @param counts n_j by label, weighted. @param labelOf the label of a row.
 */
export async function constantsMaximum(
  data: ChoiceData,
  counts: readonly number[],
  moving: readonly boolean[],
  labelOf: (row: number) => number,
): Promise<number | null> {
  const patterns = patternsOf(data, moving, labelOf);
  if (!patterns) return null;
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

/** More sets than these take longer than the rows themselves. */
const few = 2_000;

/** The sets that were faced, whatever the order of their rows; null where they are not few. */
function patternsOf(
  { start, situations, weight }: ChoiceData,
  moving: readonly boolean[],
  labelOf: (row: number) => number,
): Pattern[] | null {
  const patterns = new Map<number | string, Pattern>();
  const words = new Float64Array(Math.ceil(moving.length / wordBits));
  const bits = Float64Array.from(moving, (moves, j) => (moves ? 2 ** (j % wordBits) : 0));
  for (let s = 0; s < situations; s++) {
    words.fill(0);
    for (let row = start[s]; row < start[s + 1]; row++) {
      const label = labelOf(row);
      words[Math.floor(label / wordBits)] += bits[label];
    }
    const key = words.length === 1 ? words[0] : words.join();
    const known = patterns.get(key);
    if (known) known.weight += weight?.[s] ?? 1;
    else if (patterns.size === few) return null;
    else patterns.set(key, { members: membersOf(s), weight: weight?.[s] ?? 1 });
  }
  return [...patterns.values()].filter((each) => each.weight > 0);

  function membersOf(situation: number): number[] {
    const rows = Array.from(
      { length: start[situation + 1] - start[situation] },
      (_, i) => start[situation] + i,
    );
    return rows.map(labelOf).filter((label) => moving[label]);
  }
}

/** Alternatives that one double tells apart as the sum of their powers of two. */
const wordBits = 52;

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
