/** A study and its table become what is fitted: choice data, a model and the options of the fit. Pure. */
import { Complaint } from "../complaint/index.ts";
import type { ChoiceData } from "../data/choiceData.ts";
import { long } from "../data/long.ts";
import { outcomeOptions } from "../data/outcomes.ts";
import type { Table } from "../data/table.ts";
import { classWeights, wesml } from "../data/weights.ts";
import { wide } from "../data/wide.ts";
import { parse, topological } from "../expr/index.ts";
import type { Resolved, Specification } from "../spec/index.ts";
import { checkStudy } from "./checkStudy.ts";
import { type CovarianceKind, type Study, type StudyData, specificationOf } from "./study.ts";

/** What `fit` takes, in one object. */
export interface LoadedStudy {
  readonly study: Study;
  readonly data: ChoiceData;
  readonly model: {
    readonly kernel: string;
    readonly specification: Specification;
    readonly options?: Readonly<Record<string, unknown>>;
  };
  readonly options: {
    readonly covariance?: CovarianceKind;
    readonly start?: Readonly<Record<string, number>>;
    readonly maxIterations?: number;
    readonly threads?: number;
    readonly backend?: string;
  };
}

/** Checks the study and shapes the table by it. Throws a Complaint for whatever does not fit. */
export function loadStudy(given: unknown, table: Table): LoadedStudy {
  const study = checkStudy(given);
  const { kernel = "logit", options } = study.model;
  return {
    study,
    data: choiceData(study.data, table),
    model: { kernel, specification: specificationOf(study.model), ...(options == null ? {} : { options }) },
    options: present(study.fit ?? {}),
  };
}

/** The table as choice data, as the `data` section of a study says. */
export function choiceData(given: StudyData, table: Table): ChoiceData {
  const { population, classWeights: weights, ...study } = given;
  const data = arranged(study, table);
  if (population != null && weights != null)
    throw new Complaint("population and classWeights are two kinds of weights by choice", {
      help: "population for a choice-based sample; leave classWeights out",
    });
  if (population != null) return wesml(data, population);
  return weights == null ? data : classWeights(data, weights);
}

function arranged(
  { file: _, csv: __, responseTime: ___, layout = "long", ...rest }: StudyData,
  table: Table,
): ChoiceData {
  const options = { ...present(rest), choice: rest.choice ?? null };
  return layout === "long"
    ? long(table, options as unknown as Parameters<typeof long>[1])
    : wide(table, options as unknown as Parameters<typeof wide>[1]);
}

/**
 * Another table as data to predict for: shaped as the study says, with the levels of the fitted data, so that
 * 0/1 columns mean the same. Choices, persons and weights may be missing from it.
 */
export function otherData(
  study: StudyData,
  table: Table,
  fitted: ChoiceData,
  resolved: Resolved,
): ChoiceData {
  const there = (name: unknown): boolean => typeof name === "string" && table.names.includes(name);
  const { choice, person, weight } = study;
  const kept = {
    ...Object.fromEntries(outcomeOptions.map((name) => [name, null])),
    choice: there(choice) ? choice : null,
    person: there(person) ? person : null,
    weight: there(weight) ? weight : null,
    population: null,
    classWeights: null,
  };
  return choiceData({ ...study, ...kept, categories: categoriesUsed(fitted, resolved) }, table);
}

function categoriesUsed(data: ChoiceData, { texts }: Resolved): Record<string, object> {
  const leaves = topological(Object.values(texts).map((text) => parse(text)));
  const used = new Set(leaves.filter(({ op }) => op === "name").map(({ name }) => name));
  const found = data.table.names.flatMap((name) => {
    const category = data.category(name);
    return category && [name, ...category.columns].some((each) => used.has(each))
      ? [[name, category] as const]
      : [];
  });
  return Object.fromEntries(
    found.map(([name, { reference, levels, coding }]) => [name, { reference, levels, coding }]),
  );
}

/** Without the entries that are null: in a study file null means not given. */
function present<T extends object>(entries: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value != null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** The study that a JSON text holds. Throws a Complaint when it is not JSON or not a study. */
export function parseStudy(text: string, where?: string): Study {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new Complaint("this is not a study file: it is not JSON", {
      where,
      help: (error as Error).message,
    });
  }
  return checkStudy(given);
}
