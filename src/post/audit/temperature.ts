/**
 * The temperature of a group at frozen utilities: the τ that maximises the group's log-likelihood of
 * V/τ with V as estimated from everybody. Above 1, the group is less decided than the model says; below, more.
 * Searched as the scale s = 1/τ, in which the log-likelihood of a logit is concave.
 *
 * The influence of a person: −(s_i + A_sβ ψ_β) / A_ss, with A the second derivatives of the group's log-likelihood.
 */
import { Complaint } from "../../complaint/index.ts";
import { maximise } from "../../optimise/index.ts";
import { isByPerson } from "../../program/index.ts";
import type { Scene } from "../scene.ts";
import { type Heated, heated } from "../thermodynamics/heated.ts";
import type { Estimate, Panel } from "./influence.ts";

/** The scale 1/τ; null where none is best: the group's choices are perfectly predicted, or nothing is at stake. */
export async function groupScale(
  panel: Panel,
  scene: Scene,
  situations: Int32Array,
): Promise<Estimate | null> {
  const hot = await heated(scene);
  try {
    const scale = await bestScale(hot);
    return scale === null ? null : await influenced(panel, hot, situations, scale);
  } finally {
    hot.prepared.dispose();
  }
}

async function bestScale(hot: Heated): Promise<number | null> {
  const at = hot.compiled.program.free.indexOf(hot.scale);
  const size = hot.compiled.program.free.length;
  const outcome = await maximise({
    names: ["scale"],
    start: Float64Array.of(1),
    objective: {
      dimension: 1,
      async evaluate([scale], want) {
        const found = await hot.prepared.evaluate(hot.point(scale), want);
        const { gradient, hessian } = found;
        return {
          value: found.value,
          ...(gradient && { gradient: Float64Array.of(gradient[at]) }),
          ...(hessian && { hessian: Float64Array.of(hessian[at * size + at]) }),
        };
      },
    },
  });
  return outcome.status === "converged" ? outcome.point[0] : null;
}

async function influenced(
  panel: Panel,
  hot: Heated,
  situations: Int32Array,
  scale: number,
): Promise<Estimate> {
  const { program } = hot.compiled;
  const at = program.free.indexOf(hot.scale);
  const size = program.free.length;
  const { hessian } = await hot.prepared.evaluate(hot.point(scale), "hessian");
  const curvature = hessian![at * size + at];
  const cross = hessian!.subarray(at * size, (at + 1) * size).filter((_, k) => k !== at);
  const influence = panel.through(cross).map((each) => -each / curvature);
  const byPerson = isByPerson(program);
  const first = firstSituations(hot.data.person);
  await hot.prepared.scores(hot.point(scale), ({ from, scores }) => {
    scores[at].forEach((score, i) => {
      const situation = byPerson ? (first[from + i] ?? from + i) : from + i;
      influence[panel.unit(situations[situation])] -= score / curvature;
    });
  });
  return { value: scale, influence };
}

/** Of every person. */
function firstSituations(person: Int32Array | null): number[] {
  const first: number[] = [];
  person?.forEach((who, s) => {
    first[who] ??= s;
  });
  return first;
}

/** τ from its inverse; refused where choices go against the utilities. */
export function inverse({ value, influence }: Estimate): Estimate {
  if (value <= 0)
    throw new Complaint("the group chooses against the utilities: no temperature is positive", { value });
  return { value: 1 / value, influence: influence.map((each) => -each / value ** 2) };
}
