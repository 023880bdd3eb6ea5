/**
 * Likelihood ratio: 2 (L − L_r) ~ χ²(k) if the k restrictions hold that lead from the full model to the
 * restricted one. A restriction that puts a parameter on its bound (a zero variance) halves p.
 *
 * Source: Wilks (1938), Annals of Mathematical Statistics 9:60; on the boundary Self & Liang (1987), J.
 * American Statistical Association 82:605.
 */
import { Complaint, suggest } from "../../complaint/index.ts";
import type { Table } from "../../data/index.ts";
import type { Fit } from "../../fit/index.ts";
import { boundaryUpper } from "../../inference/chiBarSquare.ts";
import { type Fitted, likelihoodRatio } from "../../inference/index.ts";
import { boundsOf } from "../bounds.ts";
import { checkSameChoices } from "./comparable.ts";
import { independenceNotes, type TestOptions, testTable, verdict } from "./verdict.ts";

export interface LikelihoodRatioOptions extends TestOptions {
  /**
   * The parameters of the full model that the restricted one puts on the edge of where they may be, for
   * example ["lambda"]. Spreads, and those with a declared bound, are found without being named.
   */
  readonly boundary?: readonly string[];
}

/**
 * That the restricted model explains the choices as well as the full one, of which it is a special case.
 * Throws a Complaint where the two cannot be nested or do not use the same choices.
 */
export function likelihoodRatioTest(
  restricted: Fit,
  full: Fit,
  { boundary = [], level }: LikelihoodRatioOptions = {},
): Table {
  checkSameChoices(restricted, full);
  const edges = onEdge(restricted, full, boundary);
  const { statistic, degrees } = likelihoodRatio(fittedOf(restricted), fittedOf(full));
  const p = boundaryUpper(statistic, degrees, edges.length);
  const mixture = `½ χ²(${degrees - 1}) + ½ χ²(${degrees})`;
  const found = verdict(
    p,
    {
      rejected: "the full model explains the choices better than chance would let it",
      kept: "the data do not ask for more than the restricted model",
    },
    { level },
  );
  const notes = [
    found,
    ...(edges.length === 1
      ? [`${edges[0]} is on the edge of where it may be, so the law is ${mixture}.`]
      : edges.length > 1
        ? [`${edges.join(", ")} are on the edge of where they may be; p is at most that of ${mixture}.`]
        : []),
    ...independenceNotes([full]),
  ];
  const row = { test: "likelihood ratio", statistic, degrees, p };
  return testTable([row], { title: "Likelihood ratio test", notes });
}

/** A parameter that a search left on its bound is estimated all the same. */
const fittedOf = ({ logLikelihood, parameters }: Fit): Fitted => ({
  logLikelihood,
  parameters: parameters.filter(({ fixed }) => !fixed).length,
});

function onEdge(restricted: Fit, full: Fit, named: readonly string[]): string[] {
  const names = full.parameters.map(({ name }) => name);
  const unknown = named.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Complaint(`${unknown} is not a parameter of the full model`, { help: suggest(unknown, names) });
  const before = new Map(restricted.parameters.map((each) => [each.name, each]));
  const bounds = boundsOf(full);
  return full.parameters.flatMap(({ name, fixed, neutral, role }, i) => {
    const held = before.get(name);
    if (fixed || (held && !held.fixed)) return [];
    const value = held?.estimate ?? neutral;
    // The sign of a standard deviation says nothing, so 0 is its edge whatever its bounds are.
    const isNoSpread = role === "spread" && name.startsWith("sd_") && value === 0;
    return isNoSpread || named.includes(name) || value === bounds[i].lower || value === bounds[i].upper
      ? [name]
      : [];
  });
}
