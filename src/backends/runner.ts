/** Runs the kernels of one lowered program on one machine, chunk by chunk. */
import { type Expr, evaluator } from "../expr/index.ts";
import type { Want } from "../optimise/objective.ts";
import type { Lowered, Program } from "../program/core.ts";
import type { Chunk, Chunks } from "./chunks.ts";
import type { Machine } from "./machine.ts";
import type { Panel } from "./panel.ts";

/** One lowered program on one machine. */
export class Runner {
  private readonly lowered: Lowered;
  private readonly tiles: Chunks;
  private readonly machine: Machine;
  private readonly lanes: number;
  private readonly panel: Panel | null;
  private readonly index: ReadonlyMap<string, number>;
  private readonly constants: (leaf: (node: Expr) => number) => Float64Array;

  constructor(
    program: Program,
    lowered: Lowered,
    tiles: Chunks,
    machine: Machine,
    lanes: number,
    panel: Panel | null = null,
  ) {
    this.lowered = lowered;
    this.tiles = tiles;
    this.machine = machine;
    this.lanes = lanes;
    this.panel = panel;
    this.index = new Map(program.parameters.map((name, i) => [name, i]));
    this.constants = evaluator([...lowered.layout.constants.keys()]);
  }

  /** How many words of the out region an evaluation fills. */
  wordsOf(want: Want): number {
    const { parameters } = this.lowered.layout;
    return want === "value" ? 1 : want === "gradient" ? 1 + parameters : this.lowered.outWords;
  }

  /** Parameters, and numbers in a row of a matrix over them. */
  get size(): { parameters: number; width: number } {
    const { parameters, width } = this.lowered.layout;
    return { parameters, width };
  }

  /**
   * The blocks that sums are made of: runs of chunks, the same whoever adds them up, so that any number of threads
   * gives the same bits.
   */
  get blocks(): number {
    return Math.min(mostBlocks, this.tiles.chunks.length);
  }

  /** First chunk of a block; of block number `blocks`, the end. */
  chunkOf(block: number): number {
    return Math.floor((block * this.tiles.chunks.length) / this.blocks);
  }

  /** First situation of every block, and the end. */
  cuts(): number[] {
    const { chunks } = this.tiles;
    const last = chunks.at(-1);
    const end = last ? last.firstSituation + last.situations : 0;
    return Array.from(
      { length: this.blocks + 1 },
      (_, block) => chunks[this.chunkOf(block)]?.firstSituation ?? end,
    );
  }

  /** The first `words` of the out region, summed over lanes and chunks, of each block from `from` up to `to`. */
  parts(kernel: string, words: number, point: Float64Array, from: number, to: number): Float64Array {
    const { lanes } = this;
    const parts = new Float64Array((to - from) * words);
    const out = this.machine.base.out * lanes;
    for (let block = from; block < to; block++) {
      const at = (block - from) * words;
      const add = (): void => {
        const { memory } = this.machine;
        for (let w = 0; w < words; w++) {
          let sum = 0;
          for (let lane = 0; lane < lanes; lane++) sum += memory[out + w * lanes + lane];
          parts[at + w] += sum;
        }
      };
      this.pass(kernel, words, point, add, this.chunkOf(block), this.chunkOf(block + 1));
    }
    return parts;
  }

  /** Runs a kernel over the chunks, with the first `clear` words of the out region at 0 before each. */
  pass(
    kernel: string,
    clear: number,
    point: Float64Array,
    after: (chunk: Chunk, i: number) => void,
    from = 0,
    to = this.tiles.chunks.length,
  ): void {
    const { memory, base } = this.machine;
    const { lanes, panel } = this;
    this.setParameters(point);
    const tileMemory = memory.subarray(base.tile * lanes);
    const drawMemory = memory.subarray(base.draws * lanes);
    if (panel) memory.set(panel.chances(), base.chances * lanes);
    for (let i = from; i < to; i++) {
      const chunk = this.tiles.chunks[i];
      this.tiles.fill(chunk, tileMemory);
      memory.fill(0, base.out * lanes, (base.out + clear) * lanes);
      panel?.fill(panel.groups[i], drawMemory);
      const { first, count } = panel?.groups[i] ?? { first: chunk.firstTile, count: chunk.tiles };
      this.machine.run(kernel, first, count, chunk.word);
      after(chunk, i);
    }
  }

  private setParameters(point: Float64Array): void {
    const { memory, base } = this.machine;
    const { lanes } = this;
    const values = this.constants((leaf) => point[this.index.get(leaf.name)!]);
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

/** Few enough that their sums take little memory, many enough to be shared out evenly. */
const mostBlocks = 48;
