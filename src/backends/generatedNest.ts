/** A program with classes or draws on generated code: kernels that run person by person. */
import type { Expr } from "../expr/index.ts";
import {
  type Lowered,
  lowerNestEach,
  lowerNestSums,
  type OutputSlot,
  type Program,
  type Source,
} from "../program/core.ts";
import type { Limits } from "./chunks.ts";
import { type Divisible, type Division, summing, telling } from "./division.ts";
import type { Job, Piece } from "./job.ts";
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
  readonly program: Program;
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
    this.program = program;
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

  private get isInOrder(): boolean {
    return this.people.order === null;
  }

  async division(job: Job): Promise<Division> {
    const { kind, outputs = [] } = job;
    const size = this.program.free.length;
    if (kind === "each") return this.told(outputs);
    if (kind === "sums") {
      const { runner } = await this.summed(outputs);
      return summing(runner, kind, outputs.length * (1 + size), this.isInOrder);
    }
    const { runner, panel } = await this.likelihoodRunner();
    if (kind === "scores") return this.scored(runner, panel);
    if (kind === "scoreProducts") throw new Error("scores of persons are told one by one");
    return summing(runner, kind, runner.wordsOf(kind), this.isInOrder);
  }

  private scored(runner: Runner, panel: Panel): Division {
    const tell = (_: unknown, i: number): Piece => {
      const { first, count } = panel.groups[i];
      const columns = Array.from({ length: 1 + this.program.free.length }, (_, k) => runner.record(k, count));
      return { from: first, count, columns };
    };
    return telling(runner, "scores", tell, this.isInOrder);
  }

  private async told(outputs: readonly Expr[]): Promise<Division> {
    const { lowered, slots } = lowerNestEach(this.program, outputs, this.longest);
    const { runner } = await this.runner(lowered);
    const division = telling(
      runner,
      "each",
      (chunk) => ({
        from: chunk.firstSituation,
        count: chunk.situations,
        columns: slots.map(({ slot, axis }) => runner.read(chunk, slot, axis)),
      }),
      this.isInOrder,
    );
    const { order } = this.people;
    if (!order) return division;
    return { ...division, rearranged: (pieces) => inOrder(pieces, slots, order, this.parts.source) };
  }

  private summed(outputs: readonly Expr[]): Promise<{ runner: Runner; panel: Panel }> {
    const known =
      this.summing.get(outputs) ?? this.runner(lowerNestSums(this.program, outputs, this.longest));
    this.summing.set(outputs, known);
    return known;
  }

  dispose(): void {
    this.likelihood = null;
  }
}

/** All pieces as one, in the order of the data. */
function inOrder(
  pieces: readonly Piece[],
  slots: readonly OutputSlot[],
  order: Int32Array,
  { start, rows, situations }: Source,
): Piece {
  const columns = slots.map(({ axis }, m) => {
    const out = new Float64Array(axis ? rows : situations);
    for (const piece of pieces) {
      let next = 0;
      for (let i = 0; i < piece.count; i++) {
        const s = order[piece.from + i];
        const [from, to] = axis ? [start[s], start[s + 1]] : [s, s + 1];
        for (let at = from; at < to; at++) out[at] = piece.columns[m][next++];
      }
    }
    return out;
  });
  return { from: 0, count: situations, columns };
}
