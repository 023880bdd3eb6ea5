/**
 * The slow obvious backend: the loop nest as it is written in program.ts, one situation, class and draw at
 * a time, node by node. It needs no generated code, runs every Program, and is the judge of all others.
 */
import {
  type Expr,
  gradient,
  num,
  Place,
  parameter,
  push,
  substitute,
  tangent,
  topological,
} from "../expr/index.ts";
import { type Drawer, drawsOf } from "../math/draws/draws.ts";
import type { Evaluation, Want } from "../optimise/objective.ts";
import { freeNames, isByPerson, isMixture, type Program, rowExprs, type Source } from "../program/core.ts";
import type { Backend, OutputBlock, Prepared, ScoreBlock, Sums } from "./backend.ts";
import { averageGraphs, evaluateOutputs, type Part } from "./interpretAverages.ts";
import { type Graph, graphOf, type Situation, type Value } from "./interpretGraph.ts";
import { usersOf } from "./readers.ts";
import { scoresOfSituations } from "./situationScores.ts";

export const interpret: Backend = {
  name: "interpret",
  refuses: () => null,
  prepare: (program, source) => Promise.resolve(new Interpreter(program, source)),
};

/** ℓ and w of one class as graphs: value, gradient, and the movement of the gradient in one direction. */
interface ClassGraphs {
  readonly term: Graph;
  readonly weight: Graph;
  readonly measured: Graph | null;
}

class Interpreter implements Prepared {
  readonly backend = "interpret";
  private readonly program: Program;
  private readonly source: Source;
  private readonly classes: readonly ClassGraphs[];
  private readonly draws: Drawer | null;

  constructor(program: Program, source: Source) {
    this.program = program;
    this.source = source;
    this.draws = program.draws && drawsOf(program.draws, source.drawKeys);
    this.classes = program.classes.map((own) => ({
      term: this.graph([whole(rowExprs(own), own.term)], own.utilities),
      weight: this.graph([own.logWeight ?? num(0)], []),
      measured: own.measured ? this.graph([own.measured], []) : null,
    }));
  }

  private graph(roots: readonly Expr[], utilities: readonly Expr[]): Graph {
    const leaves = freeNames(this.program).map(parameter);
    const slopes = roots.flatMap((root) => gradient(root, leaves));
    const moves = new Map(leaves.map((leaf, k) => [leaf, tangent(k)]));
    return graphOf({ values: roots, slopes, moves: push(slopes, moves) }, this.source, usersOf([utilities]));
  }

  async evaluate(point: Float64Array, want: Want): Promise<Evaluation> {
    const total = new Sum(this.program.free.length, want);
    for (const [person, situations] of this.people()) this.person(person, situations, point, want, total);
    return total.evaluation();
  }

  /** Situations of every person; without persons, or with terms of its own, each situation is its own. */
  private people(): Map<number, number[]> {
    const people = new Map<number, number[]>();
    const owner = isByPerson(this.program) ? this.source.person : null;
    for (let s = 0; s < this.source.situations; s++) {
      const person = owner?.[s] ?? s;
      people.set(person, [...(people.get(person) ?? []), s]);
    }
    return people;
  }

  /** Adds w ln L of one person: a plain sum over situations, or the logarithm of the mixture's sum. */
  private person(
    person: number,
    situations: readonly number[],
    point: Float64Array,
    want: Want,
    total: Sum,
  ): void {
    if (!isMixture(this.program)) {
      for (const s of situations)
        total.add(this.classes[0].term.evaluate(this.at(s, point), want), this.source.weight?.[s] ?? 1);
      return;
    }
    const parts = this.parts(person, situations, point, want);
    total.add(
      mixture(
        parts.map(({ sum }) => sum),
        want,
      ),
      this.source.weight?.[situations[0]] ?? 1,
    );
  }

  /** The exponent of every class and draw of a person, and the share in it of the class and draw alone. */
  private parts(
    person: number,
    situations: readonly number[],
    point: Float64Array,
    want: Want,
    withChoices = true,
  ) {
    const draws = this.draws?.count ?? 1;
    const logWeights = this.draws?.logWeights ?? new Float64Array(draws).fill(-Math.log(draws));
    const at = this.drawn(person, situations, point);
    return this.classes.flatMap(({ term, weight, measured }, c) =>
      Array.from(logWeights, (logWeight, r) => {
        const sum = new Sum(this.program.free.length, want);
        const own = weight.evaluate(at(0, r), want);
        sum.value = logWeight;
        sum.add(own, 1);
        if (withChoices && measured) sum.add(measured.evaluate(at(0, r), want), 1);
        if (withChoices) for (const i of situations.keys()) sum.add(term.evaluate(at(i, r), want), 1);
        return { at: c, draw: r, sum, own: { ...own, value: own.value + logWeight } };
      }),
    );
  }

  /** The i-th situation of a person with the person's and its own draws. */
  private drawn(
    person: number,
    situations: readonly number[],
    point: Float64Array,
  ): (i: number, r: number) => Situation {
    const draws = this.draws?.count ?? 0;
    const values = situations.map((situation) => {
      const dimensions = this.program.draws?.dimensions.length ?? 0;
      return Array.from({ length: dimensions }, (_, d) => {
        const own = new Float64Array(draws);
        this.draws!.fill(d, person, situation, own);
        return own;
      });
    });
    return (i, r) => ({
      ...this.at(situations[i], point),
      draw: (dimension) => values[i][dimension][r],
    });
  }

  private at(situation: number, point: Float64Array): Situation {
    const { parameters } = this.program;
    return {
      situation,
      parameter: (name) => point[parameters.indexOf(name)],
      draw: () => Number.NaN,
    };
  }

