/**
 * The expression graph: immutable nodes, each distinct expression built once (hash-consing), so that
 * equal parts are shared by identity and a derivative never repeats the work of its original.
 *
 * This file is the node and its interning. The meaning of the operators is the table in ops.ts.
 */
export interface Expr {
  /** Unique number, larger than that of every argument: sorting by id is a topological order. */
  readonly id: number;
  /** An operator of ops.ts, or a leaf: number, text, name, parameter, data, given, utility, tangent, draw, drawn. */
  readonly op: string;
  readonly args: readonly Expr[];
  /** The number of a `number` leaf; place of a `data` leaf; index of `utility`, `tangent`, `draw` and `drawn`. */
  readonly value: number;
  /** The name of a `name`, `parameter`, `data` or `given` leaf; the characters of a `text` leaf. */
  readonly name: string;
  /** The alternative of a `name` leaf written `attribute.alternative`, else "". */
  readonly label: string;
  /** What the value depends on: the sum of the bits of Level. */
  readonly level: number;
}

/** What an expression may vary with. */
export const Level = {
  parameters: 1,
  situation: 2,
  axis: 4,
  utility: 8,
  tangent: 16,
  draw: 32,
  name: 64,
  weight: 128,
} as const;

/** Places of a data leaf that are not the index of a labelled alternative. */
export const Place = { situation: -1, axis: -2 } as const;

const interned = new Map<string, WeakRef<Expr>>();
const forgotten = new FinalizationRegistry<string>((key) => {
  if (!interned.get(key)?.deref()) interned.delete(key);
});
let count = 0;

/** The one node with these contents. Commutative operators find either order of their arguments. */
export function intern(
  op: string,
  args: readonly Expr[],
  level: number,
  { value = 0, name = "", label = "", commutes = false } = {},
): Expr {
  const ids = args.map((arg) => arg.id);
  if (commutes) ids.sort((a, b) => a - b);
  const number = Object.is(value, -0) ? "-0" : value;
  const key = args.length > 0 ? `${op} ${ids.join()}` : `${op} ${number} ${label.length}.${label}${name}`;
  const known = interned.get(key)?.deref();
  if (known) return known;
  const node: Expr = Object.freeze({ id: count++, op, args, value, name, label, level });
  interned.set(key, new WeakRef(node));
  forgotten.register(node, key);
  return node;
}

/** Every node below the roots, the roots included, arguments before the nodes that use them. */
export function topological(roots: Iterable<Expr>): Expr[] {
  const seen = new Set<Expr>();
  const stack = [...roots];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    for (const arg of node.args) if (!seen.has(arg)) stack.push(arg);
  }
  return [...seen].sort((a, b) => a.id - b.id);
}
