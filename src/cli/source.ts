/** What a command works on: a study file, a saved fit, or a CSV file described by flags. */
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Table } from "../data/table.ts";
import { isLarge, openTable, readTable, readText } from "../files.node.ts";
import type { LoadedStudy, Study } from "../study/index.ts";
import type { Values } from "./flags.ts";
import { checkSaved, type SavedFit } from "./saved.ts";
import { needsModel, studyFromFlags } from "./studyFromFlags.ts";

export interface Source {
  readonly study: Study;
  readonly table: Table;
  /** What was stored with the study, when it came from a saved fit. */
  readonly saved: SavedFit | null;
  /** The data file as this process finds it. */
  readonly file: string;
}

/** Reads the source and its data. Throws a Complaint when either is not there or not what it seems. */
export const readSource = (source: string, values: Values): Promise<Source> => read(source, values);

/** The same for a command that evaluates a model: its threads start while the data are read. */
export const readToFit = (source: string, values: Values): Promise<Source> =>
  read(source, values, async (study) => (await import("./useThreads.ts")).useThreads(study));

async function read(
  source: string,
  values: Values,
  prepare: (study: Study) => Promise<void> = async () => {},
): Promise<Source> {
  const { study, saved, folder } = source.toLowerCase().endsWith(".json")
    ? await readStudy(source, values)
    : { study: studyFromFlags(values, { data: { file: source } }), saved: null, folder: "." };
  const file = typeof values.data === "string" ? values.data : at(folder, study.data.file);
  await prepare(study);
  const table = await tableOf(file, study, values);
  return { study, table, saved, file };
}

/** In memory, or where it is on the disk: asked for, or since memory is short. */
async function tableOf(file: string, { data }: Study, { stream, quiet }: Values): Promise<Table> {
  if (!stream && !(await isLarge(file))) return readTable(file, data.csv ?? {});
  if (!stream && !quiet)
    process.stderr.write(`logsum: ${file} is read from the disk on every pass, since it is large\n`);
  return openTable(file);
}

async function readStudy(
  source: string,
  values: Values,
): Promise<{ study: Study; saved: SavedFit | null; folder: string }> {
  const { parseStudy } = await import("../study/index.ts");
  const text = await readText(source);
  const saved = checkSaved(text);
  const base = saved ? saved.study : parseStudy(text, source);
  return { study: studyFromFlags(values, base), saved, folder: dirname(source) };
}

/** The study with everything that a fit needs. */
export async function loaded(source: Source): Promise<LoadedStudy> {
  const { loadStudy } = await import("../study/index.ts");
  needsModel(source.study);
  return loadStudy(source.study, source.table);
}

const at = (folder: string, file: string): string => (isAbsolute(file) ? file : join(folder, file));

/** The study as it should stand in a file elsewhere: its data file relative to that file. */
export function studyBeside({ study, file }: Source, target: string): Study {
  const moved = relative(dirname(resolve(target)), resolve(file)).replaceAll("\\", "/");
  return { ...study, data: { ...study.data, file: moved } };
}
