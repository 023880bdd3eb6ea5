import { describe, expect, it } from "vitest";
import { hessianCovariance, sandwich, standardErrors } from "../../src/inference/covariance.ts";
import { meat } from "../../src/inference/meat.ts";
import { maximise } from "../../src/optimise/optimise.ts";
import { plainLogit, scoresOf } from "./plainLogit.ts";
import { absent, caseNames, load, reference } from "./sharedCases.ts";

const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, relative: number) => {
  expect(found.length).toBe(wanted.length);
  for (let k = 0; k < wanted.length; k++)
    expect(Math.abs(found[k] / wanted[k] - 1), `${k}: ${found[k]}, not ${wanted[k]}`).toBeLessThan(relative);
};

describe.skipIf(absent)(`a logit on real data from zeros ${absent || ""}`, () => {
  it.each(caseNames)("%s has the published estimates and all three standard errors", async (name) => {
    const { data, person, names } = load(name);
    const wanted = reference(name);
    const objective = plainLogit(data);
    const found = await maximise({ objective, start: new Float64Array(names.length), names });
    expect(found.status, found.message).toBe("converged");
    expect(found.gradientNorm).toBeLessThan(1e-8);
    close([found.value], [wanted.loglik], 1e-9);
    close(found.point, wanted.coef, 1e-6);
    close(standardErrors(hessianCovariance(found.hessian)), wanted.se, 1e-6);
    const [robust, clustered] = [meat(names.length), meat(names.length)];
    robust.addScores(scoresOf(data, found.point));
    clustered.addScores(scoresOf(data, found.point), person);
    close(standardErrors(sandwich(found.hessian, robust.matrix())), wanted.se_robust, 1e-6);
    if (!wanted.se_cluster_person) return;
    expect(clustered.units()).toBe(wanted.n_people);
    close(standardErrors(sandwich(found.hessian, clustered.matrix())), wanted.se_cluster_person, 1e-6);
  });

  it.each(caseNames)("%s takes at most 7 iterations and 8 evaluations", async (name) => {
    const { data, names } = load(name);
    const objective = plainLogit(data);
    const found = await maximise({ objective, start: new Float64Array(names.length), names });
    expect(found.iterations).toBeLessThanOrEqual(7);
    expect(found.evaluations).toBeLessThanOrEqual(8);
    expect(objective.calls).toEqual({ value: 0, gradient: 0, hessian: found.evaluations });
  });
});
