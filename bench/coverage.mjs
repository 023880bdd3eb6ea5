/**
 * Coverage of the 95 % intervals of a mixed logit over simulated samples with known truth:
 *     npm run build && node bench/coverage.mjs [samples] [persons]
 */
import * as ls from "../dist/index.js";

const [samples = 200, persons = 300] = process.argv.slice(2).map(Number);
const truth = { b_x: 1, b_y: -0.5, sd_b_x: 0.8 };
const tasks = 8;
const spec = ls.mixed(
  { parameters: { b_x: 0, b_y: 0 }, utilities: "b_x * x + b_y * y" },
  { b_x: ls.normal() },
  { draws: ls.sobol(128) },
);

/** mulberry32: a small generator, so that the script says all that it does. */
function dice(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

function sample(seed) {
  const { uniform, normal } = dice(seed * 7919);
  const columns = { person: [], task: [], choice: [], x: [], y: [] };
  for (let i = 0; i < persons; i++) {
    const b = truth.b_x + truth.sd_b_x * normal();
    for (let t = 0; t < tasks; t++) {
      const rows = [0, 1, 2].map(() => ({ x: normal(), y: normal() }));
      const values = rows.map(({ x, y }) => b * x + truth.b_y * y - Math.log(-Math.log(uniform())));
      const best = values.indexOf(Math.max(...values));
      for (const [j, { x, y }] of rows.entries()) {
        columns.person.push(i);
        columns.task.push(i * tasks + t);
        columns.choice.push(Number(j === best));
        columns.x.push(x);
        columns.y.push(y);
      }
    }
  }
  return ls.long(ls.Table.of(columns), { situation: "task", choice: "choice", person: "person" });
}

const names = Object.keys(truth);
const inside = Object.fromEntries(names.map((name) => [name, { hessian: 0, cluster: 0 }]));
const sums = Object.fromEntries(names.map((name) => [name, 0]));
let fitted = 0;
for (let seed = 1; seed <= samples; seed++) {
  const fit = await ls.fit(ls.logit(spec), sample(seed));
  if (!fit.converged) continue;
  fitted++;
  for (const [k, { name, estimate }] of fit.parameters.entries()) {
    sums[name] += estimate;
    for (const kind of ["hessian", "cluster"]) {
      const error = Math.sqrt(fit.covariances[kind][k * (fit.parameters.length + 1)]);
      if (Math.abs(estimate - truth[name]) < 1.959964 * error) inside[name][kind]++;
    }
  }
}
console.log(`${fitted} of ${samples} samples fitted, ${persons} persons, ${tasks} choices each`);
for (const name of names) {
  const share = (kind) => `${((100 * inside[name][kind]) / fitted).toFixed(1)} %`;
  console.log(
    `${name.padEnd(8)} truth ${truth[name]}  mean ${(sums[name] / fitted).toFixed(4)}  coverage Hessian ${share("hessian")}, clustered ${share("cluster")}`,
  );
}
