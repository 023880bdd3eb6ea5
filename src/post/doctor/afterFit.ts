/** Checks of a fit: is it a maximum, and does it hang on little. */
import { isMixture } from "../../program/index.ts";
import { panelOf } from "../audit/influence.ts";
import type { Check, Patient } from "./check.ts";
import { many, situations } from "./where.ts";

const isMaximum = ({ fit }: Patient): boolean => fit!.converged;
const noMaximum = "the point is not a maximum";

export const maximum: Check = {
  name: "maximum",
  finds: "a search that ended at no maximum; flat directions",
  stage: "fit",
  run({ fit }) {
    if (fit!.converged) return [];
    return [{ grade: "stops", says: fit!.message, advice: fit!.advice || "start elsewhere" }];
  },
};

export const atBounds: Check = {
  name: "bounds",
  finds: "estimates that ended at a bound",
  stage: "fit",
  run({ fit }) {
    return fit!.parameters
      .filter(({ atBound }) => atBound !== null)
      .map(({ name, atBound, estimate }) => ({
        grade: "harms" as const,
        says: `${name} ended at its ${atBound} bound, ${estimate}`,
        advice:
          "it has no standard error, and those of the others take it as known: look why the data push it there, or leave it out",
      }));
  },
};

/** From here two estimates are one number in two parts. */
const close = 0.98;

export const correlated: Check = {
  name: "correlated estimates",
  finds: "pairs that the data hardly tell apart",
  stage: "fit",
  run(patient) {
    if (!isMaximum(patient)) return noMaximum;
    const { parameters, covariances } = patient.fit!;
    const matrix = covariances.hessian!;
    const size = parameters.length;
    const r = (i: number, j: number): number =>
      matrix[i * size + j] / Math.sqrt(matrix[i * size + i] * matrix[j * size + j]);
    return parameters.flatMap(({ name }, i) =>
      parameters.slice(0, i).flatMap((other, j) =>
        Math.abs(r(i, j)) > close
          ? [
              {
                grade: "harms" as const,
                says: `the estimates of ${other.name} and ${name} are correlated with ${r(i, j).toFixed(4)}`,
                advice: "only a combination of the two is known well: report that, or leave one out",
              },
            ]
          : [],
      ),
    );
  },
};

/** Ratio of clustered (robust) to Hessian standard errors that says the model is not right. */
const apart = 1.5;

export const misspecified: Check = {
  name: "error ratio",
  finds: "sandwich and Hessian errors far apart",
  stage: "fit",
  run(patient) {
    if (!isMaximum(patient)) return noMaximum;
    const { parameters, covariances } = patient.fit!;
    const kind = covariances.cluster ? "cluster" : "robust";
    const sandwich = covariances[kind];
    if (!sandwich) return "there is no sandwich covariance";
    const size = parameters.length;
    const ratios = parameters.map((_, k) =>
      Math.sqrt(sandwich[k * (size + 1)] / covariances.hessian![k * (size + 1)]),
    );
    const far = parameters.flatMap(({ name }, k) =>
      ratios[k] > apart || ratios[k] < 1 / apart ? [`${name} ${ratios[k].toFixed(2)}`] : [],
    );
    if (far.length === 0) return [];
    return [
      {
        grade: "harms",
        says: `${kind === "cluster" ? "clustered" : "robust"} over Hessian standard errors: ${far.join(", ")}`,
        advice:
          kind === "cluster"
            ? "choices of a person resemble each other more than the model says: quote the clustered errors, and try tastes that differ between persons"
            : "the spread is not as the model says: quote the robust errors, and look for what is missing in the utilities",
      },
    ];
  },
};

const unlikely = 0.001;

export const surprising: Check = {
  name: "surprising choices",
  finds: "choices given less than one chance in 1000",
  stage: "fit",
  async run(patient) {
    if (!isMaximum(patient)) return noMaximum;
    const { data, fit } = patient;
    const { program } = fit!.compiled;
    if (isMixture(program)) return "coefficients are random";
    if (!data.chosen) return "the outcome is not one choice";
    const which: number[] = [];
    await fit!.prepared.each([program.classes[0].term], fit!.estimates, ({ from, values: [logs] }) => {
      logs.forEach((log, i) => {
        if (log < Math.log(unlikely)) which.push(from + i);
      });
    });
    if (which.length === 0) return [];
    return [
      {
        grade: which.length > 0.01 * data.situations ? "harms" : "note",
        says: `${many(which.length, "choice")} of ${data.situations} had a probability below ${unlikely}: ${situations(data, which)}`,
        advice: "look at these rows: wrong codes and wrong units show here first",
      },
    ];
  },
};

export const influential: Check = {
  name: "influence",
  finds: "persons who alone move an estimate",
  stage: "fit",
  async run(patient) {
    if (!isMaximum(patient)) return noMaximum;
    const { data, fit } = patient;
    const panel = await panelOf(fit!);
    const { program } = fit!.compiled;
    return program.free.flatMap((index, k) => {
      const { name } = fit!.parameters[index];
      // The clustered one would not do: it is the length of these very influences.
      const standardError = Math.sqrt(fit!.covariances.hessian![index * (fit!.parameters.length + 1)]);
      if (!(standardError > 0)) return [];
      const unit = Float64Array.from(program.free, (_, i) => (i === k ? 1 : 0));
      const moves = panel.through(unit).map((each) => each / standardError);
      const strong = [...moves.keys()].filter((u) => Math.abs(moves[u]) > 1);
      return strong.slice(0, 3).map((u) => ({
        grade: "harms" as const,
        says: `${data.person ? `person ${data.persons[u]}` : situations(data, [u])} alone moves ${name} by ${moves[u].toFixed(1)} (Hessian) standard errors`,
        advice: "look at what was answered there, and report the estimates without it as well",
      }));
    });
  },
};
