/**
 * THE loop: every search for a maximum, whichever solver supplies the curvature, takes its steps here.
 * A step is the exact maximum of a quadratic model within a radius and the bounds; the radius answers to
 * what the step delivered of what the model promised. Values that are not finite are steps not taken.
 *
 * An accepted step costs one evaluation with derivatives, since near the maximum all are accepted; only
 * after a rejection is the value asked for alone first.
 *
 * Source: Conn, Gould & Toint (2000), Trust-Region Methods, chapter 6.
 */
import { bfgs } from "./bfgs.ts";
import { bhhh } from "./bhhh.ts";
import { boundedStep, clip, heldAt, type Step } from "./bounds.ts";
import { conclude, type Ending } from "./conclude.ts";
import { newton } from "./newton.ts";
import type { Evaluation, Products } from "./objective.ts";
import type { Options, Outcome, Problem, Status, StepEvent } from "./outcome.ts";
import type { Quadratic } from "./quadratic.ts";
import { rising } from "./rising.ts";
import { pureUnits } from "./scaling.ts";
import type { Evaluated, Position, Solver } from "./solver.ts";
import { judge, look, type Memory, relativeGradient, type View } from "./stopping.ts";

const solvers: Readonly<Record<NonNullable<Options["solver"]>, Solver>> = { newton, bfgs, bhhh, rising };

/**
 * Finds a maximum of the objective within the bounds, from the start on.
 * Never throws for numerical reasons: whatever happens is a status with a message and advice. What the
 * objective itself throws passes through.
 */
export async function maximise(problem: Problem, options: Options = {}): Promise<Outcome> {
  return new Search(problem, options).run();
}

/** A Newton decrement at which there may be no step to take. */
const atRest = 1e-6;

/** Changes of the value below this part of it are rounding of its sum. */
const rounding = 1e-12;

class Search {
  readonly problem: Problem;
  readonly options: Options;
  solver: Solver;
  readonly began = performance.now();
  readonly history: StepEvent[] = [];
  evaluations = 0;
  iterations = 0;
  radius = Number.POSITIVE_INFINITY;
  /** The last trial was rejected, so the next is asked for its value first. */
  doubtful = false;
  memory: Memory;

  constructor(problem: Problem, options: Options) {
    this.problem = problem;
    this.options = options;
    this.solver = solvers[options.solver ?? "newton"];
    const none = new Float64Array(problem.start.length);
    this.memory = { start: none, least: none, last: none };
  }

  async run(): Promise<Outcome> {
    const start = clip(this.problem, this.problem.start);
    const { curvature } = this.options;
    const found = await this.evaluate(start, curvature ? "gradient" : this.solver.want);
    if (!found) return this.end({ status: "failed", point: start });
    let here = curvature ? { ...found, curvature } : this.position(found, null);
    this.memory = { start, least: pureUnits(here), last: new Float64Array(start.length) };
    for (;;) {
      const view = look(this.problem, here);
      this.report(view);
      const next = this.interrupted() ?? this.verdict(view) ?? (await this.onward(view));
      if (typeof next === "string") return this.end({ status: next, view, memory: this.memory });
      here = next;
    }
  }

  /** What the tests say; a solver that hands over has no say in it. */
  verdict(view: View): Status | null {
    const { enough = 0, tolerance = 1e-8 } = this.options;
    if (view.model.concave && view.model.decrement < enough) return "converged";
    return this.solver.near ? null : judge(view, this.memory, tolerance);
  }

  /** The next point; the same with the exact Hessian where it is left to Newton to judge it. */
  async onward(view: View): Promise<Position | Status> {
    const { near } = this.solver;
    if (!near || !(view.model.decrement < near.decrement || this.iterations >= near.steps))
      return this.advance(view);
    if (view.model.decrement <= atRest) return this.handOver(view);
    this.solver = near.solver;
    return this.advance(view);
  }

  /** The same point as the next solver sees it, which knows nothing of the radius that the last one needed. */
  async handOver({ here }: View): Promise<Position | Status> {
    this.solver = this.solver.near!.solver;
    this.radius = Number.POSITIVE_INFINITY;
    this.doubtful = false;
    const found = await this.evaluate(here.point, this.solver.want);
    return found ? this.position(found, null) : "failed";
  }

