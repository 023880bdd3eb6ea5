/** Made-up answers: rankings by a logit with known coefficients, in any size of choice set. */
import { Table } from "../../src/data/index.ts";
import { random } from "../../src/math/random.ts";

export const labels = ["a", "b", "c", "d"] as const;
export const truth = { x: 0.8, z: -0.5 };

export interface Answers {
  readonly situation: number[];
  readonly person: number[];
  readonly alt: string[];
  readonly x: number[];
  readonly z: number[];
  /** 1 is the best. */
  readonly rank: number[];
}

/** @param few whether alternatives are missing at random; at least two stay. */
export function answers(seed: number, { situations = 150, few = false } = {}): Answers {
  const source = random(seed);
  const out: Answers = { situation: [], person: [], alt: [], x: [], z: [], rank: [] };
  for (let s = 0; s < situations; s++) {
    const kept = labels.filter(() => !few || source.uniform() < 0.75);
    const set = kept.length > 1 ? kept : labels.slice(0, 2);
    const rows = set.map((alt) => ({ alt, x: source.normal(), z: 2 * source.uniform() }));
    const noisy = rows.map(({ x, z }) => truth.x * x + truth.z * z + source.gumbel());
    rows.forEach(({ alt, x, z }, j) => {
      out.situation.push(s);
      out.person.push(Math.floor(s / 3));
      out.alt.push(alt);
      out.x.push(x);
      out.z.push(z);
      out.rank.push(1 + noisy.filter((other) => other > noisy[j]).length);
    });
  }
  return out;
}

export const tableOf = (made: Answers, more: Readonly<Record<string, readonly number[]>> = {}): Table =>
  Table.of({ ...made, ...more });

/** Per situation, the number of its alternatives. */
export const sizes = ({ situation }: Answers): number[] => {
  const count: number[] = [];
  for (const s of situation) count[s] = (count[s] ?? 0) + 1;
  return count;
};
