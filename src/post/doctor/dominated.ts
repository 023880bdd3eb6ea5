/**
 * Choices of an alternative that another one beats in everything the model counts, with nothing to be said for the chosen
 * one. Which way a coefficient points is what its bounds declare; after a fit, what its estimate clearly says.
 */
import type { Check, Finding, Patient } from "./check.ts";
import { type Design, designFor } from "./design.ts";
import { many, situations } from "./where.ts";

const found = (patient: Patient, design: Design, signs: Float64Array): Finding[] => {
  const which = dominatedIn(design, signs);
  if (which.length === 0) return [];
  const { data } = patient;
  return [
    {
      grade: which.length > 0.05 * data.situations ? "harms" : "note",
      says: `${many(which.length, "choice")} of ${data.situations} went to a dominated alternative, worse in something and better in nothing: ${situations(data, which)}`,
      advice:
        "look whether a sign is turned in the data, or whether these people traded at all: fit without them as well",
    },
  ];
};

/** Situations in which some alternative is at least as good in every column, and better in one. A column whose sign is 0 must be equal. */
function dominatedIn({ names, differences, situationOf }: Design, signs: Float64Array): number[] {
  const size = names.length;
  const out = new Set<number>();
  for (let row = 0; row * size < differences.length; row++) {
    let [better, worse] = [false, false];
    for (let k = 0; k < size; k++) {
      const gap = differences[row * size + k];
      if (gap === 0) continue;
      if (signs[k] * gap < 0) worse = true;
      else better = true;
    }
    if (worse && !better) out.add(situationOf(row));
  }
  return [...out];
}

export const dominatedBefore: Check = {
  name: "dominated",
  finds: "chosen ones that are worse and nowhere better",
  stage: "model",
  run(patient) {
    const design = designFor(patient.design, "linear", "choice", "same");
    if (typeof design === "string") return design;
    const bounds = new Map(patient.resolved!.parameters.map((each) => [each.name, each]));
    const signs = Float64Array.from(design.names, (name) => {
      const { lower, upper } = bounds.get(name) ?? { lower: -1, upper: 1 };
      return lower >= 0 ? 1 : upper <= 0 ? -1 : 0;
    });
    if (signs.every((sign) => sign === 0))
      return 'no bound says what is good: { "start": 0, "upper": 0 } for a cost';
    return found(patient, design, signs);
  },
};

export const dominatedAfter: Check = {
  name: "dominated choices",
  finds: "the same, by the signs of the estimates",
  stage: "fit",
  run(patient) {
    const design = designFor(patient.design, "linear", "choice", "same");
    if (typeof design === "string") return design;
    const z = new Map(patient.fit!.parameters.map((each) => [each.name, each.z]));
    const signs = Float64Array.from(design.names, (name) => {
      const each = z.get(name) ?? Number.NaN;
      return Math.abs(each) > 1.96 ? Math.sign(each) : 0;
    });
    return found(patient, design, signs);
  },
};
