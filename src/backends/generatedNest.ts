/** A program with classes or draws on generated code: kernels that run person by person. */
import type { Expr } from "../expr/index.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import { type Lowered, lowerNest, type Program, type Source } from "../program/index.ts";
import type { OutputBlock, Prepared, ScoreBlock, Sums } from "./backend.ts";
import { longestSet } from "./longestSet.ts";
import type { Generate } from "./machine.ts";
import { Panel } from "./panel.ts";
import { type People, peopleOf } from "./people.ts";
import { type Users, usersOf } from "./readers.ts";
import { Runner } from "./runner.ts";
import { type Limits, Tiles } from "./tiles.ts";

interface Parts {
  readonly name: string;
  readonly program: Program;
  readonly source: Source;
  readonly lanes: number;
  readonly generate: Generate;
  readonly limits: Limits;
}

export class GeneratedNest implements Prepared {
  readonly backend: string;
  private readonly parts: Parts;
  private readonly people: People;
  private readonly longest: number;
  private readonly users: Users;
  private likelihood: Promise<{ runner: Runner; panel: Panel }> | null = null;

  constructor(parts: Parts) {
    const { name, program, source } = parts;
    this.backend = name;
    this.parts = parts;
    this.people = peopleOf(source);
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

  async evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    this.likelihood ??= this.runner(lowerNest(this.parts.program, this.longest));
    return (await this.likelihood).runner.evaluate(point, want);
  }

  async scores(point: Float64Array, visit: (block: ScoreBlock) => void): Promise<void> {
    this.likelihood ??= this.runner(lowerNest(this.parts.program, this.longest));
    const { runner, panel } = await this.likelihood;
    runner.pass("scores", 0, point, (_, i) => {
      const { first, count } = panel.groups[i];
      const scores = this.parts.program.free.map((_, k) => runner.record(1 + k, count));
      visit({ from: first, terms: count, values: runner.record(0, count), scores });
    });
  }

  each(_outputs: readonly Expr[], _point: Float64Array, _visit: (block: OutputBlock) => void): Promise<void> {
    return Promise.reject(new Error("not yet"));
  }

  sums(_outputs: readonly Expr[], _point: Float64Array): Promise<Sums> {
    return Promise.reject(new Error("not yet"));
  }

  dispose(): void {
    this.likelihood = null;
  }
}
