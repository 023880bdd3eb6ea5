/** A fit as tables: the estimates, how well they fit, and every standard error side by side. */
import { alike, decimalsFor } from "../data/decimals.ts";
import { Table } from "../data/index.ts";
import { aic, bic, likelihoodRatio, rhoSquared, standardErrors as rootDiagonal } from "../inference/index.ts";
import { drawCount } from "../math/draws/draws.ts";
import { drawRules } from "../math/draws/rules.ts";
import { modelOf, outcomes } from "../models/index.ts";
import { isByPerson } from "../program/index.ts";
import type { CovarianceKind, Fit } from "./result.ts";

export const covarianceWords: Readonly<Record<CovarianceKind, string>> = {
  hessian: "Standard errors from the exact Hessian.",
  robust: "Robust standard errors (sandwich, by situation).",
  cluster: "Standard errors clustered by person.",
};

/** The estimates: value, standard error, z, p and 95 % interval of every parameter. */
export function summary(fit: Fit): Table {
  const { parameters } = fit;
  const pick = (field: "estimate" | "standardError" | "z" | "p" | "lower" | "upper"): number[] =>
    parameters.map((parameter) => (fit.converged || field === "estimate" ? parameter[field] : Number.NaN));
  const columns = {
    parameter: parameters.map(({ name }) => name),
    estimate: pick("estimate"),
    "std. error": pick("standardError"),
    z: pick("z"),
    p: pick("p"),
    lower: pick("lower"),
    upper: pick("upper"),
  };
  const inUnit = decimalsFor(columns.estimate, columns["std. error"]);
  const formats = { ...alike(["estimate", "std. error", "lower", "upper"], inUnit), z: 2, p: "p" } as const;
  return Table.of(columns, { title: titleOf(fit), notes: notesOf(fit), formats });
}

/** What was fitted to what: "Rank-ordered multinomial logit", "rankings". */
export function outcomeOf({ kernel, data }: Fit): { readonly title: string; readonly words: string } {
  const model = modelOf(kernel);
  const { title, words } = outcomes[data.outcome?.kind ?? "choice"];
  if (!title || model.logLikelihood) return { title: model.title, words };
  return { title: `${title} ${model.title.charAt(0).toLowerCase()}${model.title.slice(1)}`, words };
}

/** The model and the data it was fitted to, as a phrase. */
export const titleOf = (fit: Fit): string => {
  const people = fit.persons === null ? "" : ` by ${fit.persons} persons`;
  const { title, words } = outcomeOf(fit);
  return `${mixtureTitle(fit, title)}, ${fit.situations} ${words}${people}`;
};

/** "Mixed multinomial logit with 2 latent classes", "Hybrid choice: multinomial logit". */
function mixtureTitle({ compiled: { program }, resolved }: Fit, title: string): string {
  const classes = program.classes.length > 1 ? ` with ${program.classes.length} latent classes` : "";
  const kind = resolved.latentVariables ? "Hybrid choice: " : resolved.draws ? "Mixed " : "";
  return (kind === "" ? title : `${kind}${title.charAt(0).toLowerCase()}${title.slice(1)}`) + classes;
}

function notesOf(fit: Fit): string[] {
  const { parameters, resolved } = fit;
  if (!fit.converged) return [`NOT ESTIMATES: ${fit.message}.`, fit.advice].filter((note) => note !== "");
  const fixed = parameters.filter((each) => each.fixed).map(({ name }) => name);
  const bound = parameters
    .filter(({ atBound }) => atBound !== null)
    .map(({ name, atBound }) => `${name} (${atBound})`);
  const against = parameters
    .filter(({ neutral, fixed: held }) => neutral !== 0 && !held)
    .map(({ name, neutral }) => `${name} against ${Number(neutral.toPrecision(4))}`);
  return [
    `${covarianceWords[fit.covariance.kind]} ${capital(fit.message)}.`,
    ...(fixed.length > 0 ? [`Fixed: ${fixed.join(", ")}.`] : []),
    ...(bound.length > 0 ? [`At a bound, without a standard error: ${bound.join(", ")}.`] : []),
    ...(against.length > 0 ? [`z and p of ${against.join(", ")}.`] : []),
    ...(resolved.temperature ? [resolved.temperature.pinned] : []),
    ...mixtureNotes(fit),
    ...resolved.notes,
  ];
}

