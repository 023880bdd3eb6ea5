/**
 * npm run bench [-- --json] [-- name …]: speed and memory of the cases, each in a process of its own, on one
 * thread and on two. Names pick the cases that contain them.
 */
import { spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { cases } from "./cases.mjs";
import { Table } from "./library.mjs";

const [asJson, names] = [
  process.argv.includes("--json"),
  process.argv.slice(2).filter((a) => a !== "--json"),
];
const chosen = cases.filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
const measure = new URL("measure.mjs", import.meta.url).pathname;

const results = chosen.map(({ name }) => {
  process.stderr.write(`${name} …\n`);
  const stdio = ["ignore", "pipe", "inherit"];
  const run = spawnSync(process.execPath, ["--expose-gc", measure, name], { encoding: "utf8", stdio });
  if (run.status !== 0) process.exit(1);
  return { name, ...JSON.parse(run.stdout) };
});
const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.version}, load ${loadavg()[0].toFixed(1)}`;
process.stdout.write(asJson ? `${JSON.stringify({ machine, results }, null, 2)}\n` : `${tables(results)}\n`);

function tables(all) {
  const done = all.filter(({ skipped }) => !skipped);
  const skipped = all.flatMap(({ name, skipped: why }) => (why ? [`skipped: ${name} (${why})`] : []));
  const column = (of) => done.map(of);
  const evaluation = (want, what) => done.map((each) => each.evaluation[want][what]);
  const fits = Table.of(
    {
      case: column(({ name }) => name),
      "first s": column(({ first }) => first.wall),
      "one thread s": column(({ one }) => one.wall),
      "CPU s": column(({ one }) => one.cpu),
      "two threads s": column(({ two }) => two.wall),
      "their CPU s": column(({ two }) => two.cpu),
      iterations: column(({ iterations }) => iterations),
      evaluations: column(({ evaluations }) => evaluations),
      "ln L": column(({ logLikelihood }) => logLikelihood),
      "data MB": column(({ dataMB }) => dataMB),
      "peak MB": column(({ peakMB }) => peakMB),
      "two threads MB": column(({ peakTwoMB }) => peakTwoMB),
      "1.5 data + 100": column(({ dataMB }) => 1.5 * dataMB + 100),
    },
    {
      title: "From arrays in memory to converged estimates with their covariances",
      notes: [
        machine,
        "first: the first fit of the process; the others: medians of those after it, by the clock and of the processor",
        "peak: resident memory of the whole process after the first fit; and after fits on two threads",
        ...skipped,
      ],
      formats: {
        "first s": 3,
        "one thread s": 3,
        "CPU s": 3,
        "two threads s": 3,
        "their CPU s": 3,
        iterations: "integer",
        evaluations: "integer",
        "ln L": 6,
        "data MB": 1,
        "peak MB": 1,
        "two threads MB": 1,
        "1.5 data + 100": 1,
      },
    },
  );
  const wants = { value: "value", gradient: "+ gradient", hessian: "+ Hessian" };
  const times = Object.entries(wants).map(([want, text]) => [`${text} ms`, evaluation(want, "milliseconds")]);
  const plain = ["gradient", "hessian"].flatMap((want) => [
    [`plain ${wants[want]} ms`, evaluation(want, "plain")],
    [`ratio ${wants[want]}`, evaluation(want, "ratio")],
  ]);
  const formats = Object.fromEntries(
    [...times, ...plain].map(([title]) => [title, title.endsWith("ms") ? 2 : 1]),
  );
  const evaluations = Table.of(
    { case: column(({ name }) => name), ...Object.fromEntries([...times, ...plain]) },
    {
      title: "One evaluation on one thread, time of the processor",
      notes: ["plain: a blocked loop in JavaScript for the same model; ratio: plain / own, median of pairs"],
      formats,
    },
  );
  return `${fits}\n\n${evaluations}`;
}
