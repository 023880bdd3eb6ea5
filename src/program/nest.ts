/**
 * A Program with classes or draws → kernels that run once per person, with draws in the lanes:
 *
 *   for each class, for each draw: inputs b from θ and the draw; Σ_t ℓ with its gradient s and Hessian H in b
 *   over the person's situations (the kernel of a plain program); then by the chain rule with J = ∂b/∂θ
 *
 *     g = Jᵀ s + ∂w/∂θ,    T = Jᵀ H J + Σ_m s_m ∂²b_m/∂θ² + ∂²w/∂θ²,   w with the person's m in it,
 *
 *   and the sums Σ e, Σ e g, Σ e (T + g gᵀ) with e = exp(w − ln R + Σ_t ℓ − largest).
 *
 * At the end of the person ln L = largest + ln Σ e, its gradient is the mean of g and its Hessian the mean of
 * T + g gᵀ less the square of that mean.
 */
import { given, Place } from "../expr/index.ts";
import { type ClassPlan, planOf, type Wanted } from "./classPlan.ts";
import { type Accumulators, classStatements, unlikely } from "./drawLoop.ts";
import {
  type Address,
  across,
  apply,
  at,
  constant,
  increase,
  type Kernel,
  load,
  local,
  loop,
  type Statement,
  set,
  store,
  type Value,
} from "./kernel.ts";
import { drawRows, Layout } from "./layout.ts";
import { type Lowered, outAt } from "./lower.ts";
import type { Program } from "./program.ts";
import { clear } from "./situationLoop.ts";

export function lowerNest(program: Program, longest: number): Lowered {
  const size = program.free.length;
  const layout = new Layout(size, 0, program.alternatives === null ? longest : 0, { keepsCheap: true });
  layout.draws = drawRows(program.draws);
  const plans: ClassPlan[] = [];
  let first = 0;
  for (const at of program.classes.keys()) {
    plans.push(planOf(program, at, [], first, layout));
    first += plans[at].leaves.length;
  }
  const sums = layout.take(1 + size + size * layout.width);
  const place: Memory = { layout, sums, mean: layout.take(size) };
  const kernels = Object.fromEntries(
    (["value", "gradient", "hessian"] as const).map((want) => [want, nestKernel(plans, place, want)]),
  );
  const scores = nestKernel(plans, place, "gradient", true);
  return {
    layout,
    kernels: { ...kernels, scores },
    outWords: 1 + size + size * layout.width,
    recordWords: 1 + size,
  };
}

interface Memory {
  readonly layout: Layout;
  /** First word of the running sums: Σ e, Σ e g, Σ e (T + g gᵀ). */
  readonly sums: number;
  /** First word of the mean gradient. */
  readonly mean: number;
}

/** @param each whether every person's own ln L and gradient are recorded instead of their sum. */
function nestKernel(plans: readonly ClassPlan[], place: Memory, want: Wanted, each = false): Kernel {
  const counter = { locals: 0 };
  const largest = counter.locals++;
  const { parameters, width } = place.layout;
  const words = want === "value" ? 1 : want === "gradient" ? 1 + parameters : 1 + parameters * (1 + width);
  const sums: Accumulators = { base: at("scratch", place.sums), words, largest, parameters, width };
  const body = [
    set(largest, constant(unlikely)),
    ...clear(sums.base, words),
    ...plans.flatMap((plan) => classStatements(plan, sums, want, counter)),
    ...finish(place, sums, want, counter, each),
  ];
  return { prologue: [], body, locals: counter.locals, persons: true };
}

/** From the running sums to the person's part of value, gradient and Hessian, times the weight. */
function finish(
  { layout, mean }: Memory,
  { base, largest, parameters, width }: Accumulators,
  want: Wanted,
  counter: { locals: number },
  each: boolean,
): Statement[] {
  const [top, scale, total, weight, part] = Array.from({ length: 5 }, () => counter.locals++);
  const sum = (offset: number, ...along: Address["along"]): Value =>
    load({ ...base, offset: base.offset + offset, along });
  const record = (offset: number, ...along: Address["along"]): Address => ({
    region: each ? "record" : "out",
    offset,
    along: each ? [["p", 1 + parameters], ...along] : along,
  });
  const logLikelihood = apply("add", local(top), apply("log", local(total)));
  const statements = [
    set(top, across("larger", local(largest))),
    set(scale, apply("exp", apply("sub", local(largest), local(top)))),
    set(total, across("add", apply("mul", sum(0), local(scale)))),
    set(scale, apply("div", local(scale), local(total))),
    set(weight, load(layout.slot(given("weight", Place.situation))!)),
    set(part, apply("mul", local(weight), { kind: "share" })),
    write(each, record(outAt.value), apply("mul", local(part), logLikelihood)),
  ];
  if (want === "value") return statements;
  const meanAt = (index: "j" | "k"): Address => at("scratch", mean, [index, 1]);
  statements.push(
    loop("k", parameters, [
      store(meanAt("k"), across("add", apply("mul", sum(1, ["k", 1]), local(scale)))),
      write(each, record(outAt.gradient, ["k", 1]), apply("mul", local(part), load(meanAt("k")))),
    ]),
  );
  if (want === "gradient") return statements;
  const square = apply("mul", local(part), apply("mul", load(meanAt("j")), load(meanAt("k"))));
  const own = sum(1 + parameters, ["j", width], ["k", 1]);
  const whole = apply("mul", apply("mul", local(weight), local(scale)), own);
  const hessian = at("out", outAt.hessian(layout), ["j", width], ["k", 1]);
  statements.push(
    loop("j", parameters, [loop("k", parameters, [increase(hessian, apply("sub", whole, square))])]),
  );
  return statements;
}

const write = (each: boolean, address: Address, value: Value): Statement =>
  each ? store(address, value) : increase(address, value);
