/** The registry: one line per model. Registering one gives it its flag, its page and every law in the tests. */
import { Complaint, suggest } from "../complaint/index.ts";
import { logit } from "./logit.ts";
import { maxdiff } from "./maxdiff.ts";
import { mdcev } from "./mdcev.ts";
import type { Model, ModelOptions } from "./model.ts";
import { ofSubstitutes } from "./ofSubstitutes.ts";
import { orderedLogit, orderedProbit } from "./ordered.ts";
import { type OutcomeKind, outcomes } from "./outcomes.ts";

export const models: Readonly<Record<string, Model>> = {
  logit,
  ...ofSubstitutes,
  maxdiff,
  mdcev,
  orderedLogit,
  orderedProbit,
};

const ofChoices: readonly OutcomeKind[] = ["choice", "ranking", "bestWorst", "fractions", "counts"];

/** Throws a Complaint where the model has no likelihood for what was observed. */
export function checkOutcome(model: Model, kind: OutcomeKind): void {
  const served = model.outcomes ?? ofChoices;
  if (served.includes(kind)) return;
  const words = served.map((each) => outcomes[each].words).join(", ");
  throw new Complaint(`${model.name} is a model of ${words}, and these data hold ${outcomes[kind].words}`, {
    help: `models of ${outcomes[kind].words}: ${Object.values(models)
      .filter(({ outcomes: others = ofChoices }) => others.includes(kind))
      .map(({ name }) => name)
      .join(", ")}`,
  });
}

/**
 * Throws a Complaint where the options make no sense for this model and these alternatives (null where they
 * have no labels), or are not options of it.
 */
export function checkOptions(model: Model, options: ModelOptions, labels: readonly string[] | null): void {
  const { takes = [] } = model;
  for (const name of Object.keys(options))
    if (!(takes as readonly string[]).includes(name))
      throw new Complaint(`the model ${model.name} has no option ${JSON.stringify(name)}`, {
        help: takes.length === 0 ? "it takes none" : suggest(name, takes),
      });
  const isLabelled = typeof model.labelled === "function" ? model.labelled(options) : model.labelled;
  if (isLabelled && labels === null)
    throw new Complaint(`the model ${model.name} tells alternatives apart by name`, {
      rule: "these choice sets have no names for their alternatives, or more than are written out one by one",
      help: "declare the column that names the alternative, and give each a utility of its own",
    });
  model.check(options, labels);
}

/** The model of that name. Throws a Complaint that names the nearest one. */
export function modelOf(name: string): Model {
  const found = Object.hasOwn(models, name) ? models[name] : undefined;
  if (!found) throw new Complaint(`there is no model ${name}`, { help: suggest(name, Object.keys(models)) });
  return found;
}

export * from "./alternatives.ts";
export { type Good, goodsOf } from "./mdcev.ts";
export type { Model, ModelOptions, ModelParameter } from "./model.ts";
export { type ModelOption, modelOptions, type OptionName } from "./options.ts";
export { type Outcome, type OutcomeKind, outcomes } from "./outcomes.ts";