/** Which draws the likelihood is an average over. */
function mixtureNotes({ compiled }: Fit): string[] {
  const { draws } = compiled.program;
  if (!draws) return [];
  const unit = isByPerson(compiled.program) ? "per person" : "in every situation";
  if (draws.kind === "gaussHermite") return [`${drawCount(draws)} Gauss–Hermite nodes ${unit}.`];
  return [`${draws.count} draws (${drawRules[draws.kind].title}) ${unit}, seed ${draws.seed}.`];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Row {
  readonly statistic: string;
  readonly value: number;
  readonly p?: number;
}

/** Log-likelihoods, ρ² both ways, information criteria, likelihood ratios. */
export function fitStatistics(fit: Fit): Table {
  const K = freeCount(fit);
  const observations = fit.persons ?? fit.situations;
  const fitted = { logLikelihood: fit.logLikelihood, parameters: K };
  const none = { logLikelihood: fit.nullLogLikelihood, parameters: 0 };
  const rows: Row[] = [
    { statistic: "log-likelihood", value: fit.logLikelihood },
    ...known({ statistic: "log-likelihood, choices alone", value: fit.choicesLogLikelihood }),
    ...known({ statistic: "log-likelihood, equal shares", value: fit.nullLogLikelihood }),
    ...known({ statistic: "log-likelihood, constants only", value: fit.constantsLogLikelihood }),
    ...known({
      statistic: "rho², against equal shares",
      value: rhoSquared(fit.logLikelihood, fit.nullLogLikelihood, K).rhoSquared,
    }),
    ...known({
      statistic: "rho² adjusted, against equal shares",
      value: rhoSquared(fit.logLikelihood, fit.nullLogLikelihood, K).rhoSquaredAdjusted,
    }),
    ...known({
      statistic: "rho², against constants",
      value: rhoSquared(fit.logLikelihood, fit.constantsLogLikelihood, K).rhoSquared,
    }),
    { statistic: "AIC", value: aic(fit.logLikelihood, K) },
    { statistic: "BIC", value: bic(fit.logLikelihood, K, fit.situations) },
    ...ratio("likelihood ratio against equal shares", none, fitted),
    ...ratio(
      "likelihood ratio against constants",
      { logLikelihood: fit.constantsLogLikelihood, parameters: fit.constantsParameters },
      fitted,
    ),
    { statistic: "free parameters", value: K },
    { statistic: outcomeOf(fit).words, value: fit.situations },
    ...(fit.persons === null ? [] : [{ statistic: "persons", value: observations }]),
  ];
  return Table.of(
    {
      statistic: rows.map(({ statistic }) => statistic),
      value: rows.map(({ value }) => value),
      p: rows.map(({ p }) => p ?? Number.NaN),
    },
    {
      title: "Fit",
      formats: { value: "statistic", p: "p" },
      notes: [`BIC counts ${outcomeOf(fit).words}.`, ...indicatorNote(fit)],
    },
  );
}

const indicatorNote = ({ resolved: { latentVariables } }: Fit): string[] =>
  latentVariables
    ? [
        "The log-likelihood is of choices and indicators together, so there is no rho²; that of the choices alone is at the same estimates.",
      ]
    : [];

export const freeCount = (fit: Fit): number =>
  fit.parameters.filter(({ fixed, atBound }) => !fixed && atBound === null).length;
const known = (row: Row): Row[] => (Number.isFinite(row.value) ? [row] : []);

/** A likelihood ratio row, where the one is nested in the other in the sense of having fewer parameters. */
function ratio(
  name: string,
  restricted: { logLikelihood: number; parameters: number },
  full: { logLikelihood: number; parameters: number },
): Row[] {
  const nested = restricted.parameters < full.parameters && restricted.logLikelihood <= full.logLikelihood;
  if (!nested || !Number.isFinite(restricted.logLikelihood)) return [];
  const { statistic, p, degrees } = likelihoodRatio(restricted, full);
  return [{ statistic: `${name}, χ²(${degrees})`, value: statistic, p }];
}

/** Every standard error that the data allow, side by side, and which one to quote. */
export function standardErrors(fit: Fit): Table {
  const kinds = (["hessian", "robust", "cluster"] as const).filter((kind) => fit.covariances[kind]);
  const columns: Record<string, string[] | number[]> = {
    parameter: fit.parameters.map(({ name }) => name),
    estimate: fit.parameters.map(({ estimate }) => estimate),
  };
  for (const kind of kinds) columns[kind] = [...rootDiagonal(fit.covariances[kind]!)];
  const notes = fit.converged ? [whichToQuote(fit)] : notesOf(fit);
  const errors = kinds.flatMap((kind) => columns[kind] as number[]);
  const formats = alike(["estimate", ...kinds], decimalsFor(columns.estimate as number[], errors));
  return Table.of(columns, { title: "Standard errors side by side", notes, formats });
}

function whichToQuote({ persons, situations, covariances }: Fit): string {
  if (persons !== null && persons < situations)
    return covariances.cluster
      ? "Several choices per person: quote the clustered ones."
      : "Several choices per person, and too few persons for clustered ones: these are too small.";
  return "One choice per person: quote the robust ones unless you trust the model fully.";
}
