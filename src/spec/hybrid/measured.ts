/** The measurement equations of a hybrid choice model: their parameters, and ln of the density of a person's answers. */
import type { ChoiceData } from "../../data/choiceData.ts";
import { addAll, type Expr, mul, nameLeaf, parameter, print } from "../../expr/index.ts";
import { coefficient } from "../random/coefficient.ts";
import type { Parameter, Resolved, Spec } from "../spec.ts";
import { type Answers, answersTo, direction } from "./answers.ts";
import { type Equation, indicatorKinds, logDensityOf, type MeasurementParameter } from "./indicatorKinds.ts";
import { type Indicator, indicatorOf, type LatentVariable } from "./latentVariables.ts";
import { withoutLatent } from "./withoutLatent.ts";

/** A latent variable that has met its data. */
export interface ResolvedLatentVariable {
  readonly name: string;
  /** The loading of its first indicator, which is reported positive. */
  readonly leading: string;
  /** Parameters that change sign where the latent variable does; nothing else is told by that. */
  readonly mirrored: readonly string[];
  /** What it depends on, and how its indicators come about. */
  readonly equations: readonly Equation[];
  /** How many people left an answer out, by indicator. */
  readonly missing: Readonly<Record<string, number>>;
}

interface Shown {
  readonly column: string;
  readonly indicator: Indicator;
  readonly answers: Answers;
  readonly loading: string;
}

/**
 * The specification with what was measured of people.
 * @param written its utilities with latent variables by name.
 * Throws a Complaint for a column that cannot be an indicator.
 */
export function measured(resolved: Resolved, written: Spec, data: ChoiceData): Resolved {
  const parts = Object.entries(written.latentVariables ?? {}).map(([name, variable]) =>
    partOf(name, variable, resolved, written, data),
  );
  return {
    ...resolved,
    parameters: [...resolved.parameters, ...parts.flatMap(({ parameters }) => parameters)],
    measured: addAll(parts.flatMap(({ densities }) => densities)),
    latentVariables: parts.map(({ latent }) => latent),
    notes: [...resolved.notes, ...parts.flatMap(({ latent }) => notesOf(latent))],
  };
}

/** The specification with what another one of the same people measured of them. */
export const measuredAs = (
  resolved: Resolved,
  { measured: density, latentVariables, parameters }: Resolved,
): Resolved =>
  latentVariables
    ? {
        ...resolved,
        parameters: [...resolved.parameters, ...parameters.filter(({ role }) => role === "measurement")],
        measured: density,
        latentVariables,
      }
    : resolved;

/** The columns that the log-likelihood counts beside the choices. */
export const indicatorsOf = ({ latentVariables = [] }: Pick<Resolved, "latentVariables">): string[] =>
  latentVariables.flatMap(({ missing }) => Object.keys(missing)).sort();

function partOf(name: string, variable: LatentVariable, resolved: Resolved, written: Spec, data: ChoiceData) {
  const { text, columns } = resolved.random!.find((each) => each.name === name)!;
  const eta = coefficient(text, resolved, data, parameter);
  const all = Object.entries(variable.indicators).map(([column, given]): Shown => {
    const indicator = indicatorOf(given);
    const answers = answersTo(column, indicatorKinds[indicator.kind].mostLevels, data);
    return { column, indicator, answers, loading: `loading_${name}_${column}` };
  });
  const latent: ResolvedLatentVariable = {
    name,
    leading: all[0].loading,
    mirrored: [
      ...columns.map((each) => each.parameter),
      ...all.map(({ loading }) => loading),
      ...withoutLatent(written, [name]).lost,
    ],
    equations: [{ left: name, right: text }, ...all.map((each) => equationOf(each, name))],
    missing: Object.fromEntries(all.map(({ column, answers }) => [column, answers.missing])),
  };
  return {
    latent,
    parameters: all.flatMap((each) => parametersOf(each, all[0].answers)),
    densities: all.map((each) => densityOf(each, eta)),
  };
}

function equationOf({ column, indicator, loading }: Shown, name: string): Equation {
  const kind = indicatorKinds[indicator.kind];
  const shift = [loading, name].map((each) => print(nameLeaf(each))).join(" * ");
  return kind.equation(column, shift, indicator.link ?? kind.links[0]);
}

function parametersOf({ column, indicator, answers, loading }: Shown, first: Answers): Parameter[] {
  const kind = indicatorKinds[indicator.kind];
  const link = indicator.link ?? kind.links[0];
  const start = direction(first, answers) * kind.loading(answers, link);
  return [{ name: loading, start }, ...kind.parameters(column, answers, link)].map(asParameter);
}

const asParameter = ({ name, start, lower }: MeasurementParameter): Parameter => ({
  name,
  start,
  fixed: false,
  lower: lower ?? Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
  neutral: 0,
  role: "measurement",
});

const densityOf = ({ column, indicator, answers, loading }: Shown, eta: Expr): Expr =>
  logDensityOf({ column, ...indicator }, answers, mul(parameter(loading), eta));

function notesOf({ name, leading, missing }: ResolvedLatentVariable): string[] {
  const gone = Object.entries(missing).filter(([, count]) => count > 0);
  return [
    `Latent variable ${name}: its variance is 1 beside what explains it, and ${leading} is positive.`,
    ...gone.map(([column, count]) => `${count} answers to ${column} are missing and say nothing.`),
  ];
}
