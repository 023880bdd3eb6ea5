/**
 * What all backends of generated code share: a program is lowered once, the kernels run chunk by chunk,
 * and the sums of the chunks are added in their order, so the same data give the same bits.
 */
import type { Expr } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import { isMixture, type Lowered, lowerSums, type Program, type Source } from "../program/index.ts";
import type { Backend, OutputBlock, ScoreBlock, Sums } from "./backend.ts";
import { type Limits, usualLimits } from "./chunks.ts";
import { type Divisible, type Division, divisionOf } from "./division.ts";
import { GeneratedNest } from "./generatedNest.ts";
import { longestSet } from "./longestSet.ts";
import { eachOf, likelihoodOf, scoreProductsOf } from "./lowerings.ts";
import type { Generate } from "./machine.ts";
import { usersOf } from "./readers.ts";
import { Runner } from "./runner.ts";
import { scoresOfSituations } from "./situationScores.ts";
import { evenLength, Strips } from "./strips.ts";
import { Tiles } from "./tiles.ts";

export function generatedBackend(
  name: string,
  lanes: number,
  generate: Generate,
  unsupported: () => string | null,
  limits: Limits = usualLimits,
): Backend {
  return {
    name,
    refuses: () => unsupported(),
    prepare: async (program, source) =>
      isMixture(program)
        ? new GeneratedNest({ name, program, source, lanes, generate, limits })
        : new Generated(name, program, source, lanes, generate, limits),
  };
}

class Generated implements Divisible {
  readonly backend: string;
  private readonly program: Program;
  private readonly source: Source;
  private readonly lanes: number;
  private readonly generate: Generate;
  private readonly limits: Limits;
  private readonly longest: number;
  private likelihood: Promise<Runner> | null = null;
  /** Kernels for sums by their outputs: a curve asks for the same ones at every point. */
  private readonly summing = new WeakMap<readonly Expr[], Promise<Runner>>();

  constructor(
    name: string,
    program: Program,
    source: Source,
    lanes: number,
    generate: Generate,
    limits: Limits,
  ) {
    this.backend = name;
    this.program = program;
    this.source = source;
    this.lanes = lanes;
    this.generate = generate;
    this.limits = limits;
    this.longest = program.alternatives === null ? longestSet(source) : 0;
  }

  private async runner(lowered: Lowered, limits = this.limits): Promise<Runner> {
    const { alternatives, classes } = this.program;
    const [{ utilities }] = classes;
    const users = this.source.rowOf === null || alternatives === null ? new Map() : usersOf([utilities]);
    const data =
      this.lanes === 2 && (alternatives !== null || evenLength(this.source) !== null)
        ? new Strips(lowered.layout, this.source, alternatives, users, limits)
        : new Tiles(lowered.layout, this.source, users, this.lanes, limits);
    return new Runner(this.program, lowered, data, await this.generate(lowered, data), this.lanes);
  }

  private likelihoodRunner(): Promise<Runner> {
    this.likelihood ??= this.runner(likelihoodOf(this.program, this.longest));
    return this.likelihood;
  }

  async evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    return (await this.likelihoodRunner()).evaluate(point, want);
  }

  readonly division = (): Promise<Division> => this.likelihoodRunner().then((runner) => divisionOf(runner));

  async each(
    outputs: readonly Expr[],
    point: Float64Array,
    visit: (block: OutputBlock) => void,
  ): Promise<void> {
    const { lowered, slots } = eachOf(this.program, this.longest, outputs);
    // The data are passed once: to keep them would cost memory and save nothing.
    const runner = await this.runner(lowered, { ...this.limits, residentDoubles: 0 });
    runner.pass("each", 0, point, (chunk) => {
      const values = slots.map(({ slot, axis }) => runner.read(chunk, slot, axis));
      visit({ from: chunk.firstSituation, situations: chunk.situations, values });
    });
  }

  async sums(outputs: readonly Expr[], point: Float64Array): Promise<Sums> {
    const known = this.summing.get(outputs) ?? this.runner(lowerSums(this.program, outputs, this.longest));
    this.summing.set(outputs, known);
    const runner = await known;
    const size = this.program.free.length;
    const total = runner.total("sums", outputs.length * (1 + size), point);
    return { values: total.slice(0, outputs.length), jacobian: total.slice(outputs.length) };
  }

  scores(point: Float64Array, visit: (block: ScoreBlock) => void): Promise<void> {
    return scoresOfSituations(this, this.program, point, visit);
  }

  async scoreProducts(point: Float64Array): Promise<Float64Array> {
    const lowered = scoreProductsOf(this.program, this.longest);
    return (await this.runner(lowered, { ...this.limits, residentDoubles: 0 })).triangle(
      "scoreProducts",
      point,
    );
  }

  dispose(): void {
    this.likelihood = null;
  }
}
