/** A program with classes or draws on generated code: kernels that run person by person. */
import type { Expr } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import {
  type Lowered,
  lowerNestEach,
  lowerNestSums,
  type OutputSlot,
  type Program,
  type Source,
} from "../program/index.ts";
import type { OutputBlock, ScoreBlock, Sums } from "./backend.ts";
import type { Limits } from "./chunks.ts";
import { type Divisible, type Division, divisionOf } from "./division.ts";
import { longestSet } from "./longestSet.ts";
import { nestOf } from "./lowerings.ts";
import type { Generate } from "./machine.ts";
import { Panel } from "./panel.ts";
import { type People, peopleOf } from "./people.ts";
import { type Users, usersOf } from "./readers.ts";
import { Runner } from "./runner.ts";
import { Tiles } from "./tiles.ts";

interface Parts {
  readonly name: string;
  readonly program: Program;
  readonly source: Source;
  readonly lanes: number;
  readonly generate: Generate;
  readonly limits: Limits;
}

export class GeneratedNest implements Divisible {
  readonly backend: string;
  private readonly parts: Parts;
  private readonly people: People;
  private readonly longest: number;
  private readonly users: Users;
  /** Kernels for sums by their outputs. */
  private readonly summing = new WeakMap<readonly Expr[], Promise<{ runner: Runner; panel: Panel }>>();
  private likelihood: Promise<{ runner: Runner; panel: Panel }> | null = null;

  constructor(parts: Parts) {
    const { name, program, source } = parts;
    this.backend = name;
    this.parts = parts;
    this.people = peopleOf(program, source);
    this.longest = program.alternatives === null ? longestSet(source) : 0;
    const isRagged = source.rowOf !== null && program.alternatives !== null;
    this.users = isRagged ? usersOf(program.classes.map(({ utilities }) => utilities)) : new Map();
  }

  private async runner(lowered: Lowered): Promise<{ runner: Runner; panel: Panel }> {
    const { program, lanes, generate, limits } = this.parts;
    const { people } = this;
    const panel = new Panel(program, people, lowered.layout.draws, lanes);
    const tiles = new Tiles(lowered.layout, people.source, this.users, 1, limits, panel.cuts);
    const machine = await generate(lowered, tiles, panel);
    return { runner: new Runner(program, lowered, tiles, machine, lanes, panel), panel };
  }

  private likelihoodRunner(): Promise<{ runner: Runner; panel: Panel }> {
    this.likelihood ??= this.runner(nestOf(this.parts.program, this.longest));
    return this.likelihood;
  }

  async evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    return (await this.likelihoodRunner()).runner.evaluate(point, want);
  }

  readonly division = (): Promise<Division> =>
    this.likelihoodRunner().then(({ runner }) => divisionOf(runner, this.people.order === null));

  async scores(point: Float64Array, visit: (block: ScoreBlock) => void): Promise<void> {
    const { runner, panel } = await this.likelihoodRunner();
    runner.pass("scores", 0, point, (_, i) => {
      const { first, count } = panel.groups[i];
      const scores = this.parts.program.free.map((_, k) => runner.record(1 + k, count));
      visit({ from: first, terms: count, values: runner.record(0, count), scores });
    });
  }

  async each(
    outputs: readonly Expr[],
    point: Float64Array,
    visit: (block: OutputBlock) => void,
  ): Promise<void> {
    const { lowered, slots } = lowerNestEach(this.parts.program, outputs, this.longest);
    const { runner } = await this.runner(lowered);
    const { order } = this.people;
    const blocks: OutputBlock[] = [];
    runner.pass("each", 0, point, (chunk) => {
      const { firstSituation, situations } = chunk;
      const values = slots.map(({ slot, axis }) => runner.read(chunk, slot, axis));
      const block = { from: firstSituation, situations, values };
      if (order) blocks.push(block);
      else visit(block);
    });
    if (order) visit(inOrder(blocks, slots, order, this.parts.source));
  }

  async sums(outputs: readonly Expr[], point: Float64Array): Promise<Sums> {
    const known =
      this.summing.get(outputs) ?? this.runner(lowerNestSums(this.parts.program, outputs, this.longest));
    this.summing.set(outputs, known);
    const size = this.parts.program.free.length;
    const total = (await known).runner.total("sums", outputs.length * (1 + size), point);
    return { values: total.slice(0, outputs.length), jacobian: total.slice(outputs.length) };
  }

  dispose(): void {
    this.likelihood = null;
  }
}

/** All blocks as one, in the order of the data. */
function inOrder(
  blocks: readonly OutputBlock[],
  slots: readonly OutputSlot[],
  order: Int32Array,
  { start, rows, situations }: Source,
): OutputBlock {
  const values = slots.map(({ axis }, m) => {
    const out = new Float64Array(axis ? rows : situations);
    for (const block of blocks) {
      let next = 0;
      for (let i = 0; i < block.situations; i++) {
        const s = order[block.from + i];
        const [from, to] = axis ? [start[s], start[s + 1]] : [s, s + 1];
        for (let at = from; at < to; at++) out[at] = block.values[m][next++];
      }
    }
    return out;
  });
  return { from: 0, situations, values };
}
