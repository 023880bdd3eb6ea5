/** Checks of what the data can tell: directions without a maximum, and directions without any effect. */

import { submatrix } from "../../math/matrix.ts";
import { nullSpace } from "../../optimise/flat.ts";
import { separation } from "../../optimise/separation.ts";
import { describeDirection, list } from "../../optimise/words.ts";
import type { Check, Finding } from "./check.ts";
import { type Design, designFor } from "./design.ts";
import { withoutParameter } from "./fixes.ts";
import { crossProducts, normsOf } from "./moments.ts";
import { range } from "./sets.ts";

export const unidentified: Check = {
  name: "not identified",
  finds: "combinations of coefficients without effect",
  stage: "model",
  run(patient) {
    const { data, design } = patient;
    if (typeof design === "string") return design;
    const all = flatDirections(design);
    if (design.limits.linear) return all.map(flatTogether);
    if (design.limits.same) return all.map(flatInTheMean);
    const taken = new Set<string>();
    return all.map((flat) => {
      const { names, direction, scale } = flat;
      const moving = movingIn(flat);
      const last = moving.findLast((name) => !taken.has(name)) ?? moving[0];
      taken.add(last);
      return {
        grade: "stops" as const,
        says: describeDirection(names, direction, scale),
        advice: "fix one of them, or remove the columns that repeat each other",
        fix: withoutParameter(last, repeatedTerm(last, moving, data.labels, design.names, all) ?? last),
      };
    });
  },
};

/** Of utilities that are not linear, which combination is flat depends on the coefficients: they are named alone. */
function flatTogether(flat: Flat): Finding {
  const moving = movingIn(flat);
  return {
    grade: "stops",
    says: `${list(moving)} ${moving.length === 1 ? "is" : "are"} not ${moving.length === 1 ? "" : "separately "}identified: near the start, ${moving.length === 1 ? "it changes" : "moving them together changes"} nothing`,
    advice: "fix one of them, or write the utilities with fewer",
  };
}

/** Coefficients that vary over people may be told apart by how they vary, and hardly. */
const flatInTheMean = ({ names, direction, scale }: Flat): Finding => ({
  grade: "harms",
  says: `${describeDirection(names, direction, scale)}, were they the same for all people: nothing but how they vary tells them apart`,
  advice: "remove the columns that repeat each other",
});

type Flat = ReturnType<typeof flatDirections>[number];

/**
 * The term of a formula whose coefficients, one for each alternative, are all flat together with those of one other
 * term: then the whole term repeats that one.
 */
function repeatedTerm(
  name: string,
  moving: readonly string[],
  labels: readonly string[] | null,
  names: readonly string[],
  all: readonly Flat[],
): string | null {
  const label = labels?.find((each) => name.endsWith(`_${each}`));
  if (label === undefined) return null;
  const term = name.slice(0, -label.length - 1);
  const own = labels!.filter((each) => names.includes(`${term}_${each}`));
  const [partner] = moving.length === 2 ? partnersOf(name, `_${label}`, [moving]) : [];
  const flat = all.map(movingIn);
  return partner !== undefined &&
    own.every((each) => partnersOf(`${term}_${each}`, `_${each}`, flat).includes(partner))
    ? term
    : null;
}

/** Terms with which this coefficient is flat in a pair, at the same alternative. */
const partnersOf = (name: string, ending: string, flat: readonly (readonly string[])[]): string[] =>
  flat.flatMap((pair) => {
    const other = pair.find((each) => each !== name);
    return pair.length === 2 && pair.includes(name) && other?.endsWith(ending)
      ? [other.slice(0, -ending.length)]
      : [];
  });

const movingIn = ({ names, direction }: Flat): string[] =>
  names.filter((_, k) => Math.abs(direction[k]) > 1e-3);

/** Directions along which no difference between alternatives moves; in units of 1 / size of each column. */
function flatDirections({ names, differences }: Design) {
  const norms = normsOf(differences, names.length);
  const kept = range(names.length).filter((k) => norms[k] > 0);
  const { directions } = nullSpace(submatrix(crossProducts(differences, norms), kept));
  const scale = Float64Array.from(kept, (k) => 1 / norms[k]);
  return directions.map((direction) => ({ names: kept.map((k) => names[k]), direction, scale }));
}

/** Largest table of differences that is searched, in numbers. */
const most = 2e7;

export const separated: Check = {
  name: "separation",
  finds: "columns that predict choices without error",
  stage: "model",
  run(patient) {
    const design = designFor(patient.design, "linear", "choice", "same");
    if (typeof design === "string") return design;
    const { names, differences } = design;
    if (differences.length > most) return "there are too many rows to search";
    const { kind, columns, direction } = separation(differences, names.length);
    if (kind === "none") return [];
    const largest = Math.max(...columns.map((k) => Math.abs(direction![k])));
    const moves = columns.map((k) => {
      const size = Number(Math.abs(direction![k] / largest).toPrecision(3));
      return `${names[k]} ${direction![k] > 0 ? "rises" : "falls"}${columns.length > 1 ? ` by ${size}` : ""}`;
    });
    const what = kind === "complete" ? "every choice" : "some choices";
    return [
      {
        grade: "stops",
        says: `${columns.map((k) => names[k]).join(", ")} ${columns.length === 1 ? "predicts" : "together predict"} ${what} without error: as ${moves.join(", ")}, no choice gets less likely and some get likelier, so the likelihood has no maximum`,
        advice:
          "merge the categories or alternatives behind it with others, leave the column out, or bound the coefficient; an alternative that hardly anybody chose is often the cause",
      },
    ];
  },
};
