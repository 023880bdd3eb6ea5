/**
 * How often 95 % intervals hold the truth when people answer several times: `node bench/intervals.mjs [samples]`.
 *
 * What a person does not tell (the error of each alternative) is drawn once and stays the same in all of the
 * person's tasks, which are much alike. Each choice by itself is then exactly a logit, so the truth is known; but the choices of a
 * person are far from independent. Two groups differ in their temperature.
 */
const people = 600;
const tasks = 6;
const truth = { time: -0.06, cost: -0.12, tau: 1.8 };
const labels = ["train", "bus", "car"];

export const quantities = ["willingness to pay", "own elasticity", "temperature"];

/** For each kind of standard error and each quantity, the share of the samples whose interval held the truth. */
export async function coverage(ls, samples, seed = 1) {
  const held = { cluster: [0, 0, 0], hessian: [0, 0, 0] };
  for (let s = 0; s < samples; s++) {
    const { data, elasticity } = sample(ls, generator(seed + s));
    const right = [truth.time / truth.cost, elasticity, truth.tau];
    for (const covariance of Object.keys(held)) {
      const found = await intervalsOf(ls, data, covariance);
      found.forEach(([lower, upper], q) => {
        if (lower <= right[q] && right[q] <= upper) held[covariance][q]++;
      });
    }
  }
  return Object.fromEntries(Object.entries(held).map(([kind, all]) => [kind, all.map((n) => n / samples)]));
}

async function intervalsOf(ls, data, covariance) {
  const model = ls.logit(ls.tempered("time + cost", { by: "group" }));
  const fit = await ls.fit(model, data, { covariance });
  const ratio = await ls.derived(fit, { value: "time / cost" });
  const elasticities = await ls.elasticities(fit, { of: "cost" });
  const tau = fit.parameters.find(({ role }) => role === "temperature");
  const ends = (table, row) => ["lower", "upper"].map((name) => table.column(name).values[row]);
  return [ends(ratio, 0), ends(elasticities, 0), [tau.lower, tau.upper]];
}

function sample(ls, uniform) {
  const names = ["person", "group", "task", "mode", "choice", "time", "cost"];
  const columns = Object.fromEntries(names.map((name) => [name, []]));
  let [above, below] = [0, 0];
  for (let person = 0; person < people; person++) {
    const tau = person % 2 === 0 ? 1 : truth.tau;
    const errors = labels.map(() => -Math.log(-Math.log(uniform())));
    const usual = labels.map(() => ({ time: 10 + 40 * uniform(), cost: 2 + 14 * uniform() }));
    for (let task = 0; task < tasks; task++) {
      const rows = usual.map(({ time, cost }) => ({
        time: time + 10 * uniform(),
        cost: cost + 4 * uniform(),
      }));
      const utilities = rows.map(({ time, cost }) => (truth.time * time + truth.cost * cost) / tau);
      const best = utilities.map((v, j) => v + errors[j]);
      const chosen = best.indexOf(Math.max(...best));
      const total = utilities.reduce((sum, v) => sum + Math.exp(v), 0);
      const first = Math.exp(utilities[0]) / total;
      above += first * (1 - first) * (truth.cost / tau) * rows[0].cost;
      below += first;
      rows.forEach(({ time, cost }, j) => {
        const row = [
          person,
          person % 2 === 0 ? "calm" : "hasty",
          person * tasks + task,
          labels[j],
          Number(j === chosen),
          time,
          cost,
        ];
        for (const [i, name] of names.entries()) columns[name].push(row[i]);
      });
    }
  }
  const options = { situation: "task", alternative: "mode", choice: "choice", person: "person" };
  return { data: ls.long(ls.Table.of(columns), options), elasticity: above / below };
}

/** Uniform numbers in (0, 1) that the seed decides: mulberry32. */
function generator(seed) {
  let state = (seed * 0x9e3779b9) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

if (process.argv[1]?.endsWith("intervals.mjs")) {
  const samples = Number(process.argv[2] ?? 400);
  const found = await coverage(await import("../dist/node.js"), samples);
  console.log(`Share of ${samples} samples whose 95 % interval held the truth`);
  for (const [kind, shares] of Object.entries(found))
    console.log(
      kind.padEnd(8),
      quantities.map((name, q) => `${name} ${(100 * shares[q]).toFixed(1)} %`).join(", "),
    );
}
