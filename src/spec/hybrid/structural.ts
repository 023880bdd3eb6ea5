/** What latent variables depend on: η = z'γ + ω, with ω standard normal over people, as a text that stands for its name. */
import { Complaint } from "../../complaint/index.ts";
import type { ChoiceData } from "../../data/choiceData.ts";
import { resolve } from "../../data/resolve.ts";
import { checkUsed } from "../../data/used.ts";
import { nameLeaf, Place, parse, print, topological } from "../../expr/index.ts";
import { firstVarying } from "../personal.ts";
import type { ResolvedRandom } from "../random/expand.ts";
import { type MeanColumn, meanColumns } from "../random/meanColumns.ts";
import { misplaced, numberOf } from "../regressors.ts";
import type { Spec } from "../spec.ts";
import { formulaTerms } from "../terms.ts";
import type { LatentVariable, LatentVariables } from "./latentVariables.ts";

/** Latent variables as random coefficients of mean z'γ and spread 1, with draws from number `first` on. */
export function structural(
  asked: LatentVariables,
  written: Spec,
  data: ChoiceData,
  first: number,
): ResolvedRandom[] {
  return Object.entries(asked).map(([name, variable], i) => {
    checkName(name, written, data);
    const columns = personalColumns(name, variable, written, data);
    const m = columns.map(({ parameter, text }) => `${print(nameLeaf(parameter))} * ${text}`).join(" + ");
    const unbounded = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
    return {
      name,
      distribution: "normal",
      text: `${m === "" ? "" : `${m} + `}normal(${first + i})`,
      shape: { m: m === "" ? "0" : m, s: "1", sign: 1, ...unbounded },
      group: [name],
      spreads: [],
      columns,
      on: null,
      centred: true,
    };
  });
}

function checkName(name: string, { parameters, utilities, random = {} }: Spec, data: ChoiceData): void {
  const texts = typeof utilities === "string" ? [utilities] : Object.values(utilities);
  if (!topological(texts.map(parse)).includes(nameLeaf(name)))
    throw new Complaint(`no utility uses the latent variable ${name}`, {
      rule: "a latent variable stands in utilities by its name",
      help: `"asc_train + lambda_${name} * ${name}", with the parameter lambda_${name}`,
    });
  const other = Object.hasOwn(parameters, name)
    ? "a parameter"
    : Object.hasOwn(random, name)
      ? "a random coefficient"
      : data.has(name)
        ? "a column"
        : null;
  if (other !== null)
    throw new Complaint(`${name} is ${other} already, and a latent variable needs a name of its own`, {
      help: "give it another name",
    });
}

function personalColumns(
  name: string,
  { on }: LatentVariable,
  written: Spec,
  data: ChoiceData,
): readonly MeanColumn[] {
  const number = on === undefined ? undefined : formulaTerms(on)[0].find((term) => numberOf(term) !== null);
  if (number)
    throw misplaced(
      number,
      "a latent variable has no constant",
      "the constants and thresholds of its indicators, and those of the alternatives, take its place",
    );
  const columns = meanColumns(`gamma_${name}`, on, written, data);
  for (const { text } of columns) checkColumn(name, text, data);
  return columns;
}

function checkColumn(name: string, text: string, data: ChoiceData): void {
  const expr = resolve(parse(text), {
    data,
    place: Place.situation,
    parameter: () => undefined,
    source: text,
  });
  checkUsed(data, [expr]);
  const varying = firstVarying(expr, data);
  if (varying)
    throw new Complaint(`${text} varies over the choices of a person, and ${name} belongs to a person`, {
      value: varying.values.join(" and "),
      where: `person ${varying.person}`,
      help: "a latent variable depends on columns that are the same in all choices of a person",
    });
}
