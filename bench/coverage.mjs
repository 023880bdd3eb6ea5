/**
 * Coverage of the 95 % intervals over simulated samples with known truth:
 *     npm run build && node bench/coverage.mjs [mixed|hybrid] [samples] [persons]
 */
import * as ls from "../dist/index.js";
import { cases } from "./samples.mjs";

const [asked = "mixed", ...counts] = process.argv.slice(2);
const [samples = 200, persons = 300] = counts.map(Number);
const { truth, model, data } = cases[asked];

const names = Object.keys(truth);
const inside = Object.fromEntries(names.map((name) => [name, { hessian: 0, cluster: 0 }]));
const sums = Object.fromEntries(names.map((name) => [name, 0]));
let fitted = 0;
for (let seed = 1; seed <= samples; seed++) {
  const fit = await ls.fit(model, data(seed, persons));
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
console.log(`${asked}: ${fitted} of ${samples} samples fitted, ${persons} persons, 8 choices each`);
const width = Math.max(...names.map((name) => name.length));
for (const name of names) {
  const share = (kind) => `${((100 * inside[name][kind]) / fitted).toFixed(1)} %`;
  console.log(
    `${name.padEnd(width)} truth ${truth[name]}  mean ${(sums[name] / fitted).toFixed(4)}  coverage Hessian ${share("hessian")}, clustered ${share("cluster")}`,
  );
}