  async each(
    outputs: readonly Expr[],
    point: Float64Array,
    visit: (block: OutputBlock) => void,
  ): Promise<void> {
    const all = this.outputs(outputs, point, false);
    for (let s = 0; s < this.source.situations; s++) {
      const values = all[s].map((value) => {
        return typeof value === "number" ? Float64Array.of(value) : value;
      });
      visit({ from: s, situations: 1, values });
    }
  }

  async sums(outputs: readonly Expr[], point: Float64Array): Promise<Sums> {
    const size = this.program.free.length;
    const totals = new Float64Array(outputs.length * (1 + size));
    for (const [s, values] of this.outputs(outputs, point, true).entries())
      for (const i of totals.keys()) totals[i] += (this.source.weight?.[s] ?? 1) * (values[i] as number);
    const isValue = (i: number): boolean => i % (1 + size) === 0;
    return {
      values: totals.filter((_, i) => isValue(i)),
      jacobian: totals.filter((_, i) => !isValue(i)),
    };
  }

  /** Of every situation the outputs, each followed by its slopes where they are asked for. */
  private outputs(outputs: readonly Expr[], point: Float64Array, withSlopes: boolean): Value[][] {
    const { program } = this;
    const leaves = withSlopes ? freeNames(program).map(parameter) : [];
    const utilities = (c: number): readonly Expr[] => program.classes[c].utilities;
    const graphs = averageGraphs(
      program,
      leaves,
      outputs,
      (roots, c) => graphOf({ values: roots, slopes: [], moves: [] }, this.source, usersOf([utilities(c)])),
      (expr, c) => whole(rowExprs(program.classes[c]), expr),
    );
    const found: Value[][] = [];
    for (const [person, situations] of this.people()) {
      const withChoices = graphs.averaged.averages.some(({ isPosterior }) => isPosterior);
      const parts = this.probabilities(person, situations, point, withChoices);
      const at = this.drawn(person, situations, point);
      for (const [i, s] of situations.entries())
        found[s] = evaluateOutputs(graphs, parts, leaves.length, (draw) => at(i, draw));
    }
    return found;
  }

  /** Of every class and draw of a person. */
  private probabilities(
    person: number,
    situations: readonly number[],
    point: Float64Array,
    withChoices: boolean,
  ): Part[] {
    const parts = this.parts(person, situations, point, "gradient", withChoices);
    const { value, gradient } = mixture(
      parts.map(({ sum }) => sum),
      "gradient",
    );
    return parts.map(({ at, draw, sum, own }) => ({
      at,
      draw,
      expectation: { p: Math.exp(own.value), slopes: own.gradient! },
      posterior: { p: Math.exp(sum.value - value), slopes: sum.gradient.map((g, k) => g - gradient![k]) },
    }));
  }

  async scores(point: Float64Array, visit: (block: ScoreBlock) => void): Promise<void> {
    if (!isMixture(this.program)) return scoresOfSituations(this, this.program, point, visit);
    const size = this.program.free.length;
    let from = 0;
    for (const [person, situations] of this.people()) {
      const total = new Sum(size, "gradient");
      this.person(person, situations, point, "gradient", total);
      const scores = Array.from(total.gradient, (slope) => Float64Array.of(slope));
      visit({ from: from++, terms: 1, values: Float64Array.of(total.value), scores });
    }
  }

  dispose(): void {}
}

/** The expression with its utilities written in. */
function whole(utilities: readonly Expr[], expr: Expr): Expr {
  const order = topological([expr]);
  const written = (node: Expr): Expr | undefined =>
    node.op === "utility" ? utilities[node.value === Place.axis ? 0 : node.value] : undefined;
  return substitute([expr], order, written)[0];
}

/** Running sums of a value and its derivatives. */
class Sum {
  value = 0;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  private readonly want: Want;

  constructor(size: number, want: Want) {
    this.want = want;
    this.gradient = new Float64Array(want === "value" ? 0 : size);
    this.hessian = new Float64Array(want === "hessian" ? size * size : 0);
  }

  add(part: Evaluation, weight: number): void {
    this.value += weight * part.value;
    for (let k = 0; k < this.gradient.length; k++) this.gradient[k] += weight * part.gradient![k];
    for (let k = 0; k < this.hessian.length; k++) this.hessian[k] += weight * part.hessian![k];
  }

  evaluation(): Evaluation {
    if (this.want === "value") return { value: this.value };
    return this.want === "gradient"
      ? { value: this.value, gradient: this.gradient }
      : { value: this.value, gradient: this.gradient, hessian: this.hessian };
  }
}

/** ln Σ exp(part): the gradient is the posterior mean, the Hessian adds the posterior covariance. */
function mixture(parts: readonly Sum[], want: Want): Evaluation {
  const size = parts[0].gradient.length;
  const largest = Math.max(...parts.map(({ value }) => value));
  const weights = parts.map(({ value }) => Math.exp(value - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = new Sum(size, want);
  for (const [i, part] of parts.entries()) mean.add(part.evaluation(), weights[i] / total);
  for (const [i, part] of parts.entries()) {
    for (let kl = 0; kl < mean.hessian.length; kl++) {
      mean.hessian[kl] +=
        (weights[i] / total) * part.gradient[Math.floor(kl / size)] * part.gradient[kl % size];
    }
  }
  for (let kl = 0; kl < mean.hessian.length; kl++)
    mean.hessian[kl] -= mean.gradient[Math.floor(kl / size)] * mean.gradient[kl % size];
  return { ...mean.evaluation(), value: largest + Math.log(total) };
}
