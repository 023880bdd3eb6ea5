/**
 * One case in a process of its own, so that its peak memory is its own. Prints one JSON object.
 * "First" is the first fit of the process, with everything compiled on the way; "again" the median of those after it.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cases } from "./cases.mjs";
import { generate } from "./generate.mjs";
import { fit, loadStudy, logit, long, parseCsv } from "./library.mjs";
import { plainLogit } from "./plain.mjs";

const megabyte = 1e6;
async function ofGenerated(given) {
  const { table, names } = generate(given);
  const options = { situation: "situation", choice: "choice" };
  if (given.labelled) options.alternative = "alternative";
  const formula = given.labelled ? `${names.join(" + ")} | 0` : names.join(" + ");
  const run = () => {
    const data = long(table, options);
    return fit(logit(formula), data);
  };
  const measured = await fits(table, run, 5);
  const { found } = measured;
  const columns = names.map((name) => table.column(name).values);
  const plain = plainLogit(columns, found.data.chosen, given.alternatives);
  const compared = await pairs(found, (want) => plain(found.estimates, want === "hessian"));
  return { ...summary(measured), ...compared };
}

async function ofStudy({ study }) {
  const given = JSON.parse(readFileSync(study, "utf8"));
  const inner = given.study ?? given;
  const file = join(dirname(study), inner.data.file);
  if (!existsSync(file)) return { skipped: `${inner.data.file} is not there` };
  const table = parseCsv(readFileSync(file, "utf8"));
  const run = () => {
    const { data, model, options } = loadStudy(inner, table);
    return fit(model, data, options);
  };
  const measured = await fits(table, run, 25);
  return { ...summary(measured), ...(await pairs(measured.found, null)) };
}

/** The first fit, the peak of memory after it, and the median time of `count` more. */
async function fits(table, run, count) {
  const dataMB = bytes(table) / megabyte;
  const [first, found] = await timed(run);
  const peakMB = (process.resourceUsage().maxRSS * 1024) / megabyte;
  const again = [];
  for (let i = 0; i < count; i++) again.push((await timed(run))[0]);
  return { found, first, again: median(again), best: Math.min(...again), dataMB, peakMB };
}

/** Evaluations of the library and of the plain loop by turns; the ratio is the median over the pairs. */
async function pairs(found, plain) {
  const out = {};
  for (const want of ["value", "gradient", "hessian"]) {
    const [own, other, ratio] = [[], [], []];
    for (let i = 0; i < 9; i++) {
      const [mine, a] = await timed(() => found.prepared.evaluate(found.estimates, want));
      own.push(mine * 1000);
      if (!plain || want === "value") continue;
      const [theirs, b] = await timed(async () => plain(want));
      other.push(theirs * 1000);
      ratio.push(theirs / mine);
      agree(a, b);
    }
    out[want] = { milliseconds: median(own), plain: median(other), ratio: median(ratio) };
  }
  return { evaluation: out };
}

function agree(a, b) {
  if (!(Math.abs(a.value - b.value) <= 1e-10 * Math.abs(b.value)))
    throw new Error(`the plain loop finds ${b.value}, the library ${a.value}`);
}

const summary = ({ found, first, again, best, dataMB, peakMB }) => ({
  converged: found.converged,
  first,
  again,
  best,
  iterations: found.iterations,
  evaluations: found.outcome.evaluations,
  logLikelihood: found.logLikelihood,
  dataMB,
  peakMB,
});

async function timed(run) {
  globalThis.gc?.();
  const began = performance.now();
  const value = await run();
  return [(performance.now() - began) / 1000, value];
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function bytes(table) {
  let total = 0;
  for (const column of table.columns.values())
    total += (column.kind === "number" ? column.values : column.codes).byteLength;
  return total;
}

const wanted = cases.find(({ name }) => name === process.argv[2]);
const result = wanted.study ? await ofStudy(wanted) : await ofGenerated(wanted);
process.stdout.write(JSON.stringify(result));