  /** Tries ever shorter steps until one is taken; else says why the search ends here. */
  async advance(view: View): Promise<Position | Status> {
    if (view.free.length === 0) return "converged";
    this.radius = Math.min(this.radius, believable(view.model, view.here.value));
    for (;;) {
      const step = boundedStep(this.problem, view.here, view.scale, view.free, view.model, this.radius);
      const point = clip(
        this.problem,
        view.here.point.map((v, k) => v + step.move[k]),
      );
      if (point.every((v, k) => v === view.here.point[k])) return ending(view);
      const stop = this.interrupted();
      if (stop) return stop;
      this.iterations++;
      const fine = step.gain <= rounding * Math.max(1, Math.abs(view.here.value));
      const trial = await this.attempt(view.here, point, fine);
      const ratio = trial ? (trial.value - view.here.value) / step.gain : Number.NEGATIVE_INFINITY;
      const taken = trial && (fine ? this.calmer(view, trial) : ratio > (this.solver.near?.least ?? 1e-4));
      if (!taken && fine) return ending(view);
      this.doubtful = !taken;
      this.adapt(step, fine ? 1 : ratio);
      if (taken) return this.take(view, trial);
      if (this.solver.near) return this.handOver(view);
    }
  }

  /** The trial with derivatives, or null where it is not finite or visibly lower. */
  async attempt(here: Position, point: Float64Array, fine: boolean): Promise<Evaluated | null> {
    if (this.doubtful && !fine) {
      const first = await this.evaluate(point, "value");
      if (!first || first.value <= here.value) return first;
    }
    return this.evaluate(point, this.solver.want);
  }

  /** Where the value only shows rounding, a step is good when the slope falls. */
  calmer(view: View, trial: Evaluated): boolean {
    const slack = rounding * Math.max(1, Math.abs(view.here.value));
    const held = heldAt(this.problem, trial.point, trial.gradient);
    const free = view.free.filter((k) => held[k] === null);
    const norm = relativeGradient(trial, free, view.units);
    return trial.value >= view.here.value - slack && norm < view.gradientNorm;
  }

  take(view: View, trial: Evaluated): Position {
    const next = this.position(trial, view.here);
    const units = pureUnits(next);
    const last = next.point.map((value, k) => value - view.here.point[k]);
    this.memory = { ...this.memory, least: this.memory.least.map((s, k) => Math.min(s, units[k])), last };
    return next;
  }

  /** The radius answers to the ratio of delivered to promised. */
  adapt(step: Step, ratio: number): void {
    const reached = step.length >= 0.99 * this.radius;
    if (!(ratio >= 0.25)) this.radius = step.length * shrink(ratio);
    else if (ratio > 0.75 && reached) this.radius *= ratio > 0.9 && ratio < 1.1 ? 4 : 2;
  }

  position(found: Evaluated, before: Position | null): Position {
    return { ...found, curvature: this.solver.curvature(found, before) };
  }

  /** The function at the point, or null where it is not finite. */
  async evaluate(point: Float64Array, want: "value" | Solver["want"]): Promise<Evaluated | null> {
    this.evaluations++;
    const { objective } = this.problem;
    const found: Evaluation & Partial<Products> =
      want === "products" ? await objective.products!(point) : await objective.evaluate(point, want);
    const { value, gradient = new Float64Array(0), hessian, products } = found;
    const parts = [[value], gradient, hessian ?? [], products ?? []];
    if (!parts.every((part) => part.every(Number.isFinite))) return null;
    return { ...found, point, gradient };
  }

  interrupted(): Status | null {
    if (this.options.signal?.aborted) return "cancelled";
    return this.iterations >= (this.options.maxIterations ?? 200) ? "iterations" : null;
  }

  report({ here, gradientNorm }: View): void {
    const event: StepEvent = {
      iteration: this.iterations,
      value: here.value,
      gradientNorm,
      radius: this.radius,
      seconds: this.seconds(),
    };
    this.history.push(event);
    this.options.onStep?.(event);
  }

  seconds(): number {
    return (performance.now() - this.began) / 1000;
  }

  async end(ending: Ending): Promise<Outcome> {
    const { view } = ending;
    const isMissing = view && !view.here.hessian && this.options.enough === undefined;
    const exact = isMissing ? await this.evaluate(view.here.point, "hessian") : view?.here;
    const { iterations, evaluations, history } = this;
    return conclude(this.problem, ending, exact?.hessian ?? null, {
      iterations,
      evaluations,
      history,
      seconds: this.seconds(),
    });
  }
}

/** How far a model may be followed that promises more than all of |value|, or that has no maximum. */
function believable(model: Quadratic, value: number): number {
  const size = Math.hypot(...model.newton);
  const [promise, most] = [model.decrement / 2, Math.max(1, Math.abs(value))];
  if (promise > most) return (size * (most / promise)) / (1 + Math.sqrt(1 - most / promise));
  return model.concave ? Number.POSITIVE_INFINITY : Math.max(size, 1);
}

/** Shorter the worse: the parabola through the two values says where its top is. */
const shrink = (ratio: number): number =>
  Number.isFinite(ratio) ? Math.min(Math.max(0.5 / (1 - ratio), 0.1), 0.5) : 0.25;

/** No further step can be told from rounding: at the maximum if the slope is nothing in standard errors. */
const ending = ({ model }: View): Status =>
  model.concave && Math.sqrt(model.decrement) < 1e-6 ? "converged" : "stalled";
