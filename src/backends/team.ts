/** The workers that know one problem, and this thread among them: member 0. */
import type { Expr } from "../expr/index.ts";
import { exprsToJson, type Program, programToJson, type Source } from "../program/core.ts";
import { type Claims, claim, ranges } from "./claims.ts";
import type { Division } from "./division.ts";
import type { Hand } from "./hand.ts";
import { InTurn } from "./inTurn.ts";
import type { Job, Piece } from "./job.ts";
import type { Task } from "./messages.ts";
import { canShare } from "./sharing.ts";
import { sliced } from "./slices.ts";

let problems = 0;
let tasks = 0;
/** Numbers of outputs, by which workers remember them. */
const known = new WeakMap<readonly Expr[], NonNullable<Task["outputs"]>>();
let outputs = 0;

export interface Bound {
  readonly backend: string;
  readonly program: Program;
  readonly source: Source;
}

export class Team {
  private readonly problem = ++problems;
  private readonly hands: readonly Hand[];
  private readonly all: Promise<unknown>;
  /** Where data cannot be shared: the cuts by which they were handed out. */
  private readonly cuts: readonly number[] | null;

  /** @param division of the likelihood. */
  constructor({ backend, program, source }: Bound, division: Division, hands: readonly Hand[]) {
    this.hands = hands;
    this.cuts = canShare() ? null : division.cuts;
    const bounds = ranges(division.blocks, hands.length + 1);
    const json = programToJson(program);
    const given = hands.map((hand, i) => {
      // Blocks of persons who are not side by side in the data may need any of them.
      const [first, last] = division.isInOrder
        ? [division.cuts[bounds[i + 1]], division.cuts[bounds[i + 2]]]
        : [0, source.situations];
      const own = sliced(program, source, first, last);
      return hand.give({ problem: this.problem, backend, program: json, source: own });
    });
    this.all = Promise.all(given);
  }

  async run(division: Division, job: Job, point: Float64Array, visit: (piece: Piece) => void): Promise<void> {
    // Only between turns of the event loop does a worker get to say that it is ready.
    if (this.hands.some((hand) => !hand.isReady(this.problem))) await turn();
    const asked = this.hands.flatMap((hand, i) =>
      this.canDo(division, hand) ? [{ hand, member: i + 1 }] : [],
    );
    const inTurn = new InTurn(visit);
    const task = this.taskOf(job, point);
    const claims = claimsOf(division.blocks, this.hands.length + 1);
    // What is asked of workers is awaited together, lest a death go unseen.
    const answers = Promise.all(
      asked.map(({ hand, member }) =>
        hand.ask({ ...task, claims: { ...claims, order: this.order(member) } }, (blocks) => {
          for (const [block, pieces] of blocks) inTurn.put(block, pieces);
        }),
      ),
    );
    answers.catch(() => {});
    const own = {
      ...claims,
      order: this.order(
        0,
        asked.map(({ member }) => member),
      ),
    };
    for (let block = claim(own); block >= 0; block = claim(own))
      inTurn.put(block, division.block(point, block));
    await answers;
    inTurn.end(division.blocks);
  }

  private canDo({ cuts, isInOrder }: Division, hand: Hand): boolean {
    if (!hand.isReady(this.problem)) return false;
    return this.cuts === null || !isInOrder || String(cuts) === String(this.cuts);
  }

  /** The ranges of which a member takes blocks: its own, then the others' where all see what is taken. */
  private order(member: number, asked: readonly number[] = []): number[] {
    const members = Array.from(
      { length: this.hands.length + 1 },
      (_, i) => (member + i) % (this.hands.length + 1),
    );
    if (canShare()) return members;
    return member === 0 ? members.filter((other) => !asked.includes(other)) : [member];
  }

  private taskOf({ kind, outputs }: Job, point: Float64Array): Omit<Task, "claims"> {
    return { task: ++tasks, of: this.problem, kind, outputs: outputs && numbered(outputs), point };
  }

  /** Settles when all workers can be asked; how many they are. */
  async ready(): Promise<number> {
    await this.all;
    return this.hands.length;
  }

  leave(): void {
    for (const hand of this.hands) hand.forget(this.problem);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function claimsOf(blocks: number, members: number): Omit<Claims, "order"> {
  const bounds = ranges(blocks, members);
  const next = canShare() ? new Int32Array(new SharedArrayBuffer(4 * members)) : new Int32Array(members);
  next.set(bounds.slice(0, -1));
  return { next, ends: bounds.slice(1) };
}

function numbered(exprs: readonly Expr[]): NonNullable<Task["outputs"]> {
  const found = known.get(exprs) ?? { id: ++outputs, exprs: exprsToJson(exprs) };
  known.set(exprs, found);
  return found;
}
