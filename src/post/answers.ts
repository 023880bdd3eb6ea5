/** The questions whose answers are estimates, each with the option `intervals` of withIntervals.ts. */
import type { Table } from "../data/index.ts";
import type { Fit } from "../fit/index.ts";
import * as classes from "./classShares.ts";
import * as curve from "./curve.ts";
import * as expressions from "./derived.ts";
import * as diverted from "./diversion.ts";
import * as effects from "./effects.ts";
import {
  answered,
  type IntervalOptions,
  withIntervals,
  withOptionalIntervals,
} from "./intervals/withIntervals.ts";
import * as spread from "./randomCoefficients.ts";
import * as share from "./shares.ts";
import * as welfare from "./surplus.ts";
import * as values from "./wtp.ts";

/** Shares of the alternatives: observed, predicted, and under a scenario. See shares.ts. */
export const shares = withOptionalIntervals(share.shares);
/** How large the latent classes are. See classShares.ts. */
export const classShares = (fit: Fit, { intervals }: IntervalOptions = {}): Promise<Table> =>
  answered(fit, intervals, classes.classShares);
/** Percentage change of each share for one per cent more of an attribute. See effects.ts. */
export const elasticities = withIntervals(effects.elasticities);
/** Change of each share for one unit more of an attribute. See effects.ts. */
export const marginalEffects = withIntervals(effects.marginalEffects);
/** Where the choices go that an alternative loses. See diversion.ts. */
export const diversion = withOptionalIntervals(diverted.diversion);
/** Willingness to pay for attributes. See wtp.ts. */
export const wtp = withIntervals(values.wtp);
/** The mean logsum. See surplus.ts. */
export const logsums = withOptionalIntervals(welfare.logsums);
/** The change of consumer surplus under a scenario. See surplus.ts. */
export const surplus = withIntervals(welfare.surplus);
/** Choice probabilities along an attribute. See curve.ts. */
export const probabilityCurve = withIntervals(curve.probabilityCurve);

/** How coefficients are spread over people. See randomCoefficients.ts. */
export const randomCoefficients = (fit: Fit, { intervals }: IntervalOptions = {}): Promise<Table> =>
  answered(fit, intervals, spread.randomCoefficients);
/** How correlated ones vary together. See randomCoefficients.ts. */
export const randomCovariances = (fit: Fit, { intervals }: IntervalOptions = {}): Promise<Table> =>
  answered(fit, intervals, spread.randomCovariances);

/** Any expressions of the parameters. See derived.ts. */
export const derived = (
  fit: Fit,
  asked: Parameters<typeof expressions.derived>[1],
  { intervals }: IntervalOptions = {},
): Promise<Table> => answered(fit, intervals, (at) => expressions.derived(at, asked));
