/** The shape of a study, checked before anything is read or fitted: what cannot be meant is complained about. */
import { Complaint, suggest } from "../complaint/index.ts";
import { outcomeOptions } from "../data/outcomes.ts";
import {
  type ClassOptions,
  checkClasses,
  checkLatentVariables,
  checkRandom,
  type LatentVariables,
} from "../spec/index.ts";
import { randomOf, type Study } from "./study.ts";

/** Every entry of a study file, by section. The docs and the tests read this list. */
export const studyKeys = {
  study: ["title", "data", "model", "fit"],
  data: [
    "file",
    "layout",
    "situation",
    "alternative",
    ...outcomeOptions,
    "person",
    "weight",
    "population",
    "classWeights",
    "filter",
    "derive",
    "categories",
    "available",
    "alternatives",
    "attributes",
    "responseTime",
    "csv",
  ],
  model: [
    "kernel",
    "formula",
    "parameters",
    "utilities",
    "reference",
    "temperature",
    "options",
    "random",
    "correlated",
    "draws",
    "classes",
    "randomScale",
    "wtpSpace",
    "latentVariables",
  ],
  fit: ["covariance", "start", "maxIterations", "backend", "threads"],
} as const;

const longOnly = ["alternative"];
const wideOnly = ["alternatives", "attributes"];
const covariances = ["hessian", "robust", "cluster"];

/** The object as a study. Throws a Complaint for an unknown entry, naming the nearest one. */
export function checkStudy(given: unknown): Study {
  const study = section(given, "a study", studyKeys.study);
  const data = section(study.data, "data", studyKeys.data);
  const model = section(study.model, "model", studyKeys.model);
  const fit = study.fit == null ? {} : section(study.fit, "fit", studyKeys.fit);
  checkData(data);
  checkModel(model);
  if (fit.covariance != null && !covariances.includes(String(fit.covariance)))
    throw new Complaint("there is no such covariance", {
      value: fit.covariance,
      help: suggest(String(fit.covariance), covariances),
    });
  return given as Study;
}

type Section = Readonly<Record<string, unknown>>;

function section(given: unknown, name: string, known: readonly string[]): Section {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Complaint(`${name} is an object with entries`, {
      value: given === undefined ? "nothing" : JSON.stringify(given),
      rule: `the entries of ${name} are ${known.join(", ")}`,
    });
  for (const key of Object.keys(given))
    if (!known.includes(key))
      throw new Complaint(`${name} has no entry ${JSON.stringify(key)}`, { help: suggest(key, known) });
  return given as Section;
}

function checkData(data: Section): void {
  if (typeof data.file !== "string" || data.file === "")
    throw new Complaint("data names its file", { value: data.file, help: '"file": "trips.csv"' });
  const { layout = "long" } = data;
  if (layout !== "long" && layout !== "wide")
    throw new Complaint("the layout of data is long or wide", {
      value: layout,
      rule: "long has a row per alternative, wide a row per situation",
    });
  const [foreign, other] = layout === "long" ? [wideOnly, "wide"] : [longOnly, "long"];
  for (const key of foreign)
    if (data[key] != null)
      throw new Complaint(`${key} belongs to the ${other} layout, and these data are ${layout}`, {
        help: `"layout": "${other}"`,
      });
  for (const keys of [layout === "long" ? ["situation"] : ["alternatives"], outcomeOptions])
    if (keys.every((key) => data[key] == null))
      throw new Complaint(`data in ${layout} layout name their ${keys[0]}`, { help: examples[layout] });
}

const examples = {
  long: '"layout": "long", "situation": "id", "alternative": "alt", "choice": "choice"',
  wide: '"layout": "wide", "choice": "mode", "alternatives": { "train": 1, "car": 2 }, "attributes": { "cost": "cost_{alternative}" }',
};

function checkModel(model: Section): void {
  if (model.formula != null && (model.parameters != null || model.utilities != null))
    throw new Complaint("a model has a formula, or parameters and utilities, not both");
  if (model.formula == null && model.utilities == null)
    throw new Complaint("a model needs a formula, or parameters and utilities", {
      help: '"formula": "price + catch | income"',
    });
  checkRandom(randomOf(model));
  if (model.classes != null) checkClasses(model.classes as ClassOptions);
  if (model.latentVariables != null) checkLatentVariables(model.latentVariables as LatentVariables);
}
