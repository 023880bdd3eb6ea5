/**
 * npm run scaling: time of the processor for value and gradient as situations, alternatives, parameters, draws and
 * threads grow, one at a time from a common middle. Writes docs/images/scaling.svg and prints the slopes: the
 * exponent of a power law through the points, 1 where twice as much takes twice as long.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { generate } from "./generate.mjs";
import { fit, long, nodePlatform, prepare, toSvg, usePlatform } from "./library.mjs";

usePlatform(nodePlatform);
const middle = { situations: 20_000, alternatives: 5, parameters: 8, draws: 0, threads: 1 };
const axes = {
  situations: [5_000, 10_000, 20_000, 40_000, 80_000],
  alternatives: [2, 4, 8, 16],
  parameters: [4, 8, 16, 32],
  draws: [25, 50, 100, 200],
  threads: [1, 2],
};

const rows = [];
for (const [axis, sizes] of Object.entries(axes))
  for (const size of sizes) {
    const given = { ...middle, ...(axis === "draws" ? { situations: 1_000 } : {}), [axis]: size };
    const milliseconds = await gradientOf(given);
    rows.push({ axis, size, milliseconds });
    process.stderr.write(`${axis} ${size}: ${milliseconds.toFixed(2)} ms\n`);
  }
for (const axis of Object.keys(axes)) {
  const own = rows.filter((row) => row.axis === axis);
  const exponent = slope(
    own.map(({ size }) => Math.log(size)),
    own.map(({ milliseconds }) => Math.log(milliseconds)),
  );
  for (const row of own) row.panel = `${axis}: slope ${exponent.toFixed(2)}`;
  process.stdout.write(`${own[0].panel}\n`);
}
mkdirSync("docs/images", { recursive: true });
writeFileSync("docs/images/scaling.svg", await toSvg(chart(rows)));

/** The least of several: what others do on the machine only adds. */
async function gradientOf({ draws, threads, ...given }) {
  const { table, names } = generate({ ...given, labelled: true });
  const data = long(table, { situation: "situation", alternative: "alternative", choice: "choice" });
  const random = Object.fromEntries(names.map((name) => [name, "normal"]));
  const specification = {
    formula: `${names.join(" + ")} | 0`,
    ...(draws ? { random, draws: { kind: "halton", count: draws, drop: 100 } } : {}),
  };
  const { compiled, estimates } = await fit({ kernel: "logit", specification }, data, {
    threads: 1,
    maxIterations: 1,
  });
  const prepared = await prepare(compiled.program, data, undefined, threads);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 12; i++) {
    const used = process.cpuUsage();
    await prepared.evaluate(estimates, "gradient");
    const { user, system } = process.cpuUsage(used);
    if (i > 1) least = Math.min(least, (user + system) / 1000);
  }
  prepared.dispose();
  return least;
}

function slope(x, y) {
  const mean = (all) => all.reduce((sum, value) => sum + value, 0) / all.length;
  const [a, b] = [mean(x), mean(y)];
  const over = x.reduce((sum, value, i) => sum + (value - a) * (y[i] - b), 0);
  return over / x.reduce((sum, value) => sum + (value - a) ** 2, 0);
}

function chart(values) {
  const x = { title: null, format: ".2~s", tickCount: 3, labelOverlap: "greedy" };
  const y = { title: "ms of the processor", values: [0.1, 0.3, 1, 3, 10, 30, 100] };
  return {
    data: { values },
    facet: { field: "panel", type: "nominal", title: null, columns: 3 },
    columns: 3,
    resolve: { scale: { x: "independent" } },
    spec: {
      width: 170,
      height: 150,
      mark: { type: "line", point: true },
      encoding: {
        x: { field: "size", type: "quantitative", scale: { type: "log", base: 2 }, axis: x },
        y: { field: "milliseconds", type: "quantitative", scale: { type: "log" }, axis: y },
      },
    },
  };
}
