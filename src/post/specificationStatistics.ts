/** How well a model fits, at the foot of a specification table. */
import { formatCell } from "../data/format.ts";
import { type Fit, freeCount } from "../fit/index.ts";
import { aic, bic, rhoSquared } from "../inference/index.ts";

const statistics = {
  "log-likelihood": (fit: Fit) => formatCell(fit.logLikelihood, 3),
  "free parameters": (fit: Fit) => String(freeCount(fit)),
  choices: (fit: Fit) => String(fit.situations),
  persons: (fit: Fit) => (fit.persons === null ? "" : String(fit.persons)),
  "rho²": (fit: Fit) => formatCell(rho(fit).rhoSquared, 4),
  "rho² adjusted": (fit: Fit) => formatCell(rho(fit).rhoSquaredAdjusted, 4),
  AIC: (fit: Fit) => formatCell(aic(fit.logLikelihood, freeCount(fit)), 3),
  BIC: (fit: Fit) => formatCell(bic(fit.logLikelihood, freeCount(fit), fit.situations), 3),
} as const;

export type Statistic = keyof typeof statistics;

export const statisticNames = Object.keys(statistics) as Statistic[];

const rho = (fit: Fit) => rhoSquared(fit.logLikelihood, fit.nullLogLikelihood, freeCount(fit));

/** Each statistic as text; "" where the fit has none. */
export const fitStatisticsOf = (fit: Fit): Readonly<Record<Statistic, string>> =>
  Object.fromEntries(statisticNames.map((name) => [name, statistics[name](fit)])) as Record<
    Statistic,
    string
  >;
