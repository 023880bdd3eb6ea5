/** Flags as entries of a study: a study file with changes, or a CSV file that the flags describe. */
import { Complaint } from "../complaint/index.ts";
import { outcomeOptions } from "../data/outcomes.ts";
import type { Study, StudyData, StudyModel, Temperature } from "../study/index.ts";
import type { Values } from "./flags.ts";
import { latentFromFlags } from "./latentFromFlags.ts";
import { optionsFromFlags } from "./optionsFromFlags.ts";
import { count, pair, pairs } from "./pairs.ts";
import { randomEntries } from "./randomFromFlags.ts";

/** The study that the flags make of `base`, or of data alone. */
export function studyFromFlags(values: Values, base: Partial<Study> & { data: StudyData }): Study {
  const { data, model = {}, fit = {} } = base;
  return {
    ...base,
    data: { ...data, ...given(dataEntries(values, data)) },
    model: { ...withoutFormula(model, values), ...given(modelEntries(values, model)) },
    fit: {
      ...fit,
      ...given({
        covariance: values.covariance,
        maxIterations: count(values.maxIterations, "--max-iterations"),
        threads: count(values.threads, "--threads"),
      }),
    },
  } as Study;
}

function dataEntries(values: Values, { csv }: StudyData): object {
  const { situation, alternative, person, weight, available, filter, responseTime } = values;
  const outcomes = Object.fromEntries(outcomeOptions.map((name) => [name, values[name]]));
  const alternatives = labels(values.alternatives);
  return {
    situation,
    alternative,
    ...outcomes,
    person,
    weight,
    population: numbers(values.population, "--population"),
    classWeights:
      values.classWeights === "balanced" ? "balanced" : numbers(values.classWeights, "--class-weights"),
    available,
    filter,
    responseTime,
    csv: values.float32 ? { ...csv, numbers: "float32" } : undefined,
    layout: values.layout ?? (alternatives ? "wide" : undefined),
    alternatives,
    attributes: pairs(values.attribute, "--attribute"),
    derive: pairs(values.derive, "--derive"),
  };
}

const modelEntries = (values: Values, { options }: StudyModel): object => ({
  formula: values.formula,
  reference: values.reference,
  kernel: values.kernel,
  temperature: temperatureOf(values.temperature),
  options: optionsFromFlags(values, options),
  ...given(randomEntries(values)),
  ...given({ latentVariables: latentFromFlags(values) }),
});

/** A formula on the command line takes the place of the utilities in the file. */
function withoutFormula(model: StudyModel, { formula }: Values): StudyModel {
  if (formula === undefined) return model;
  const { parameters: _, utilities: __, ...rest } = model;
  return rest;
}

/** car=0.64,bus=0.36 as numbers by name. */
function numbers(text: unknown, flag: string): Record<string, number> | undefined {
  if (text === undefined) return undefined;
  return Object.fromEntries(
    String(text)
      .split(",")
      .map((word) => {
        const [name, value] = pair(word, flag);
        if (value !== "" && Number.isFinite(Number(value))) return [name, Number(value)];
        throw new Complaint(`${flag} gives every alternative a number`, { value: word });
      }),
  );
}

function labels(text: unknown): Record<string, string> | string[] | undefined {
  if (text === undefined) return undefined;
  const words = String(text)
    .split(",")
    .map((word) => word.trim());
  return words.every((word) => word.includes("="))
    ? Object.fromEntries(words.map((word) => pair(word, "--alternatives")))
    : words;
}

/** "money=b_cost,by=group", "known", "on=age + task". */
function temperatureOf(text: unknown): Temperature | undefined {
  if (text === undefined) return undefined;
  const words = String(text).split(",");
  return Object.fromEntries(
    words.map((word) => (word.trim() === "known" ? ["known", true] : pair(word, "--temperature"))),
  );
}

const given = (entries: object): object =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

/** A formula is what data without a study cannot do without. */
export function needsModel(study: Study): void {
  if (study.model.formula === undefined && study.model.utilities === undefined)
    throw new Complaint("data alone do not say which model to fit", {
      help: '--formula "price + catch | income"',
    });
}
