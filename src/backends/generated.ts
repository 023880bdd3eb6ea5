/**
 * What all backends of generated code share: a program is lowered once, the kernels run chunk by chunk,
 * and the sums of the chunks are added in their order, so the same data give the same bits.
 */
import type { Expr } from "../expr/index.ts";
import {
  isMixture,
  type Lowered,
  lowerSums,
  type Program,
  type Source,
  scoreOutputs,
} from "../program/core.ts";
import type { Backend } from "./backend.ts";
import { type Limits, usualLimits } from "./chunks.ts";
import { Divided } from "./divided.ts";
import { type Divisible, type Division, summing, telling } from "./division.ts";
import { GeneratedNest } from "./generatedNest.ts";
import type { Job } from "./job.ts";
import { longestSet } from "./longestSet.ts";
import { eachOf, likelihoodOf, scoreProductsOf } from "./lowerings.ts";
import type { Generate } from "./machine.ts";
import { usersOf } from "./readers.ts";
import { Runner } from "./runner.ts";
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
      new Divided(
        isMixture(program)
          ? new GeneratedNest({ name, program, source, lanes, generate, limits })
          : new Generated(name, program, source, lanes, generate, limits),
      ),
  };
}

class Generated implements Divisible {
  readonly backend: string;
  readonly program: Program;
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

  async division(job: Job): Promise<Division> {
    const { kind, outputs = [] } = job;
    const size = this.program.free.length;
    if (kind === "sums") return summing(await this.summed(outputs), kind, outputs.length * (1 + size));
    if (kind === "each") return this.told(outputs);
    if (kind === "scores") return this.told(scoreOutputs(this.program));
    if (kind === "scoreProducts") return this.scoreProducts();
    const runner = await this.likelihoodRunner();
    return summing(runner, kind, runner.wordsOf(kind));
  }

  private summed(outputs: readonly Expr[]): Promise<Runner> {
    const known = this.summing.get(outputs) ?? this.runner(lowerSums(this.program, outputs, this.longest));
    this.summing.set(outputs, known);
    return known;
  }

  /** The data are passed once: to keep them would cost memory and save nothing. */
  private passing(lowered: Lowered): Promise<Runner> {
    return this.runner(lowered, { ...this.limits, residentDoubles: 0 });
  }

  private async told(outputs: readonly Expr[]): Promise<Division> {
    const { lowered, slots } = eachOf(this.program, this.longest, outputs);
    const runner = await this.passing(lowered);
    return telling(runner, "each", (chunk) => ({
      from: chunk.firstSituation,
      count: chunk.situations,
      columns: slots.map(({ slot, axis }) => runner.read(chunk, slot, axis)),
    }));
  }

  private async scoreProducts(): Promise<Division> {
    const runner = await this.passing(scoreProductsOf(this.program, this.longest));
    const { parameters, width } = runner.size;
    return summing(runner, "scoreProducts", parameters * width);
  }

  dispose(): void {
    this.likelihood = null;
  }
}
