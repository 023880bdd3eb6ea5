/** All that is asked of a program on generated code, as jobs that are done in blocks, here or on threads. */
import type { Expr } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import { isMixture } from "../program/core.ts";
import type { OutputBlock, Prepared, ScoreBlock, Sums } from "./backend.ts";
import { alone, type Crew } from "./crew.ts";
import type { Divisible, Division } from "./division.ts";
import type { Job, Piece } from "./job.ts";

export class Divided implements Prepared {
  readonly backend: string;
  readonly divisible: Divisible;
  private readonly crew: Crew;
  readonly scoreProducts?: Prepared["scoreProducts"];

  constructor(divisible: Divisible, crew: Crew = alone) {
    this.backend = divisible.backend;
    this.divisible = divisible;
    this.crew = crew;
    if (!isMixture(divisible.program)) this.scoreProducts = (point) => this.productsOfScores(point);
  }

  async evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    const { total, division } = await this.total({ kind: want }, point);
    const { parameters } = division.size;
    const value = total[0];
    if (want === "value") return { value };
    const gradient = total.slice(1, 1 + parameters);
    if (want === "gradient") return { value, gradient };
    return { value, gradient, hessian: symmetric(total.subarray(1 + parameters), division) };
  }

  async sums(outputs: readonly Expr[], point: Float64Array): Promise<Sums> {
    const { total } = await this.total({ kind: "sums", outputs }, point);
    return { values: total.slice(0, outputs.length), jacobian: total.slice(outputs.length) };
  }

  private async productsOfScores(point: Float64Array): Promise<Float64Array> {
    const { total, division } = await this.total({ kind: "scoreProducts" }, point);
    return symmetric(total, division);
  }

  /** The sums of all blocks, added in their order. */
  private async total(job: Job, point: Float64Array): Promise<{ total: Float64Array; division: Division }> {
    const division = await this.divisible.division(job);
    let total = new Float64Array(0);
    await this.crew.run(division, job, point, ({ columns: [sums] }) => {
      if (total.length === 0) total = new Float64Array(sums.length);
      for (let i = 0; i < sums.length; i++) total[i] += sums[i];
    });
    return { total, division };
  }

  each(outputs: readonly Expr[], point: Float64Array, visit: (block: OutputBlock) => void): Promise<void> {
    return this.told({ kind: "each", outputs }, point, ({ from, count, columns }) =>
      visit({ from, situations: count, values: columns }),
    );
  }

  scores(point: Float64Array, visit: (block: ScoreBlock) => void): Promise<void> {
    return this.told({ kind: "scores" }, point, ({ from, count, columns: [values, ...scores] }) =>
      visit({ from, terms: count, values, scores }),
    );
  }

  private async told(job: Job, point: Float64Array, visit: (piece: Piece) => void): Promise<void> {
    const division = await this.divisible.division(job);
    if (!division.rearranged) return this.crew.run(division, job, point, visit);
    const pieces: Piece[] = [];
    await this.crew.run(division, job, point, (piece) => pieces.push(piece));
    visit(division.rearranged(pieces));
  }

  async wake(): Promise<void> {
    await this.crew.wake?.();
  }

  rest(): void {
    this.crew.rest?.();
  }

  dispose(): void {
    this.rest();
    this.divisible.dispose();
  }
}

/** The upper triangle of a padded square, mirrored into a plain one. */
function symmetric(padded: Float64Array, { size }: Division): Float64Array {
  const { parameters, width } = size;
  const out = new Float64Array(parameters * parameters);
  for (let k = 0; k < parameters; k++)
    for (let l = k; l < parameters; l++)
      out[k * parameters + l] = out[l * parameters + k] = padded[k * width + l];
  return out;
}
