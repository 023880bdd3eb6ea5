/**
 * The table of a case in an Arrow file: written by a process of its own (node bench/onDisk.mjs <name> <file>), so that
 * the memory it takes there is not counted where it is fitted.
 */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cases } from "./cases.mjs";
import { generate } from "./generate.mjs";
import { fileAt, messagesFor, openArrow } from "./library.mjs";

const rowsAtOnce = 60_000;
const self = fileURLToPath(import.meta.url);

/** The table and the names of its attributes, as `generate` gives them. The file goes when the process does. */
export function onDisk({ name, parameters }) {
  const folder = mkdtempSync(join(tmpdir(), "logsum-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  const path = join(folder, "case.arrows");
  execFileSync(process.execPath, [self, name, path], { stdio: "inherit" });
  return { table: openArrow(fileAt(path)), names: Array.from({ length: parameters }, (_, k) => `x${k + 1}`) };
}

function write(table, path) {
  const file = openSync(path, "w");
  for (let from = 0; from < table.rows; from += rowsAtOnce) {
    const rows = Int32Array.from({ length: Math.min(rowsAtOnce, table.rows - from) }, (_, i) => from + i);
    const { schema, records } = messagesFor(table.at(rows).columns);
    if (from === 0) writeSync(file, schema);
    writeSync(file, records);
  }
  closeSync(file);
}

if (process.argv[1] === self)
  write(generate(cases.find(({ name }) => name === process.argv[2])).table, process.argv[3]);
