/** Files of the command line: text and tables in, text out. A file that is not there is a complaint. */
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { freemem } from "node:os";
import { basename, dirname, extname } from "node:path";
import { Complaint, suggest } from "./complaint/index.ts";
import type { CsvOptions } from "./data/csv.ts";
import type { Table } from "./data/table.ts";

/** The text of a file. */
export async function readText(path: string): Promise<string> {
  await mustExist(path);
  return readFile(path, "utf8");
}

/** The table in a file: Parquet or Arrow by its ending, else CSV, read as a stream. */
export async function readTable(path: string, options: object = {}): Promise<Table> {
  await mustExist(path);
  const read = formats[extname(path).toLowerCase()];
  if (read) return read(path);
  const { readCsv } = await import("./data/csv.ts");
  return readCsv(createReadStream(path), options);
}

/** Readers by the ending of a file's name. Nothing of them is loaded before it is needed. */
const formats: Readonly<Record<string, (path: string) => Promise<Table>>> = {
  ".parquet": readParquetFile,
  ".arrow": readArrowFile,
  ".feather": readArrowFile,
  ".arrows": readArrowFile,
};

/** Reads only the parts of the file that it needs. */
async function readParquetFile(path: string): Promise<Table> {
  const { readParquet } = await import("./data/parquet.ts");
  const file = await open(path);
  try {
    const byteLength = (await file.stat()).size;
    const slice = async (from: number, to = byteLength): Promise<ArrayBuffer> => {
      const bytes = new Uint8Array(to - from);
      await file.read(bytes, 0, bytes.length, from);
      return bytes.buffer;
    };
    return await readParquet({ byteLength, slice });
  } finally {
    await file.close();
  }
}

async function readArrowFile(path: string): Promise<Table> {
  const { readArrow } = await import("./data/arrow.ts");
  return readArrow(await readFile(path));
}

/** Writes a CSV file of any size as an Arrow stream (.arrows), which can be fitted without being in memory. */
export async function convertCsv(from: string, to: string, options: CsvOptions = {}): Promise<void> {
  const { checkStreamName, csvToArrow } = await import("./data/csvToArrow.ts");
  checkStreamName(to);
  await mustExist(from);
  await mkdir(dirname(to), { recursive: true });
  const part = `${to}.part`;
  try {
    await writeFile(
      part,
      csvToArrow(() => createReadStream(from), options),
    );
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Arrow files by their ending. */
const isArrow = (path: string): boolean => formats[extname(path).toLowerCase()] === readArrowFile;

/** Whether an Arrow file would take more than a third of the memory that is free, and is better left where it is. */
export async function isLarge(path: string): Promise<boolean> {
  const found = isArrow(path) ? await stat(path).catch(() => null) : null;
  return found !== null && 3 * found.size > freemem();
}

/** The table of an Arrow file whose numbers stay in the file. */
export async function openTable(path: string): Promise<Table> {
  await mustExist(path);
  if (!isArrow(path))
    throw new Complaint("only Arrow files stay where they are", {
      value: path,
      help: "make one of a CSV file: logsum convert trips.csv trips.arrows",
    });
  const [{ openArrow }, { fileAt }] = await Promise.all([
    import("./data/arrowFile.ts"),
    import("./data/fileBytes.node.ts"),
  ]);
  return openArrow(fileAt(path));
}

/** Writes a file, making its folder. */
export async function writeText(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** Writes a file so that whoever reads it, and whenever the writer dies, it is the old one or the new one. */
export async function replaceText(path: string, content: string): Promise<void> {
  await writeText(`${path}.part`, content);
  await rename(`${path}.part`, path);
}

async function mustExist(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return;
  if (found) throw new Complaint("this is a folder, and a file is needed", { value: path });
  const beside = await readdir(dirname(path)).catch(() => []);
  const near = beside.filter((name) => extname(name) === extname(path));
  throw new Complaint("there is no such file", { value: path, help: suggest(basename(path), near) });
}
