/**
 * Where the search over all of the data and all draws begins: at the maximum of a smaller problem, with part of the
 * data or few of the draws, from which few steps are left. That maximum never is the answer, only where it is looked for.
 */
import { prepare } from "../backends/index.ts";
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/index.ts";
import type { Program } from "../program/index.ts";
import { type Beginning, type ClimbOptions, climber } from "./climb.ts";
import { inserted } from "./objective.ts";
import { sampleOf } from "./sample.ts";
import { type StartProblem, startValues } from "./startValues.ts";

/** Draws of the smaller problem where there are many more. */
const few = 100;

/**
 * How close to its maximum a smaller problem is solved, as a Newton decrement (squared standard errors): with few draws
 * that is some 20 from the maximum with all, with a part of the data some number of parameters.
 */
const enough = { ofDraws: 1, ofPart: 1e-2 };

/**
 * The maximum of the smaller problem; the starting values where there is none, where they are all given, and where
 * the smaller problem has no maximum. Throws a Complaint for a starting value of no parameter.
 */
export async function beginning(
  problem: StartProblem,
  program: Program,
  data: ChoiceData,
  options: ClimbOptions,
): Promise<Beginning> {
  const { start: given = {} } = options;
  if (program.free.every((index) => program.parameters[index] in given))
    return { point: await startValues(problem, data) };
  const part = sampleOf(data, program);
  const fewer = withFewDraws(program);
  const found =
    part && (await ofPart(problem, fewer ?? program, part, data, { ...options, isRough: fewer !== null }));
  // With few draws the curvature is so different that its step is a wasted one.
  if (found) return fewer ? { point: found.point } : found;
  const point = await startValues(problem, data);
  const rough = fewer && (await maximum(problem, fewer, data, point, { ...options, enough: enough.ofDraws }));
  return { point: rough?.point ?? point };
}

function withFewDraws(program: Program): Program | null {
  const { draws } = program;
  if (!draws || draws.kind === "gaussHermite" || draws.count < 3 * few) return null;
  return { ...program, draws: { ...draws, count: few } };
}

/** A part can lack what the model needs, and what is wrong with the data is better said of all of them. */
async function ofPart(
  problem: StartProblem,
  program: Program,
  part: ChoiceData,
  data: ChoiceData,
  { isRough, ...options }: ClimbOptions & { readonly isRough: boolean },
): Promise<Beginning | null> {
  try {
    const found = await maximum(problem, program, part, await startValues(problem, part), {
      ...options,
      enough: isRough ? enough.ofDraws : enough.ofPart,
    });
    const share = part.situations / data.situations;
    return found && { ...found, curvature: found.curvature!.map((bend) => bend / share) };
  } catch (error) {
    if (error instanceof Complaint) return null;
    throw error;
  }
}

async function maximum(
  { resolved, parameters }: StartProblem,
  program: Program,
  data: ChoiceData,
  point: Float64Array,
  options: ClimbOptions,
): Promise<Beginning | null> {
  const prepared = await prepare(program, data, options.backend, options.threads ?? "all");
  const climb = climber({ resolved, parameters, data, options });
  const { outcome } = await climb(program, prepared, { point }).finally(() => prepared.dispose());
  if (outcome.status !== "converged") return null;
  return { point: inserted(program, point, outcome.point), curvature: outcome.hessian.map((bend) => -bend) };
}
