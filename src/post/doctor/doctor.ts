/** `doctor` before fitting and `diagnose` after: the registry of checks put to a patient. */
import { Complaint } from "../../complaint/index.ts";
import { type ChoiceData, checkUsed, type Table } from "../../data/index.ts";
import type { Fit, ModelSpec } from "../../fit/index.ts";
import { readModel } from "../../fit/readModel.ts";
import { type Study, specificationOf } from "../../study/index.ts";
import type { Finding, Patient } from "./check.ts";
import { checks } from "./checks.ts";
import { designAt, designOf } from "./design.ts";
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

/** A study after the doctor, and all that was done to it. */
export interface FixedStudy {
  readonly study: Study;
  readonly done: readonly string[];
  /** What is found of it now. */
  readonly diagnosis: Diagnosis;
}

/** Every safe fix, and those that only show when others are done, until nothing is left that could be fixed. */
export async function fixStudy(study: Study, table: Table): Promise<FixedStudy> {
  let fixed: FixedStudy = { study, done: [], diagnosis: await doctorStudy(study, table) };
  for (let round = 0; round < mostRounds; round++) {
    const next = fixed.diagnosis.fixed(fixed.study);
    if (next.done.length === 0) break;
    fixed = {
      study: next.study,
      done: [...fixed.done, ...next.done],
      diagnosis: await doctorStudy(next.study, table),
    };
  }
  return fixed;
}

const mostRounds = 20;

/** What to know of a fit before it is reported. */
export async function diagnose(fit: Fit): Promise<Diagnosis> {
  const design = await designAt(fit.compiled, fit.prepared, fit.resolved, fit.data);
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
    const { kernel, resolved } = readModel(given.model, given.data);
    checkUsed(given.data, resolved.utilities);
    const design = await designOf(kernel, given.model.options ?? {}, resolved, given.data);
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

async function asked(patient: Patient, stages: readonly string[], study: Study | null): Promise<Diagnosis> {
  const results: Result[] = [];
  for (const check of checks)
    if (stages.includes(check.stage)) results.push({ check, findings: await check.run(patient) });
  const unreadable = patient.refusal !== null || patient.rows.length > 0;
  return diagnosis(results, unreadable ? "bad input" : null, study);
}
