/** One class of a mixture, taken apart: its likelihood in inputs, and the inputs in parameters. */
import { add, type Expr, gradient, num, parameter, slopes as slopesOf, topological } from "../expr/index.ts";
import { cut } from "./inputs.ts";
import { Layout } from "./layout.ts";
import { freeNames, type Program } from "./program.ts";
import { isZero, type Row, rowsOf } from "./rows.ts";
import { type StillPart, stillParts } from "./stillParts.ts";

/** How much a kernel computes; each includes what stands before it. */
export type Wanted = "value" | "gradient" | "hessian";

/** ∂/∂β_k of something, where it is not 0. */
export interface Slope {
  readonly k: number;
  readonly slope: Expr;
}
/** ∂²/∂β_k∂β_l, k ≤ l, where it is not 0. */
export interface Curve {
  readonly k: number;
  readonly l: number;
  readonly curve: Expr;
}
/** Something in parameters, with its derivatives. */
export interface Moving {
  readonly expr: Expr;
  readonly slopes: readonly Slope[];
  readonly curves: readonly Curve[];
}

export interface ClassPlan {
  readonly layout: Layout;
  readonly term: Expr;
  readonly outputs: readonly Expr[];
  /** The leaves that the likelihood of a situation moves with: parameters, then inputs. */
  readonly leaves: readonly Expr[];
  /** Each leaf in parameters and draws. */
  readonly moving: readonly Moving[];
  readonly rows: readonly Row[];
  /** ∂ℓ/∂row. */
  readonly slopes: readonly Expr[];
  readonly logWeight: Moving | null;
  /** What belongs to the person in the likelihood: w + m. */
  readonly personal: Moving | null;
  /** What utility and input leaves stand for. */
  readonly alias: ReadonlyMap<Expr, Expr>;
  /** What need not be computed for every draw; nothing where there are none. */
  readonly still: readonly StillPart[];
}

/** Numbers of places for still parts, a class apart. */
const roomOfClass = 1e6;

/** @param first number of the first `held` leaf that is free. */
export function planOf(
  program: Program,
  at: number,
  outputs: readonly Expr[],
  first: number,
  beside: Layout,
): ClassPlan {
  const own = program.classes[at];
  const { rows: over, term, inputs, outputs: written } = cut(own, outputs, first);
  const below = new Set(topological([...over, term, ...written]));
  const plain = freeNames(program)
    .map(parameter)
    .filter((leaf) => below.has(leaf));
  const leaves = [...plain, ...inputs.map(({ leaf }) => leaf)];
  const rows = rowsOf(program, over, [term, ...written], leaves);
  const scalarRows = rows.filter(({ index }) => index >= 0).length;
  const alias = new Map([
    ...rows.filter(({ leaf }) => leaf.op === "utility").map(({ leaf, expr }) => [leaf, expr] as const),
    ...inputs.map(({ leaf, expr }) => [leaf, expr] as const),
  ]);
  const free = freeNames(program).map(parameter);
  const personal = own.measured ? add(own.logWeight ?? num(0), own.measured) : own.logWeight;
  return {
    layout: new Layout(leaves.length, scalarRows, beside.longest, { beside, keepsCheap: true }),
    term,
    outputs: written,
    leaves,
    moving: [...plain, ...inputs.map(({ expr }) => expr)].map((expr) => movingOf(expr, free)),
    rows,
    slopes: gradient(
      term,
      rows.map(({ leaf }) => leaf),
    ),
    logWeight: own.logWeight && movingOf(own.logWeight, free),
    personal: personal && movingOf(personal, free),
    alias,
    still: program.draws ? stillParts(rows, (at + 1) * roomOfClass) : [],
  };
}

/** The expression with its first and second derivatives in the leaves. */
export function movingOf(expr: Expr, leaves: readonly Expr[]): Moving {
  const present = new Set(topological([expr]));
  const places = leaves.flatMap((leaf, k) => (present.has(leaf) ? [k] : []));
  const first = slopesOf(
    expr,
    places.map((k) => leaves[k]),
  );
  const slopes = first.map((slope, i) => ({ k: places[i], slope })).filter(({ slope }) => !isZero(slope));
  const curves = slopes.flatMap(({ k, slope }) => {
    const later = places.filter((l) => l >= k);
    return slopesOf(
      slope,
      later.map((l) => leaves[l]),
    ).map((curve, i) => ({ k, l: later[i], curve }));
  });
  return { expr, slopes, curves: curves.filter(({ curve }) => !isZero(curve)) };
}
