/** A Program as plain JSON and back: the graph as a list in which every node names its arguments by number. */
import {
  data,
  draw,
  type Expr,
  given,
  isOp,
  num,
  parameter,
  rebuild,
  topological,
  utility,
} from "../expr/index.ts";
import { type Program, rootsOf } from "./program.ts";

/** One node: an operator with the places of its arguments, or a leaf with its contents. */
type NodeJson = readonly [op: string, ...args: (number | string)[]];

export interface ProgramJson {
  readonly parameters: readonly string[];
  readonly free: readonly number[];
  readonly alternatives: number | null;
  readonly draws: Program["draws"];
  readonly apart?: string;
  readonly nodes: readonly NodeJson[];
  /** Places of nodes. */
  readonly classes: readonly {
    readonly logWeight: number | null;
    readonly measured: number | null;
    readonly utilities: readonly number[];
    readonly further?: readonly number[];
    readonly term: number;
  }[];
}

/** Expressions on their own: their nodes, and the places of them. */
export interface ExprsJson {
  readonly nodes: readonly NodeJson[];
  readonly roots: readonly number[];
}

export function exprsToJson(roots: readonly Expr[]): ExprsJson {
  const { nodes, at } = listed(roots);
  return { nodes, roots: roots.map(at) };
}

export function exprsFromJson({ nodes, roots }: ExprsJson): Expr[] {
  const made = nodesOf(nodes);
  return roots.map((place) => made[place]);
}

export function programToJson(program: Program): ProgramJson {
  const { nodes, at } = listed(rootsOf(program));
  const { parameters, free, alternatives, draws, apart } = program;
  const classes = program.classes.map(({ logWeight, measured, utilities, further, term }) => ({
    logWeight: logWeight ? at(logWeight) : null,
    measured: measured ? at(measured) : null,
    utilities: utilities.map(at),
    ...(further ? { further: further.map(at) } : {}),
    term: at(term),
  }));
  return { parameters, free, alternatives, draws, nodes, classes, ...(apart === undefined ? {} : { apart }) };
}

/** All nodes below these, arguments first, and where each of them stands. */
function listed(roots: readonly Expr[]): { nodes: NodeJson[]; at: (node: Expr) => number } {
  const order = topological(roots);
  const place = new Map(order.map((node, i) => [node, i]));
  const at = (node: Expr): number => place.get(node)!;
  const nodes = order.map(
    (node): NodeJson =>
      isOp(node) ? [node.op, ...node.args.map(at)] : [node.op, written(node.value), node.name],
  );
  return { nodes, at };
}

/** JSON has no infinities. */
const written = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

export function programFromJson(json: ProgramJson): Program {
  const nodes = nodesOf(json.nodes);
  const { parameters, free, alternatives, draws, apart } = json;
  const classes = json.classes.map(({ logWeight, measured, utilities, further, term }) => ({
    logWeight: logWeight === null ? null : nodes[logWeight],
    measured: measured === null ? null : nodes[measured],
    utilities: utilities.map((place) => nodes[place]),
    ...(further ? { further: further.map((place) => nodes[place]) } : {}),
    term: nodes[term],
  }));
  return { parameters, free, alternatives, draws, classes, ...(apart === undefined ? {} : { apart }) };
}

function nodesOf(written: readonly NodeJson[]): Expr[] {
  const nodes: Expr[] = [];
  for (const [op, ...rest] of written) {
    const read = leaves[op];
    nodes.push(
      read
        ? read(Number(rest[0]), String(rest[1]))
        : rebuild(
            op,
            rest.map((place) => nodes[Number(place)]),
          ),
    );
  }
  return nodes;
}

const leaves: Readonly<Record<string, (value: number, name: string) => Expr>> = {
  number: num,
  parameter: (_, name) => parameter(name),
  data: (place, name) => data(name, place),
  given: (place, name) => given(name, place),
  utility: (index) => utility(index),
  draw: (dimension, name) => draw(dimension, name === "within"),
};
