/** Runs the kernels of one lowered program on one machine, chunk by chunk. */
import { type Expr, evaluator } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import { type Lowered, outAt, type Program } from "../program/index.ts";
import type { Machine } from "./machine.ts";
import type { Panel } from "./panel.ts";
import type { Chunk, Tiles } from "./tiles.ts";

/** One lowered program on one machine. */
export class Runner {
  private readonly program: Program;
  private readonly lowered: Lowered;
  private readonly tiles: Tiles;
  private readonly machine: Machine;
  private readonly lanes: number;
  private readonly panel: Panel | null;
  private readonly constants: (leaf: (node: Expr) => number) => Float64Array;

  constructor(
    program: Program,
    lowered: Lowered,
    tiles: Tiles,
    machine: Machine,
    lanes: number,
    panel: Panel | null = null,
  ) {
    this.program = program;
    this.lowered = lowered;
    this.tiles = tiles;
    this.machine = machine;
    this.lanes = lanes;
    this.panel = panel;
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
    const { lanes } = this;
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
  pass(kernel: string, clear: number, point: Float64Array, after: (chunk: Chunk, i: number) => void): void {
    const { memory, base } = this.machine;
    const { lanes, panel } = this;
    this.setParameters(point);
    const tileMemory = memory.subarray(base.tile * lanes);
    const drawMemory = memory.subarray(base.draws * lanes);
    if (panel) memory.set(panel.chances(), base.chances * lanes);
    for (const [i, chunk] of this.tiles.chunks.entries()) {
      this.tiles.fill(chunk, tileMemory);
      memory.fill(0, base.out * lanes, (base.out + clear) * lanes);
      panel?.fill(panel.groups[i], drawMemory);
      if (panel) this.machine.run(kernel, panel.groups[i].first, panel.groups[i].count);
      else this.machine.run(kernel, chunk.firstTile, chunk.tiles);
      after(chunk, i);
    }
  }

  private setParameters(point: Float64Array): void {
    const { memory, base } = this.machine;
    const { lanes } = this;
    const index = new Map(this.program.parameters.map((name, i) => [name, i]));
    const values = this.constants((leaf) => point[index.get(leaf.name)!]);
    for (const [i, value] of values.entries()) {
      memory.fill(value, (base.parameters + i) * lanes, (base.parameters + i + 1) * lanes);
    }
  }

  read(chunk: Chunk, slot: number, axis: boolean): Float64Array {
    const { memory, base } = this.machine;
    return this.tiles.read(chunk, memory.subarray(base.tile * this.lanes), slot, axis);
  }

  /** Word `word` of what was recorded of each of the first `count` persons of the last run. */
  record(word: number, count: number): Float64Array {
    const { memory, base } = this.machine;
    const step = this.lowered.recordWords! * this.lanes;
    const first = (base.record + word) * this.lanes;
    return Float64Array.from({ length: count }, (_, p) => {
      let sum = 0;
      for (let lane = 0; lane < this.lanes; lane++) sum += memory[first + p * step + lane];
      return sum;
    });
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
