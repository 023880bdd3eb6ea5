/** The library in Node: all of index.ts, and files. */
import { fileURLToPath } from "node:url";
import { usePlatform } from "./backends/index.ts";
import { nodePlatform } from "./backends/threads.node.ts";
import { suggest } from "./complaint/index.ts";
import { datasets } from "./data/datasets.ts";
import { convertCsv, openTable, readTable, readText, writeText } from "./files.node.ts";
import { type ChoiceData, Complaint, type CsvOptions, readCsv as readWebCsv, type Table } from "./index.ts";
import { type LoadedStudy, loadStudy } from "./study/index.ts";

usePlatform(nodePlatform);

export { toPng } from "./charts/png.node.ts";
export * from "./index.ts";
export { refitsInThreads } from "./post/intervals/refitThreads.node.ts";

/** A table from a CSV file, or from anything the browser's readCsv takes. */
export function readCsv(source: Parameters<typeof readWebCsv>[0], options: CsvOptions = {}): Promise<Table> {
  const isPath = typeof source === "string" && !/^[a-z]+:\/\//i.test(source);
  return isPath ? readTable(source, options) : readWebCsv(source, options);
}

/**
 * The table of an uncompressed Arrow file (.arrow, .feather, .arrows) that may be larger than memory: its numbers stay
 * in the file and are read on every pass over the data. Throws a Complaint for what is no such file.
 */
export const open = (path: string): Promise<Table> => openTable(path);

/**
 * Writes a CSV file of any size as an Arrow stream (.arrows), which `open` opens. `numbers: "float32"` halves it.
 * Throws a Complaint for whatever readCsv does.
 */
export const convert = (from: string, to: string, options: CsvOptions = {}): Promise<void> =>
  convertCsv(from, to, options);

/** Writes text or bytes (a report, a picture, a table as LaTeX) to a file, making its folder. */
export async function save(
  content: string | Uint8Array | Promise<string | Uint8Array>,
  path: string,
): Promise<void> {
  await writeText(path, await content);
}

/** A study file: its data as choice data, its model, its options. */
export async function readStudy(path: string): Promise<LoadedStudy> {
  const { parseStudy } = await import("./study/index.ts");
  const study = parseStudy(await readText(path));
  const { join, dirname } = await import("node:path");
  return loadStudy(study, await readTable(join(dirname(path), study.data.file), study.data.csv ?? {}));
}

/** A bundled dataset by name: "travel-mode", "anes96", "conjoint", "rp-sp" or "attitudes", as its study arranges it. */
export async function dataset(name: string): Promise<ChoiceData> {
  const found = Object.hasOwn(datasets, name) ? datasets[name] : undefined;
  if (!found)
    throw new Complaint(`there is no dataset ${name}`, { help: suggest(name, Object.keys(datasets)) });
  const path = fileURLToPath(new URL(`../datasets/${found.study}`, import.meta.url));
  return (await readStudy(path)).data;
}
