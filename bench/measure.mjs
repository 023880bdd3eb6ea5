/**
 * One case in a process of its own, so that its peak memory is its own. Prints one JSON object. "First" is the
 * first fit of the process, on one thread, with everything compiled on the way; "again" the median of those
 * after it. Seconds of the processor stand beside seconds of the clock: on a machine that others use too, only
 * the former tell something.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cases } from "./cases.mjs";
import { generate } from "./generate.mjs";
import { fit, loadStudy, long, models, nodePlatform, parseCsv, prepare, usePlatform } from "./library.mjs";
import { onDisk } from "./onDisk.mjs";
import { plainLogit } from "./plain.mjs";

usePlatform(nodePlatform);

const megabyte = 1e6;
/** Milliseconds that the fits of a case may take after the first, and half of it each kind of evaluation. */
const patience = Number(process.argv[3] ?? 3000);

async function ofGenerated(given) {
  const { table, names } = given.stored === "disk" ? onDisk(given) : generate(given);
  const options = { situation: "situation", choice: "choice" };
  if (given.labelled) options.alternative = "alternative";
  if (given.tasks) options.person = "person";
  const formula = given.labelled ? `${names.join(" + ")} | 0` : names.join(" + ");
  const { kernel = "logit", options: ofKernel } = given;
  if (!models[kernel]) return { skipped: `there is no kernel ${kernel} yet` };
  const mixed = given.draws && {
    random: Object.fromEntries(names.map((name) => [name, "normal"])),
    draws: { kind: "sobol", count: given.draws },
  };
  const model = { kernel, specification: { formula, ...mixed }, ...(ofKernel ? { options: ofKernel } : {}) };
  const run = (threads) => fit(model, long(table, options), { threads });
  const measured = await fits(table, run);
  if (kernel !== "logit" || mixed || given.stored)
    return { ...summary(measured), ...(await pairs(measured.found, null)) };
  const { found } = measured;
  const columns = names.map((name) => table.column(name).values);
  const plain = plainLogit(columns, found.data.chosen, given.alternatives);
  const compared = await pairs(found, (want) => plain(found.estimates, want === "hessian"));
  return { ...summary(measured), ...compared };
}

async function ofStudy({ study, draws }) {
  const given = JSON.parse(readFileSync(study, "utf8"));
  const inner = given.study ?? given;
  if (draws) inner.model.draws = { ...inner.model.draws, count: draws };
  const file = join(dirname(study), inner.data.file);
  if (!existsSync(file)) return { skipped: `${inner.data.file} is not there` };
  const table = parseCsv(readFileSync(file, "utf8"));
  const run = (threads) => {
    const { data, model, options } = loadStudy(inner, table);
    return fit(model, data, { ...options, threads });
  };
  const measured = await fits(table, run);
  return { ...summary(measured), ...(await pairs(measured.found, null)) };
}

/** The first fit, the peak of memory after it, then fits on one thread and on two until the time is up. */
async function fits(table, run) {
  const dataMB = bytes(table) / megabyte;
  const { value: found, ...first } = await timed(() => run(1));
  const peakMB = (process.resourceUsage().maxRSS * 1024) / megabyte;
  const [one, two] = [[], []];
  const until = performance.now() + patience;
  do {
    one.push(await timed(() => run(1)));
    two.push(await timed(() => run(2)));
    if (two.at(-1).value.logLikelihood !== found.logLikelihood)
      throw new Error("two threads find something else");
  } while (performance.now() < until && one.length < 15);
  const peakTwoMB = (process.resourceUsage().maxRSS * 1024) / megabyte;
  return { found, first, one: middle(one), two: middle(two), dataMB, peakMB, peakTwoMB };
}

/** Evaluations of the library and of the plain loop by turns; the ratio is the median over the pairs. */
async function pairs(found, plain) {
  const out = {};
  const prepared = await prepare(found.compiled.program, found.data, found.backend, 1);
  for (const want of ["value", "gradient", "hessian"]) {
    const [own, other, ratio] = [[], [], []];
    const until = performance.now() + patience / 2;
    await prepared.evaluate(found.estimates, want);
    for (let i = 0; i < 9 && (i < 1 || performance.now() < until); i++) {
      const mine = await timed(() => prepared.evaluate(found.estimates, want));
      own.push(mine.cpu * 1000);
      if (!plain || want === "value") continue;
      const theirs = await timed(async () => plain(want));
      other.push(theirs.cpu * 1000);
      ratio.push(theirs.cpu / mine.cpu);
      agree(mine.value, theirs.value);
    }
    out[want] = { milliseconds: median(own), plain: median(other), ratio: median(ratio) };
  }
  return { evaluation: out };
}

function agree(a, b) {
  if (!(Math.abs(a.value - b.value) <= 1e-10 * Math.abs(b.value)))
    throw new Error(`the plain loop finds ${b.value}, the library ${a.value}`);
}

const summary = ({ found, first, one, two, dataMB, peakMB, peakTwoMB }) => ({
  converged: found.converged,
  situations: found.situations,
  first,
  one,
  two,
  iterations: found.iterations,
  evaluations: found.outcome.evaluations,
  logLikelihood: found.logLikelihood,
  dataMB,
  peakMB,
  peakTwoMB,
});

/** Seconds by the clock and of the processor, all threads together. */
async function timed(run) {
  globalThis.gc?.();
  const [began, used] = [performance.now(), process.cpuUsage()];
  const value = await run();
  const { user, system } = process.cpuUsage(used);
  return { value, wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
}

const middle = (all) => ({
  wall: median(all.map(({ wall }) => wall)),
  cpu: median(all.map(({ cpu }) => cpu)),
});

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function bytes(table) {
  let total = 0;
  for (const column of table.columns.values()) {
    if (column.kind === "text") total += column.codes.byteLength;
    else total += column.stored ? (column.stored.values?.byteLength ?? 0) : column.values.byteLength;
  }
  return total;
}

const wanted = cases.find(({ name }) => name === process.argv[2]);
const result = wanted.study ? await ofStudy(wanted) : await ofGenerated(wanted);
process.stdout.write(JSON.stringify(result));
