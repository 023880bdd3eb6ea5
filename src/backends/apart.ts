/**
 * Shares of different people: every row with a share becomes a situation and a person of its own, who chose that
 * row, with the share in its weight. Their likelihood is that of a program of choices; what is asked of situations
 * is asked of the data as they are.
 */
import type { Expr } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import { type Source, shapeOf } from "../program/core.ts";
import type { OutputBlock, Prepared, ScoreBlock, Sums } from "./backend.ts";
import { arranged } from "./people.ts";

export interface Units {
  readonly source: Source;
  /** For every unit the situation that it is part of. */
  readonly of: Int32Array;
}

/** @param column the shares, a column of the outcome. */
export function unitsOf(whole: Source, column: string): Units {
  const share = whole.outcome!.columns[column];
  const [of, rows]: number[][] = [[], []];
  for (let s = 0; s < whole.situations; s++)
    for (let row = whole.start[s]; row < whole.start[s + 1]; row++)
      if (share[row] > 0) {
        of.push(s);
        rows.push(row);
      }
  const order = Int32Array.from(of);
  const source = arranged(
    {
      ...shapeOf(whole, true),
      chosen: null,
      outcome: null,
      person: null,
      column: (name) => whole.column(name),
    },
    order,
  );
  const { person, situation } = whole.drawKeys;
  return {
    of: order,
    source: {
      ...source,
      chosen: order.map((s, u) => source.start[u] + rows[u] - whole.start[s]),
      weight: Float64Array.from(order, (s, u) => (whole.weight?.[s] ?? 1) * share[rows[u]]),
      drawKeys: {
        person: Uint32Array.from(order, (s) => person[whole.person?.[s] ?? s]),
        situation: Uint32Array.from(order, (s) => situation[s]),
      },
    },
  };
}

export class Apart implements Prepared {
  readonly backend: string;
  private readonly likelihood: Prepared;
  private readonly whole: Prepared;
  private readonly terms: Int32Array;

  /**
   * @param likelihood over the units. @param whole over the data as they are.
   * @param person who answered in each situation, where scores are of persons; else they are of situations.
   */
  constructor(likelihood: Prepared, whole: Prepared, { of }: Units, person: Int32Array | null) {
    this.backend = likelihood.backend;
    this.likelihood = likelihood;
    this.whole = whole;
    this.terms = numbered(person ? of.map((s) => person[s]) : of);
  }

  evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    return this.likelihood.evaluate(point, want);
  }

  each(outputs: readonly Expr[], point: Float64Array, visit: (block: OutputBlock) => void): Promise<void> {
    return this.whole.each(outputs, point, visit);
  }

  sums(outputs: readonly Expr[], point: Float64Array): Promise<Sums> {
    return this.whole.sums(outputs, point);
  }

  /** Of every person or situation: the sums over its units. */
  async scores(point: Float64Array, visit: (block: ScoreBlock) => void): Promise<void> {
    const count = this.terms.reduce((most, term) => Math.max(most, term + 1), 0);
    const values = new Float64Array(count);
    let sums: Float64Array[] = [];
    await this.likelihood.scores(point, ({ from, values: own, scores }) => {
      if (sums.length === 0) sums = scores.map(() => new Float64Array(count));
      own.forEach((value, i) => {
        const term = this.terms[from + i];
        values[term] += value;
        for (const [k, score] of scores.entries()) sums[k][term] += score[i];
      });
    });
    visit({ from: 0, terms: count, values, scores: sums });
  }

  rest(): void {
    this.likelihood.rest?.();
  }

  dispose(): void {
    this.likelihood.dispose();
    this.whole.dispose();
  }
}

/** Numbers from 0 on in order of first appearance. */
function numbered(ids: Int32Array): Int32Array {
  const known = new Map<number, number>();
  return ids.map((id) => {
    if (!known.has(id)) known.set(id, known.size);
    return known.get(id)!;
  });
}
