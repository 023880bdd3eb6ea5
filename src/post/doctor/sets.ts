/** Checks of choice sets: those of one, and alternatives that nobody chose. */
import type { Check } from "./check.ts";
import { many, situations } from "./where.ts";

export const setsOfOne: Check = {
  name: "sets of one",
  finds: "choice sets with one alternative",
  stage: "data",
  run({ data }) {
    const alone = range(data.situations).filter((s) => data.start[s + 1] - data.start[s] === 1);
    if (alone.length === 0) return [];
    return [
      {
        grade: "note",
        says: `${many(alone.length, "choice set has", "choice sets have")} one alternative: ${situations(data, alone)}`,
        advice:
          "they add nothing to the likelihood and may stay; if they should hold more, look at availability and at the situation column",
      },
    ];
  },
};

export const neverChosen: Check = {
  name: "never chosen",
  finds: "alternatives that nobody chose",
  stage: "data",
  run({ data }) {
    const { labels, chosen, alternative } = data;
    if (!labels) return "alternatives have no labels";
    if (!chosen || !alternative) return "the outcome is not one choice";
    const [there, taken] = [new Int32Array(labels.length), new Int32Array(labels.length)];
    for (const j of alternative) there[j]++;
    for (const row of chosen) taken[alternative[row]]++;
    return [...labels.keys()]
      .filter((j) => taken[j] === 0)
      .map((j) => ({
        grade: "harms" as const,
        says: `nobody chose ${labels[j]}, which was there ${many(there[j], "time")}`,
        advice: `a constant of its own runs to minus infinity: leave ${labels[j]} out, merge it with another, or give it no constant`,
      }));
  },
};

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
