/**
 * Multinomial probit by the GHK simulator. Alternative i is chosen where all differences U_k − U_i are below 0. With
 * their Cholesky factor C one after the other,
 *
 *   P_i = E Π_k Φ(z_k),   z_k = −(V_k − V_i + Σ_{l<k} C_kl η_l) / C_kk,   η_k = Φ⁻¹(u_k Φ(z_k)),
 *
 * the mean over uniform u: η_k is a normal, drawn where the difference is below 0. An alternative that is not available
 * bounds nothing: its Φ is 1. The mean is smooth in all parameters, so derivatives are exact for the given draws.
 *
 * Sources: Geweke (1989), Econometrica 57:1317; Hajivassiliou & McFadden (1998), Econometrica 66:863; Keane (1994),
 * Econometrica 62:95; Train (2009), Discrete Choice Methods with Simulation, section 5.6.
 */
import { Complaint, suggest } from "../complaint/index.ts";
import { type Expr, select } from "../expr/index.ts";
import { againstChosen, inPlaces } from "./againstChosen.ts";
import type { Alternatives } from "./alternatives.ts";
import type { Model, ModelOptions } from "./model.ts";
import { chain, labelsOf, type Step, stepsAgainst } from "./probitChain.ts";
import {
  baseOf,
  choleskyParameters,
  factorAgainst,
  factorOf,
  othersOf,
  square,
  type Triangle,
} from "./probitErrors.ts";
import { expectedMaximum, givenErrors } from "./probitWorth.ts";

type Named = (name: string) => Expr;

export const probit: Model = {
  name: "probit",
  title: "Multinomial probit",
  formula:
    "P_i = \\mathrm{E} \\prod_{k \\neq i} \\Phi\\Big(-\\frac{V_k - V_i + \\sum_{l<k} C_{kl} \\eta_l}{C_{kk}}\\Big), \\quad \\eta_k = \\Phi^{-1}(u_k \\Phi(\\cdot))",
  source:
    "Hausman, J. & Wise, D. (1978), A conditional probit model for qualitative choice, Econometrica 46:403; simulated as in Train, K. (2009), Discrete Choice Methods with Simulation, chapter 5",
  takes: ["base", "errors"],
  labelled: true,
  outcomes: ["choice"],
  check({ base, errors }, labels) {
    if ((labels ?? []).length < 2)
      throw new Complaint("a probit needs two alternatives or more", { value: labels?.length });
    if (base !== undefined && !labels!.includes(String(base)))
      throw new Complaint("base names the alternative that differences of errors are against", {
        value: base,
        help: suggest(String(base), labels!),
      });
    if (errors !== undefined && errors !== "free" && errors !== "independent")
      throw new Complaint("errors are free (any covariance) or independent", {
        value: errors,
        help: '"errors": "independent"',
      });
  },
  checkForecast(_, { labels }, fitted) {
    if (fitted!.length !== labels?.length || fitted!.some((label, j) => label !== labels[j]))
      throw new Complaint("these data list other alternatives than those of the fit, or in another order", {
        value: labels?.join(", "),
        rule: `a probit has covariances of ${fitted!.join(", ")}, in this order`,
        help: "begin with a situation that has all of them in this order",
      });
  },
  parameters: (options, labels) => choleskyParameters(options, labels ?? []),
  draws: (_, labels) => Math.max(0, (labels ?? []).length - 2),
  chosen: {
    rows: (set, parameter, options) => [
      ...againstChosen(set),
      ...factorOfChosen(set, parameter, options).flat(),
    ],
    logProbability(set, rows) {
      const steps = set.all.length - 1;
      const open = inPlaces(set, ({ available }) => available);
      let next = steps;
      return chain(
        open.map((each, k): Step => {
          const factor = rows.slice(next, (next += k + 1));
          return { difference: rows[k], open: each, factor };
        }),
        set.draws ?? [],
      ).log;
    },
  },
  logProbabilities(set, parameter, options) {
    const factor = factorOf(parameter, options, labelsOf(set));
    return set.all.map((_, i) => chain(stepsAgainst(i, set, factor, options), set.draws ?? []).log);
  },
  chances: givenErrors,
  logsum: expectedMaximum,
  errors: (parameter, options, labels) => ({
    base: baseOf(options, labels),
    others: othersOf(options, labels),
    covariance: square(factorOf(parameter, options, labels)),
  }),
  // Differences of a logit's errors have standard deviation π/√3, those of the probit 1.
  near: { kernel: "logit", factor: Math.sqrt(3) / Math.PI },
  example: {
    options: { base: "car" },
    parameters: {
      chol_air_train: 0.3,
      chol_train_train: 0.9,
      chol_air_bus: 0.5,
      chol_train_bus: 0.6,
      chol_bus_bus: 0.7,
    },
  },
};

/** The Cholesky factor of the differences against whichever alternative was chosen. */
function factorOfChosen(set: Alternatives, parameter: Named, options: ModelOptions): Expr[][] {
  const labels = labelsOf(set);
  const factor = factorOf(parameter, options, labels);
  const each: Triangle[] = labels.map((_, i) => factorAgainst(i, factor, options, labels));
  return factor.map((row, k) =>
    row.map((_, l) =>
      each.map((one) => one[k][l]).reduceRight((rest, value, i) => select(set.all[i].chosen, value, rest)),
    ),
  );
}
