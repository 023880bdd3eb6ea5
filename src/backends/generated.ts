/**
 * What all backends of generated code share: a program is lowered once, the kernels run chunk by chunk,
 * and the sums of the chunks are added in their order, so the same data give the same bits.
 */
import { type Expr, evaluator } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import {
  type Lowered,
  lowerEach,
  lowerLikelihood,
  lowerSums,
  outAt,
  type Program,
  type Source,
} from "../program/index.ts";
import type { Backend, OutputBlock, Prepared, Sums } from "./backend.ts";
import type { Generate, Machine } from "./machine.ts";
import { usersOf } from "./readers.ts";
import { type Chunk, type Limits, Tiles, usualLimits } from "./tiles.ts";

export function generatedBackend(
  name: string,
  lanes: number,
  generate: Generate,
  unsupported: () => string | null,
  limits: Limits = usualLimits,
): Backend {
  return {
    name,
    refuses: (program) =>
      unsupported() ??
      (program.classes.length > 1 || program.draws
        ? `the ${name} backend has no loops over classes and draws`
        : null),
    prepare: async (program, source) => new Generated(name, program, source, lanes, generate, limits),
  };
}

class Generated implements Prepared {
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
    const { utilities } = this.program.classes[0];
    const users =
      this.source.rowOf === null || this.program.alternatives === null ? new Map() : usersOf(utilities);
    const tiles = new Tiles(lowered.layout, this.source, users, this.lanes, limits);
    return new Runner(this.program, lowered, tiles, await this.generate(lowered, tiles));
  }

  async evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    this.likelihood ??= this.runner(lowerLikelihood(this.program, this.longest));
    return (await this.likelihood).evaluate(point, want);
  }

  async each(
    outputs: readonly Expr[],
    point: Float64Array,
    visit: (block: OutputBlock) => void,
  ): Promise<void> {
    const { lowered, slots } = lowerEach(this.program, outputs, this.longest);
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

  dispose(): void {
    this.likelihood = null;
  }
}

const longestSet = ({ start }: Source): number => {
  let longest = 0;
  for (let s = 1; s < start.length; s++) longest = Math.max(longest, start[s] - start[s - 1]);
  return longest;
};

/** One lowered program on one machine. */
class Runner {
  private readonly program: Program;
  private readonly lowered: Lowered;
  private readonly tiles: Tiles;
  private readonly machine: Machine;
  private readonly constants: (leaf: (node: Expr) => number) => Float64Array;

  constructor(program: Program, lowered: Lowered, tiles: Tiles, machine: Machine) {
    this.program = program;
    this.lowered = lowered;
    this.tiles = tiles;
    this.machine = machine;
    this.constants = evaluator([...lowered.layout.constants.keys()]);
  }

  evaluate(point: Float64Array, want: Want): Evaluation {
    const { parameters, width } = this.lowered.layout;
    const words = want === "value" ? 1 : want === "gradient" ? 1 + parameters : this.lowered.outWords;
    const total = this.total(want, words, point);
    const gradient = total.slice(outAt.gradient, outAt.gradient + parameters);
    if (want === "value") return { value: total[outAt.value] };
    if (want === "gradient") return { value: total[outAt.value], gradient };
    return {
      value: total[outAt.value],
      gradient,
      hessian: symmetric(total, outAt.hessian(this.lowered.layout), parameters, width),
    };
  }

  /** The first `words` of the out region, summed over lanes and chunks. */
  total(kernel: string, words: number, point: Float64Array): Float64Array {
    const { lanes } = this.tiles;
    const total = new Float64Array(words);
    const out = this.machine.base.out * lanes;
    this.pass(kernel, words, point, () => {
      const { memory } = this.machine;
      for (let w = 0; w < words; w++) {
        let sum = 0;
        for (let lane = 0; lane < lanes; lane++) sum += memory[out + w * lanes + lane];
        total[w] += sum;
      }
    });
    return total;
  }

  /** Runs a kernel over every chunk, with the first `clear` words of the out region at 0 before each. */
  pass(kernel: string, clear: number, point: Float64Array, after: (chunk: Chunk) => void): void {
    const { memory, base } = this.machine;
    const { lanes } = this.tiles;
    this.setParameters(point);
    const tileMemory = memory.subarray(base.tile * lanes);
    for (const chunk of this.tiles.chunks) {
      this.tiles.fill(chunk, tileMemory);
      memory.fill(0, base.out * lanes, (base.out + clear) * lanes);
      this.machine.run(kernel, chunk.firstTile, chunk.tiles);
      after(chunk);
    }
  }

  private setParameters(point: Float64Array): void {
    const { memory, base } = this.machine;
    const { lanes } = this.tiles;
    const index = new Map(this.program.parameters.map((name, i) => [name, i]));
    const values = this.constants((leaf) => point[index.get(leaf.name)!]);
    for (const [i, value] of values.entries()) {
      memory.fill(value, (base.parameters + i) * lanes, (base.parameters + i + 1) * lanes);
    }
  }

  read(chunk: Chunk, slot: number, axis: boolean): Float64Array {
    const { memory, base } = this.machine;
    return this.tiles.read(chunk, memory.subarray(base.tile * this.tiles.lanes), slot, axis);
  }
}

/** The upper triangle of a padded square, mirrored into a plain one. */
function symmetric(total: Float64Array, from: number, size: number, width: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    for (let l = k; l < size; l++) out[k * size + l] = out[l * size + k] = total[from + k * width + l];
  }
  return out;
}
