/**
 * Which of two models that are no special cases of each other explains the choices better.
 *
 * - Vuong: with m_i the difference of the log-likelihoods of person (or choice) i under the two,
 *   z = (Σ m_i − c) / (√n ω), ω² the variance of m_i, is standard normal if both are equally far from the truth.
 *   c is 0, K₁ − K₂ (as AIC would have it) or (K₁ − K₂) ln(n)/2 (BIC).
 * - Ben-Akiva & Swait: that the model with the larger ρ̄² = 1 − (L − K)/L₀ is better by chance has a probability of
 *   at most Φ(−√(−2 z L₀ + K₂ − K₁)), z the difference of ρ̄² and 2 the better model.
 *
 * Source: Vuong (1989), Econometrica 57:307; Ben-Akiva & Swait (1986), Transportation Science 20:133.
 */
import { Complaint } from "../../complaint/index.ts";
import type { Table } from "../../data/index.ts";
import { type Fit, freeCount } from "../../fit/index.ts";
import { rhoSquared } from "../../inference/index.ts";
import { normalLower, twoSided } from "../../math/distributions.ts";
import { checkSameChoices } from "./comparable.ts";
import { unitLogLikelihoods } from "./scores.ts";
import { isSpecialCase } from "./specialCase.ts";
import { type TestOptions, testTable, verdict } from "./verdict.ts";

export interface VuongOptions extends TestOptions {
  /** What more parameters cost: nothing (default), "aic" or "bic". */
  readonly correction?: "none" | "aic" | "bic";
  /** How the models are called. Default "the first" and "the second". */
  readonly names?: readonly [string, string];
}

const usualNames = ["the first model", "the second model"] as const;

/** What a parameter more costs, in log-likelihood. */
const costs: Readonly<Record<"none" | "aic" | "bic", (units: number) => number>> = {
  none: () => 0,
  aic: () => 1,
  bic: (units) => Math.log(units) / 2,
};

/** One row: z > 0 speaks for the first model. Rejects with a Complaint where one is a special case of the other. */
export async function vuongTest(first: Fit, second: Fit, options: VuongOptions = {}): Promise<Table> {
  const { correction = "none", names = usualNames } = options;
  checkNonNested(first, second);
  const each = await Promise.all([first, second].map((fit) => unitLogLikelihoods(fit, fit.estimates)));
  const m = each[0].map((value, i) => value - each[1][i]);
  const n = m.length;
  const total = m.reduce((sum, value) => sum + value, 0);
  const variance = m.reduce((sum, value) => sum + (value - total / n) ** 2, 0) / n;
  if (!(variance > 1e-14))
    throw new Complaint("the two models say the same of every choice", {
      rule: "a test between models needs models that differ",
    });
  const c = costs[correction](n) * (freeCount(first) - freeCount(second));
  const z = (total - c) / Math.sqrt(n * variance);
  const p = twoSided(z);
  const better = z > 0 ? names[0] : names[1];
  return testTable([{ test: `${names[0]} against ${names[1]}`, statistic: z, degrees: Number.NaN, p }], {
    title: "Vuong test of two models that are not nested",
    notes: [
      verdict(
        p,
        {
          rejected: `${better} explains the choices better`,
          kept: "the two cannot be told apart by these data",
        },
        options,
      ),
      `The statistic is standard normal if both explain equally well; n = ${n} ${first.data.person ? "persons" : "choices"}, correction ${correction}.`,
    ],
  });
}

/** One row: an upper bound of the probability that the better model is better by chance. */
export function benAkivaSwait(
  first: Fit,
  second: Fit,
  { names = usualNames, ...options }: Omit<VuongOptions, "correction"> = {},
): Table {
  checkNonNested(first, second);
  if (Number.isNaN(first.nullLogLikelihood))
    throw new Complaint("the log-likelihood of these models at equal shares is none", {
      rule: "this test compares ρ² against equal shares",
      help: "use vuongTest",
    });
  const rho = [first, second].map(
    (fit) => rhoSquared(fit.logLikelihood, fit.nullLogLikelihood, freeCount(fit)).rhoSquaredAdjusted,
  );
  const best = rho[0] >= rho[1] ? 0 : 1;
  const [better, worse] = best === 0 ? [first, second] : [second, first];
  const z = Math.abs(rho[0] - rho[1]);
  const inside = -2 * z * better.nullLogLikelihood + freeCount(better) - freeCount(worse);
  const statistic = -Math.sqrt(Math.max(0, inside));
  const p = normalLower(statistic);
  return testTable([{ test: `${names[best]} is the better model`, statistic, degrees: Number.NaN, p }], {
    title: "Ben-Akiva–Swait test of two models that are not nested",
    besides: { "rho² adjusted": [rho[best]], "of the other": [rho[1 - best]] },
    formats: { "rho² adjusted": 4, "of the other": 4 },
    notes: [
      verdict(
        p,
        {
          rejected: `${names[best]} explains the choices better, and not by chance`,
          kept: `${names[best]} may be better by chance`,
        },
        options,
      ),
      "p is an upper bound. Both ρ² are against equal shares.",
    ],
  });
}

function checkNonNested(first: Fit, second: Fit): void {
  checkSameChoices(first, second);
  if (!isSpecialCase(first, second) && !isSpecialCase(second, first)) return;
  throw new Complaint("one of the two models is a special case of the other", {
    rule: "this test is for models that are not nested",
    help: "use likelihoodRatioTest",
  });
}
