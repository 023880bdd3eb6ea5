/** One class's part in the averages of a situation: the loop over draws. See nestOutputs.ts for the formulas. */
import { add, addAll, type Expr, held, Level, mul, num, push, sub } from "../expr/index.ts";
import type { Average } from "./averages.ts";
import type { ClassPlan } from "./classPlan.ts";
import { Emitter, type Sink } from "./emit.ts";
import { type Address, at, constant, load, loop, type Statement, store, type Value } from "./kernel.ts";
import type { PersonWeight } from "./personWeight.ts";
import type { Posterior } from "./posteriorPass.ts";
import { isZero } from "./rows.ts";

/** Where an average is summed: words of scratch memory. */
export interface AverageMemory {
  readonly isAxis: boolean;
  /** Its value, or one for each alternative. */
  readonly value: number;
  /** Its derivatives, `size` in a row, or null where none are asked for. */
  readonly slopes: number | null;
  readonly size: number;
}

const valueAt = ({ isAxis, value }: AverageMemory): Address =>
  isAxis ? at("scratch", value, ["j", 1]) : at("scratch", value);
const slopeAt = ({ isAxis, slopes, size }: AverageMemory, k: number): Address =>
  isAxis ? at("scratch", slopes! + k, ["j", size]) : at("scratch", slopes! + k);

export const clearAverages = (memory: readonly AverageMemory[]): Statement[] =>
  memory.flatMap((each) => {
    const slopes: Statement[] =
      each.slopes === null ? [] : [loop("k", each.size, [store(along(slopeAt(each, 0), "k"), constant(0))])];
    const all = [store(valueAt(each), constant(0)), ...slopes];
    return each.isAxis ? [loop("j", "alternatives", all)] : all;
  });

const along = (address: Address, index: "k"): Address => ({
  ...address,
  along: [...address.along, [index, 1]],
});

/** `held` leaves are numbered from here. */
const firstLeaf = 5e6;
const chance = held(firstLeaf);
const given = held(firstLeaf + 1);
const drawSlope = (k: number): Expr => held(firstLeaf + 2 + k);
/** An address along the axis, to be added to. */
const place = (i: number): Expr => held(firstLeaf + 1e5 + i, Level.situation | Level.draw | Level.axis);

export function averageLoop(
  plan: ClassPlan,
  c: number,
  averages: readonly Average[],
  memory: readonly AverageMemory[],
  weight: PersonWeight,
  posterior: Posterior | null,
  counter: { locals: number },
): Statement {
  const known = new Map<Expr, Value>(weight.known);
  known.set(chance, load(at("chances", 1, ["r", 1])));
  if (posterior) known.set(given, load(posterior.weight(c)));
  const sinks: Sink[] = [];
  let places = 0;
  const give = (isAxis: boolean, address: Address, node: Expr): void => {
    if (isZero(node)) return;
    if (!isAxis) {
      sinks.push({ kind: "add", node, address });
      return;
    }
    const leaf = place(places++);
    known.set(leaf, load(address));
    sinks.push({ kind: "store", node: add(leaf, node), address });
  };
  const moves = plan.leaves.map((_, m) =>
    push(
      plan.outputs,
      new Map(
        plan.rows
          .filter(({ slopes }) => !isZero(slopes[m]))
          .map(({ leaf, slopes }) => [leaf, slopes[m]] as const),
      ),
    ),
  );
  for (const [n, { isPosterior, isAxis }] of averages.entries()) {
    const p = isPosterior ? given : mul(chance, weight.probability);
    const value = plan.outputs[n];
    give(isAxis, valueAt(memory[n]), mul(p, value));
    if (memory[n].slopes === null) continue;
    for (let k = 0; k < memory[n].size; k++) {
      const own = plan.moving.flatMap(({ slopes }, m) =>
        slopes.filter((each) => each.k === k).map(({ slope }) => mul(moves[m][n], slope)),
      );
      const through = isPosterior ? posteriorSlope(k) : (weight.slopes.get(k) ?? num(0));
      give(isAxis, slopeAt(memory[n], k), mul(p, add(addAll(own), mul(value, through))));
    }
  }
  const emitter = new Emitter(plan.layout, plan.alias, known, counter);
  return loop("r", "draws", emitter.emit(sinks));

  function posteriorSlope(k: number): Expr {
    const [own, mean] = [drawSlope(2 * k), drawSlope(2 * k + 1)];
    known.set(own, load(posterior!.gradient(c, k)));
    known.set(mean, load(posterior!.mean(k)));
    return sub(own, mean);
  }
}
