/** `doctor` before fitting and `diagnose` after: the registry of checks put to a patient. */
import { prepare } from "../../backends/index.ts";
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, checkUsed, type Table } from "../../data/index.ts";
import { differenceRows } from "../../fit/differences.ts";
import type { Fit, ModelSpec } from "../../fit/index.ts";
import { readModel } from "../../fit/readModel.ts";
import { type Compiled, compile, freeNames } from "../../program/index.ts";
import { type Study, specificationOf } from "../../study/index.ts";
import type { Design, Finding, Patient } from "./check.ts";
import { checks } from "./checks.ts";
import { type Diagnosis, diagnosis, type Result } from "./diagnosis.ts";
import { readRows } from "./rows.ts";

export interface DoctorOptions {
  /** A column of how long answers took. */
  readonly responseTime?: string;
}

/**
 * What is wrong with the data, and with the model on them if there is one, before anything is fitted. Nothing is
 * thrown for what is wrong with them: that is what is found.
 */
export async function doctor(
  data: ChoiceData,
  model: ModelSpec | null = null,
  options: DoctorOptions = {},
): Promise<Diagnosis> {
  return examined({ data, model, rows: [], responseTime: options.responseTime ?? null }, null);
}

/** The same of a study and its table, rows that break a rule included; with fixes for the study. */
export async function doctorStudy(study: Study, table: Table): Promise<Diagnosis> {
  const { kernel = "logit", options, formula, utilities } = study.model;
  const hasModel = formula !== undefined || utilities !== undefined;
  const model = hasModel
    ? { kernel, specification: specificationOf(study.model), ...(options == null ? {} : { options }) }
    : null;
  const { data, findings } = readRows(study.data, table, model as ModelSpec | null);
  if (!data) return diagnosis([{ check: checks[0], findings }], "bad input", study);
  const responseTime = study.data.responseTime ?? null;
  return examined({ data, model: model as ModelSpec | null, rows: findings, responseTime }, study);
}

/** What to know of a fit before it is reported. */
export async function diagnose(fit: Fit): Promise<Diagnosis> {
  const design = await designOf(fit.compiled, fit.prepared, fit.estimates, fit.data);
  const patient = { ...plain(fit.data, fit.model), resolved: fit.resolved, design, fit };
  return asked(patient, ["fit"], null);
}

const plain = (data: ChoiceData, model: ModelSpec | null): Patient => ({
  data,
  model,
  resolved: null,
  design: "there is no model",
  responseTime: null,
  fit: null,
  rows: [],
  refusal: null,
});

type Given = Pick<Patient, "data" | "model" | "rows" | "responseTime">;

async function examined(given: Given, study: Study | null): Promise<Diagnosis> {
  const patient = { ...plain(given.data, given.model), ...given };
  if (!given.model) return asked(patient, ["data"], study);
  try {
    const { kernel, resolved, parameters } = readModel(given.model, given.data);
    checkUsed(given.data, resolved.utilities);
    const compiled = compile(kernel, given.model.options ?? {}, resolved, given.data);
    const prepared = await prepare(compiled.program, given.data);
    const start = Float64Array.from(parameters, (each) => each.start);
    const design = await designOf(compiled, prepared, start, given.data);
    prepared.dispose();
    return asked({ ...patient, resolved, design }, ["data", "reading", "model"], study);
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    return asked({ ...patient, refusal: refused(error) }, ["data", "reading"], study);
  }
}

const refused = ({ what, parts }: Complaint): Finding => ({
  grade: "stops",
  says: [what, ...(parts.where ? [parts.where] : [])].join(", "),
  advice: parts.help ?? parts.rule ?? "mend the model",
});

async function designOf(
  compiled: Compiled,
  prepared: Fit["prepared"],
  point: Float64Array,
  data: ChoiceData,
): Promise<Design | string> {
  if (!data.chosen) return "the outcome is not one choice";
  const differences = await differenceRows(compiled, prepared, point);
  if (!differences) return "utilities are not linear in the coefficients: asked again of the fit";
  const { set } = compiled;
  const width = set.all.length;
  return {
    names: freeNames(compiled.program),
    differences,
    situationOf: (row) => (set.axis ? data.situationOf(row) : Math.floor(row / width)),
  };
}

async function asked(patient: Patient, stages: readonly string[], study: Study | null): Promise<Diagnosis> {
  const results: Result[] = [];
  for (const check of checks)
    if (stages.includes(check.stage)) results.push({ check, findings: await check.run(patient) });
  const unreadable = patient.refusal !== null || patient.rows.length > 0;
  return diagnosis(results, unreadable ? "bad input" : null, study);
}
