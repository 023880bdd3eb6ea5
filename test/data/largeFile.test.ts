/** The built package on a file that it does not bring into memory. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const dist = join(import.meta.dirname, "../../dist");
const folder = mkdtempSync(join(tmpdir(), "logsum-large-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a module with the library as `ls`, and answers what it prints. */
function said(program: string): unknown {
  const text = `const ls = await import(${JSON.stringify(join(dist, "node.js"))}); ${program}`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", text], { encoding: "utf8" }),
  );
}

/** Writes situations of ten alternatives with ten attributes: a thousand take a megabyte. */
const writing = (path: string, situations: number): string => `
  const { messagesFor } = await import(${JSON.stringify(join(dist, "data/arrow.js"))});
  const { openSync, writeSync, closeSync } = await import("node:fs");
  const file = openSync(${JSON.stringify(path)}, "w");
  const noise = (i) => (Math.imul(Math.imul(i ^ 0x5bd1e995, 2654435761) ^ (i >>> 3), 1540483477) >>> 8) / 2 ** 24;
  for (let from = 0; from < ${situations}; from += 5000) {
    const column = (of) => ls.Table.of({ x: Float64Array.from({ length: 50000 }, (_, i) => of(10 * from + i)) }).column("x");
    const columns = new Map([["id", column((i) => Math.floor(i / 10))], ["choice", column((i) => (i % 10 === Math.floor(noise(Math.floor(i / 10)) * 10) ? 1 : 0))]]);
    for (let k = 0; k < 10; k++) columns.set("x" + k, column((i) => noise(i * 10 + k)));
    const { schema, records } = messagesFor(columns);
    if (from === 0) writeSync(file, schema);
    writeSync(file, records);
  }
  closeSync(file);
  console.log(true);`;

/** Megabytes at most until now. What resourceUsage says of a child begins with what its parent took. */
const peak = `
  const { existsSync, readFileSync } = await import("node:fs");
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const [, known] = /VmHWM:\\s+(\\d+)/.exec(status) ?? [];
  const peak = (known ? Number(known) : process.resourceUsage().maxRSS) / 1024;`;

/** Numbers of a fit, and the megabytes that all of it took. */
const fitting = (table: string, threads: number): string => `
  const data = ls.long(${table}, { situation: "id", choice: "choice" });
  const model = ls.logit("x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 | 0");
  const fit = await ls.fit(model, data, { threads: ${threads} });
  const numbers = [fit.logLikelihood, ...fit.estimates, ...fit.covariance.matrix];
  ${peak}
  console.log(JSON.stringify({ numbers, peak }));`;

interface Said {
  readonly numbers: readonly number[];
  readonly peak: number;
}

const name =
  "a file of 115 MB is fitted in place: the bits of a fit in memory on any threads, and no memory for it";
test.skipIf(!existsSync(dist))(name, { timeout: 120_000 }, () => {
  const path = join(folder, "large.arrows");
  said(writing(path, 120_000));
  const opened = said(fitting(`await ls.open(${JSON.stringify(path)})`, 1)) as Said;
  const shared = said(fitting(`await ls.open(${JSON.stringify(path)})`, 2)) as Said;
  const read = said(fitting(`await ls.readCsv(${JSON.stringify(path)})`, 1)) as Said;
  expect(opened.numbers).toEqual(read.numbers);
  expect(shared.numbers).toEqual(read.numbers);
  expect(read.peak - opened.peak).toBeGreaterThan(100);
  expect(opened.peak).toBeLessThan(200);
});
