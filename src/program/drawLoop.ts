/** The code of one class: what comes before the draws, and the loop over them. See nest.ts for the formulas. */
import { addAll, type Expr, held, isOp, Level, topological } from "../expr/index.ts";
import { chained, gradients } from "./chain.ts";
import type { ClassPlan, Wanted } from "./classPlan.ts";
import { hasDraws } from "./columns.ts";
import { Emitter, type Sink } from "./emit.ts";
import { type Address, apply, at, constant, load, local, type Statement, set, store } from "./kernel.ts";
import { overSituations, type SituationSums, situationSums } from "./situationLoop.ts";
import { keepParts } from "./stillParts.ts";

/** Sums over draws and classes, in scratch memory: Σ e, Σ e g, Σ e (T + g gᵀ) with rows of `width`. */
export interface Accumulators {
  readonly base: Address;
  /** Words in use. */
  readonly words: number;
  /** The local that holds the largest exponent so far, which e is relative to. */
  readonly largest: number;
  readonly parameters: number;
  readonly width: number;
}

/** Stands for −∞, which would give NaN in differences. */
export const unlikely = -1e300;
/** A larger exponent shifts the sums only when it is larger by this much: e^40 loses no digit of a double. */
const slack = 40;

/** Numbers of `held` leaves from here on are not those of inputs. */
const firstOwn = 1e6;
const e = held(firstOwn);
const chance = held(firstOwn + 1);

/** Where every draw's exponent and, if asked for, its gradient g are recorded; r is added. */
export interface DrawRecord {
  readonly exponent: Address;
  readonly gradient: ((k: number) => Address) | null;
}

export function classStatements(
  plan: ClassPlan,
  sums: Accumulators,
  want: Wanted,
  counter: { locals: number },
  record?: DrawRecord,
): Statement[] {
  const person = new Emitter(plan.layout, plan.alias, new Map(), counter);
  const before = person.emit(keep(personParts(personalRoots(plan, want))));
  const still = new Emitter(plan.layout, plan.alias, new Map(), counter).emit(
    keepParts(plan.still, plan.layout),
  );
  const alias = new Map([...plan.alias, ...plan.still.map(({ leaf, whole }) => [leaf, whole] as const)]);
  const draws = new Emitter(plan.layout, alias, new Map(), counter);
  const inner = situationSums(plan, want, draws, firstOwn + 2);
  const inputs = draws.emit(keep([...plan.moving.map(({ expr }) => expr), ...inner.hoisted]));
  const situations = inner.statements();
  const chain = draws.fork(
    new Map([...person.beyond(draws), ...inner.held, [chance, load(at("chances", 0, ["r", 1]))] as const]),
  );
  return [
    ...before,
    ...(still.length > 0 ? [overSituations(still)] : []),
    ...inner.fixed,
    {
      kind: "loop",
      index: "r",
      from: 0,
      to: "draws",
      step: 1,
      body: [...inputs, ...situations, ...collect(plan, inner, sums, want, chain, record)],
    },
  ];
}

const keep = (nodes: readonly Expr[]): Sink[] => nodes.map((node) => ({ kind: "keep", node }));

/** What belongs to the person, with its derivatives. */
function personalRoots({ personal }: ClassPlan, want: Wanted): Expr[] {
  if (!personal) return [];
  const { expr, slopes, curves } = personal;
  return [
    expr,
    ...(want === "value" ? [] : slopes.map(({ slope }) => slope)),
    ...(want === "hessian" ? curves.map(({ curve }) => curve) : []),
  ];
}

/** The parts that vary with the person but not from draw to draw. */
export function personParts(roots: readonly Expr[]): Expr[] {
  const still = (node: Expr): boolean => isOp(node) && !hasDraws(node) && node.level !== Level.parameters;
  const parts = new Set(roots.filter(still));
  for (const node of topological(roots))
    if (hasDraws(node)) for (const arg of node.args) if (still(arg)) parts.add(arg);
  return [...parts];
}

/** From the sums over situations to the sums over draws. */
function collect(
  plan: ClassPlan,
  inner: SituationSums,
  sums: Accumulators,
  want: Wanted,
  chain: Emitter,
  record?: DrawRecord,
): Statement[] {
  const exponent = addAll([inner.value, chance, ...(plan.personal ? [plan.personal.expr] : [])]);
  const [own, scale] = [chain.take(), chain.take()];
  const before = chain.emit(keep([exponent]));
  const known = chain.fork(new Map([[e, local(scale)]]));
  return [
    ...before,
    set(own, apply("larger", chain.valueOf(exponent), constant(unlikely / 10))),
    shifted(sums, own, scale, chain.take()),
    set(scale, apply("exp", apply("sub", local(own), local(sums.largest)))),
    ...known.emit([{ kind: "add", node: e, address: sums.base }]),
    ...(want === "value" ? [] : chained(plan, inner, sums, want, known, e)),
    ...(record ? recorded(plan, inner, known, own, record) : []),
  ];
}

function recorded(
  plan: ClassPlan,
  inner: SituationSums,
  emitter: Emitter,
  exponent: number,
  record: DrawRecord,
): Statement[] {
  const { gradient } = record;
  const sinks = gradient
    ? [...gradients(plan, inner)].map(([k, node]): Sink => ({ kind: "store", node, address: gradient(k) }))
    : [];
  return [store(record.exponent, local(exponent)), ...emitter.emit(sinks)];
}

/** Where an exponent is much larger than the largest so far, all sums become relative to it. */
function shifted({ base, words, largest }: Accumulators, own: number, scale: number, top: number): Statement {
  const above = apply("gt", local(own), apply("add", local(largest), constant(slack)));
  const word: Address = { ...base, along: [...base.along, ["k", 1]] };
  return {
    kind: "when",
    value: above,
    body: [
      set(top, apply("if", above, local(own), local(largest))),
      set(scale, apply("exp", apply("sub", local(largest), local(top)))),
      set(largest, local(top)),
      {
        kind: "loop",
        index: "k",
        from: 0,
        to: words,
        step: 1,
        body: [store(word, apply("mul", load(word), local(scale)))],
      },
    ],
  };
}
