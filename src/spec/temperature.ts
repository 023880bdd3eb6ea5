/**
 * The rationality temperature: choice probabilities are softmax(V/τ). With all coefficients free τ is not
 * identified, since only β/τ is, so something must pin the scale: a coefficient in money, a group whose τ
 * is 1, a τ that only varies, or utilities without a free scale. Whatever is asked for is checked on the
 * data (identified.ts), and a τ that nothing pins is refused.
 * Source: Swait & Louviere (1993), Journal of Marketing Research 30(3); Ben-Akiva & Lerman (1985), ch. 5.
 */
import { Complaint, NotIdentified } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import { div, parameter as leafOf } from "../expr/index.ts";
import { unidentified } from "./identified.ts";
import { pinMoney } from "./money.ts";
import {
  checkTemperature,
  type FormulaSpec,
  type Resolved,
  type Spec,
  type Specification,
  type Temperature,
} from "./spec.ts";
import { type Tau, tauParameter } from "./tau.ts";
import { groups } from "./temperatureGroups.ts";
import { covariates } from "./temperatureOn.ts";

/** The same specification with a temperature. Plain JSON in, plain JSON out; nothing is checked on data. */
export function tempered(specification: Specification, options: Temperature): Spec | FormulaSpec {
  checkTemperature(options);
  const written = typeof specification === "string" ? { formula: specification } : specification;
  return { ...written, temperature: options };
}

const ways =
  'pin it in one of four ways: { money: "b_cost" } makes that coefficient -1, { by: "group" } makes τ of one group 1, { on: "age + task" } lets τ only vary, { known: true } is for utilities that have no free scale';

/** V/τ for every alternative. Throws a Complaint where nothing pins the scale of the utilities. */
export function temper(plain: Resolved, written: Spec, data: ChoiceData): Resolved {
  if (plain.latent)
    throw new Complaint("an ordered model has no temperature", {
      rule: "the scale of a latent utility is also that of its thresholds, which a temperature would leave as they are",
      help: 'thresholds that depend on columns say how groups differ: options: { thresholds: "group" }',
    });
  const asked = written.temperature!;
  if (asked.by !== undefined && asked.on !== undefined)
    throw new Complaint("a temperature varies by a group or on variables, not both", {
      help: "name the group's columns in on, or ask for two fits",
    });
  if (asked.money === undefined && asked.by === undefined && asked.on === undefined && !asked.known)
    throw refusal("all coefficients are free, and only their ratio to τ shows in choices");
  const money = asked.money === undefined ? null : pinMoney(plain, asked.money);
  const fixed = money ? { ...plain, ...money } : plain;
  const tau = tauOf(asked, data);
  const parameters = [...fixed.parameters, ...tau.parameters];
  const utilities = fixed.utilities.map((utility) => div(utility, tau.tau));
  const loose = unidentified({ ...fixed, utilities, parameters }, tau.tau, data);
  if (loose !== null) throw refusal(`the coefficients can do all that ${loose} does`);
  return {
    ...fixed,
    parameters,
    utilities,
    texts: Object.fromEntries(
      Object.entries(plain.texts).map(([label, text]) => [label, `(${text}) / ${tau.text}`]),
    ),
    temperature: {
      asked,
      parameters: tau.parameters.map(({ name }) => name),
      tau: tau.tau,
      pinned: money?.pinned ?? tau.pinned,
      unit: money?.unit ?? null,
    },
    notes: [...fixed.notes, ...tau.notes],
    unscaled: plain,
  };
}

function tauOf(asked: Temperature, data: ChoiceData): Tau {
  const isPinned = asked.money !== undefined || asked.known === true;
  if (asked.by !== undefined) return groups(asked.by, asked.reference, isPinned, data);
  if (asked.on !== undefined) return covariates(asked.on, isPinned, data);
  return {
    tau: leafOf("tau"),
    text: "tau",
    parameters: [tauParameter("tau", asked.money === undefined ? 1 : 0)],
    pinned: "The utilities have no free scale, so τ itself is identified.",
    notes: [],
  };
}

const refusal = (reason: string): NotIdentified =>
  new NotIdentified(`a temperature is not identified here (${reason}); ${ways}`);
